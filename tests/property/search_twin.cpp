// SPDX-License-Identifier: Apache-2.0
//
// SearchCore against a twin that keeps the records and reads all their texts for every question:
// small catalogues in several languages, every form of question.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "domain/kinds.hpp"
#include "index/norms.hpp"
#include "question.hpp"
#include "search/document_of.hpp"
#include "search/question.hpp"
#include "search/record_texts.hpp"
#include "search/search_core.hpp"
#include "text/analyse.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text/stem.hpp"

using namespace koinon;

namespace {

const std::map<std::string, std::vector<std::string>> lexicon = {
    {"fi", {"koulu", "kouluja", "Kouluissa", "nuoret", "nuorten", "työ", "työtä", "talo"}},
    {"de", {"Schule", "Schulen", "Jugend", "Straße", "Arbeit", "Arbeiten", "Haus", "Öl"}},
    {"fr", {"école", "Écoles", "plein-emploi", "jeunesse", "dom", "formation", "formations"}},
    {"en", {"school", "Schools", "youth", "work", "working", "self-help", "land", "dom"}},
    {"el", {"εκπαίδευση", "ΕΚΠΑΙΔΕΥΣΗΣ", "νέος", "νέοι", "εργασία", "σπίτι"}},
    {"hr", {"škola", "Škole", "rad", "mladi", "dom"}},
};

struct Entry {
  std::string id;
  std::shared_ptr<const Record> record;
};

// The catalogue: what the engine would keep.
struct Catalogue : search::DocumentSource {
  std::map<index::DocKey, Entry> entries;
  std::map<std::string, Initiative> initiatives;
  std::map<std::string, LangText> organisations;

  const Initiative* initiative(std::string_view id) override {
    const auto found = initiatives.find(std::string(id));
    return found == initiatives.end() ? nullptr : &found->second;
  }
  Region region(std::string_view) override { return {}; }
  const LangText* organisation_names(std::string_view id) override {
    const auto found = organisations.find(std::string(id));
    return found == organisations.end() ? nullptr : &found->second;
  }
  Found record(index::DocKey key) override { return {entries.at(key).id, entries.at(key).record}; }
  std::optional<index::DocKey> key_of(std::string_view id) override {
    for (const auto& [key, entry] : entries) {
      if (entry.id == id) return key;
    }
    return std::nullopt;
  }
};

// A record read word by word.
struct Read {
  struct Word {
    int field = 0;
    int text = 0;
    std::set<std::string> terms;
  };
  std::vector<Word> words;
  std::set<std::string> languages;
};

Read read(const Record& record, Catalogue& catalogue) {
  Read all;
  int text = 0;
  search::for_each_text(record, catalogue, [&](const search::TextPart& part) {
    ++text;
    const std::string language(part.language.empty() ? "und" : part.language);
    all.languages.insert(language);
    for (const text::OwnedToken& token : text::analyse(part.text, language)) {
      const std::string written(part.text.substr(token.begin, token.end - token.begin));
      all.words.push_back(
          {static_cast<int>(part.field),
           text,
           {token.surface,
            "\x01" + language + ":" + (text::has_stemmer(language) ? token.stem : token.surface),
            "\x03" + text::lower(written)}});
    }
  });
  return all;
}

double decoded(const Read& document) {
  return index::decoded_length(
      index::length_code(static_cast<std::uint32_t>(document.words.size())));
}

double boost_of(const Read::Word& word) {
  return search::text_fields[static_cast<std::size_t>(word.field)].boost;
}

// How often a term stands in the document, weighted.
double frequency(const Read& document, const std::string& term) {
  double sum = 0;
  for (const Read::Word& word : document.words) sum += word.terms.count(term) * boost_of(word);
  return sum;
}

// The weighted places where a phrase begins.
double frequency(const Read& document, const index::Clause& phrase) {
  double sum = 0;
  for (std::size_t i = 0; i + phrase.groups.size() <= document.words.size(); ++i) {
    bool whole = true;
    for (std::size_t k = 0; k < phrase.groups.size(); ++k) {
      const Read::Word& word = document.words[i + k];
      const auto& terms = phrase.groups[k].alternatives;
      whole = whole && word.text == document.words[i].text &&
              std::any_of(terms.begin(), terms.end(),
                          [&](const auto& each) { return word.terms.count(each.term) != 0; });
    }
    if (whole) sum += boost_of(document.words[i]);
  }
  return sum;
}

// All documents, as BM25 sees them.
struct Collection {
  std::map<index::DocKey, Read> documents;
  double length = 0;
  std::map<std::string, double> idfs;

