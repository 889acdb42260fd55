// SPDX-License-Identifier: Apache-2.0
#include "text/thesaurus_builder.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>
#include <utility>

#include "koinon/error.hpp"
#include "text/analyse.hpp"
#include "text/fold.hpp"
#include "text/stem.hpp"
#include "text/thesaurus.hpp"
#include "text/thesaurus_format.hpp"
#include "text/thesaurus_keys.hpp"
#include "text/thesaurus_writer.hpp"
#include "text/tokens.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

constexpr std::size_t most_issues = 1000;
constexpr std::size_t most_by_stem = 2;

struct OneLabel {
  std::string language;
  std::string text;
  bool preferred = false;
};

struct OneConcept {
  std::string uri;
  bool told = false;               // in the report: not all of it comes from a ready table
  std::vector<std::string> names;  // other URIs that are it
  std::vector<OneLabel> labels;
  std::vector<std::string> broader_names;
  std::vector<std::string> related_names;
  std::set<std::uint32_t> broader;
  std::set<std::uint32_t> narrower;
  std::set<std::uint32_t> related;
};

std::string well_formed(std::string_view text) {
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode(text, at);
    const bool space = next.code <= 0x20 || next.code == 0x7F;
    if (space) {
      blank = !out.empty();
    } else {
      if (blank) out += ' ';
      blank = false;
      append_utf8(out, next.code == ill_formed ? 0xFFFD : next.code);
    }
    at += next.size;
  }
  return out;
}

// Letters that are all capitals: "NEET", "EU". Without cased letters there is nothing to tell.
bool all_capitals(std::string_view word) {
  const std::string low = lower(word);
  return low != word && count_characters(word) <= 8 && [&] {
    for (std::size_t at = 0; at < word.size();) {
      const std::size_t size = decode(word, at).size;
      const std::string_view letter = word.substr(at, size);
      const bool digit = letter[0] >= '0' && letter[0] <= '9';
      if (!digit && lower(letter) == letter) return false;
      at += size;
    }
    return true;
  }();
}

}  // namespace

struct ThesaurusBuilder::Work {
  // Labels of one word that have the same stem.
  struct OneWord {
    struct Label {
      std::uint32_t id;
      std::uint32_t hit;
      std::string surface;
    };
    std::vector<Label> labels;
    bool too_short = false;
  };

  struct Added : ConceptToAdd {
    bool told = true;
  };
  std::vector<Added> added;
  std::unordered_map<std::string, std::uint32_t> by_name;  // into `added`, then into `concepts`
  std::vector<std::uint32_t> parent;                       // of the union of exact matches
  std::vector<OneConcept> concepts;
  std::map<std::string, OneWord> alone;  // by language, a blank and the stem
  std::set<std::pair<std::string, std::string>> silent;
  ThesaurusReport report;

  void add(ConceptToAdd given, bool told);
  void issue(ThesaurusIssueKind kind, std::string uri, std::string what) {
    ++report.counts[static_cast<std::size_t>(kind)];
    if (report.issues.size() < most_issues)
      report.issues.push_back({kind, std::move(uri), std::move(what)});
  }
  void issue(ThesaurusIssueKind kind, const OneConcept& of, std::string what) {
    if (of.told) issue(kind, of.uri, std::move(what));
  }

  std::uint32_t top(std::uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }

  void unite();
  void take(OneConcept& into, Added& from);
  void link();
  void drop_cycles();
  void write_labels(ThesaurusWriter& writer);
  void write_alone(ThesaurusWriter& writer);
  void write_label(ThesaurusWriter& writer, Analyser& analyser, std::uint32_t id,
                   const OneLabel& label);
};

ThesaurusBuilder::ThesaurusBuilder() : work_(std::make_unique<Work>()) {
  work_->report.counts.assign(thesaurus_issue_kinds, 0);
}
ThesaurusBuilder::~ThesaurusBuilder() = default;
ThesaurusBuilder::ThesaurusBuilder(ThesaurusBuilder&&) noexcept = default;
ThesaurusBuilder& ThesaurusBuilder::operator=(ThesaurusBuilder&&) noexcept = default;

const ThesaurusReport& ThesaurusBuilder::report() const {
  return work_->report;
}

