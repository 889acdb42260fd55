// SPDX-License-Identifier: Apache-2.0
#include "graph/core_numbers.hpp"

#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;
using Edges = std::vector<TieGraph::Edge>;

}  // namespace

TEST_CASE("without ties every core number is 0", "[graph]") {
  CHECK(core_numbers(TieGraph()).empty());
  CHECK(core_numbers(TieGraph(3, {})) == Numbers{0, 0, 0});
}

TEST_CASE("a tail hangs on a clique with core number 1", "[graph]") {
  // 1 to 4 are a clique, 4-5-0 the tail, 6 apart.
  const Edges edges = {{1, 2}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4}, {4, 5}, {5, 0}};
  CHECK(core_numbers(TieGraph(7, edges)) == Numbers{1, 3, 3, 3, 3, 1, 0});
}

TEST_CASE("a star has core number 1 however many rays it has", "[graph]") {
  Edges edges;
  for (std::uint32_t v = 1; v < 1'000; ++v) edges.push_back({0, v, 0.5});
  CHECK(core_numbers(TieGraph(1'000, edges)) == Numbers(1'000, 1));
}
