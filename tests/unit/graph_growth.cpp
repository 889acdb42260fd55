// SPDX-License-Identifier: Apache-2.0
#include "graph/growth.hpp"

#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Days = std::vector<std::int32_t>;

}  // namespace

TEST_CASE("nothing grows from nothing", "[graph]") {
  const IncidenceGraph graph;
  const auto found = growth(graph, Days{5});
  REQUIRE(found.size() == 2);
  CHECK(found[0].members + found[1].members + found[0].works + found[1].ties == 0);
  CHECK(growth(graph, {}).size() == 1);
}

TEST_CASE("members, works and ties count where they first are", "[graph]") {
  // Work 0 from day 10, where 2 comes on day 20; work 1 from day 20 with 0 and 1 again; work 2
  // undated with 3 alone.
  const std::vector<Incidence> rows = {{0, 0, 0, 10}, {1, 0, 0, 10}, {2, 0, 0, 20},
                                       {0, 1, 0, 20}, {1, 1, 0, 20}, {3, 2}};
  const IncidenceGraph graph(rows, 5, 4);
  const auto found = growth(graph, Days{10, 20, 30});
  REQUIRE(found.size() == 4);
  CHECK(found[0].members == 1);
  CHECK(found[0].works == 1);
  CHECK(found[0].ties == 0);
  CHECK(found[1].members == 2);
  CHECK(found[1].works == 1);
  CHECK(found[1].ties == 1);
  CHECK(found[2].members == 1);
  CHECK(found[2].works == 1);
  CHECK(found[2].ties == 2);
  CHECK(found[3].members + found[3].works + found[3].ties == 0);
}

TEST_CASE("growth is that of a slice, over days that rise", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0, 0, 10}, {1, 0, 0, 10}, {2, 0, 0, 10}, {0, 1}, {1, 1}};
  const IncidenceGraph graph(rows, 3, 2);
  Slice slice;
  slice.max_members = 2;
  const auto found = growth(graph, Days{0}, slice);
  CHECK(found[0].ties == 1);
  CHECK(found[0].members == 2);
  CHECK(found[1].works == 0);
  CHECK_THROWS_AS(growth(graph, Days{1, 1}), std::invalid_argument);
  CHECK_THROWS_AS(growth(graph, Days{}, {}, [](std::size_t, std::size_t) { return false; }),
                  Stopped);
}
