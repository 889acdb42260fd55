// SPDX-License-Identifier: Apache-2.0
#include "graph/tie_graph.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;
using Edges = std::vector<TieGraph::Edge>;

Numbers neighbours(const TieGraph& graph, std::uint32_t vertex) {
  const auto list = graph.neighbours(vertex);
  return {list.begin(), list.end()};
}

std::vector<double> strengths(const TieGraph& graph, std::uint32_t vertex) {
  const auto list = graph.strengths(vertex);
  return {list.begin(), list.end()};
}

}  // namespace

TEST_CASE("a graph of no or unlinked vertices has no ties", "[graph]") {
  CHECK(TieGraph().vertex_count() == 0);
  CHECK(TieGraph().tie_count() == 0);
  CHECK(TieGraph(2, {}).degree(1) == 0);
  CHECK(TieGraph::project(Affiliations()).vertex_count() == 0);
  CHECK(TieGraph(2, {}).induced({}).vertex_count() == 0);
}

TEST_CASE("a list of edges becomes sorted rows, repeated ones with the sum of their strengths",
          "[graph]") {
  const TieGraph graph(4, Edges{{2, 0, 1.5}, {3, 2, 1}, {0, 2, 0.5}, {0, 3, 4}, {2, 0, 1}});
  CHECK(graph.tie_count() == 3);
  CHECK(neighbours(graph, 0) == Numbers{2, 3});
  CHECK(strengths(graph, 0) == std::vector<double>{3, 4});
  CHECK(neighbours(graph, 1).empty());
  CHECK(neighbours(graph, 2) == Numbers{0, 3});
  CHECK(strengths(graph, 2) == std::vector<double>{3, 1});
  CHECK(neighbours(graph, 3) == Numbers{0, 2});
  CHECK(graph.memory_bytes() >= 3 * 24 + 4 * 8);
}

TEST_CASE("an edge that cannot be is refused with its number", "[graph]") {
  CHECK_THROWS_WITH(TieGraph(2, Edges{{0, 1}, {0, 2}}), "edge 1: vertex 2 of 2");
  CHECK_THROWS_WITH(TieGraph(2, Edges{{1, 1}}), "edge 0: both ends are 1");
  for (const double wrong : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    CHECK_THROWS_AS(TieGraph(2, Edges{{0, 1, wrong}}), std::invalid_argument);
  }
}

TEST_CASE("the projection has Newman's strengths, whatever roles there are", "[graph]") {
  // Work 0 has members 0 to 3, work 1 has 0 and 2, work 2 has 1 alone.
  const std::vector<Incidence> rows = {{0, 0, 1}, {0, 0, 2}, {1, 0}, {2, 0},
                                       {3, 0},    {0, 1},    {2, 1}, {1, 2}};
  const IncidenceGraph incidence(rows, 5, 3);
  const Affiliations affiliations(incidence);
  const auto graph = TieGraph::project(affiliations);
  CHECK(graph.tie_count() == 6);
  CHECK(neighbours(graph, 0) == Numbers{1, 2, 3});
  CHECK(strengths(graph, 0)[1] == Approx(4.0 / 3).epsilon(1e-15));
  CHECK(neighbours(graph, 3) == Numbers{0, 1, 2});
  CHECK(neighbours(graph, 4).empty());
  const auto part = TieGraph::project(affiliations, Numbers{2, 4, 0});
  CHECK(part.tie_count() == 1);
  CHECK(neighbours(part, 2) == Numbers{0});
  CHECK(strengths(part, 2)[0] == strengths(graph, 0)[1]);
}

TEST_CASE("an induced graph numbers its vertices as they are given", "[graph]") {
  const TieGraph graph(5, Edges{{0, 1, 1}, {1, 2, 2}, {2, 3, 3}, {3, 0, 4}, {0, 2, 5}});
  const auto part = graph.induced(Numbers{3, 4, 0, 2});
  CHECK(part.vertex_count() == 4);
  CHECK(neighbours(part, 0) == Numbers{2, 3});
  CHECK(strengths(part, 0) == std::vector<double>{4, 3});
  CHECK(neighbours(part, 1).empty());
  CHECK(neighbours(part, 3) == Numbers{0, 2});
  CHECK_THROWS_WITH(graph.induced(Numbers{5}), "vertex 5 of 5");
  CHECK_THROWS_WITH(graph.induced(Numbers{1, 0, 1}), "vertex 1 named twice");
  CHECK_THROWS_WITH(TieGraph::project(Affiliations(), Numbers{0}), "member 0 of 0");
}

TEST_CASE("a projection that is told to stop stops", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0}, {1, 0}};
  const IncidenceGraph incidence(rows, 2, 1);
  CHECK_THROWS_AS(
      TieGraph::project(Affiliations(incidence), [](std::size_t, std::size_t) { return false; }),
      Stopped);
}
