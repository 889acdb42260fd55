// SPDX-License-Identifier: Apache-2.0
//
// The nearest vectors against a twin that compares all of them, over segments laid out at random,
// with documents replaced and erased, merged, and read back from disk.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "index/index.hpp"
#include "index/nearest.hpp"
#include "index/vectors.hpp"
#include "scratch.hpp"

using namespace koinon;
using index::DocKey;

namespace {

constexpr std::size_t dimension = 64;
const index::Schema schema = {{1}, 1, 0, dimension};
using Vector = std::vector<float>;

struct TwinDocument {
  std::vector<Vector> vectors;
  std::string code;
};

double cosine(const Vector& a, const Vector& b) {
  std::vector<std::int8_t> left(dimension);
  std::vector<std::int8_t> right(dimension);
  if (!index::quantise(a, left.data()) || !index::quantise(b, right.data())) return -2;
  double product = 0;
  double first = 0;
  double second = 0;
  for (std::size_t i = 0; i < dimension; ++i) {
    product += left[i] * right[i];
    first += left[i] * left[i];
    second += right[i] * right[i];
  }
  return product / std::sqrt(first * second);
}

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {
    if (below(2) == 0) place_.folder = scratch_ / "index";
    index_ = std::make_unique<index::Index>(schema, place_);
  }

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

  Vector vector() {
    std::normal_distribution<float> normal;
    Vector made(dimension);
    // Some point nearly the same way, as texts on one subject do.
    const float strength = static_cast<float>(below(4));
    for (std::size_t i = 0; i < dimension; ++i)
      made[i] = normal(random_) + strength * static_cast<float>(std::sin(static_cast<double>(i)));
    return made;
  }

  void change() {
    const DocKey key = below(400);
    if (below(6) == 0) {
      index_->erase(key);
      twin_.erase(key);
      return;
    }
    index::Document document;
    document.add_token(0, 0, "word");
    TwinDocument twin;
    twin.code = std::string(1, static_cast<char>('a' + below(8)));
    document.add_facet(0, twin.code);
    for (std::uint32_t i = below(4); i > 0; --i) {
      twin.vectors.push_back(vector());
      REQUIRE(document.add_vector(twin.vectors.back()));
    }
    index_->put(key, document);
    twin_[key] = twin;
  }

  void settle() {
    if (below(3) == 0) {
      index_->save(++changes_, 0);
    } else {
      index_->commit(++changes_);
    }
    if (below(8) == 0) index_->optimise();
    if (!place_.folder.empty() && below(8) == 0) {
      index_->save(++changes_, 0);
      index_.reset();
      index_ = std::make_unique<index::Index>(schema, place_);
    }
  }

  void ask() {
    const Vector wanted = vector();
    index::Query filters;
    std::set<std::string> codes;
    if (below(2) == 0) {
      codes = {std::string(1, static_cast<char>('a' + below(9)))};
      filters.facet_filters.push_back({0, {*codes.begin()}, false, false});
    }
    index::NearestRequest request;
    request.filters = &filters;
    request.count = below(30);
    request.pool = below(2) == 0 ? 0 : 1000000;
    std::vector<std::pair<double, DocKey>> expected;
    for (const auto& [key, document] : twin_) {
      if (document.vectors.empty() || (!codes.empty() && codes.count(document.code) == 0)) continue;
      double best = -2;
      for (const Vector& each : document.vectors) best = std::max(best, cosine(each, wanted));
      expected.emplace_back(-best, key);
    }
    std::sort(expected.begin(), expected.end());
    const auto snapshot = index_->snapshot();
    const auto answer = index::nearest(*snapshot, wanted, request, {});
    REQUIRE(answer.nearest.size() == std::min(expected.size(), request.count));
    for (std::size_t i = 0; i < answer.nearest.size(); ++i) {
      CHECK(answer.nearest[i].cosine == Approx(-expected[i].first).margin(1e-5));
      const index::Segment& segment = *snapshot->segments()[answer.nearest[i].segment].segment;
      CHECK(segment.key(answer.nearest[i].document) == answer.nearest[i].key);
    }
  }

