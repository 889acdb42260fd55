// SPDX-License-Identifier: Apache-2.0
#include "graph/common_neighbours.hpp"

#include <map>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Edges = std::vector<TieGraph::Edge>;
using Counts = std::map<std::uint32_t, std::uint32_t>;

Counts counts(CommonNeighbours& common, const TieGraph& graph, std::uint32_t vertex) {
  Counts found;
  for (const auto& [other, count] : common.of(graph, vertex)) found[other] = count;
  return found;
}

}  // namespace

TEST_CASE("a vertex without ties has nothing in common", "[graph]") {
  CommonNeighbours common;
  CHECK(common.of(TieGraph(1, {}), 0).empty());
  CHECK_THROWS_WITH(common.of(TieGraph(1, {}), 1), "vertex 1 of 1");
}

TEST_CASE("common neighbours are counted for neighbours and others, not for itself", "[graph]") {
  // A square 0-1-2-3 with the diagonal 0-2, and 4 at 1.
  const TieGraph graph(6, Edges{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 2}, {1, 4}});
  CommonNeighbours common;
  CHECK(counts(common, graph, 0) == Counts{{1, 1}, {2, 2}, {3, 1}, {4, 1}});
  CHECK(counts(common, graph, 1) == Counts{{0, 1}, {2, 1}, {3, 2}});
  CHECK(counts(common, graph, 4) == Counts{{0, 1}, {2, 1}});
  CHECK(counts(common, TieGraph(2, Edges{{0, 1}}), 0).empty());
  CHECK(counts(common, graph, 0) == Counts{{1, 1}, {2, 2}, {3, 1}, {4, 1}});
}
