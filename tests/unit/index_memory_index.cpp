// SPDX-License-Identifier: Apache-2.0
//
// What the twin in tests/property does not reach: errors, limits, cancelling, hand-made numbers.
#include "index/memory_index.hpp"

#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;
using index::Document;
using index::MemoryIndex;
using index::Occur;
using index::Query;

namespace {

Document text(const std::vector<std::string>& words, index::FieldId field = 0) {
  Document document;
  std::uint32_t position = 0;
  for (const std::string& word : words) document.add_token(field, position++, word);
  return document;
}

Query words(const std::vector<std::string>& terms, Occur occur = Occur::Should) {
  Query query;
  for (const std::string& term : terms) query.clauses.push_back({occur, {{{term}}}});
  return query;
}

std::vector<index::DocKey> keys(const index::Results& results) {
  std::vector<index::DocKey> found;
  for (const index::Hit& hit : results.hits) found.push_back(hit.doc);
  return found;
}

ErrorCode code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::Internal;
}

using Keys = std::vector<index::DocKey>;

}  // namespace

TEST_CASE("an index without documents answers", "[index]") {
  const MemoryIndex empty({{1}, 1});
  CHECK(empty.search({}, {}).total == 0);
  Query query = words({"a"});
  query.facets = {0};
  query.filters = {{0, {"x"}, false}};
  const index::Results results = empty.search(query, {});
  CHECK(results.total == 0);
  CHECK(results.facets[0].distinct == 0);
  CHECK(empty.size() == 0);
}

TEST_CASE("scores are those of the formula", "[index]") {
  MemoryIndex index({{3, 1}, 0});
  index.put(4, text({"a", "b", "a"}));
  index.put(2, text({"c"}, 1));
  index.put(9, text({"a", "c"}, 1));
  const index::Results results = index.search(words({"a"}), {});
  REQUIRE(keys(results) == Keys{4, 9});
  const double idf = std::log(1 + (3 - 2 + 0.5) / (2 + 0.5));
  const double mean = 6.0 / 3;
  const auto weight = [&](double tf, double length) {
    return idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / mean));
  };
  CHECK(results.hits[0].score == Approx(weight(6, 3)).epsilon(1e-12));
  CHECK(results.hits[1].score == Approx(weight(1, 2)).epsilon(1e-12));
}

TEST_CASE("equal documents have equal bits and come in the order of the tie", "[index]") {
  MemoryIndex index({{1.1, 0.7}, 0});
  for (const index::DocKey key : {5U, 1U, 3U}) {
    Document document = text({"a", "b", "a", "a"});
    document.add_token(1, 0, "a", "x:a");
    index.put(key, document);
  }
  Query query;
  query.clauses = {{Occur::Should, {{{"a", "x:a"}}}}, {Occur::Should, {{{"b"}}}}};
  CHECK(keys(index.search(query, {})) == Keys{1, 3, 5});
  query.tie = [](index::DocKey a, index::DocKey b) { return a > b; };
  CHECK(keys(index.search(query, {})) == Keys{5, 3, 1});
  query.offset = 1;
  query.limit = 1;
  CHECK(keys(index.search(query, {})) == Keys{3});
  query.offset = static_cast<std::size_t>(-1);
  query.limit = static_cast<std::size_t>(-1);
  CHECK(index.search(query, {}).hits.empty());
  CHECK(index.search(query, {}).total == 3);
}

TEST_CASE("phrases stay inside one field and one text", "[index]") {
  MemoryIndex index({{1, 1}, 0});
  Document apart = text({"a"});
  apart.add_token(0, apart.text_begin(0), "b");
  index.put(0, apart);
  Document fields = text({"a"});
  fields.add_token(1, 1, "b");
  index.put(1, fields);
  index.put(2, text({"x", "a", "b"}));
  index.put(3, text({"a", "a", "b"}));
  Query query;
  query.clauses = {{Occur::Should, {{{"a"}}, {{"b"}}}}};
  CHECK(index.search(query, {}).total == 2);
  query.clauses = {{Occur::Should, {{{"a"}}, {{"a"}}, {{"b"}}}}};
  CHECK(keys(index.search(query, {})) == Keys{3});
  query.clauses = {{Occur::Should, {{{"a"}}, {{"unknown"}}}}};
  CHECK(index.search(query, {}).total == 0);
}