  double count() const { return static_cast<double>(documents.size()); }

  // Of a term of a language among the documents in that.
  double idf(const std::string& term) {
    const auto [known, fresh] = idfs.try_emplace(term, 0);
    if (fresh) known->second = counted_idf(term);
    return known->second;
  }

  double counted_idf(const std::string& term) const {
    const std::string language =
        term[0] == '\x01' ? term.substr(1, term.find(':') - 1) : std::string();
    double all = 0;
    double having = 0;
    for (const auto& [key, document] : documents) {
      all += language.empty() || document.languages.count(language) != 0 ? 1 : 0;
      having += frequency(document, term) > 0 ? 1 : 0;
    }
    return having == 0 ? 0 : std::log(1 + (all - having + 0.5) / (having + 0.5));
  }

  // Of a word the best of its terms', of a phrase with the sum of its words' best idf. Below 0:
  // it does not match.
  double score(const Read& document, const index::Clause& clause) {
    const double norm = decoded(document) / std::max(1.0, length / count());
    const auto weighed = [&](double tf) {
      return tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * norm)) * clause.boost;
    };
    double sum = 0;
    double best = -1;
    for (const index::TermGroup& group : clause.groups) {
      double most = 0;
      for (const index::Alternative& each : group.alternatives) {
        const double tf = frequency(document, each.term);
        most = std::max(most, each.weight * idf(each.term));
        if (tf > 0) best = std::max(best, each.weight * idf(each.term) * weighed(tf));
      }
      sum += most;
    }
    if (clause.groups.size() == 1) return best;
    const double tf = frequency(document, clause);
    return tf == 0 ? -1 : sum * weighed(tf);
  }
};

void add(std::set<std::string>& codes, const std::string& code) {
  if (!code.empty()) codes.insert(code);
}

void add(std::set<std::string>& codes, const std::vector<std::string>& more) {
  codes.insert(more.begin(), more.end());
}

// The codes of a facet field, from the record itself.
std::set<std::string> codes_of(const Record& record, const std::string& field,
                               Catalogue& catalogue) {
  std::set<std::string> codes;
  const auto* study = std::get_if<CaseStudy>(&record);
  const auto* project = std::get_if<Project>(&record);
  const auto* call = std::get_if<Call>(&record);
  const auto* initiative = std::get_if<Initiative>(&record);
  const auto* organisation = std::get_if<Organisation>(&record);
  if (field == "kind") add(codes, domain::kind_names[record.index()]);
  if (field == "country") add(codes, search::countries_of(record));
  if (field == "theme" && study) add(codes, study->themes);
  if (field == "theme" && project) add(codes, project->themes);
  if (field == "theme" && call) add(codes, call->themes);
  if (field == "state" && study) add(codes, study->state);
  if (field == "state" && call) add(codes, call->status);
  if (field == "stage" && initiative) add(codes, initiative->stage);
  if (field == "stage" && study) {
    const Initiative* of = catalogue.initiative(study->initiative);
    if (of != nullptr) add(codes, of->stage);
  }
  if (field == "organisation-kind" && organisation) add(codes, organisation->kind);
  if (field == "year" && project && project->period.from) {
    add(codes, std::to_string(project->period.from.year));
  }
  if (field == "language") {
    search::for_each_text(record, catalogue, [&](const search::TextPart& part) {
      if (part.own && part.language != "und") codes.insert(std::string(part.language));
    });
  }
  return codes;
}

std::int64_t date_of(const Record& record) {
  const auto* project = std::get_if<Project>(&record);
  return project == nullptr ? 0 : project->period.from.year;
}

