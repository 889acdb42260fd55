// SPDX-License-Identifier: Apache-2.0
#include "graph/dynamic_incidence.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;

std::vector<MemberRow> works(IncidenceView graph, std::uint32_t member) {
  const auto rows = graph.works_of(member);
  return {rows.begin(), rows.end()};
}

std::vector<WorkRow> members(IncidenceView graph, std::uint32_t work) {
  const auto rows = graph.members_of(work);
  return {rows.begin(), rows.end()};
}

// Works 0 and 1, members 0, 1 and 2; member 1 is in both.
DynamicIncidence small_graph() {
  const std::vector<Incidence> rows = {{0, 0, 1, 10}, {1, 0, 2, 10}, {1, 1, 1, 20}, {2, 1, 2, 20}};
  return DynamicIncidence(IncidenceGraph(rows, 3, 2));
}

}  // namespace

TEST_CASE("a dynamic incidence starts empty and grows on demand", "[graph]") {
  DynamicIncidence graph;
  const std::vector<Incidence> rows = {{0, 0}};
  CHECK_THROWS_AS(graph.replace(0, rows), std::out_of_range);
  graph.grow(1, 1);
  CHECK(graph.works_of(0).empty());
  CHECK(graph.members_of(0).empty());
  graph.replace(0, rows);
  CHECK(graph.row_count() == 1);
  CHECK(members(graph, 0) == std::vector<WorkRow>{{0, 0}});
  graph.grow(0, 0);
  CHECK(graph.member_count() == 1);
}

TEST_CASE("replacing a work changes the rows of old and new members only", "[graph]") {
  auto graph = small_graph();
  graph.replace(0, std::vector<Incidence>{{2, 0, 5, 30}, {1, 0, 2, 5}, {1, 0, 2, 5}});
  CHECK(members(graph, 0) == std::vector<WorkRow>{{1, 2}, {2, 5}});
  CHECK(works(graph, 0).empty());
  CHECK(works(graph, 1) == std::vector<MemberRow>{{5, 0, 2}, {20, 1, 1}});
  CHECK(works(graph, 2) == std::vector<MemberRow>{{20, 1, 2}, {30, 0, 5}});
  CHECK(graph.row_count() == 4);
  CHECK(graph.linked_members() == 2);
  CHECK(graph.linked_works() == 2);
}

TEST_CASE("a removed work is gone from both sides and may come back", "[graph]") {
  const auto original = small_graph();
  auto graph = original;
  graph.remove(1);
  graph.remove(1);
  CHECK(members(graph, 1).empty());
  CHECK(works(graph, 1) == std::vector<MemberRow>{{10, 0, 2}});
  CHECK(works(graph, 2).empty());
  CHECK(graph.linked_members() == 2);
  CHECK(graph.linked_works() == 1);
  graph.replace(1, std::vector<Incidence>{{1, 1, 1, 20}, {2, 1, 2, 20}});
  CHECK(works(graph, 1) == works(original, 1));
  CHECK(graph.linked_members() == 3);
}

TEST_CASE("a change that is refused changes nothing", "[graph]") {
  const auto original = small_graph();
  auto graph = original;
  CHECK_THROWS_WITH(graph.replace(0, std::vector<Incidence>{{0, 0}, {1, 1}}),
                    "row 1: work 1 among those of 0");
  CHECK_THROWS_WITH(graph.replace(0, std::vector<Incidence>{{0, 0}, {1, 0}, {3, 0}}),
                    "row 2: member 3 of 3");
  CHECK_THROWS_AS(graph.replace(0, std::vector<Incidence>{{3, 0}}), std::invalid_argument);
  CHECK_THROWS_WITH(graph.remove(2), "work 2 of 2");
  CHECK_THROWS_WITH(graph.works_of(3), "member 3 of 3");
  CHECK(members(graph, 0) == members(original, 0));
}

TEST_CASE("a copy keeps what it showed when the original changes, and the reverse", "[graph]") {
  auto graph = small_graph();
  graph.remove(0);
  auto snapshot = graph;
  graph.replace(0, std::vector<Incidence>{{2, 0, 0, 1}});
  CHECK(members(snapshot, 0).empty());
  CHECK(snapshot.row_count() == 2);
  snapshot.remove(1);
  CHECK(works(graph, 2) == std::vector<MemberRow>{{1, 0, 0}, {20, 1, 2}});
}

TEST_CASE("vertices of many pages change at once", "[graph]") {
  auto graph = small_graph();
  graph.grow(3'000, 5);
  std::vector<Incidence> rows;
  for (std::uint32_t m = 0; m < 3'000; m += 3) rows.push_back({m, 4, 0, 1});
  graph.replace(4, rows);
  CHECK(graph.members_of(4).size() == 1'000);
  CHECK(works(graph, 0) == std::vector<MemberRow>{{1, 4, 0}, {10, 0, 1}});
  CHECK(works(graph, 1) == std::vector<MemberRow>{{10, 0, 2}, {20, 1, 1}});
  CHECK(works(graph, 2'997) == std::vector<MemberRow>{{1, 4, 0}});
  CHECK(graph.works_of(2'998).empty());
  CHECK(graph.component_size(0) == 1'002);
  graph.remove(4);
  CHECK(graph.row_count() == 4);
  CHECK(graph.works_of(2'997).empty());
  CHECK(works(graph, 0) == std::vector<MemberRow>{{10, 0, 1}});
  CHECK(graph.component_size(0) == 3);
}

TEST_CASE("ten thousand changes leave no more behind than the rows", "[graph]") {
  DynamicIncidence graph;
  graph.grow(100, 10'000);
  for (std::uint32_t w = 0; w < 10'000; ++w)
    graph.replace(w, std::vector<Incidence>{{w % 100, w, 0, std::int32_t(w)}});
  const std::size_t bytes = graph.memory_bytes();
  for (std::uint32_t w = 0; w < 10'000; ++w)
    graph.replace(w, std::vector<Incidence>{{w % 100, w, 0, std::int32_t(w)}});
  CHECK(graph.row_count() == 10'000);
  CHECK(graph.works_of(42).size() == 100);
  CHECK(graph.memory_bytes() <= bytes + bytes / 8);
}

TEST_CASE("the roles of a member in a work are found by either form", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0, 3}, {1, 0, 2}, {1, 0, 1}, {3, 0, 0}};
  const IncidenceGraph fixed(rows, 4, 1);
  const DynamicIncidence dynamic{IncidenceGraph(fixed)};
  for (const IncidenceView view : {IncidenceView(fixed), IncidenceView(dynamic)}) {
    CHECK(view.roles_of(0, 0).size() == 1);
    REQUIRE(view.roles_of(1, 0).size() == 2);
    CHECK(view.roles_of(1, 0)[0].role == 1);
    CHECK(view.roles_of(2, 0).empty());
    CHECK(view.roles_of(9, 0).empty());
    CHECK_THROWS_AS(view.roles_of(0, 1), std::out_of_range);
  }
}
