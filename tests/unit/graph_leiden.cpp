// SPDX-License-Identifier: Apache-2.0
#include "graph/leiden.hpp"

#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;
using Edges = std::vector<TieGraph::Edge>;

// Cliques of some vertices each, each joined to the next by one tie, around.
TieGraph ring_of_cliques(std::uint32_t cliques, std::uint32_t size) {
  Edges edges;
  for (std::uint32_t c = 0; c < cliques; ++c) {
    for (std::uint32_t i = 0; i < size; ++i) {
      for (std::uint32_t j = 0; j < i; ++j) edges.push_back({c * size + i, c * size + j, 1});
    }
    edges.push_back({c * size, (c + 1) % cliques * size + 1, 1});
  }
  return TieGraph(cliques * size, edges);
}

}  // namespace

TEST_CASE("vertices without ties are communities of one", "[graph]") {
  CHECK(leiden(TieGraph()).of_vertex.empty());
  const auto found = leiden(TieGraph(3, {}));
  CHECK(found.of_vertex == Numbers{0, 1, 2});
  CHECK(found.sizes == Numbers{1, 1, 1});
  CHECK(found.modularity == 0);
  CHECK(found.stable);
}

TEST_CASE("a tie makes a community of two", "[graph]") {
  const auto found = leiden(TieGraph(4, Edges{{3, 1, 0.2}}));
  CHECK(found.of_vertex == Numbers{0, 1, 2, 1});
  CHECK(found.sizes == Numbers{1, 2, 1});
  CHECK(found.modularity == 0);
}

TEST_CASE("cliques in a ring are its communities, numbered by smallest vertex", "[graph]") {
  const auto graph = ring_of_cliques(12, 6);
  const auto found = leiden(graph, {1, 100, 0.01, 1});
  Numbers expected(72);
  for (std::uint32_t v = 0; v < 72; ++v) expected[v] = v / 6;
  CHECK(found.of_vertex == expected);
  CHECK(found.sizes == Numbers(12, 6));
  CHECK(found.stable);
  CHECK(found.modularity == Approx(15.0 / 16 - 1.0 / 12));
  CHECK(modularity(graph, expected) == found.modularity);
}

TEST_CASE("resolution decides how large communities are", "[graph]") {
  const auto graph = ring_of_cliques(12, 6);
  CHECK(leiden(graph, {0.001, 10, 0.01, 1}).sizes.size() == 1);
  CHECK(leiden(graph, {1'000, 10, 0.01, 1}).sizes.size() == 72);
}

TEST_CASE("strength decides where a vertex belongs", "[graph]") {
  // 4 hangs between two triangles.
  Edges edges = {{0, 1}, {1, 2}, {2, 0}, {5, 6}, {6, 7}, {7, 5}, {4, 0, 2}, {4, 5, 0.5}};
  auto found = leiden(TieGraph(8, edges));
  CHECK(found.of_vertex == Numbers{0, 0, 0, 1, 0, 2, 2, 2});
  edges[7].strength = 8;
  found = leiden(TieGraph(8, edges));
  CHECK(found.of_vertex[4] == found.of_vertex[5]);
}

TEST_CASE("a seed has one partition", "[graph]") {
  const auto graph = ring_of_cliques(30, 3);
  CHECK(leiden(graph).of_vertex == leiden(graph).of_vertex);
  CHECK(leiden(graph).rounds <= 5);
}

TEST_CASE("modularity wants a community for each vertex", "[graph]") {
  const TieGraph graph(2, Edges{{0, 1}});
  CHECK(modularity(graph, Numbers{0, 0}) == 0);
  CHECK(modularity(graph, Numbers{0, 1}) == -0.5);
  CHECK(modularity(graph, Numbers{0, 1}, 2) == -1);
  CHECK(modularity(TieGraph(), {}) == 0);
  CHECK_THROWS_AS(modularity(graph, Numbers{0}), std::invalid_argument);
  CHECK_THROWS_AS(modularity(graph, Numbers{0, 2}), std::invalid_argument);
}

TEST_CASE("options of Leiden's method out of range are refused, and it can be stopped", "[graph]") {
  const TieGraph graph(2, Edges{{0, 1}});
  const double infinite = std::numeric_limits<double>::infinity();
  for (const double wrong : {0.0, -1.0, infinite}) {
    CHECK_THROWS_AS(leiden(graph, {wrong, 1, 0.01, 1}), std::invalid_argument);
    CHECK_THROWS_AS(leiden(graph, {1, 1, wrong, 1}), std::invalid_argument);
  }
  CHECK_THROWS_AS(leiden(graph, {1, 0, 0.01, 1}), std::invalid_argument);
  CHECK_THROWS_AS(leiden(graph, {}, [](std::size_t, std::size_t) { return false; }), Stopped);
}
