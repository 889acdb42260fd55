// SPDX-License-Identifier: Apache-2.0
#include "search/query_compiler.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "koinon/error.hpp"
#include "search/fields.hpp"
#include "search/query_parser.hpp"
#include "search/ranges.hpp"
#include "search/terms.hpp"
#include "text/analyse.hpp"
#include "text/edit_distance.hpp"
#include "text/fold.hpp"
#include "text/language.hpp"
#include "text/numbers.hpp"
#include "text/tokens.hpp"

namespace koinon::search {

namespace {

using index::Clause;
using index::Occur;

constexpr std::size_t max_words_of_a_field_pattern = 64;
constexpr double greatest_boost = 1000;
constexpr double worth_of_accents = 0.1;  // of the word's
constexpr double worth_of_a_part = 0.5;   // of the compound's

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorCode::InvalidArgument, why);
}

bool same_pattern(const std::optional<index::Pattern>& a, const std::optional<index::Pattern>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->kind == b->kind && a->text == b->text && a->distance == b->distance);
}

// Of words, phrases and patterns.
bool same(const Clause& a, const Clause& b) {
  const bool plain = !a.groups.empty() || a.pattern;
  return plain && a.occur == b.occur && a.slop == b.slop && a.fields == b.fields &&
         a.boost == b.boost && same_pattern(a.pattern, b.pattern) &&
         std::equal(a.groups.begin(), a.groups.end(), b.groups.begin(), b.groups.end(),
                    [](const index::TermGroup& left, const index::TermGroup& right) {
                      return left.alternatives == right.alternatives;
                    });
}

bool scores(const Clause& clause) {
  if (clause.occur == Occur::MustNot) return false;
  return clause.pattern || !clause.groups.empty() ||
         std::any_of(clause.clauses.begin(), clause.clauses.end(), scores);
}

std::vector<std::string> spelt_variously(const std::vector<std::string>& codes) {
  std::vector<std::string> all;
  const auto add = [&](std::string code) {
    // The codes of the EU's own files, for those of ISO 3166.
    if (code == "GR") code = "EL";
    if (code == "GB") code = "UK";
    if (std::find(all.begin(), all.end(), code) == all.end()) all.push_back(std::move(code));
  };
  for (const std::string& code : codes) {
    std::string upper = code;
    std::string lower = code;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    add(code);
    add(std::move(upper));
    add(std::move(lower));
  }
  return all;
}

unsigned distance_of(const Query& query, std::string_view word) {
  if (query.distance >= 0) return std::min(static_cast<unsigned>(query.distance), 2U);
  const std::size_t letters = text::character_count(word);
  return letters <= 2 ? 0 : letters <= 5 ? 1 : 2;
}

class Compiler {
 public:
  explicit Compiler(const QueryWorld& world) : world_(world) {}

  CompiledQuery run(const std::vector<Query>& parts) {
    std::vector<Query> conjuncts;
    for (const Query& part : parts) take_apart(part, 0, conjuncts);
    std::vector<Clause> clauses;
    conjunction(conjuncts, {}, clauses);
    drop_stop_words(clauses);
    made_.scores = std::any_of(clauses.begin(), clauses.end(), scores);
    made_.query.clauses = std::move(clauses);
    return std::move(made_);
  }

 private:
  // What holds for all parts of a clause.
  struct Frame {
    double boost = 1;
    std::size_t depth = 0;
    Frame inside(const Query& query) const { return {boost * query.boost, depth + 1}; }
  };

  // ---- Words that say nothing by themselves
  // ---------------------------------------------------

  bool is_stop_word(const Clause& clause) const {
    if (clause.occur != Occur::Should || clause.groups.size() != 1 || clause.pattern) return false;
    bool any = false;
    for (const QueryLanguage& each : world_.languages) {
      const text::Language* language = each.likely ? text::find_language(each.tag) : nullptr;
      if (language == nullptr) continue;
      if (!language->is_stop_word(text::fold(clause.groups[0].shown))) return false;
      any = true;
    }
    return any;
  }