 private:
  test::Scratch scratch_;
  std::mt19937 random_;
  index::IndexPlace place_;
  std::unique_ptr<index::Index> index_;
  std::map<DocKey, TwinDocument> twin_;
  std::uint64_t changes_ = 0;
};

}  // namespace

TEST_CASE("the nearest vectors are those of a scan of all of them", "[index]") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    World world(seed);
    for (int round = 0; round < 12; ++round) {
      for (std::uint32_t i = world.below(120); i > 0; --i) world.change();
      world.settle();
      for (int i = 0; i < 4; ++i) world.ask();
    }
  }
}

// As texts lie: each near one of many subjects.
class Subjects {
 public:
  static constexpr std::size_t numbers = 128;

  Subjects() : random_(99), subjects_(300, Vector(numbers)) {
    for (Vector& subject : subjects_) {
      for (float& number : subject) number = normal_(random_);
    }
  }

  Vector text() {
    Vector made = subjects_[random_() % subjects_.size()];
    for (float& number : made) number += 1.2F * normal_(random_);
    return made;
  }

 private:
  std::mt19937 random_;
  std::normal_distribution<float> normal_;
  std::vector<Vector> subjects_;
};

TEST_CASE("a first pass over signs finds nearly all of the nearest hundred", "[index]") {
  Subjects subjects;
  index::Index all({{1}, 1, 0, Subjects::numbers}, {});
  index::Document document;
  for (DocKey key = 0; key < 30000; ++key) {
    document.clear();
    document.add_token(0, 0, "word");
    document.add_facet(0, key % 100 == 0 ? "rare" : "frequent");
    document.add_vector(subjects.text());
    all.put(key, document);
  }
  all.commit(1);
  const auto snapshot = all.snapshot();
  for (const bool filtered : {false, true}) {
    CAPTURE(filtered);
    index::Query rare;
    rare.facet_filters.push_back({0, {"rare"}, false, false});
    index::NearestRequest request;
    request.filters = filtered ? &rare : nullptr;
    std::size_t found = 0;
    std::size_t wanted = 0;
    for (int i = 0; i < 20; ++i) {
      const Vector vector = subjects.text();
      request.pool = 0;
      std::set<DocKey> exact;
      const auto answer = index::nearest(*snapshot, vector, request, {});
      for (const auto& near : answer.nearest) exact.insert(near.key);
      CHECK(answer.deviation > 0);
      request.pool = 3000;
      for (const auto& near : index::nearest(*snapshot, vector, request, {}).nearest)
        found += exact.count(near.key);
      wanted += exact.size();
    }
    CHECK(wanted == 20 * 100);
    CHECK(static_cast<double>(found) >= 0.99 * static_cast<double>(wanted));
  }
}

TEST_CASE("the second pass looks at a twentieth of the vectors at least", "[index]") {
  Subjects subjects;
  index::Index all({{1}, 1, 0, Subjects::numbers}, {});
  index::Document document;
  for (DocKey key = 0; key < 10000; ++key) {
    document.clear();
    document.add_token(0, 0, "word");
    document.add_vector(subjects.text());
    all.put(key, document);
  }
  all.commit(1);
  const auto snapshot = all.snapshot();
  const auto found = [&](const Vector& wanted, std::size_t pool) {
    index::NearestRequest request;
    request.pool = pool;
    request.count = 10000;
    return index::nearest(*snapshot, wanted, request, {}).nearest.size();
  };
  const Vector wanted = subjects.text();
  CHECK(found(wanted, 1) >= 500);
  CHECK(found(wanted, 1) < 1000);
  CHECK(found(wanted, 1) == found(wanted, 500));
  CHECK(found(wanted, 2000) >= 2000);
  CHECK(found(wanted, 0) == 10000);
}
