// SPDX-License-Identifier: Apache-2.0
#include "graph/local_pagerank.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "graph/pagerank.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;
using Scores = std::map<std::uint32_t, double>;

Scores scores(const PushResult& result) {
  Scores found;
  for (const auto& [member, score] : result.scores) found[member] = score;
  return found;
}

Scores around(const IncidenceGraph& graph, const Numbers& seeds, double epsilon = 1e-9) {
  LocalPageRank local;
  return scores(local.around(graph, seeds, {0.85, epsilon}));
}

}  // namespace

TEST_CASE("a walk that can go nowhere stays", "[graph]") {
  CHECK(around(IncidenceGraph({}, 1, 0), {0}) == Scores{{0, 1.0}});
  const std::vector<Incidence> alone = {{0, 0, 1}, {0, 0, 2}, {0, 1, 1}};
  CHECK(around(IncidenceGraph(alone, 2, 2), {0}) == Scores{{0, 1.0}});
  CHECK(around(IncidenceGraph(alone, 2, 2), {0, 1, 1})[1] == Approx(2.0 / 3));
}

TEST_CASE("what cannot be asked is refused", "[graph]") {
  LocalPageRank local;
  const IncidenceGraph graph({}, 1, 0);
  CHECK_THROWS_AS(local.around(graph, Numbers{}, {}), std::invalid_argument);
  CHECK_THROWS_AS(local.around(graph, Numbers{1}, {}), std::out_of_range);
  CHECK_THROWS_AS(local.around(graph, Numbers{0}, {1, 1e-6}), std::invalid_argument);
  CHECK_THROWS_AS(local.around(graph, Numbers{0}, {0.85, 0}), std::invalid_argument);
  const IncidenceGraph empty({}, 0, 0);
  CHECK_THROWS_AS(local.around(empty, Numbers{0}, {}), std::out_of_range);
}

TEST_CASE("several roles in one work are one step into it", "[graph]") {
  // The second role has a date of its own, so that the rows of work 0 do not lie side by side.
  const std::vector<Incidence> once = {{0, 0, 1, 10}, {1, 0, 1, 10}, {0, 1, 1, 20}, {2, 1, 1, 20}};
  auto twice = once;
  twice.push_back({0, 0, 2, 30});
  twice.push_back({1, 0, 3, 5});
  const auto found = around(IncidenceGraph(once, 3, 2), {0});
  const auto same = around(IncidenceGraph(twice, 3, 2), {0});
  REQUIRE(found.size() == 3);
  for (const auto& [member, score] : found) CHECK(same.at(member) == Approx(score).epsilon(1e-12));
}

TEST_CASE("a record of 3,000 is walked like any other", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t m = 0; m < 3'000; ++m) rows.push_back({m, 0});
  const IncidenceGraph graph(rows, 3'000, 1);
  const auto found = around(graph, {7}, 1e-7);
  double sum = 0;
  for (const auto& [member, score] : found) sum += score;
  CHECK(found.size() == 3'000);
  CHECK(sum == Approx(1).epsilon(1e-3));
  CHECK(found.at(7) > found.at(8));
}

TEST_CASE("a query that is stopped leaves nothing behind for the next", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t w = 0; w < 50; ++w) rows.insert(rows.end(), {{w, w}, {w + 1, w}});
  const IncidenceGraph graph(rows, 51, 50);
  LocalPageRank local;
  int rounds = 0;
  CHECK_THROWS_AS(local.around(graph, Numbers{20}, {0.85, 1e-9},
                               [&](std::size_t, std::size_t) { return ++rounds < 5; }),
                  Stopped);
  CHECK(scores(local.around(graph, Numbers{3}, {0.85, 1e-9})) == around(graph, {3}));
}
