// SPDX-License-Identifier: Apache-2.0
#include "graph/projection.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Lists = std::vector<std::vector<std::uint32_t>>;

}  // namespace

TEST_CASE("a member without works has no partners", "[graph]") {
  const IncidenceGraph graph({}, 1, 0);
  Projection projection;
  CHECK(projection.partners_of(graph, 0).empty());
  CHECK_THROWS_AS(projection.partners_of(graph, 1), std::out_of_range);
}

TEST_CASE("a work of one member gives no partner, whatever its roles", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0, 1}, {0, 0, 2}, {0, 1, 1}};
  const IncidenceGraph graph(rows, 1, 2);
  CHECK(Projection().partners_of(graph, 0).empty());
}

TEST_CASE("strength is Newman's sum of 1 / (k - 1) over shared works", "[graph]") {
  // Work 0 has members 0 to 3, work 1 has 0 and 2, work 2 has 1 and 3.
  const std::vector<Incidence> rows = {{0, 0}, {1, 0}, {2, 0}, {3, 0},
                                       {0, 1}, {2, 1}, {1, 2}, {3, 2}};
  const IncidenceGraph graph(rows, 4, 3);
  Projection projection;
  const auto ties = projection.partners_of(graph, 0);
  REQUIRE(ties.size() == 3);
  CHECK(ties[0].partner == 1);
  CHECK(ties[0].shared == 1);
  CHECK(ties[0].strength == Approx(1.0 / 3).epsilon(1e-15));
  CHECK(ties[1].partner == 2);
  CHECK(ties[1].shared == 2);
  CHECK(ties[1].strength == Approx(4.0 / 3).epsilon(1e-15));
  CHECK(ties[2].partner == 3);
}

TEST_CASE("several roles in a work are one tie", "[graph]") {
  // The rows of member 0 in work 0 lie apart, since work 1 starts between them.
  const std::vector<Incidence> rows = {{0, 0, 1, 10}, {0, 1, 1, 20}, {0, 0, 2, 30},
                                       {1, 0, 1, 10}, {1, 0, 2, 10}, {2, 1, 1, 20}};
  const IncidenceGraph graph(rows, 3, 2);
  Projection projection;
  const auto ties = projection.partners_of(graph, 0);
  REQUIRE(ties.size() == 2);
  CHECK(ties[0].partner == 1);
  CHECK(ties[0].shared == 1);
  CHECK(ties[0].strength == 1.0);
}

TEST_CASE("partners come in the order in which they were met", "[graph]") {
  const std::vector<Incidence> rows = {{1, 0, 0, 300},          {3, 0, 0, 300},
                                       {1, 1, 0, 100},          {2, 1, 0, 100},
                                       {1, 2, 0, unknown_from}, {0, 2, 0, unknown_from}};
  const IncidenceGraph graph(rows, 4, 3);
  Projection projection;
  std::vector<std::uint32_t> order;
  for (const Tie& tie : projection.partners_of(graph, 1)) order.push_back(tie.partner);
  CHECK(order == std::vector<std::uint32_t>{0, 2, 3});
}

TEST_CASE("every member of a work of 3,000 has 2,999 partners", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t m = 0; m < 3'000; ++m) rows.push_back({m, 0});
  const IncidenceGraph graph(rows, 3'000, 1);
  const auto alone = [](const Tie& tie) { return tie.shared == 1 && tie.strength == 1.0 / 2'999; };
  Projection projection;
  for (const std::uint32_t member : {0u, 1'500u, 2'999u}) {
    const auto ties = projection.partners_of(graph, member);
    CHECK(ties.size() == 2'999);
    CHECK(std::all_of(ties.begin(), ties.end(), alone));
  }
}

TEST_CASE("one projection serves graphs of any size in turn", "[graph]") {
  const std::vector<Incidence> few = {{0, 0}, {1, 0}};
  const std::vector<Incidence> more = {{5, 3}, {6, 3}, {0, 3}, {0, 2}, {1, 2}};
  const IncidenceGraph small(few, 2, 1);
  const IncidenceGraph large(more, 7, 4);
  Projection projection;
  CHECK(projection.partners_of(small, 0).size() == 1);
  CHECK(projection.partners_of(large, 0).size() == 3);
  CHECK(projection.partners_of(small, 1).size() == 1);
  CHECK(projection.partners_of(large, 4).empty());
}

TEST_CASE("shared works are listed latest first, as many as asked for", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t w = 0; w < 4; ++w) {
    const auto day = w == 3 ? unknown_from : std::int32_t(100 * w);
    rows.push_back({0, w, 1, day});
    rows.push_back({1, w, 1, day});
  }
  rows.push_back({2, 1, 1, 100});
  rows.push_back({0, 0, 2, 900});  // a second role, later than everything
  const IncidenceGraph graph(rows, 4, 4);
  const std::vector<std::uint32_t> partners = {2, 1, 3, 0};
  Projection projection;
  CHECK(projection.shared_works(graph, 0, partners) == Lists{{1}, {0, 2, 1, 3}, {}, {}});
  CHECK(projection.shared_works(graph, 0, partners, 2) == Lists{{1}, {0, 2}, {}, {}});
  CHECK(projection.shared_works(graph, 0, partners, 0) == Lists(4));
  CHECK(projection.shared_works(graph, 0, {}).empty());
}

TEST_CASE("shared works refuse partners that are unknown or named twice", "[graph]") {
  const IncidenceGraph graph({}, 2, 0);
  const std::vector<std::uint32_t> twice = {1, 1};
  const std::vector<std::uint32_t> unknown = {2};
  Projection projection;
  CHECK_THROWS_WITH(projection.shared_works(graph, 0, twice), "member 1 named twice");
  CHECK_THROWS_AS(projection.shared_works(graph, 0, twice), std::invalid_argument);
  CHECK_THROWS_AS(projection.shared_works(graph, 0, unknown), std::out_of_range);
  CHECK_THROWS_AS(projection.shared_works(graph, 2, {}), std::out_of_range);
}