void ThesaurusBuilder::Work::add(ConceptToAdd given, bool told) {
  if (given.uri.empty()) {
    issue(ThesaurusIssueKind::NoName, "", given.labels.empty() ? "" : given.labels.front().text);
    return;
  }
  const auto number = static_cast<std::uint32_t>(added.size());
  const auto [held, fresh] = by_name.emplace(given.uri, number);
  if (!fresh && told) issue(ThesaurusIssueKind::AddedTwice, given.uri, "");
  parent.push_back(fresh ? number : held->second);
  added.push_back({std::move(given), told});
}

void ThesaurusBuilder::add(ConceptToAdd added) {
  work_->add(std::move(added), true);
}

void ThesaurusBuilder::add(const Thesaurus& thesaurus) {
  const auto languages = thesaurus.languages();
  const auto names = [&](const ConceptList& list) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < list.size(); ++i) all.emplace_back(thesaurus.uri(list[i]));
    return all;
  };
  std::vector<std::vector<std::string>> others(thesaurus.size());
  for (const auto& [name, id] : thesaurus.names())
    if (name != thesaurus.uri(id)) others[id].emplace_back(name);
  for (ConceptId id = 0; id < thesaurus.size(); ++id) {
    ConceptToAdd added;
    added.uri = thesaurus.uri(id);
    for (const std::string_view language : languages) {
      const std::string_view text = thesaurus.preferred(id, language);
      if (!text.empty()) added.labels.push_back({std::string(language), std::string(text), true});
    }
    for (const ConceptLabel& label : thesaurus.others(id))
      added.labels.push_back({std::string(label.language), std::string(label.text), false});
    added.broader = names(thesaurus.broader(id));
    added.related = names(thesaurus.related(id));
    added.exact_match = std::move(others[id]);
    work_->add(std::move(added), false);
  }
  for (const ConceptLabel& word : thesaurus.silent())
    silence(std::string(word.language), std::string(word.text));
}

void ThesaurusBuilder::silence(const std::string& language, const std::string& word) {
  work_->silent.emplace(primary_language(language), fold(word));
}

// Makes one concept of all that are one. A match to what was never added is a name all the same:
// the concept is found by it.
void ThesaurusBuilder::Work::unite() {
  std::vector<std::pair<std::uint32_t, std::string>> names;
  for (std::uint32_t i = 0; i < added.size(); ++i) {
    for (const std::string& match : added[i].exact_match) {
      const auto [other, fresh] = by_name.emplace(match, i);
      if (fresh) names.emplace_back(i, match);
      const std::uint32_t one = top(i);
      const std::uint32_t two = top(other->second);
      parent[std::max(one, two)] = std::min(one, two);
    }
  }
  std::vector<std::uint32_t> place(added.size());
  for (std::uint32_t i = 0; i < added.size(); ++i) {
    if (top(i) == i) {
      place[i] = static_cast<std::uint32_t>(concepts.size());
      concepts.emplace_back().uri = added[i].uri;
    }
    take(concepts[place[top(i)]], added[i]);
  }
  for (auto& [i, name] : names) concepts[place[top(i)]].names.push_back(name);
  for (auto& [name, i] : by_name) i = place[top(i)];
  added.clear();
}

void ThesaurusBuilder::Work::take(OneConcept& into, Added& from) {
  into.told = into.told || from.told;
  if (from.uri != into.uri) into.names.push_back(from.uri);
  for (LabelOfConcept& label : from.labels) {
    OneLabel one = {primary_language(label.language), well_formed(label.text), label.preferred};
    if (one.text.size() > max_label_bytes) {
      std::size_t end = max_label_bytes;
      while (end > 0 && (static_cast<unsigned char>(one.text[end]) & 0xC0U) == 0x80U) --end;
      one.text.resize(end);
      issue(ThesaurusIssueKind::LongLabel, into, one.language + ": " + one.text.substr(0, 60));
    }
    if (tokens(one.text).empty()) {
      issue(ThesaurusIssueKind::EmptyLabel, into, one.language + ": " + one.text);
      continue;
    }
    bool held = false;
    for (OneLabel& other : into.labels) {
      if (other.language != one.language) continue;
      const bool same = other.text == one.text;
      if (one.preferred && other.preferred) {
        // Two entries that are one concept may differ without fault; one that says it twice may
        // not.
        if (!same && from.told && from.uri == into.uri)
          issue(ThesaurusIssueKind::SecondPreferred, into, one.language + ": " + one.text);
        one.preferred = false;
      }
      if (same) {
        other.preferred = other.preferred || one.preferred;
        held = true;
      }
    }
    if (!held) into.labels.push_back(std::move(one));
  }
  std::move(from.broader.begin(), from.broader.end(), std::back_inserter(into.broader_names));
  std::move(from.related.begin(), from.related.end(), std::back_inserter(into.related_names));
}

