// SPDX-License-Identifier: Apache-2.0
#include "graph/tie_list.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;
using Tie = std::tuple<std::uint32_t, std::uint32_t, double>;

std::vector<Tie> ties(const TieList& list) {
  std::vector<Tie> all;
  for (std::size_t i = 0; i < list.from.size(); ++i)
    all.emplace_back(list.from[i], list.to[i], list.strength[i]);
  return all;
}

// All members in one work.
Affiliations clique(std::uint32_t members) {
  std::vector<Incidence> rows;
  for (std::uint32_t member = 0; member < members; ++member) rows.push_back({member, 0});
  return Affiliations(IncidenceGraph(rows, members, 1));
}

// How often `run` asks its watch, and that it stops whenever it is told to.
template <class Run>
std::size_t looks_of(Run run) {
  std::size_t looks = 0;
  run([&](std::size_t, std::size_t) { return ++looks > 0; });
  for (std::size_t last = 1; last <= looks; ++last) {
    std::size_t look = 0;
    CHECK_THROWS_AS(run([&](std::size_t, std::size_t) { return ++look < last; }), Stopped);
    CHECK(look == last);
  }
  return looks;
}

}  // namespace

TEST_CASE("ties are listed once each, by from, then to", "[graph]") {
  const std::vector<TieGraph::Edge> edges = {{2, 0, 1.5}, {3, 2, 1}, {0, 3, 4}};
  const TieGraph graph(5, edges);
  CHECK(ties(list_ties(graph)) == std::vector<Tie>{{0, 2, 1.5}, {0, 3, 4}, {2, 3, 1}});
  CHECK(ties(list_ties(graph, Numbers{3, 4, 0, 2, 1})) ==
        std::vector<Tie>{{0, 2, 4}, {0, 3, 1}, {2, 3, 1.5}});
  CHECK(ties(list_ties(TieGraph())).empty());
  CHECK(ties(list_ties(TieGraph(), Numbers{})).empty());
}

TEST_CASE("a list in a new order is that of all ties, moved and sorted", "[graph]") {
  std::mt19937 random(7);
  constexpr std::uint32_t vertices = 60;
  std::vector<TieGraph::Edge> edges;
  for (int i = 0; i < 500; ++i) {
    const auto from = static_cast<std::uint32_t>(random() % vertices);
    const auto to = static_cast<std::uint32_t>(random() % vertices);
    if (from != to) edges.push_back({from, to, 1.0 + i});
  }
  const TieGraph graph(vertices, edges);
  Numbers order(vertices);
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  Numbers place(vertices);
  for (std::uint32_t i = 0; i < vertices; ++i) place[order[i]] = i;
  std::vector<Tie> moved;
  for (const auto& [from, to, strength] : ties(list_ties(graph)))
    moved.emplace_back(std::min(place[from], place[to]), std::max(place[from], place[to]),
                       strength);
  std::sort(moved.begin(), moved.end());
  CHECK(ties(list_ties(graph, order)) == moved);
}

TEST_CASE("a long list of ties, and making them, look many times whether they are to stop",
          "[graph]") {
  // 179,700 ties, 65,536 ends of which lie in 110 rows.
  const Affiliations members = clique(600);
  const TieGraph graph = TieGraph::project(members);
  Numbers order(600);
  std::iota(order.rbegin(), order.rend(), 0);
  CHECK(looks_of([&](const Watch& watch) { list_ties(graph, watch); }) == 6);
  CHECK(looks_of([&](const Watch& watch) { list_ties(graph, order, watch); }) == 6);
  // One look at the members, two at the upper halves of rows, five at the whole of them.
  CHECK(looks_of([&](const Watch& watch) { TieGraph::project(members, watch); }) == 8);
}
