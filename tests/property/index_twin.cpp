// SPDX-License-Identifier: Apache-2.0
//
// MemoryIndex against a twin that keeps documents as they came and scans all of them for every
// question.
#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "index/memory_index.hpp"

using namespace koinon;
using index::Clause;
using index::DocKey;
using index::Occur;
using index::Query;

namespace {

const std::vector<double> boosts = {3, 2, 1.5, 1};
constexpr std::size_t facet_fields = 3;

struct TwinToken {
  index::FieldId field = 0;
  std::uint32_t position = 0;
  std::set<std::string> terms;
};

struct TwinDocument {
  std::vector<TwinToken> tokens;
  std::set<std::pair<int, std::string>> facets;
  std::int64_t sort_key = 0;
};

using Twin = std::map<DocKey, TwinDocument>;

bool has(const TwinDocument& document, index::FieldId field, std::uint32_t position,
         const index::TermGroup& group) {
  for (const TwinToken& token : document.tokens) {
    if (token.field != field || token.position != position) continue;
    for (const std::string& term : group.alternatives) {
      if (token.terms.count(term) != 0) return true;
    }
  }
  return false;
}

double frequency(const TwinDocument& document, const Clause& clause) {
  std::set<std::pair<int, std::uint32_t>> starts;
  for (const TwinToken& token : document.tokens) {
    bool whole = true;
    for (std::size_t i = 0; i < clause.groups.size(); ++i) {
      const auto position = token.position + static_cast<std::uint32_t>(i);
      whole = whole && has(document, token.field, position, clause.groups[i]);
    }
    if (whole) starts.insert({token.field, token.position});
  }
  double sum = 0;
  for (const auto& start : starts) sum += boosts[static_cast<std::size_t>(start.first)];
  return sum;
}

bool passes(const TwinDocument& document, const Query& query) {
  for (const index::FacetFilter& filter : query.filters) {
    bool any = false;
    for (const std::string& code : filter.codes) {
      any = any || document.facets.count({filter.field, code}) != 0;
    }
    if (any == filter.none) return false;
  }
  return true;
}

// Score of each match.
std::map<DocKey, double> matches(const Twin& twin, const Query& query) {
  double length = 0;
  for (const auto& [key, document] : twin) length += static_cast<double>(document.tokens.size());
  const double count = static_cast<double>(twin.size());
  std::map<DocKey, double> found;
  for (const auto& [key, document] : twin) {
    bool musts = true;
    bool must_given = false;
    bool should_given = false;
    bool should_met = false;
    bool excluded = false;
    double score = 0;
    for (const Clause& clause : query.clauses) {
      if (clause.groups.empty()) continue;
      const double tf = frequency(document, clause);
      must_given = must_given || clause.occur == Occur::Must;
      should_given = should_given || clause.occur == Occur::Should;
      if (clause.occur == Occur::Must && tf == 0) musts = false;
      if (clause.occur == Occur::Should && tf > 0) should_met = true;
      if (clause.occur == Occur::MustNot && tf > 0) excluded = true;
      if (clause.occur == Occur::MustNot || tf == 0) continue;
      double df = 0;
      for (const auto& other : twin) df += frequency(other.second, clause) > 0 ? 1 : 0;
      const double idf = std::log(1 + (count - df + 0.5) / (df + 0.5));
      const double norm = static_cast<double>(document.tokens.size()) / (length / count);
      score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * norm));
    }
    const bool match = musts && !excluded && (must_given || !should_given || should_met);
    if (match && passes(document, query)) found[key] = score;
  }
  return found;
}