void ThesaurusBuilder::Work::link() {
  for (std::uint32_t id = 0; id < concepts.size(); ++id) {
    OneConcept& here = concepts[id];
    const auto find = [&](const std::string& name) {
      const auto other = by_name.find(name);
      if (other != by_name.end()) return other->second;
      issue(ThesaurusIssueKind::UnknownConcept, here, name);
      return id;  // which is left out like any relation to itself
    };
    for (const std::string& name : here.broader_names) {
      const std::uint32_t other = find(name);
      if (other != id) here.broader.insert(other);
    }
    for (const std::string& name : here.related_names) {
      const std::uint32_t other = find(name);
      if (other == id) continue;
      here.related.insert(other);
      concepts[other].related.insert(id);
    }
    here.broader_names.clear();
    here.related_names.clear();
  }
  drop_cycles();
  for (std::uint32_t id = 0; id < concepts.size(); ++id) {
    for (const std::uint32_t other : concepts[id].broader) concepts[other].narrower.insert(id);
  }
}

// Depth first, upwards, with a stack of our own: a chain of a million concepts is no reason to run
// out of the machine's.
void ThesaurusBuilder::Work::drop_cycles() {
  enum : std::uint8_t { Unseen, Open, Done };
  std::vector<std::uint8_t> state(concepts.size(), Unseen);
  struct Step {
    std::uint32_t id;
    std::set<std::uint32_t>::iterator next;
  };
  std::vector<Step> path;
  for (std::uint32_t start = 0; start < concepts.size(); ++start) {
    if (state[start] != Unseen) continue;
    path.push_back({start, concepts[start].broader.begin()});
    state[start] = Open;
    while (!path.empty()) {
      Step& step = path.back();
      auto& broader = concepts[step.id].broader;
      if (step.next == broader.end()) {
        state[step.id] = Done;
        path.pop_back();
        continue;
      }
      const std::uint32_t above = *step.next;
      if (state[above] == Open) {
        issue(ThesaurusIssueKind::Cycle, concepts[step.id], concepts[above].uri);
        step.next = broader.erase(step.next);
        continue;
      }
      ++step.next;
      if (state[above] == Unseen) {
        state[above] = Open;
        path.push_back({above, concepts[above].broader.begin()});
      }
    }
  }
}

void ThesaurusBuilder::Work::write_label(ThesaurusWriter& writer, Analyser& analyser,
                                         std::uint32_t id, const OneLabel& label) {
  using namespace thesaurus_format;
  const auto words = analyser.run(label.text, label.language);
  if (words.empty()) return;
  if (words.size() > max_label_words) {
    issue(ThesaurusIssueKind::LongLabel, concepts[id], label.language + ": " + label.text);
    return;
  }
  std::uint32_t hit = id | (label.preferred ? hit_preferred : 0);
  std::vector<std::uint32_t> path;
  std::vector<std::uint32_t> prefixes;
  for (const AnalysedToken& word : words) path.push_back(writer.term(stem_kind, stem_term(word)));
  if (words.size() == 1) {
    const AnalysedToken& word = words.front();
    if (all_capitals(std::string_view(label.text).substr(word.begin, word.end - word.begin)))
      hit |= hit_capital;
    else if (count_characters(word.surface) < 4)
      hit |= hit_short;
  }
  if (concepts[id].told) ++report.labels;
  if (words.size() == 1) {
    OneWord& one = alone[label.language + ' ' + std::string(stem_term(words.front()))];
    if (stem_says_too_little(words.front())) one.too_short = true;
    one.labels.push_back({id, hit, std::string(words.front().surface)});
    return;
  }
  if (writer.hit(label.language, path, hit))
    issue(ThesaurusIssueKind::SharedLabel, concepts[id], label.language + ": " + label.text);
  for (const AnalysedToken& word : words)
    prefixes.push_back(writer.term(prefix_kind, prefix_term(word)));
  writer.hit(label.language, prefixes, hit);
}

