// SPDX-License-Identifier: Apache-2.0
#include "graph/lineage.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Edges = std::vector<LineageEdge>;
using Numbers = std::vector<std::uint32_t>;
using Flags = std::vector<std::uint8_t>;

// A replication that happened on one day.
LineageEdge on(std::uint32_t parent, std::uint32_t child, std::int32_t day) {
  return {parent, child, day, day};
}

LineageEdge undated(std::uint32_t parent, std::uint32_t child) {
  return {parent, child};
}

struct Step {
  std::uint32_t vertex, nearest, farthest;
  bool operator==(const Step&) const = default;
};

std::vector<Step> steps(const std::vector<Generation>& generations) {
  std::vector<Step> all;
  for (const Generation& each : generations)
    all.push_back({each.vertex, each.nearest, each.farthest});
  return all;
}

}  // namespace

TEST_CASE("a lineage without edges has no cycle, no dates and no descent", "[graph]") {
  const LineageGraph empty;
  CHECK(empty.vertex_count() == 0);
  CHECK(find_cycle(empty).empty());
  CHECK(time_travels(empty).empty());
  CHECK(topological_order(empty).empty());
  const LineageGraph alone(1, {});
  CHECK(descendants(alone, 0).empty());
  CHECK(ancestors(alone, 0).empty());
  CHECK(earliest_days(alone).of_vertex == std::vector<std::int32_t>{no_day});
  CHECK_THROWS_AS(descendants(alone, 1), std::out_of_range);
  CHECK_THROWS_AS(LineageGraph(1, Edges{undated(0, 1)}), std::out_of_range);
}

TEST_CASE("a cycle is found with its path, whatever hangs on it", "[graph]") {
  // 0 → 1 → 2 → 3 → 1, and 3 → 4.
  const LineageGraph graph(
      5, Edges{undated(0, 1), undated(1, 2), undated(2, 3), undated(3, 1), undated(3, 4)});
  const Numbers cycle = find_cycle(graph);
  REQUIRE(cycle.size() == 3);
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(graph.edge(cycle[i]).child == graph.edge(cycle[(i + 1) % 3]).parent);
  CHECK(std::find(cycle.begin(), cycle.end(), 0) == cycle.end());
  CHECK_THROWS_AS(topological_order(graph), std::invalid_argument);
  CHECK_THROWS_AS(earliest_days(graph), std::invalid_argument);
  CHECK(find_cycle(LineageGraph(1, Edges{undated(0, 0)})) == Numbers{0});
}

TEST_CASE("the shortest way between two is told by its edges", "[graph]") {
  const LineageGraph graph(4, Edges{undated(0, 1), undated(1, 2), undated(2, 3), undated(0, 2)});
  CHECK(lineage_path(graph, 0, 3) == Numbers{3, 2});
  CHECK(lineage_path(graph, 3, 0).empty());
  CHECK(lineage_path(graph, 2, 2).empty());
}

TEST_CASE("a child that is surely older than its parent is found with the path", "[graph]") {
  const LineageGraph graph(3, Edges{on(0, 1, 18), on(1, 2, 15)});
  const auto found = time_travels(graph);
  REQUIRE(found.size() == 1);
  CHECK(found[0].edge == 1);
  CHECK(found[0].path == Numbers{0, 1});
}

TEST_CASE("time travel is found across replications of which no date is known", "[graph]") {
  const LineageGraph graph(4, Edges{on(0, 1, 18), undated(1, 2), on(2, 3, 15)});
  const auto found = time_travels(graph);
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == Numbers{0, 1, 2});
  CHECK(earliest_days(graph).of_vertex == std::vector<std::int32_t>{no_day, 18, 18, 15});
}

TEST_CASE("what may be, is no time travel", "[graph]") {
  SECTION("the days may be in order") {
    CHECK(time_travels(LineageGraph(3, Edges{{0, 1, 10, 20}, {1, 2, 5, 10}})).empty());
    CHECK(time_travels(LineageGraph(3, Edges{{0, 1, 10, 20}, {1, 2, 5, 9}})).size() == 1);
  }
  SECTION("another parent came earlier") {
    CHECK(time_travels(LineageGraph(4, Edges{on(0, 2, 18), on(1, 2, 14), on(2, 3, 15)})).empty());
  }
  SECTION("another parent may have come earlier") {
    CHECK(time_travels(LineageGraph(4, Edges{on(0, 2, 18), undated(1, 2), on(2, 3, 15)})).empty());
  }
  SECTION("nothing is dated") {
    CHECK(time_travels(LineageGraph(3, Edges{undated(0, 1), undated(1, 2)})).empty());
  }
}

TEST_CASE("a parent that came to be late itself cannot have given early", "[graph]") {
  // 4 has an undated edge from 3, but 3 is of day 18, so 4 is not before that.
  const LineageGraph graph(6, Edges{on(0, 3, 18), on(1, 4, 19), undated(3, 4), on(4, 5, 17)});
  const auto found = time_travels(graph);
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == Numbers{0, 2, 3});
}

TEST_CASE("one contradiction does not make others of all that follows it", "[graph]") {
  const LineageGraph graph(5, Edges{on(0, 1, 18), on(1, 2, 15), on(2, 3, 16), on(3, 4, 17)});
  const auto found = time_travels(graph);
  REQUIRE(found.size() == 1);
  CHECK(found[0].edge == 1);
}

TEST_CASE("descent is told with the shortest and the longest way", "[graph]") {
  // 0 → 1 → 2 → 3, 0 → 3, 4 → 2.
  const LineageGraph graph(
      5, Edges{undated(0, 1), undated(1, 2), undated(2, 3), undated(0, 3), undated(4, 2)});
  CHECK(steps(descendants(graph, 0)) == std::vector<Step>{{1, 1, 1}, {3, 1, 3}, {2, 2, 2}});
  CHECK(steps(ancestors(graph, 3)) ==
        std::vector<Step>{{0, 1, 3}, {2, 1, 1}, {1, 2, 2}, {4, 2, 2}});
  CHECK(implied_edges(graph) == Flags{0, 0, 0, 1, 0});
}

TEST_CASE("two edges between the same two are one generation, and neither implies the other",
          "[graph]") {
  const LineageGraph graph(2, Edges{on(0, 1, 3), on(0, 1, 9)});
  CHECK(steps(descendants(graph, 0)) == std::vector<Step>{{1, 1, 1}});
  CHECK(implied_edges(graph) == Flags{0, 0});
  CHECK(earliest_days(graph).of_vertex[1] == 3);
}

TEST_CASE("a very long chain does not exhaust the stack", "[graph]") {
  constexpr std::uint32_t length = 200'000;
  Edges edges;
  for (std::uint32_t v = 0; v < length; ++v) edges.push_back(undated(v, v + 1));
  edges[0] = on(0, 1, 7);
  const LineageGraph graph(length + 1, edges);
  CHECK(find_cycle(graph).empty());
  CHECK(earliest_days(graph).of_vertex[length] == 7);
  CHECK(descendants(graph, 0).back().farthest == length);
  edges.push_back(undated(length, 0));
  CHECK(find_cycle(LineageGraph(length + 1, edges)).size() == length + 1);
}