  // A question of nothing else asks for just these. What must occur, and phrases, stay.
  void drop_stop_words(std::vector<Clause>& clauses) const {
    const auto says = [&](const Clause& clause) { return scores(clause) && !is_stop_word(clause); };
    if (std::none_of(clauses.begin(), clauses.end(), says)) return;
    std::erase_if(clauses, [&](const Clause& clause) { return is_stop_word(clause); });
  }

  // ---- Filters of the whole question
  // -------------------------------------------------------------

  // All inside All is one; conditions go to the filters.
  void take_apart(const Query& query, std::size_t depth, std::vector<Query>& rest) {
    check(query, depth);
    if (query.kind == QueryKind::Everything) return;
    if (query.kind == QueryKind::Ask) {
      ParsedQuestion parsed = parse_question(query.text);
      add_ignored(std::move(parsed.ignored));
      // Written in brackets, so to speak: its fields and weight hold for all of it.
      Query asked = query.fields.empty() ? std::move(parsed.query) : parsed.query.in(query.fields);
      asked.boost *= query.boost;
      return take_apart(asked, depth + 1, rest);
    }
    const bool all = query.kind == QueryKind::All && query.boost == 1;
    if (all) {
      for (const Query& part : query.parts) take_apart(part, depth + 1, rest);
    } else if (!lift(query, false)) {
      rest.push_back(query);
    }
  }

  bool lift(const Query& query, bool none) {
    if (query.kind == QueryKind::Not && query.parts.size() == 1 && !none &&
        query.parts[0].kind == QueryKind::Code) {
      return lift(query.parts[0], true);
    }
    const auto condition = condition_of(query);
    if (!condition) return false;
    if (const auto* facet = std::get_if<index::FacetFilter>(&*condition)) {
      made_.query.facet_filters.push_back(*facet);
      made_.query.facet_filters.back().none = none;
    } else if (const auto* number = std::get_if<index::NumberFilter>(&*condition)) {
      made_.query.number_filters.push_back(*number);
    } else {
      made_.query.radius_filters.push_back(std::get<index::RadiusFilter>(*condition));
    }
    return true;
  }

  static std::optional<index::Condition> condition_of(const Query& query) {
    if (query.kind == QueryKind::Code) {
      index::FacetFilter filter;
      filter.field = id_of(facet_field(query.field));
      filter.codes = spelt_variously(query.codes);
      return filter;
    }
    if (query.kind == QueryKind::Range) {
      const auto filter = range_of(number_field(query.field), query.least, query.greatest);
      if (!filter) {
        refuse("a range of " + query.field + " from \"" + shown(query.least) + "\" to \"" +
               shown(query.greatest) +
               "\": dates are 2020, 2020-06 or 2020-06-30, money is 1250.50");
      }
      return *filter;
    }
    if (query.kind != QueryKind::Near) return std::nullopt;
    const bool good =
        std::abs(query.latitude) <= 90 && std::abs(query.longitude) <= 180 && query.kilometres >= 0;
    if (!good) refuse("a point has latitude -90 to 90, longitude -180 to 180, kilometres from 0");
    return index::RadiusFilter{id_of(NumberField::Point), query.latitude, query.longitude,
                               query.kilometres};
  }

  // ---- Clauses
  // -----------------------------------------------------------------------------------

  static void check(const Query& query, std::size_t depth) {
    if (depth > max_built_depth)
      refuse("a question has at most " + std::to_string(max_built_depth) +
             " questions one inside the other");
    if (!(query.boost >= 0 && query.boost <= greatest_boost)) refuse("a boost is 0 to 1000");
  }

  // Adds what must hold all together.
  void conjunction(const std::vector<Query>& parts, const Frame& frame,
                   std::vector<Clause>& clauses) {
    std::size_t required = 0;
    std::size_t optional = 0;
    for (const Query& part : parts) {
      optional += part.kind == QueryKind::Optional ? 1U : 0U;
      required += part.kind != QueryKind::Optional && part.kind != QueryKind::Not ? 1U : 0U;
    }
    // With nothing else that must be there, one of several words is simply one of them.
    const bool open = required == 1 && optional == 0;
    std::vector<Clause> should;
    std::vector<Clause> must;
    std::vector<Clause> must_not;
    for (const Query& part : parts) {
      const Frame inner = frame.inside(part);
      if (part.kind == QueryKind::Not) {
        each_part(part, inner, Occur::MustNot, must_not);
      } else if (part.kind == QueryKind::Optional ||
                 (open && (part.kind == QueryKind::Any || part.kind == QueryKind::Words))) {
        alternatives(part, frame, should);
      } else {
        add(clause(part, frame), Occur::Must, must);
      }
    }
    // Where nothing has to match, what is optional must not begin to.
    if (required == 0 && optional > 0) {
      must.emplace_back().everything = true;
      must.back().occur = Occur::Must;
    }
    for (auto* list : {&should, &must, &must_not})
      std::move(list->begin(), list->end(), std::back_inserter(clauses));
  }