const std::vector<std::string> tested_facets = {"kind",  "country",           "theme", "state",
                                                "stage", "organisation-kind", "year",  "language"};

class World {
 public:
  explicit World(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      catalogue_.initiatives["ini-" + std::to_string(i)] = make_initiative();
      catalogue_.organisations["org-" + std::to_string(i)] = texts();
    }
  }

  void change() {
    const index::DocKey key = below(30);
    if (below(4) == 0) {
      catalogue_.entries.erase(key);
      core_.erase(key);
      return;
    }
    const std::string id = "r" + std::to_string(below(1000)) + "-" + std::to_string(key);
    auto record = std::make_shared<const Record>(make_record());
    core_.put(key, *record, catalogue_);
    catalogue_.entries[key] = {id, record};
    if (std::holds_alternative<MatchDecision>(*record)) catalogue_.entries.erase(key);
  }

  void ask() {
    const SearchRequest request = make_request();
    CAPTURE(request.text);
    core_.index().commit(1);
    REQUIRE(core_.index().snapshot()->documents() == catalogue_.entries.size());
    const SearchResults results =
        core_.search(request, *core_.index().snapshot(), catalogue_, {}).results;
    check(request, results);
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return random_() % limit; }

  template <class List>
  typename List::value_type any(const List& list) {
    return list[below(static_cast<std::uint32_t>(list.size()))];
  }

  std::string language() {
    auto at = lexicon.begin();
    std::advance(at, below(static_cast<std::uint32_t>(lexicon.size())));
    return at->first;
  }

  std::string sentence(const std::string& tongue) {
    std::string made;
    for (std::uint32_t i = below(9) + 1; i > 0; --i) made += any(lexicon.at(tongue)) + " ";
    return made;
  }

  LangText texts() {
    LangText made;
    for (std::uint32_t i = below(3); i > 0; --i) {
      const std::string tongue = language();
      made.push_back({tongue, sentence(tongue), {}});
    }
    return made;
  }

  std::vector<std::string> codes() {
    std::vector<std::string> made;
    for (std::uint32_t i = below(3); i > 0; --i) made.push_back("t" + std::to_string(below(4)));
    return made;
  }

  std::vector<Place> places() {
    std::vector<Place> made(below(3));
    for (Place& place : made) place.country = any(std::vector<std::string>{"FI", "DE", "EL", ""});
    return made;
  }

  Initiative make_initiative() {
    Initiative made;
    made.names = texts();
    made.stage = any(std::vector<std::string>{"", "pilot", "scaled"});
    return made;
  }

  CaseStudy make_study() {
    CaseStudy made;
    made.initiative = "ini-" + std::to_string(below(4));
    made.state = any(std::vector<std::string>{"", "published", "draft"});
    made.title = texts();
    made.summary = texts();
    made.lessons = texts();
    made.themes = codes();
    made.locations = places();
    made.lead_organisation = "org-" + std::to_string(below(4));
    made.participations.resize(1);
    made.participations[0].organisation = "org-" + std::to_string(below(4));
    made.tags = {{"s", sentence("en")}};
    return made;
  }

  Record make_record() {
    switch (below(8)) {
      case 0: {
        Organisation made;
        made.names = texts();
        made.kind = "k" + std::to_string(below(2));
        made.addresses = places();
        return made;
      }
      case 1:
        return make_initiative();
      case 2: {
        Project made;
        made.titles = texts();
        made.description = texts();
        made.partner_names = {sentence("fi"), sentence("de")};
        made.period.from.year = static_cast<std::int16_t>(below(3) == 0 ? 0 : 2014 + below(3));
        made.themes = codes();
        return made;
      }
      case 3: {
        Call made;
        made.titles = texts();
        made.status = "open";
        return made;
      }
      case 4: {
        Concept made;
        made.labels = texts();
        return made;
      }
      case 5:
        return MatchDecision{};
      default:
        return make_study();
    }
  }

  SearchRequest make_request() {
    SearchRequest request;
    request.signals.spelling = false;
    for (std::uint32_t i = below(5); i > 0; --i) {
      const std::string sign = any(std::vector<std::string>{"", "", "+", "-"});
      const std::string tongue = language();
      if (below(3) == 0) {
        request.text +=
            sign + "\"" + any(lexicon.at(tongue)) + " " + any(lexicon.at(tongue)) + "\" ";
      } else {
        request.text += sign + any(lexicon.at(tongue)) + " ";
      }
    }
    request.language = below(2) == 0 ? language() : "";
    if (below(3) == 0) {
      request.filters.push_back({any(tested_facets), {"t1", "FI", "case-study", "fi", "2014"}});
    }
    request.facets = {any(tested_facets), any(tested_facets)};
    request.facet_values = below(5);
    request.limit = below(12);
    request.offset = below(3) == 0 ? below(8) : 0;
    request.unpublished = below(2) == 0;
    return request;
  }

  bool shown(const SearchRequest& request, const Record& record) {
    const auto* study = std::get_if<CaseStudy>(&record);
    if (!request.unpublished && study && !study->state.empty() && study->state != "published") {
      return false;
    }
    for (const Filter& filter : request.filters) {
      const std::set<std::string> codes = codes_of(record, filter.field, catalogue_);
      if (std::none_of(filter.any_of.begin(), filter.any_of.end(),
                       [&](const std::string& code) { return codes.count(code) != 0; })) {
        return false;
      }
    }
    return true;
  }

  struct Match {
    double score = 0;
    std::int64_t date = 0;
    std::string id;
    index::DocKey key = 0;
  };

  // Every document that matches, in order.
  std::vector<Match> scan(const SearchRequest& request, bool& scores) {
    // In the languages that the question may be in: what they are is told elsewhere.
    const auto clauses =
        search::prepare(request, *core_.index().snapshot(), catalogue_).query.clauses;
    Collection all;
    for (const auto& [key, entry] : catalogue_.entries) {
      all.documents[key] = read(*entry.record, catalogue_);
      all.length += decoded(all.documents[key]);
    }
    scores = false;
    std::vector<Match> found;
    for (const auto& [key, entry] : catalogue_.entries) {
      const Read& document = all.documents[key];
      bool must_met = true, musts = false, shoulds = false, should_met = false, excluded = false;
      double score = 0;
      for (std::size_t i = 0; i < clauses.size(); ++i) {
        const double share = all.score(document, clauses[i]);
        const bool matched = share >= 0;
        const index::Occur occur = clauses[i].occur;
        musts = musts || occur == index::Occur::Must;
        shoulds = shoulds || occur == index::Occur::Should;
        must_met = must_met && (occur != index::Occur::Must || matched);
        should_met = should_met || (occur == index::Occur::Should && matched);
        excluded = excluded || (occur == index::Occur::MustNot && matched);
        if (occur != index::Occur::MustNot && matched) score += share;
      }
      scores = musts || shoulds;
      if (!must_met || excluded || (!musts && shoulds && !should_met)) continue;
      if (shown(request, *entry.record))
        found.push_back({score, date_of(*entry.record), entry.id, key});
    }
    const bool by_score = scores;
    std::sort(found.begin(), found.end(), [&](const Match& a, const Match& b) {
      if (by_score && std::abs(a.score - b.score) > 1e-6) return a.score > b.score;
      if (!by_score && a.date != b.date) return a.date > b.date;
      return a.key < b.key;
    });
    return found;
  }

  void check(const SearchRequest& request, const SearchResults& results) {
    bool scores = false;
    const std::vector<Match> expected = scan(request, scores);
    REQUIRE(results.total == expected.size());
    const std::size_t offset = std::min(request.offset, expected.size());
    REQUIRE(results.hits.size() == std::min(request.limit, expected.size() - offset));
    for (std::size_t i = 0; i < results.hits.size(); ++i) {
      const Match& match = expected[offset + i];
      REQUIRE(results.hits[i].id == match.id);
      REQUIRE(results.hits[i].score == Approx(match.score).epsilon(1e-5).margin(1e-6));
      check_hit(results.hits[i], *catalogue_.entries.at(match.key).record);
    }
    REQUIRE(results.facets.size() == request.facets.size());
    for (std::size_t i = 0; i < request.facets.size(); ++i) {
      check_facet(results.facets[i], request.facets[i], request.facet_values, expected);
    }
  }

  void check_hit(const Hit& hit, const Record& record) {
    REQUIRE(hit.kind == kind_of(record));
    REQUIRE(hit.countries == search::countries_of(record));
    const Snippet& snippet = hit.snippet;
    REQUIRE(text::valid_utf8(snippet.text) == snippet.text.size());
    REQUIRE(snippet.text.empty() == snippet.marks.empty());
    std::size_t at = 0;
    for (const Mark& mark : snippet.marks) {
      REQUIRE(at <= mark.begin);
      REQUIRE(mark.begin < mark.end);
      REQUIRE(mark.end <= snippet.text.size());
      at = mark.end;
    }
  }

  void check_facet(const Facet& facet, const std::string& field, std::size_t kept,
                   const std::vector<Match>& expected) {
    std::map<std::string, std::uint64_t> counts;
    for (const Match& match : expected) {
      const Record& record = *catalogue_.entries.at(match.key).record;
      for (const std::string& code : codes_of(record, field, catalogue_)) ++counts[code];
    }
    std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    REQUIRE(facet.field == field);
    REQUIRE(facet.distinct == sorted.size());
    REQUIRE(facet.values.size() == std::min(kept, sorted.size()));
    for (std::size_t i = 0; i < facet.values.size(); ++i) {
      REQUIRE(facet.values[i].code == sorted[i].first);
      REQUIRE(facet.values[i].count == sorted[i].second);
    }
  }

  std::mt19937 random_;
  Catalogue catalogue_;
  search::SearchCore core_;
};

}  // namespace