// A word that is a whole label has nothing beside it that would tell what it means, so its stem
// alone counts only where it can be trusted: where it has four letters or more, and is not what a
// stemmer leaves of three concepts or more (national of nationality, nationalism, nationalisation).
// The word as the label has it always counts, and goes before its stem.
void ThesaurusBuilder::Work::write_alone(ThesaurusWriter& writer) {
  using namespace thesaurus_format;
  for (const auto& [key, one] : alone) {
    const std::string language = key.substr(0, key.find(' '));
    const std::uint32_t stem =
        writer.term(stem_kind, std::string_view(key).substr(language.size() + 1));
    std::set<std::uint32_t> ids;
    std::set<std::string> surfaces;
    for (const auto& label : one.labels) {
      ids.insert(label.id);
      surfaces.insert(label.surface);
    }
    const bool trusted = !one.too_short && (ids.size() <= most_by_stem || surfaces.size() == 1);
    std::map<std::string, std::uint32_t> owners;
    const bool by_surface = !trusted || (surfaces.size() > 1 && ids.size() > 1);
    for (const auto& label : one.labels) {
      const std::size_t letters = count_characters(label.surface);
      const std::size_t kept = count_characters(std::string_view(key).substr(language.size() + 1));
      const std::size_t ending = std::min<std::size_t>(letters - std::min(kept, letters), 15);
      const auto mark = static_cast<std::uint32_t>(ending << hit_ending_shift);
      if (trusted) writer.hit(language, {stem}, label.hit | mark);
      if (silent.contains({language, label.surface})) {
        // The World Health Organisation is no "who", but WHO it is.
        if ((label.hit & hit_capital) != 0)
          writer.hit(language, {writer.term(surface_kind, label.surface)}, label.hit);
        continue;
      }
      const std::string_view start = beginning(label.surface, last_letters);
      if (!start.empty()) writer.hit(language, {writer.term(long_kind, start)}, label.hit);
      if (by_surface) writer.hit(language, {writer.term(surface_kind, label.surface)}, label.hit);
      const auto [owner, fresh] = owners.emplace(label.surface, label.id);
      if (!fresh && owner->second != label.id)
        issue(ThesaurusIssueKind::SharedLabel, concepts[label.id], language + ": " + label.surface);
    }
  }
  for (const auto& [language, word] : silent)
    writer.hit(language, {writer.term(surface_kind, word)}, hit_silent);
}

void ThesaurusBuilder::Work::write_labels(ThesaurusWriter& writer) {
  // By language: the analyser's words and the stemmers' tables stay warm.
  std::map<std::string, std::vector<std::pair<std::uint32_t, const OneLabel*>>> by_language;
  for (std::uint32_t id = 0; id < concepts.size(); ++id) {
    for (const OneLabel& label : concepts[id].labels)
      by_language[label.language].emplace_back(id, &label);
  }
  Analyser analyser(std::size_t{1} << 14U);
  for (const auto& [language, labels] : by_language) {
    for (const auto& [id, label] : labels) {
      if (label->preferred && concepts[id].told) ++report.languages[language];
      write_label(writer, analyser, id, *label);
    }
  }
  write_alone(writer);
}

std::vector<char> ThesaurusBuilder::build() {
  Work& work = *work_;
  work.unite();
  if (work.concepts.size() > max_concepts)
    throw Error(ErrorCode::InvalidInput, "thesaurus: more concepts than a table can hold");
  work.link();
  std::set<std::string> tags;
  for (const OneConcept& one : work.concepts) {
    if (one.told) ++work.report.concepts;
    if (one.labels.empty()) work.issue(ThesaurusIssueKind::NoLabel, one, "");
    for (const OneLabel& label : one.labels) tags.insert(label.language);
  }
  for (const auto& [language, word] : work.silent) tags.insert(language);
  ThesaurusWriter writer({tags.begin(), tags.end()});
  work.write_labels(writer);
  for (const OneConcept& one : work.concepts) {
    writer.add_concept(one.uri, one.names);
    for (const OneLabel& label : one.labels)
      if (label.preferred) writer.preferred(label.language, label.text);
    for (const OneLabel& label : one.labels)
      if (!label.preferred) writer.other(label.language, label.text);
  }
  for (const OneConcept& one : work.concepts)
    writer.links({one.broader.begin(), one.broader.end()});
  for (const OneConcept& one : work.concepts)
    writer.links({one.narrower.begin(), one.narrower.end()});
  for (const OneConcept& one : work.concepts)
    writer.links({one.related.begin(), one.related.end()});
  return writer.bytes();
}

}  // namespace koinon::text
