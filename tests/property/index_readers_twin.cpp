// SPDX-License-Identifier: Apache-2.0
//
// Readers beside a writer that puts, erases, commits, saves and merges: each state that was ever
// given answers as the documents of its time do, however long it is kept.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "index/index.hpp"
#include "index/search.hpp"
#include "scratch.hpp"

using namespace koinon;
using index::DocKey;

namespace {

const index::Schema schema = {{2, 1}, 1, 1};
constexpr std::uint32_t words = 6;
constexpr std::uint32_t keys = 400;

struct Facts {
  std::set<std::string> words;
  std::string code;
  std::int64_t number = 0;
};

using FactsByKey = std::map<DocKey, Facts>;

struct State {
  std::shared_ptr<const index::Snapshot> snapshot;
  std::shared_ptr<const FactsByKey> facts;
};

std::string word(std::uint32_t number) {
  return "w" + std::to_string(number);
}

index::Clause clause(const std::string& term, index::Occur occur) {
  index::Clause made;
  made.groups = {{{term}}};
  made.occur = occur;
  return made;
}

// Compares one question; not with REQUIRE, which is for one thread only.
bool right(const State& state, std::mt19937& random) {
  const std::string first = word(random() % words);
  const std::string second = word(random() % words);
  const bool both = random() % 2 == 0;
  index::Query query;
  const index::Occur occur = both ? index::Occur::Must : index::Occur::Should;
  query.clauses = {clause(first, occur), clause(second, occur)};
  query.facets = {0};
  query.facet_values = 10;
  query.limit = random() % 3 == 0 ? keys : 10;
  if (random() % 3 == 0) query.sort = index::SortBy::Rising;
  std::set<DocKey> expected;
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [key, facts] : *state.facts) {
    const bool one = facts.words.count(first) != 0;
    const bool other = facts.words.count(second) != 0;
    if (both ? !(one && other) : !(one || other)) continue;
    expected.insert(key);
    ++counts[facts.code];
  }
  const index::Results results = index::search(*state.snapshot, query, {});
  bool good = results.total == expected.size();
  good = good && results.hits.size() == std::min<std::size_t>(query.limit, expected.size());
  for (std::size_t i = 0; i < results.hits.size(); ++i) {
    const index::Hit& hit = results.hits[i];
    good = good && expected.count(hit.doc) == 1;
    if (i == 0) continue;
    const index::Hit& before = results.hits[i - 1];
    good = good && (query.sort == index::SortBy::Score
                        ? before.score >= hit.score
                        : state.facts->at(before.doc).number <= state.facts->at(hit.doc).number);
  }
  for (const auto& [code, count] : results.facets[0].values) good = good && counts[code] == count;
  return good && results.facets[0].distinct == counts.size();
}

class World {
 public:
  World(std::uint32_t seed, const std::string& folder)
      : random_(seed), index_(schema, {folder, 3, false}) {
    commit();
  }

  void write(int steps) {
    for (int step = 0; step < steps; ++step) {
      for (std::uint32_t changes = random_() % 60; changes > 0; --changes) change();
      commit();
      if (random_() % 12 == 0) index_.save(change_, change_);
      if (random_() % 20 == 0) index_.purge(change_);
      if (random_() % 25 == 0) index_.optimise();
    }
    done_ = true;
  }

  // Asks the newest state, and one that it has kept for long.
  void read(std::uint32_t seed) {
    std::mt19937 random(seed);
    State kept = newest();
    while (!done_) {
      if (!right(newest(), random) || !right(kept, random)) ++wrong_;
      if (random() % 20 == 0) kept = newest();
    }
  }

  int wrong() const { return wrong_; }

 private:
  void change() {
    const DocKey key = random_() % keys;
    if (random_() % 4 == 0) {
      index_.erase(key);
      facts_.erase(key);
      return;
    }
    Facts facts;
    index::Document document;
    for (std::uint32_t i = 1 + random_() % 5; i > 0; --i) {
      const auto field = static_cast<index::FieldId>(random_() % 2);
      const std::string term = word(random_() % words);
      document.add_token(field, document.text_begin(field), term, "");
      facts.words.insert(term);
    }
    facts.code = "c" + std::to_string(random_() % 5);
    facts.number = random_() % 100;
    document.add_facet(0, facts.code);
    document.add_number(0, facts.number);
    index_.put(key, document);
    facts_[key] = std::move(facts);
  }

  void commit() {
    index_.commit(++change_);
    const State state{index_.snapshot(), std::make_shared<const FactsByKey>(facts_)};
    const std::lock_guard lock(guard_);
    newest_ = state;
  }

  State newest() {
    const std::lock_guard lock(guard_);
    return newest_;
  }

  std::mt19937 random_;
  index::Index index_;
  std::uint64_t change_ = 0;
  FactsByKey facts_;
  std::mutex guard_;
  State newest_;
  std::atomic<bool> done_{false};
  std::atomic<int> wrong_{0};
};

}  // namespace

TEST_CASE("readers beside a writer see states that stay as they are", "[index]") {
  const char* times = std::getenv("KOINON_SEEDS");
  const std::uint32_t seeds =
      4 * (times ? static_cast<std::uint32_t>(std::strtoul(times, nullptr, 10)) : 1);
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    const test::Scratch scratch;
    World world(seed, seed % 2 == 0 ? std::string() : scratch / "index");
    std::thread first([&] { world.read(seed * 2); });
    std::thread second([&] { world.read(seed * 2 + 1); });
    world.write(60);
    first.join();
    second.join();
    CHECK(world.wrong() == 0);
  }
}