TEST_CASE("dead documents leave no trace and are swept away", "[index]") {
  MemoryIndex index({{1}, 1});
  for (index::DocKey key = 0; key < 100; ++key) {
    Document document = text({"a", "k" + std::to_string(key)});
    document.add_facet(0, key % 2 == 0 ? "even" : "odd");
    index.put(key, document);
  }
  MemoryIndex few({{1}, 1});
  for (index::DocKey key = 0; key < 100; ++key) {
    if (key % 4 != 0) {
      CHECK(index.erase(key));
      continue;
    }
    Document document = text({"a", "k" + std::to_string(key)});
    document.add_facet(0, "even");
    few.put(key, document);
  }
  CHECK(index.size() == 25);
  CHECK(index.slots() < 51);
  CHECK(index.terms() < 60);
  CHECK_FALSE(index.erase(1));
  CHECK_FALSE(index.erase(4000000000U));
  Query query = words({"a", "k4"});
  query.facets = {0};
  const index::Results got = index.search(query, {});
  const index::Results expected = few.search(query, {});
  CHECK(keys(got) == keys(expected));
  CHECK(got.hits[0].score == expected.hits[0].score);
  CHECK(got.facets[0].values == expected.facets[0].values);
  for (index::DocKey key = 0; key < 100; ++key) index.erase(key);
  CHECK(index.search({}, {}).total == 0);
  index.compact();
  CHECK(index.terms() == 0);
  index.put(0, text({"a"}));
  CHECK(index.search(words({"a"}), {}).total == 1);
}

TEST_CASE("what the index does not know is refused and changes nothing", "[index]") {
  CHECK(code_of([] {
          MemoryIndex({std::vector<double>(17, 1.0), 0});
        }) == ErrorCode::InvalidArgument);
  CHECK(code_of([] { MemoryIndex({{0.0}, 0}); }) == ErrorCode::InvalidArgument);
  MemoryIndex index({{1}, 1});
  index.put(0, text({"a"}));
  CHECK(code_of([&] { index.put(0, text({"b"}, 1)); }) == ErrorCode::InvalidArgument);
  Document facet = text({"b"});
  facet.add_facet(1, "x");
  CHECK(code_of([&] { index.put(0, facet); }) == ErrorCode::InvalidArgument);
  CHECK(index.search(words({"a"}), {}).total == 1);
  Query query;
  query.facets = {1};
  CHECK(code_of([&] { index.search(query, {}); }) == ErrorCode::InvalidArgument);
  query.facets.clear();
  query.filters = {{1, {}, false}};
  CHECK(code_of([&] { index.search(query, {}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a cancelled search ends", "[index]") {
  MemoryIndex index({{1}, 0});
  for (index::DocKey key = 0; key < 6000; ++key) index.put(key, text({"a", "b"}));
  CancelToken cancel;
  cancel.cancel();
  CHECK(code_of([&] { index.search(words({"a"}), cancel); }) == ErrorCode::Cancelled);
  CHECK(code_of([&] { index.search({}, cancel); }) == ErrorCode::Cancelled);
  Query phrase;
  phrase.clauses = {{Occur::Must, {{{"a"}}, {{"b"}}}}};
  CHECK(code_of([&] { index.search(phrase, cancel); }) == ErrorCode::Cancelled);
}

TEST_CASE("readers search side by side", "[index]") {
  MemoryIndex index({{1}, 0});
  for (index::DocKey key = 0; key < 300; ++key) index.put(key, text({"a", "b"}));
  std::vector<std::thread> threads;
  std::vector<int> right(4, 0);
  for (std::size_t i = 0; i < right.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 50; ++k) {
        right[i] += index.search(words({"a", "b"}), {}).total == 300 ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(4, 50));
}

TEST_CASE("a term at very many positions", "[index]") {
  MemoryIndex index({{1}, 0});
  index.put(0, text(std::vector<std::string>(200000, "a")));
  CHECK(index.search(words({"a"}), {}).total == 1);
  Query phrase;
  phrase.clauses = {{Occur::Must, {{{"a"}}, {{"a"}}, {{"a"}}}}};
  CHECK(index.search(phrase, {}).total == 1);
  CHECK(index.memory_bytes() < 5000000);
}