  void each_part(const Query& query, const Frame& frame, Occur occur,
                 std::vector<Clause>& clauses) {
    for (const Query& part : query.parts) add(clause(part, frame), occur, clauses);
  }

  // Adds what is best if all of it is there.
  void alternatives(const Query& query, const Frame& frame, std::vector<Clause>& clauses) {
    check(query, frame.depth);
    if (query.kind == QueryKind::Words) {
      for (Clause& word : words(query, frame)) add(std::move(word), Occur::Should, clauses);
    } else {
      for (const Query& part : query.parts) {
        const Frame inner = frame.inside(query);
        if (part.kind == QueryKind::Words || part.kind == QueryKind::Any) {
          alternatives(part, inner, clauses);
        } else {
          add(clause(part, inner), Occur::Should, clauses);
        }
      }
    }
  }

  void add(std::optional<Clause> clause, Occur occur, std::vector<Clause>& clauses) {
    if (!clause) return;
    clause->occur = occur;
    for (const Clause& known : clauses) {
      if (same(known, *clause)) return;
    }
    clauses.push_back(std::move(*clause));
  }

  static std::optional<Clause> group(std::vector<Clause> clauses) {
    if (clauses.empty()) return std::nullopt;
    if (clauses.size() == 1 && clauses[0].occur != Occur::MustNot) return std::move(clauses[0]);
    Clause made;
    made.clauses = std::move(clauses);
    return made;
  }

  std::optional<Clause> clause(const Query& query, const Frame& frame) {
    check(query, frame.depth);
    const Frame inner = frame.inside(query);
    std::vector<Clause> clauses;
    switch (query.kind) {
      case QueryKind::Everything: {
        Clause made;
        made.everything = true;
        return made;
      }
      case QueryKind::Ask: {
        ParsedQuestion parsed = parse_question(query.text);
        add_ignored(std::move(parsed.ignored));
        return clause(query.fields.empty() ? parsed.query : parsed.query.in(query.fields), inner);
      }
      case QueryKind::Words:
        alternatives(query, frame, clauses);
        return group(std::move(clauses));
      case QueryKind::Phrase:
        return phrase(query, frame);
      case QueryKind::Prefix:
      case QueryKind::Fuzzy:
        return pattern(query, frame);
      case QueryKind::Code:
      case QueryKind::Range:
      case QueryKind::Near: {
        if (!has_room(0)) return std::nullopt;
        Clause made;
        made.condition = condition_of(query);
        return made;
      }
      case QueryKind::Like: {
        if (!world_.like) return std::nullopt;
        Clause made = world_.like(query.text);
        for (Clause& each : made.clauses) each.boost *= inner.boost;
        return made;
      }
      case QueryKind::All:
        conjunction(query.parts, inner, clauses);
        return group(std::move(clauses));
      case QueryKind::Any:
        alternatives(query, frame, clauses);
        return group(std::move(clauses));
      case QueryKind::Not:
        each_part(query, inner, Occur::MustNot, clauses);
        return group(std::move(clauses));
      case QueryKind::Optional: {
        alternatives(query, frame, clauses);
        Clause any;
        any.everything = true;
        any.occur = Occur::Must;
        clauses.push_back(any);
        return group(std::move(clauses));
      }
    }
    return std::nullopt;
  }

  // ---- Texts
  // -------------------------------------------------------------------------------------

  static index::FieldMask mask_of(const Query& query) {
    if (query.fields.empty()) return index::all_fields;
    index::FieldMask mask = 0;
    for (const std::string& field : query.fields) mask |= 1U << id_of(text_field(field));
    return mask;
  }

