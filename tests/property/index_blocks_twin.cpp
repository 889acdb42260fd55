// SPDX-License-Identifier: Apache-2.0
//
// The index against a scan of all documents where there are enough of them for many blocks of
// postings and several windows: what is passed over must not be missed.
#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "index/bm25.hpp"
#include "index/index.hpp"
#include "index/norms.hpp"
#include "index/search.hpp"

using namespace koinon;
using index::Clause;
using index::Occur;

namespace {

constexpr std::uint32_t vocabulary = 150;
constexpr std::uint32_t documents = 14000;

// Words of each document by number; an empty one is not there.
using Texts = std::vector<std::vector<std::uint32_t>>;

std::string spelling(std::uint32_t word) {
  return "w" + std::to_string(word);
}

std::uint32_t count(const std::vector<std::uint32_t>& text,
                    const std::vector<std::uint32_t>& phrase) {
  std::uint32_t found = 0;
  for (std::size_t i = 0; i + phrase.size() <= text.size(); ++i)
    found += std::equal(phrase.begin(), phrase.end(), text.begin() + static_cast<std::ptrdiff_t>(i))
                 ? 1U
                 : 0U;
  return found;
}

struct Part {
  Occur occur = Occur::Should;
  std::vector<std::uint32_t> phrase;
};

struct Scan {
  explicit Scan(const Texts& all) : texts(all), having(vocabulary) {
    double total = 0;
    for (const auto& text : texts) {
      if (text.empty()) continue;
      ++live;
      total += length(text);
      std::vector<std::uint32_t> distinct = text;
      std::sort(distinct.begin(), distinct.end());
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      for (const std::uint32_t word : distinct) ++having[word];
    }
    mean = total / live;
  }

  static double length(const std::vector<std::uint32_t>& text) {
    return index::decoded_length(index::length_code(static_cast<std::uint32_t>(text.size())));
  }

  // Scores of all matches, best first.
  std::vector<std::pair<double, std::uint32_t>> ask(const std::vector<Part>& parts) const {
    std::vector<double> idf;
    bool must = false;
    for (const Part& part : parts) {
      double sum = 0;
      for (const std::uint32_t word : part.phrase) sum += index::bm25_idf(live, having[word]);
      idf.push_back(sum);
      must = must || part.occur == Occur::Must;
    }
    std::vector<std::pair<double, std::uint32_t>> found;
    for (std::uint32_t key = 0; key < texts.size(); ++key) {
      double score = 0;
      bool good = !texts[key].empty();
      bool any = false;
      for (std::size_t i = 0; i < parts.size() && good; ++i) {
        const std::uint32_t times = count(texts[key], parts[i].phrase);
        if (parts[i].occur == Occur::Must && times == 0) good = false;
        if (parts[i].occur == Occur::MustNot && times > 0) good = false;
        if (parts[i].occur == Occur::MustNot || times == 0) continue;
        any = true;
        score += idf[i] * index::bm25_weight(times, length(texts[key]) / mean);
      }
      if (good && (any || must)) found.emplace_back(score, key);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    return found;
  }

  const Texts& texts;
  std::vector<double> having;
  double live = 0;
  double mean = 0;
};

class World {
 public:
  explicit World(std::uint32_t seed) : random_(seed), texts_(documents) {
    // Segments of several sizes, then some of their documents gone or replaced.
    for (std::uint32_t key = 0; key < documents; ++key) {
      put(key);
      if (random_() % 4000 == 0) index_.commit(1);
    }
    index_.commit(1);
    for (std::uint32_t i = 0; i < documents / 10; ++i) {
      const std::uint32_t key = random_() % documents;
      if (random_() % 2 == 0) {
        put(key);
      } else {
        index_.erase(key);
        texts_[key].clear();
      }
    }
    index_.commit(1);
  }

  void ask(int times) {
    const Scan scan(texts_);
    for (int i = 0; i < times; ++i) {
      if (i == times / 2) index_.optimise();
      const std::vector<Part> parts = question();
      index::Query query;
      query.limit = random_() % 3 == 0 ? 100 : 10;
      query.count = random_() % 2 == 0;
      for (const Part& part : parts) {
        Clause& clause = query.clauses.emplace_back();
        clause.occur = part.occur;
        for (const std::uint32_t word : part.phrase) clause.groups.push_back({{spelling(word)}});
      }
      check(scan.ask(parts), query, index::search(*index_.snapshot(), query, {}));
    }
  }

 private:
  // Zipf's law, nearly: word 0 is in most documents.
  std::uint32_t word() {
    const double u = (random_() % 100000 + 1) / 100000.0;
    return std::min(vocabulary - 1, static_cast<std::uint32_t>(std::pow(vocabulary, u)) - 1);
  }

  void put(std::uint32_t key) {
    index::Document document;
    texts_[key].clear();
    const std::uint32_t size = random_() % 30 + 1;
    for (std::uint32_t i = 0; i < size; ++i) {
      texts_[key].push_back(word());
      document.add_token(0, i, spelling(texts_[key].back()));
    }
    index_.put(key, document);
  }

  std::vector<Part> question() {
    std::vector<Part> parts(random_() % 4 + 1);
    const std::uint32_t kind = random_() % 4;
    for (Part& part : parts) {
      if (kind == 1) part.occur = Occur::Must;
      if (kind == 2) part.occur = static_cast<Occur>(random_() % 3);
      part.phrase.push_back(word());
      if (kind == 3 || random_() % 6 == 0) part.phrase.push_back(word());
    }
    // One at least that finds something to score.
    if (kind == 2) parts[0].occur = Occur::Should;
    return parts;
  }

  static void check(const std::vector<std::pair<double, std::uint32_t>>& expected,
                    const index::Query& query, const index::Results& results) {
    if (query.count) REQUIRE(results.total == expected.size());
    REQUIRE(results.hits.size() == std::min(query.limit, expected.size()));
    for (std::size_t i = 0; i < results.hits.size(); ++i) {
      const double wanted = expected[i].first;
      REQUIRE(std::abs(results.hits[i].score - wanted) <= 1e-5 * std::max(1.0, wanted));
      if (i == 0) continue;
      const index::Hit& before = results.hits[i - 1];
      const index::Hit& hit = results.hits[i];
      REQUIRE((before.rank > hit.rank || (before.rank == hit.rank && before.doc < hit.doc)));
    }
  }

  std::mt19937 random_;
  Texts texts_;
  index::Index index_{{{1.0}, 0, 0}, {}};
};

}  // namespace

TEST_CASE("nothing that belongs among the best is passed over", "[index]") {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    World(seed).ask(120);
  }
}
