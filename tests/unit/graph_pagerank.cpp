// SPDX-License-Identifier: Apache-2.0
#include "graph/pagerank.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;

double sum(const std::vector<double>& scores) {
  return std::accumulate(scores.begin(), scores.end(), 0.0);
}

// Member 0 in two works with 1 and with 2, 3 alone in a work, 4 in none.
IncidenceGraph small() {
  const std::vector<Incidence> rows = {{0, 0}, {1, 0}, {0, 1}, {2, 1}, {3, 2}};
  return IncidenceGraph(rows, 5, 3);
}

std::map<std::uint32_t, double> by_member(const PersonalisedPageRank::Result& result) {
  std::map<std::uint32_t, double> scores;
  for (const auto& [member, score] : result.scores) scores[member] = score;
  return scores;
}

}  // namespace

TEST_CASE("PageRank of nobody is empty, and of members without works 0", "[graph]") {
  CHECK(pagerank(Affiliations()).scores.empty());
  const IncidenceGraph graph({}, 2, 0);
  CHECK(pagerank(Affiliations(graph)).scores == std::vector<double>{0, 0});
}

TEST_CASE("members who are only alone have equal PageRank", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0}, {2, 1}};
  const IncidenceGraph graph(rows, 3, 2);
  const auto found = pagerank(Affiliations(graph));
  CHECK(found.scores == std::vector<double>{0.5, 0, 0.5});
  CHECK(found.error_bound == 0);
}

TEST_CASE("PageRank sums to 1 where there are members without ties", "[graph]") {
  const auto incidence = small();
  const Affiliations graph(incidence);
  const auto found = pagerank(graph);
  CHECK(sum(found.scores) == Approx(1).epsilon(1e-14));
  CHECK(found.scores[4] == 0);
  CHECK(found.error_bound <= 1e-8);
  // By hand: x3 = (0.15 + 0.85 x3) / 4, x1 = x3 + 0.85 x0 / 2, x0 = x3 + 0.85 * 2 x1.
  const double x3 = 0.15 / (4 - 0.85);
  const double x0 = x3 * (1 + 1.7) / (1 - 0.85 * 0.85);
  CHECK(found.scores[3] == Approx(x3).margin(1e-8));
  CHECK(found.scores[0] == Approx(x0).margin(1e-8));
}

TEST_CASE("restart weights draw members, also those without works", "[graph]") {
  const auto incidence = small();
  const Affiliations graph(incidence);
  const auto found = pagerank(graph, {}, std::vector<double>{0, 0, 0, 0, 7});
  CHECK(found.scores == std::vector<double>{0, 0, 0, 0, 1});
  const auto still = pagerank(graph, {0.0, 1e-8}, std::vector<double>{1, 3, 0, 0, 0});
  CHECK(still.scores[0] == Approx(0.25));
  CHECK(still.scores[1] == Approx(0.75));
}

TEST_CASE("what PageRank cannot do is refused", "[graph]") {
  const auto incidence = small();
  const Affiliations graph(incidence);
  const std::vector<double> few(4, 1), none(5, 0), negative = {1, 1, 1, 1, -1},
                                                   no_number = {1, 1, 1, 1, std::nan("")};
  for (const auto& wrong : {few, none, negative, no_number}) {
    CHECK_THROWS_AS(pagerank(graph, {}, wrong), std::invalid_argument);
  }
  for (const double wrong : {-0.1, 1.0, std::nan("")}) {
    CHECK_THROWS_AS(pagerank(graph, {wrong, 1e-8}), std::invalid_argument);
    CHECK_THROWS_AS(PersonalisedPageRank(graph).around(Numbers{0}, {wrong, 1e-6}),
                    std::invalid_argument);
  }
  CHECK_THROWS_AS(pagerank(graph, {0.85, 0}), std::invalid_argument);
  PersonalisedPageRank around(graph);
  CHECK_THROWS_AS(around.around(Numbers{0}, {0.85, 0}), std::invalid_argument);
  CHECK_THROWS_AS(around.around({}), std::invalid_argument);
  CHECK_THROWS_WITH(around.around(Numbers{5}), "member 5 of 5");
}

TEST_CASE("around a member without ties there is only itself", "[graph]") {
  const auto incidence = small();
  PersonalisedPageRank around{Affiliations(incidence)};
  for (const std::uint32_t member : {3u, 4u}) {
    const auto found = around.around(Numbers{member});
    REQUIRE(found.scores.size() == 1);
    CHECK(found.scores[0].member == member);
    CHECK(found.scores[0].score == Approx(1));
    CHECK(found.error_bound == 0);
  }
}

TEST_CASE("a seed named twice weighs twice, and one without ties has its part", "[graph]") {
  const auto incidence = small();
  const Affiliations graph(incidence);
  PersonalisedPageRank around(graph);
  const auto found = by_member(around.around(Numbers{1, 4, 1, 4}, {0.85, 1e-12}));
  const auto exact = pagerank(graph, {0.85, 1e-12}, std::vector<double>{0, 1, 0, 0, 1});
  REQUIRE(found.size() == 4);
  for (const auto& [member, score] : found) {
    CHECK(score == Approx(exact.scores[member]).margin(1e-11));
  }
}

TEST_CASE("a query leaves nothing for the next", "[graph]") {
  const auto incidence = small();
  PersonalisedPageRank around{Affiliations(incidence)};
  const auto first = by_member(around.around(Numbers{1}));
  around.around(Numbers{0, 2, 3}, {0.5, 1e-3});
  around.around(Numbers{0}, {0.85, 1e-15});
  CHECK(by_member(around.around(Numbers{1})) == first);
}

TEST_CASE("personalised PageRank that is stopped leaves nothing for the next", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t w = 0; w < 50; ++w) rows.insert(rows.end(), {{w, w}, {w + 1, w}});
  const IncidenceGraph incidence(rows, 51, 50);
  const Affiliations graph(incidence);
  PersonalisedPageRank around(graph);
  const auto wanted = by_member(PersonalisedPageRank(graph).around(Numbers{3}, {0.85, 1e-9}));
  // While it pushes, and while it solves.
  for (const int last : {0, 2, 8, 20}) {
    int looks = 0;
    CHECK_THROWS_AS(around.around(Numbers{20}, {0.85, 1e-12},
                                  [&](std::size_t, std::size_t) { return looks++ < last; }),
                    Stopped);
    CHECK(by_member(around.around(Numbers{3}, {0.85, 1e-9})) == wanted);
  }
  const Watch stop = [](std::size_t, std::size_t) { return false; };
  CHECK_THROWS_AS(pagerank(graph, {}, {}, stop), Stopped);
}
