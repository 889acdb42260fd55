// SPDX-License-Identifier: Apache-2.0
//
// The index against a twin that keeps documents as they came and scans all of them for every
// question: every form of question, over segments laid out at random, in memory and on disk.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "index/explain.hpp"
#include "index/geo.hpp"
#include "index/index.hpp"
#include "index/norms.hpp"
#include "index/search.hpp"
#include "scratch.hpp"

using namespace koinon;
using index::Clause;
using index::DocKey;
using index::Occur;
using index::Pattern;
using index::Query;

namespace {

const std::vector<double> boosts = {3, 2, 1.5, 1};
constexpr std::size_t facet_fields = 3;
constexpr std::size_t number_fields = 2;  // a number, and points
const index::Schema schema = {boosts, facet_fields, number_fields};

struct TwinToken {
  index::FieldId field = 0;
  std::uint32_t position = 0;
  std::set<std::string> terms;
};

struct TwinDocument {
  std::vector<TwinToken> tokens;
  std::set<std::pair<int, std::string>> facets;
  std::set<std::int64_t> numbers;
  std::set<std::int64_t> points;
  DocKey key = 0;
};

using Place = std::pair<index::FieldId, std::uint32_t>;

std::set<Place> places(const TwinDocument& document, const std::string& term) {
  std::set<Place> found;
  for (const TwinToken& token : document.tokens) {
    if (token.terms.count(term) != 0) found.insert({token.field, token.position});
  }
  return found;
}

std::set<Place> places(const TwinDocument& document, const index::TermGroup& group) {
  std::set<Place> found;
  for (const index::Alternative& each : group.alternatives)
    found.merge(places(document, each.term));
  return found;
}

double weight(const std::set<Place>& places) {
  double sum = 0;
  for (const Place& place : places) sum += boosts[place.first];
  return sum;
}

// Insertions, deletions, substitutions; words here are ASCII.
unsigned distance(const std::string& a, const std::string& b) {
  std::vector<unsigned> row(b.size() + 1);
  for (std::size_t i = 0; i <= b.size(); ++i) row[i] = static_cast<unsigned>(i);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    unsigned diagonal = row[0]++;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const unsigned replaced = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({row[k] + 1, row[k - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

class Twin {
 public:
  std::map<DocKey, TwinDocument> documents;

  /// After documents have changed.
  void count_anew() {
    having_.clear();
    terms_.clear();
    mean_ = 0;
  }

  struct Match {
    bool found = false;
    double score = 0;
  };

  Match match(const TwinDocument& document, const std::vector<Clause>& clauses) const {
    bool must_given = false, should_given = false, musts = true, should_met = false, out = false;
    double score = 0;
    for (const Clause& clause : clauses) {
      const Match found = match(document, clause);
      must_given = must_given || clause.occur == Occur::Must;
      should_given = should_given || clause.occur == Occur::Should;
      if (clause.occur == Occur::Must) musts = musts && found.found;
      if (clause.occur == Occur::Should) should_met = should_met || found.found;
      if (clause.occur == Occur::MustNot) out = out || found.found;
      if (clause.occur != Occur::MustNot && found.found) score += found.score;
    }
    return {musts && !out && (must_given || !should_given || should_met), score};
  }

  static bool passes(const TwinDocument& document, const Query& query, const void* but = nullptr) {
    for (const index::FacetFilter& filter : query.facet_filters) {
      if (&filter == but) continue;
      bool any = false;
      for (const std::string& code : filter.codes)
        any = any || document.facets.count({filter.field, code}) != 0;
      if (any == filter.none) return false;
    }
    for (const index::NumberFilter& filter : query.number_filters) {
      if (std::none_of(document.numbers.begin(), document.numbers.end(), [&](std::int64_t value) {
            return value >= filter.least && value <= filter.greatest;
          })) {
        return false;
      }
    }
    for (const index::RadiusFilter& filter : query.radius_filters) {
      if (std::none_of(document.points.begin(), document.points.end(), [&](std::int64_t point) {
            return index::kilometres_between(filter.latitude, filter.longitude, point) <=
                   filter.kilometres;
          })) {
        return false;
      }
    }
    return true;
  }

  static Query query_of(const index::Condition& condition) {
    Query query;
    if (const auto* facet = std::get_if<index::FacetFilter>(&condition))
      query.facet_filters.push_back(*facet);
    if (const auto* number = std::get_if<index::NumberFilter>(&condition))
      query.number_filters.push_back(*number);
    if (const auto* radius = std::get_if<index::RadiusFilter>(&condition))
      query.radius_filters.push_back(*radius);
    return query;
  }

  Match match(const TwinDocument& document, const Clause& clause) const {
    Match found = undamped(document, clause);
    if (!clause.damping) return found;
    for (const std::string& code : clause.damping->codes) {
      if (document.facets.count({clause.damping->field, code}) == 0) continue;
      found.score *= clause.damping->factor;
      break;
    }
    return found;
  }

  Match undamped(const TwinDocument& document, const Clause& clause) const {
    if (clause.pattern) return pattern(document, clause);
    if (!clause.groups.empty()) return words(document, clause);
    if (clause.condition) return {passes(document, query_of(*clause.condition)), 0};
    if (!clause.keys.empty()) {
      const auto& keys = clause.keys;
      return {std::find(keys.begin(), keys.end(), document.key) != keys.end(), 0};
    }
    if (clause.everything) return {true, 0};
    if (clause.clauses.empty()) return {};
    return match(document, clause.clauses);
  }

  const std::set<std::string>& terms() const {
    if (!terms_.empty()) return terms_;
    for (const auto& [key, document] : documents) {
      for (const TwinToken& token : document.tokens)
        terms_.insert(token.terms.begin(), token.terms.end());
    }
    return terms_;
  }

  double length(const TwinDocument& document) const {
    return index::decoded_length(
        index::length_code(static_cast<std::uint32_t>(document.tokens.size())));
  }

  double idf(double having) const {
    const auto count = static_cast<double>(documents.size());
    return std::log(1 + (count - having + 0.5) / (having + 0.5));
  }

  double having(const std::string& term) const {
    const auto [known, fresh] = having_.try_emplace(term, 0);
    if (!fresh) return known->second;
    for (const auto& [key, document] : documents)
      known->second += places(document, term).empty() ? 0 : 1;
    return known->second;
  }

  double mean() const {
    if (mean_ == 0) {
      double sum = 0;
      for (const auto& [key, document] : documents) sum += length(document);
      mean_ = std::max(1.0, sum / static_cast<double>(documents.size()));
    }
    return mean_;
  }

  Match words(const TwinDocument& document, const Clause& clause) const {
    const double saturation = 1.2 * (0.25 + 0.75 * length(document) / mean());
    if (clause.groups.size() == 1 && clause.fields == index::all_fields) {
      Match best;
      for (const index::Alternative& each : clause.groups[0].alternatives) {
        const double w = weight(places(document, each.term));
        if (w == 0) continue;
        const double score = worth(clause.groups[0], each) * w * 2.2 / (w + saturation);
        best = {true, std::max(best.score, clause.boost * score)};
      }
      return best;
    }
    double total = 0;
    for (const index::TermGroup& group : clause.groups) {
      double best = 0;
      for (const index::Alternative& each : group.alternatives)
        best = std::max(best, worth(group, each));
      total += best;
    }
    const double w = weight(begins(document, clause));
    if (w == 0) return {};
    return {true, clause.boost * total * w * 2.2 / (w + saturation)};
  }

  // What one of several terms for a word is worth; 0 where no document has it. Of equal terms the
  // first counts.
  double worth(const index::TermGroup& group, const index::Alternative& one) const {
    const auto first =
        std::find_if(group.alternatives.begin(), group.alternatives.end(),
                     [&](const index::Alternative& each) { return each.term == one.term; });
    if (having(first->term) == 0) return 0;
    if (first->among > 0) {
      const double n = having(first->term);
      const double all = std::max(static_cast<double>(first->among), n);
      return first->weight * std::log(1 + (all - n + 0.5) / (n + 0.5));
    }
    double most = 0;
    for (const index::Alternative& each : group.alternatives) {
      const auto same =
          std::find_if(group.alternatives.begin(), group.alternatives.end(),
                       [&](const index::Alternative& other) { return other.term == each.term; });
      if (same->among == 0) most = std::max(most, having(each.term));
    }
    return first->weight * idf(most);
  }

  static std::set<Place> begins(const TwinDocument& document, const Clause& clause) {
    std::set<Place> found;
    for (const Place& begin : places(document, clause.groups[0])) {
      if ((clause.fields >> begin.first & 1U) == 0) continue;
      std::uint32_t before = begin.second;
      std::uint32_t spare = clause.slop;
      bool whole = true;
      for (std::size_t i = 1; i < clause.groups.size() && whole; ++i) {
        whole = false;
        for (const Place& next : places(document, clause.groups[i])) {
          if (next.first != begin.first || next.second <= before) continue;
          const std::uint32_t gap = next.second - before - 1;
          if (gap > spare) break;
          spare -= gap;
          before = next.second;
          whole = true;
          break;
        }
      }
      if (whole) found.insert(begin);
    }
    return found;
  }

  Match pattern(const TwinDocument& document, const Clause& clause) const {
    const Pattern& pattern = *clause.pattern;
    const auto near = [&](const std::string& term) -> unsigned {
      if (term[0] < 0x20) return 99;
      if (pattern.kind == Pattern::Kind::Prefix)
        return term.compare(0, pattern.text.size(), pattern.text) == 0 ? 0 : 99;
      return distance(term, pattern.text);
    };
    const unsigned limit = pattern.kind == Pattern::Kind::Prefix ? 0 : pattern.distance;
    double most = 0;
    for (const std::string& term : terms()) {
      if (near(term) <= limit) most = std::max(most, having(term));
    }
    unsigned nearest = 99;
    for (const TwinToken& token : document.tokens) {
      for (const std::string& term : token.terms) nearest = std::min(nearest, near(term));
    }
    if (nearest > limit) return {};
    const double factor =
        std::max(0.0, 1 - nearest / std::max(1.0, static_cast<double>(pattern.text.size())));
    return {true, clause.boost * idf(most) * factor};
  }

 private:
  mutable std::map<std::string, double> having_;
  mutable std::set<std::string> terms_;
  mutable double mean_ = 0;
};

struct Expected {
  DocKey key = 0;
  double rank = 0;
  double score = 0;
};

// What an answer without limits would be, best first.
std::vector<Expected> expect(const Twin& twin, const Query& query) {
  std::vector<Expected> all;
  for (const auto& [key, document] : twin.documents) {
    const Twin::Match match = twin.match(document, query.clauses);
    if (!match.found || !Twin::passes(document, query)) continue;
    double rank = match.score;
    if (query.sort != index::SortBy::Score) {
      rank = -1e30;
      for (const std::int64_t value : document.numbers) {
        const auto signed_value = static_cast<double>(value);
        rank = std::max(rank, query.sort == index::SortBy::Rising ? -signed_value : signed_value);
      }
    }
    all.push_back({key, rank, match.score});
  }
  std::sort(all.begin(), all.end(), [](const Expected& a, const Expected& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.key < b.key;
  });
  return all;
}

bool close(double a, double b) {
  return std::abs(a - b) <= 1e-5 * std::max({1.0, std::abs(a), std::abs(b)});
}

void check_hits(const Query& query, const std::vector<Expected>& expected,
                const index::Results& results) {
  if (query.count) REQUIRE(results.total == expected.size());
  const std::size_t offset = std::min(query.offset, expected.size());
  REQUIRE(results.hits.size() == std::min(query.limit, expected.size() - offset));
  std::map<DocKey, Expected> by_key;
  for (const Expected& each : expected) by_key[each.key] = each;
  for (std::size_t i = 0; i < results.hits.size(); ++i) {
    const index::Hit& hit = results.hits[i];
    REQUIRE(by_key.count(hit.doc) == 1);
    const Expected& wanted = by_key[hit.doc];
    if (query.sort == index::SortBy::Score) {
      REQUIRE(close(hit.score, wanted.score));
    } else {
      REQUIRE(hit.doc == expected[offset + i].key);
    }
    REQUIRE(close(wanted.rank, expected[offset + i].rank));
    if (i == 0) continue;
    const index::Hit& before = results.hits[i - 1];
    REQUIRE((before.rank > hit.rank || (before.rank == hit.rank && before.doc < hit.doc)));
  }
}

void check_facets(const Twin& twin, const Query& query, const index::Results& results) {
  REQUIRE(results.facets.size() == query.facets.size());
  for (std::size_t i = 0; i < query.facets.size(); ++i) {
    std::map<std::string, std::uint64_t> counts;
    // A filter of this field that may be picked from several times does not count against it.
    std::vector<const void*> dropped = {nullptr};
    for (const index::FacetFilter& filter : query.facet_filters) {
      if (filter.multi_select && filter.field == query.facets[i]) dropped.push_back(&filter);
    }
    for (const auto& each : twin.documents) {
      const TwinDocument& document = each.second;
      if (!twin.match(document, query.clauses).found) continue;
      if (std::none_of(dropped.begin(), dropped.end(),
                       [&](const void* but) { return Twin::passes(document, query, but); })) {
        continue;
      }
      for (const auto& [field, code] : document.facets) {
        if (field == query.facets[i]) ++counts[code];
      }
    }
    std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    if (sorted.size() > query.facet_values) sorted.resize(query.facet_values);
    REQUIRE(results.facets[i].field == query.facets[i]);
    REQUIRE(results.facets[i].values == sorted);
    REQUIRE(results.facets[i].distinct == counts.size());
  }
}

// Everything random, from one seed.
class World {
 public:
  World(std::uint32_t seed, std::string folder) : random_(seed), folder_(std::move(folder)) {
    open();
  }

  void change() {
    const DocKey key = below(60);
    if (below(3) == 0) {
      REQUIRE(index_->erase(key) == (twin_.documents.erase(key) != 0));
    } else {
      put(key);
    }
    if (below(3) != 0) return;
    commit();
    if (below(20) == 0) index_->optimise();
    if (below(20) == 0) index_->save(change_, change_);
    if (below(30) == 0) index_->purge(change_);
    if (below(40) == 0 && !folder_.empty()) reopen();
  }

  void commit() {
    index_->commit(++change_);
    REQUIRE(index_->snapshot()->documents() == twin_.documents.size());
    const DocKey key = below(60);
    REQUIRE(index_->snapshot()->contains(key) == (twin_.documents.count(key) != 0));
  }

  void ask() {
    commit();
    twin_.count_anew();
    Query query = make_query();
    const auto snapshot = index_->snapshot();
    const std::vector<Expected> expected = expect(twin_, query);
    const index::Results results = index::search(*snapshot, query, {});
    check_hits(query, expected, results);
    check_facets(twin_, query, results);
    check_pages(*snapshot, query);
    check_explained(*snapshot, query);
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return random_() % limit; }

  void open() {
    index_ = std::make_unique<index::Index>(schema, index::IndexPlace{folder_, 7, false});
  }

  void reopen() {
    ++change_;
    index_->save(change_, change_);
    index_.reset();
    open();
    REQUIRE(index_->change() == change_);
    REQUIRE(index_->stamp() == change_);
  }

  // What each clause and filter does to one document, whether it is in the answer or not.
  void check_explained(const index::Snapshot& snapshot, const Query& query) {
    const DocKey key = below(60);
    const auto found = twin_.documents.find(key);
    const index::Explained explained = index::explain(snapshot, query, key);
    REQUIRE(explained.there == (found != twin_.documents.end()));
    if (!explained.there) return;
    const TwinDocument& document = found->second;
    REQUIRE(explained.clauses.size() == query.clauses.size());
    for (std::size_t i = 0; i < query.clauses.size(); ++i) {
      const Twin::Match match = twin_.match(document, query.clauses[i]);
      REQUIRE(explained.clauses[i].matched == match.found);
      const bool scores = match.found && query.clauses[i].occur != Occur::MustNot;
      REQUIRE(close(explained.clauses[i].score, scores ? match.score : 0));
    }
    const auto holds = [&](const index::Condition& one) {
      return Twin::passes(document, Twin::query_of(one));
    };
    for (std::size_t i = 0; i < query.facet_filters.size(); ++i)
      REQUIRE(explained.facet_filters[i] == holds(query.facet_filters[i]));
    for (std::size_t i = 0; i < query.number_filters.size(); ++i)
      REQUIRE(explained.number_filters[i] == holds(query.number_filters[i]));
    for (std::size_t i = 0; i < query.radius_filters.size(); ++i)
      REQUIRE(explained.radius_filters[i] == holds(query.radius_filters[i]));
  }

  // Page after page gives what one page would.
  void check_pages(const index::Snapshot& snapshot, Query query) {
    query.offset = 0;
    query.limit = 1000;
    query.facets.clear();
    const std::vector<index::Hit> all = index::search(snapshot, query, {}).hits;
    query.limit = below(4) + 1;
    std::vector<DocKey> paged;
    for (;;) {
      const std::vector<index::Hit> page = index::search(snapshot, query, {}).hits;
      if (page.empty()) break;
      for (const index::Hit& hit : page) paged.push_back(hit.doc);
      query.after = index::After{page.back().rank, page.back().doc};
    }
    REQUIRE(paged.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(paged[i] == all[i].doc);
  }

  // Few words, the first ones frequent.
  std::string word() {
    static const std::vector<std::string> words = {"work", "word",  "wood", "ward",
                                                   "care", "carer", "cart", "skill"};
    return words[below(1 + below(8))];
  }
  std::string stem() { return "\x01x:w" + std::to_string(below(4)); }
  std::string code() { return "c" + std::to_string(below(5)); }

  void put(DocKey key) {
    index::Document document;
    TwinDocument twin;
    twin.key = key;
    for (std::uint32_t texts = below(4); texts > 0; --texts) {
      const auto field = static_cast<index::FieldId>(below(4));
      const std::uint32_t begin = document.text_begin(field);
      const std::uint32_t size = below(10) == 0 ? below(300) : below(8);
      for (std::uint32_t i = 0; i < size; ++i) {
        const std::string surface = word();
        const std::string other = below(2) == 0 ? stem() : std::string();
        document.add_token(field, begin + i, surface, other);
        twin.tokens.push_back({field, begin + i, {surface}});
        if (!other.empty()) twin.tokens.back().terms.insert(other);
      }
    }
    for (std::uint32_t facets = below(6); facets > 0; --facets) {
      const auto field = static_cast<index::FacetFieldId>(below(facet_fields));
      const std::string value = code();
      // One field has never more than one code: its column has another form.
      const bool taken =
          field == 0 && std::any_of(twin.facets.begin(), twin.facets.end(),
                                    [](const auto& each) { return each.first == 0; });
      if (taken) continue;
      document.add_facet(field, value);
      twin.facets.insert({field, value});
    }
    for (std::uint32_t numbers = below(3); numbers > 0; --numbers) {
      const std::int64_t value = static_cast<std::int64_t>(below(9)) * 1000000000 - 4000000000;
      document.add_number(0, value);
      twin.numbers.insert(value);
    }
    if (below(2) == 0) {
      const std::int64_t point = index::point_number(40 + below(20), below(20) - 5.0);
      document.add_number(1, point);
      twin.points.insert(point);
    }
    index_->put(key, document);
    twin_.documents[key] = twin;
  }

  index::TermGroup group() {
    index::TermGroup made;
    for (std::uint32_t i = below(3) + 1; i > 0; --i)
      made.alternatives.push_back(below(2) == 0 ? word() : stem());
    for (index::Alternative& each : made.alternatives) {
      if (below(4) == 0) each.weight = below(5) / 4.0;
      if (below(4) == 0) each.among = below(300) + 1;
    }
    if (below(8) == 0) made.alternatives.push_back("unknown");
    return made;
  }

  index::Condition condition() {
    if (below(4) == 0) return index::NumberFilter{0, -3000000000, 2000000000};
    if (below(4) == 0) return index::RadiusFilter{1, 50, 5, 700};
    index::FacetFilter filter;
    filter.field = static_cast<index::FacetFieldId>(below(facet_fields));
    for (std::uint32_t k = below(4); k > 0; --k) filter.codes.push_back(code());
    filter.none = below(3) == 0;
    return filter;
  }

  Clause clause(int depth) {
    Clause made;
    made.occur = static_cast<Occur>(below(3));
    if (below(3) == 0) made.boost = 0.25 * (below(8) + 1);
    if (below(4) == 0) {
      made.damping = {static_cast<index::FacetFieldId>(below(facet_fields)), {}, 0.1 * below(11)};
      for (std::uint32_t k = below(3); k > 0; --k) made.damping->codes.push_back(code());
    }
    switch (below(11)) {
      case 9:
        made.condition = condition();
        return made;
      case 10:
        for (std::uint32_t i = below(20) + 1; i > 0; --i) made.keys.push_back(below(60));
        return made;
      case 0: {
        Pattern pattern;
        pattern.kind = below(2) == 0 ? Pattern::Kind::Prefix : Pattern::Kind::Fuzzy;
        pattern.text = word();
        if (pattern.kind == Pattern::Kind::Prefix) pattern.text.resize(below(4));
        pattern.distance = below(2) + 1;
        made.pattern = pattern;
        return made;
      }
      case 1:
        if (depth == 0) return made;
        for (std::uint32_t i = below(4); i > 0; --i) made.clauses.push_back(clause(depth - 1));
        made.boost = 1;
        return made;
      case 2:
        made.everything = below(3) == 0;
        return made;
      case 3:
      case 4:
        for (std::uint32_t i = below(3) + 1; i > 0; --i) made.groups.push_back(group());
        made.slop = below(2) == 0 ? 0 : below(5);
        break;
      default:
        made.groups.push_back(group());
    }
    if (below(4) == 0) made.fields = below(16);
    return made;
  }

  Query make_query() {
    Query query;
    for (std::uint32_t i = below(5); i > 0; --i) query.clauses.push_back(clause(2));
    std::set<int> filtered;
    for (std::uint32_t i = below(3); i > 0; --i) {
      index::FacetFilter filter;
      filter.field = static_cast<index::FacetFieldId>(below(facet_fields));
      if (!filtered.insert(filter.field).second) continue;
      for (std::uint32_t k = below(4); k > 0; --k) filter.codes.push_back(code());
      filter.none = below(3) == 0;
      filter.multi_select = below(2) == 0;
      query.facet_filters.push_back(filter);
    }
    if (below(5) == 0) query.number_filters.push_back({0, -3000000000, 2000000000});
    if (below(5) == 0) query.radius_filters.push_back({1, 50, 5, 700});
    for (std::uint32_t i = below(3); i > 0; --i)
      query.facets.push_back(static_cast<index::FacetFieldId>(below(facet_fields)));
    query.facet_values = below(7);
    query.offset = below(2) == 0 ? 0 : below(12);
    query.limit = below(4) == 0 ? static_cast<std::size_t>(1000) : below(15);
    query.count = below(3) != 0;
    if (below(4) == 0) {
      query.sort = below(2) == 0 ? index::SortBy::Rising : index::SortBy::Falling;
      query.sort_field = 0;
    }
    return query;
  }

  std::mt19937 random_;
  std::string folder_;
  std::unique_ptr<index::Index> index_;
  std::uint64_t change_ = 0;
  Twin twin_;
};

// KOINON_SEEDS asks for as many times the seeds.
std::uint32_t seeds(std::uint32_t usual) {
  const char* times = std::getenv("KOINON_SEEDS");
  return times ? usual * static_cast<std::uint32_t>(std::strtoul(times, nullptr, 10)) : usual;
}

void live(World& world) {
  world.ask();
  for (int step = 0; step < 150; ++step) {
    CAPTURE(step);
    world.change();
    if (step % 3 == 0) world.ask();
  }
  for (int i = 0; i < 40; ++i) world.ask();
}

}  // namespace

TEST_CASE("an index in memory answers as a scan of all documents does", "[index]") {
  for (std::uint32_t seed = 1; seed <= seeds(12); ++seed) {
    CAPTURE(seed);
    World world(seed, "");
    live(world);
  }
}

TEST_CASE("an index on disk answers as a scan of all documents does", "[index]") {
  for (std::uint32_t seed = 100001; seed <= 100000 + seeds(6); ++seed) {
    CAPTURE(seed);
    const test::Scratch scratch;
    World world(seed, scratch / "index");
    live(world);
  }
}