  // A clause of these words for a text query.
  Clause text_clause(const Query& query, const Frame& frame, std::vector<index::TermGroup> groups) {
    Clause made;
    made.groups = std::move(groups);
    made.fields = mask_of(query);
    made.boost = std::min(frame.boost * query.boost, greatest_boost);
    return made;
  }

  std::vector<Clause> words(const Query& query, const Frame& frame) {
    std::vector<Clause> clauses;
    std::vector<std::string> accented;
    std::vector<index::TermGroup> groups = groups_of(query.text, &accented);
    for (index::TermGroup& group : groups) {
      if (!has_room(1)) break;
      clauses.push_back(text_clause(query, frame, {std::move(group)}));
    }
    // What is written with the same accents ranks a little higher: it matches the word already.
    accented.resize(clauses.size());
    for (const std::string& word : accented) {
      if (word.empty()) continue;
      index::TermGroup group;
      group.alternatives.emplace_back(term_of(TermKind::Accented, word));
      group.shown = word;
      clauses.push_back(text_clause(query, frame, {std::move(group)}));
      clauses.back().boost *= worth_of_accents;
    }
    return clauses;
  }

  std::optional<Clause> phrase(const Query& query, const Frame& frame) {
    std::vector<index::TermGroup> groups = groups_of(query.text);
    if (groups.empty() || !has_room(groups.size())) return std::nullopt;
    Clause made = text_clause(query, frame, std::move(groups));
    made.slop = static_cast<std::uint32_t>(std::clamp(query.distance, 0, 1000));
    return made;
  }

