// SPDX-License-Identifier: Apache-2.0
#include "graph/incidence.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;

std::vector<MemberRow> works(const IncidenceGraph& graph, std::uint32_t member) {
  const auto rows = graph.works_of(member);
  return {rows.begin(), rows.end()};
}

std::vector<WorkRow> members(const IncidenceGraph& graph, std::uint32_t work) {
  const auto rows = graph.members_of(work);
  return {rows.begin(), rows.end()};
}

}  // namespace

TEST_CASE("an incidence of no vertices is empty", "[graph]") {
  const IncidenceGraph graph;
  CHECK(graph.member_count() == 0);
  CHECK(graph.work_count() == 0);
  CHECK(graph.row_count() == 0);
  CHECK(graph.linked_members() == 0);
  CHECK(graph.linked_works() == 0);
  CHECK_THROWS_AS(graph.works_of(0), std::out_of_range);
  CHECK_THROWS_AS(graph.members_of(0), std::out_of_range);
}

TEST_CASE("vertices without rows are counted and have none", "[graph]") {
  const IncidenceGraph graph({}, 2, 3);
  CHECK(graph.member_count() == 2);
  CHECK(graph.work_count() == 3);
  CHECK(graph.works_of(1).empty());
  CHECK(graph.members_of(2).empty());
  CHECK(graph.linked_members() == 0);
}

TEST_CASE("one row is seen from both sides", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0, 7, 10, 20}};
  const IncidenceGraph graph(rows, 1, 1);
  CHECK(works(graph, 0) == std::vector<MemberRow>{member_row({0, 0, 7, 10, 20})});
  CHECK(members(graph, 0) == std::vector<WorkRow>{{0, 7}});
  CHECK(graph.linked_members() == 1);
  CHECK(graph.linked_works() == 1);
}

TEST_CASE("a member's rows run by start, work and role, unknown starts first", "[graph]") {
  const std::vector<Incidence> rows = {
      {0, 2, 0, 50, unknown_to}, {0, 3, 1, unknown_from, 9}, {0, 1, 4, 50, unknown_to},
      {0, 1, 2, 50, unknown_to}, {0, 0, 0, -5, unknown_to},
  };
  const IncidenceGraph graph(rows, 1, 4);
  CHECK(works(graph, 0) ==
        std::vector<MemberRow>{member_row({0, 3, 1, unknown_from, 9}), member_row({0, 0, 0, -5}),
                               member_row({0, 1, 2, 50}), member_row({0, 1, 4, 50}),
                               member_row({0, 2, 0, 50})});
}

TEST_CASE("a work's rows run by member and role", "[graph]") {
  const std::vector<Incidence> rows = {{2, 0, 1}, {0, 0, 5}, {2, 0, 0}, {1, 0, 9}};
  const IncidenceGraph graph(rows, 3, 1);
  CHECK(members(graph, 0) == std::vector<WorkRow>{{0, 5}, {1, 9}, {2, 0}, {2, 1}});
}

TEST_CASE("a row given again is kept once, over the widest known period", "[graph]") {
  std::vector<Incidence> rows = {
      {0, 0, 1, 30, unknown_to}, {0, 0, 1, unknown_from, 90}, {0, 0, 1, 20, 40},
      {0, 0, 2, 25, 26},         {0, 0, 1, 30, unknown_to},
  };
  const std::vector<MemberRow> expected = {member_row({0, 0, 1, 20, 90}),
                                           member_row({0, 0, 2, 25, 26})};
  CHECK(works(IncidenceGraph(rows, 1, 1), 0) == expected);
  std::reverse(rows.begin(), rows.end());
  const IncidenceGraph graph(rows, 1, 1);
  CHECK(works(graph, 0) == expected);
  CHECK(graph.row_count() == 2);
}

TEST_CASE("rows carry their shares on both sides, and copies add theirs up to the whole",
          "[graph]") {
  const auto row = [](std::uint32_t member, std::uint16_t role, std::uint32_t share) {
    return Incidence{member, 0, role, unknown_from, unknown_to, share};
  };
  const std::vector<Incidence> rows = {
      row(0, 1, 250'000), row(0, 1, 100'000), row(0, 2, unknown_share),   row(1, 1, 800'000),
      row(1, 1, 300'000), row(2, 4095, 0),    row(2, 4095, unknown_share)};
  const IncidenceGraph graph(rows, 3, 1);
  CHECK(works(graph, 0) == std::vector<MemberRow>{member_row(row(0, 1, 350'000)),
                                                  member_row(row(0, 2, unknown_share))});
  CHECK(members(graph, 0) ==
        std::vector<WorkRow>{work_row(row(0, 1, 350'000)), work_row(row(0, 2, unknown_share)),
                             work_row(row(1, 1, whole_share)), work_row(row(2, 4095, 0))});
  CHECK(incidence_of(1, works(graph, 1)[0]) == row(1, 1, whole_share));
  const std::vector<Incidence> high_role = {row(0, 4096, 0)};
  CHECK_THROWS_WITH(IncidenceGraph(high_role, 1, 1), "row 0: role 4096 of 4096");
  const std::vector<Incidence> too_much = {row(0, 0, 0), row(0, 1, whole_share + 1)};
  CHECK_THROWS_WITH(IncidenceGraph(too_much, 1, 1), "row 1: a share of 1000001 millionths");
}

TEST_CASE("duplicates in one work do not move the rows of the next", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0}, {0, 0}, {1, 0}, {1, 1}, {1, 1}, {0, 2}};
  const IncidenceGraph graph(rows, 2, 3);
  CHECK(members(graph, 0) == std::vector<WorkRow>{{0, 0}, {1, 0}});
  CHECK(members(graph, 1) == std::vector<WorkRow>{{1, 0}});
  CHECK(members(graph, 2) == std::vector<WorkRow>{{0, 0}});
  CHECK(graph.row_count() == 4);
}

TEST_CASE("an id out of range is refused with the number of its row", "[graph]") {
  const std::vector<Incidence> bad_member = {{0, 0}, {2, 0}};
  const std::vector<Incidence> bad_work = {{0, 0}, {1, 0}, {1, 1}};
  CHECK_THROWS_AS(IncidenceGraph(bad_member, 2, 1), std::invalid_argument);
  CHECK_THROWS_WITH(IncidenceGraph(bad_member, 2, 1), "row 1: member 2 of 2");
  CHECK_THROWS_WITH(IncidenceGraph(bad_work, 2, 1), "row 2: work 1 of 1");
  CHECK_THROWS_WITH(IncidenceGraph(bad_work, 2, 2).works_of(5), "member 5 of 2");
}

TEST_CASE("memory is 24 bytes a row and 8 a vertex", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t i = 0; i < 10'000; ++i) rows.push_back({i % 1'000, i % 2'003});
  const IncidenceGraph graph(rows, 1'000, 2'003);
  const std::size_t expected = graph.row_count() * 24 + std::size_t{3'003} * 8;
  CHECK(graph.memory_bytes() >= expected);
  CHECK(graph.memory_bytes() <= expected + 1'000);
}