bool close(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

void check_hits(const Twin& twin, const Query& query, const index::Results& results) {
  const std::map<DocKey, double> expected = matches(twin, query);
  REQUIRE(results.total == expected.size());
  const std::size_t offset = std::min(query.offset, expected.size());
  REQUIRE(results.hits.size() == std::min(query.limit, expected.size() - offset));

  const bool scores = std::any_of(query.clauses.begin(), query.clauses.end(), [](const Clause& c) {
    return !c.groups.empty() && c.occur != Occur::MustNot;
  });
  // What stands at each rank: the score, or the sort key where nothing scores.
  const auto rank_value = [&](DocKey key, double score) {
    return scores ? score : static_cast<double>(twin.at(key).sort_key);
  };
  std::vector<double> ranks;
  for (const auto& [key, score] : expected) ranks.push_back(rank_value(key, score));
  std::sort(ranks.rbegin(), ranks.rend());
  const auto before = [&](DocKey a, DocKey b) { return query.tie ? query.tie(a, b) : a < b; };
  std::set<DocKey> seen;
  for (std::size_t i = 0; i < results.hits.size(); ++i) {
    const index::Hit& hit = results.hits[i];
    REQUIRE(expected.count(hit.doc) == 1);
    REQUIRE(seen.insert(hit.doc).second);
    REQUIRE(close(hit.score, expected.at(hit.doc)));
    REQUIRE(close(rank_value(hit.doc, hit.score), ranks[offset + i]));
    if (i == 0) continue;
    const index::Hit& previous = results.hits[i - 1];
    const double a = rank_value(previous.doc, previous.score);
    const double b = rank_value(hit.doc, hit.score);
    REQUIRE((a > b || (a == b && before(previous.doc, hit.doc))));
  }
}

void check_facets(const Twin& twin, const Query& query, const index::Results& results) {
  const std::map<DocKey, double> expected = matches(twin, query);
  REQUIRE(results.facets.size() == query.facets.size());
  for (std::size_t i = 0; i < query.facets.size(); ++i) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& match : expected) {
      for (const auto& [field, code] : twin.at(match.first).facets) {
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
  explicit World(std::uint32_t seed) : random_(seed), index_({boosts, facet_fields}) {}

  void change() {
    const DocKey key = below(40);
    if (below(3) == 0) {
      REQUIRE(index_.erase(key) == (twin_.erase(key) != 0));
    } else {
      put(key);
    }
    REQUIRE(index_.size() == twin_.size());
    REQUIRE(index_.contains(key) == (twin_.count(key) != 0));
  }

  void ask() {
    const Query query = make_query();
    const index::Results results = index_.search(query, {});
    check_hits(twin_, query, results);
    check_facets(twin_, query, results);
  }

  void compact() {
    index_.compact();
    REQUIRE(index_.slots() == twin_.size());
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return random_() % limit; }

  // Few words, the first ones frequent.
  std::string word() { return "w" + std::to_string(below(1 + below(9))); }
  std::string stem() { return "x:w" + std::to_string(below(4)); }
  std::string code() { return "c" + std::to_string(below(5)); }

  void put(DocKey key) {
    index::Document document;
    TwinDocument twin;
    for (std::uint32_t texts = below(4); texts > 0; --texts) {
      const auto field = static_cast<index::FieldId>(below(4));
      const std::uint32_t begin = document.text_begin(field);
      for (std::uint32_t i = 0, size = below(8); i < size; ++i) {
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
      document.add_facet(field, value);
      twin.facets.insert({field, value});
    }
    twin.sort_key = below(4);
    document.set_sort_key(twin.sort_key);
    index_.put(key, document);
    twin_[key] = twin;
  }

  index::TermGroup group() {
    index::TermGroup made;
    for (std::uint32_t i = below(3) + 1; i > 0; --i) {
      made.alternatives.push_back(below(2) == 0 ? word() : stem());
    }
    if (below(8) == 0) made.alternatives.push_back("unknown");
    return made;
  }

  Query make_query() {
    Query query;
    for (std::uint32_t i = below(5); i > 0; --i) {
      Clause clause;
      clause.occur = static_cast<Occur>(below(3));
      const std::uint32_t size = below(3) == 0 ? below(4) : 1;
      for (std::uint32_t k = 0; k < size; ++k) clause.groups.push_back(group());
      query.clauses.push_back(clause);
    }
    for (std::uint32_t i = below(3); i > 0; --i) {
      index::FacetFilter filter;
      filter.field = static_cast<index::FacetFieldId>(below(facet_fields));
      for (std::uint32_t k = below(4); k > 0; --k) filter.codes.push_back(code());
      filter.none = below(3) == 0;
      query.filters.push_back(filter);
    }
    for (std::uint32_t i = below(3); i > 0; --i) {
      query.facets.push_back(static_cast<index::FacetFieldId>(below(facet_fields)));
    }
    query.facet_values = below(7);
    query.offset = below(2) == 0 ? 0 : below(12);
    query.limit = below(4) == 0 ? static_cast<std::size_t>(-1) : below(15);
    if (below(2) == 0) query.tie = [](DocKey a, DocKey b) { return a > b; };
    return query;
  }

  std::mt19937 random_;
  index::MemoryIndex index_;
  Twin twin_;
};

}  // namespace

TEST_CASE("the index in memory answers as a scan of all documents does", "[index]") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    World world(seed);
    world.ask();
    for (int step = 0; step < 120; ++step) {
      CAPTURE(step);
      world.change();
      if (step % 3 == 0) world.ask();
      if (step % 50 == 49) world.compact();
    }
    for (int i = 0; i < 40; ++i) world.ask();
  }
}