TEST_CASE("a search answers as reading all the records does", "[search]") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    World world(seed);
    world.ask();
    for (int step = 0; step < 60; ++step) {
      CAPTURE(step);
      world.change();
      if (step % 4 == 0) world.ask();
    }
    for (int i = 0; i < 30; ++i) world.ask();
  }
}

namespace {

std::size_t count_leaves(const std::vector<index::Clause>& clauses) {
  std::size_t leaves = 0;
  for (const index::Clause& clause : clauses) {
    const bool leaf = !clause.groups.empty() || clause.pattern || clause.condition;
    REQUIRE((leaf || clause.everything || !clause.clauses.empty()));
    for (const index::TermGroup& group : clause.groups) REQUIRE(!group.alternatives.empty());
    leaves += (leaf ? 1U : 0U) + count_leaves(clause.clauses);
  }
  return leaves;
}

}  // namespace

TEST_CASE("the query parser takes any bytes", "[search]") {
  std::mt19937 random(7);
  const std::vector<std::string> languages = {"de", "fi", "fr"};
  const std::vector<std::string> likely = {"+",
                                           "-",
                                           "\"",
                                           "a",
                                           "b",
                                           " ",
                                           " ",
                                           "(",
                                           ")",
                                           "*",
                                           "~",
                                           "^2",
                                           "AND",
                                           " OR ",
                                           "NOT ",
                                           "title:",
                                           "country:",
                                           "budget:",
                                           "date:",
                                           "near:",
                                           "2020",
                                           "..",
                                           ">=",
                                           ",",
                                           "[",
                                           " TO ",
                                           "]",
                                           "\xC3\xA9",
                                           "\xE2\x80\x9C",
                                           "\xE2\x80\x9D",
                                           "\xFF",
                                           "'",
                                           "\xCC\x81"};
  for (int round = 0; round < 30000; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 40; size > 0; --size) {
      const bool any = random() % 4 == 0;
      text += any ? std::string(1, static_cast<char>(random() % 256))
                  : likely[random() % likely.size()];
    }
    CAPTURE(text);
    const test::CompiledQuestion parsed = test::parse_query(text, languages, random() % 2 == 0);
    REQUIRE(count_leaves(parsed.clauses) <= search::max_clauses);
    for (const std::string& ignored : parsed.ignored)
      REQUIRE(text::valid_utf8(ignored) == ignored.size());
  }
}