  // Of several words only the last is a beginning; all of them are fuzzy.
  std::optional<Clause> pattern(const Query& query, const Frame& frame) {
    std::vector<std::string> words;
    for (const auto& token : analyser_.run(first_words(query.text), "und"))
      words.emplace_back(token.surface);
    std::vector<Clause> clauses;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool last = i + 1 == words.size();
      if (!has_room(1)) break;
      const unsigned distance =
          query.kind == QueryKind::Fuzzy ? distance_of(query, words[i]) : (last ? 1U : 0U);
      add(distance == 0 ? plain(words[i], query, frame)
                        : pattern_clause(query, frame, words[i], distance),
          Occur::Must, clauses);
    }
    if (words.empty()) ignore_text(query.text);
    return group(std::move(clauses));
  }

  Clause plain(const std::string& word, const Query& query, const Frame& frame) {
    return text_clause(query, frame, groups_of(word));
  }

  Clause pattern_clause(const Query& query, const Frame& frame, const std::string& word,
                        unsigned distance) {
    index::Pattern pattern;
    pattern.kind = query.kind == QueryKind::Prefix ? index::Pattern::Kind::Prefix
                                                   : index::Pattern::Kind::Fuzzy;
    pattern.text = word;
    pattern.distance = distance;
    if (!query.fields.empty()) return spelt_out(query, frame, pattern);
    Clause made = text_clause(query, frame, {});
    made.pattern = std::move(pattern);
    return made;
  }

  // The index knows fields of words only, so the pattern becomes the words that it stands for.
  Clause spelt_out(const Query& query, const Frame& frame, const index::Pattern& pattern) {
    std::vector<index::Snapshot::Spelling> spellings;
    if (world_.snapshot) spellings = world_.snapshot->spellings(pattern);
    std::stable_sort(spellings.begin(), spellings.end(), [](const auto& a, const auto& b) {
      return a.distance != b.distance ? a.distance < b.distance : a.documents > b.documents;
    });
    if (spellings.size() > max_words_of_a_field_pattern) {
      spellings.resize(max_words_of_a_field_pattern);
      const bool prefix = pattern.kind == index::Pattern::Kind::Prefix;
      made_.cut.push_back(pattern.text + (prefix ? "*" : "~"));
    }
    index::TermGroup group;
    for (auto& spelling : spellings) group.alternatives.push_back(std::move(spelling.word));
    // A word that is nowhere, where none was found: the clause must not match everything.
    if (group.alternatives.empty()) group.alternatives.push_back(pattern.text);
    return text_clause(query, frame, {std::move(group)});
  }

  // As many words of a piece as any question may have.
  std::string_view first_words(std::string_view piece) {
    text::Tokens walker(piece);
    text::Token token;
    std::size_t end = 0;
    for (std::size_t words = 0; walker.next(token); ++words) {
      if (words == max_query_words) {
        say_too_many();
        break;
      }
      end = token.end;
    }
    return piece.substr(0, end);
  }

  // One for each word; `accented` gets each as it was written where it has accents, otherwise "".
  std::vector<index::TermGroup> groups_of(std::string_view text,
                                          std::vector<std::string>* accented = nullptr) {
    const std::string_view piece = first_words(text);
    std::vector<index::TermGroup> groups;
    for (const text::AnalysedToken& found : analyser_.run(piece, "und")) {
      index::TermGroup& group = groups.emplace_back();
      group.shown = found.surface;
      if (world_.languages.empty()) group.alternatives.emplace_back(group.shown);
      if (accented) accented->emplace_back(found.accented);
    }
    const bool free = accented != nullptr;
    for (const QueryLanguage& language : world_.languages) add_terms(piece, language, free, groups);
    if (groups.empty()) ignore_text(text);
    return groups;
  }

  // Of a free word its parts, too: in a phrase each word stands for itself.
  void add_terms(std::string_view piece, const QueryLanguage& language, bool free,
                 std::vector<index::TermGroup>& groups) {
    const auto found = analyser_.run(piece, language.tag);
    std::string term;
    const auto add = [&](index::TermGroup& group, std::string_view stem, double weight) {
      term.clear();
      append_word_term(term, language.tag, stem);
      group.alternatives.emplace_back(term, weight, language.documents);
    };
    for (std::size_t i = 0; i < found.size() && i < groups.size(); ++i) {
      add(groups[i], found[i].stem.empty() ? found[i].surface : found[i].stem,
          language.worth_of_words);
      // A compound is also what its parts are, where it may be meant as one.
      if (!language.likely || !free) continue;
      text::each_part(found[i],
                      [&](std::string_view stem) { add(groups[i], stem, worth_of_a_part); });
    }
    if (language.likely) add_quantities(piece, language, found, groups);
  }

  // In whatever notation: "1.250,50" finds "1,250.50".
  static void add_quantities(std::string_view piece, const QueryLanguage& language,
                             std::span<const text::AnalysedToken> tokens,
                             std::vector<index::TermGroup>& groups) {
    for (const text::Quantity& quantity : text::quantities(piece, language.tag)) {
      for (std::size_t i = 0; i < tokens.size() && i < groups.size(); ++i) {
        if (tokens[i].end <= quantity.begin) continue;
        for (const std::string& reading : quantity.readings) {
          index::Alternative number(term_of(TermKind::Number, reading));
          auto& known = groups[i].alternatives;
          if (std::find(known.begin(), known.end(), number) == known.end())
            known.push_back(std::move(number));
        }
        break;
      }
    }
  }

  // ---- What is left out
  // --------------------------------------------------------------------------

  // Counts a clause of so many words, if there is room for it.
  bool has_room(std::size_t words) {
    if (clauses_ < max_clauses && words_ + words <= max_query_words) {
      ++clauses_;
      words_ += words;
      return true;
    }
    say_too_many();
    return false;
  }

  void say_too_many() {
    if (!full_) {
      made_.ignored.push_back("too many words: only the first " + std::to_string(max_clauses) +
                              " words or phrases, of " + std::to_string(max_query_words) +
                              " words in all, are looked for");
    }
    full_ = true;
  }

  void add_ignored(std::vector<std::string> more) {
    std::move(more.begin(), more.end(), std::back_inserter(made_.ignored));
  }

  void ignore_text(std::string_view text) { made_.ignored.push_back(shown(text) + " has no word"); }

  const QueryWorld& world_;
  text::Analyser analyser_;
  std::size_t clauses_ = 0;
  std::size_t words_ = 0;
  bool full_ = false;
  CompiledQuery made_;
};

}  // namespace

CompiledQuery compile_query(const std::vector<Query>& parts, const QueryWorld& world) {
  return Compiler(world).run(parts);
}

}  // namespace koinon::search
