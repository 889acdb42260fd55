// SPDX-License-Identifier: Apache-2.0
#include <numeric>
#include <random>
#include <vector>

#include "catch.hpp"
#include "graph/components.hpp"
#include "graph/dynamic_incidence.hpp"

namespace {

using namespace koinon::graph;

void put(DynamicIncidence& graph, std::uint32_t work, const std::vector<std::uint32_t>& members) {
  std::vector<Incidence> rows;
  for (const std::uint32_t member : members) rows.push_back({member, work});
  graph.replace(work, rows);
}

// Members i and i + 1 are in work i.
DynamicIncidence chain(std::uint32_t works) {
  DynamicIncidence graph;
  graph.grow(works + 1, works + 1);
  for (std::uint32_t w = 0; w < works; ++w) put(graph, w, {w, w + 1});
  return graph;
}

}  // namespace

TEST_CASE("a member without works is a component of one", "[graph]") {
  DynamicIncidence graph;
  CHECK_THROWS_AS(graph.component_size(0), std::out_of_range);
  graph.grow(3, 1);
  CHECK(graph.component_size(2) == 1);
  put(graph, 0, {2, 2});
  CHECK(graph.component_size(2) == 1);
  CHECK(graph.component_size(0) == 1);
}

TEST_CASE("components grow together when a work joins them", "[graph]") {
  auto graph = chain(3);
  CHECK(graph.component_size(0) == 4);
  graph.grow(8, 8);
  put(graph, 4, {5, 6});
  CHECK(graph.component_size(5) == 2);
  put(graph, 5, {3, 6, 7});
  for (const std::uint32_t m : {0U, 3U, 5U, 6U, 7U}) CHECK(graph.component_size(m) == 7);
  CHECK(graph.component_size(4) == 1);
}

TEST_CASE("a component falls apart when what held it goes", "[graph]") {
  auto graph = chain(10);
  graph.remove(4);
  CHECK(graph.component_size(0) == 5);
  CHECK(graph.component_size(10) == 6);
  put(graph, 0, {0});  // 1 stays in work 1, 0 alone in 0
  CHECK(graph.component_size(0) == 1);
  CHECK(graph.component_size(1) == 4);
  put(graph, 10, {0, 1});
  CHECK(graph.component_size(0) == 5);
}

TEST_CASE("a work that has been replaced by other members joins those and parts the old",
          "[graph]") {
  DynamicIncidence graph;
  graph.grow(6, 6);
  put(graph, 0, {0, 1, 2});
  put(graph, 1, {2, 3});
  put(graph, 0, {4, 5});
  CHECK(graph.component_size(0) == 1);
  CHECK(graph.component_size(2) == 2);
  CHECK(graph.component_size(4) == 2);
}

TEST_CASE("a ring that is cut once stays whole", "[graph]") {
  auto graph = chain(200);
  put(graph, 200, {0, 200});
  graph.remove(77);
  CHECK(graph.component_size(13) == 201);
  graph.remove(150);
  CHECK(graph.component_size(100) == 73);  // 78 to 150
  CHECK(graph.component_size(0) == 128);
}

TEST_CASE("a record of 3,000 falls into its parts", "[graph]") {
  DynamicIncidence graph;
  graph.grow(3'000, 2'000);
  std::vector<std::uint32_t> all(3'000);
  std::iota(all.begin(), all.end(), 0);
  for (std::uint32_t w = 0; w < 1'000; ++w) put(graph, w, {2 * w, 2 * w + 1});
  put(graph, 1'500, all);
  CHECK(graph.component_size(2'999) == 3'000);
  put(graph, 1'500, {0, 2, 4});
  CHECK(graph.component_size(5) == 6);
  CHECK(graph.component_size(7) == 2);
  CHECK(graph.component_size(2'999) == 1);
}

TEST_CASE("coming and going for long leaves no labels behind", "[graph]") {
  auto graph = chain(20);
  for (int turn = 0; turn < 30'000; ++turn) {
    graph.remove(10);
    put(graph, 10, {10, 11});
  }
  CHECK(graph.component_size(0) == 21);
  CHECK(graph.memory_bytes() < 200'000);
}
