// SPDX-License-Identifier: Apache-2.0
#include "graph/slice.hpp"

#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "graph/affiliations.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;

Numbers works(const Affiliations& graph, std::uint32_t member) {
  const auto list = graph.works_of(member);
  return {list.begin(), list.end()};
}

Numbers members(const Affiliations& graph, std::uint32_t work) {
  const auto list = graph.members_of(work);
  return {list.begin(), list.end()};
}

// Work 0 runs from day 10 to 20, work 1 from an unknown day to 15, work 2 from 18 without end.
IncidenceGraph dated() {
  const std::vector<Incidence> rows = {{0, 0, 0, 10, 20},           {1, 0, 1, 10, 20},
                                       {0, 1, 0, unknown_from, 15}, {2, 1, 1, unknown_from, 15},
                                       {0, 2, 2, 18, unknown_to},   {1, 2, 0, 18, unknown_to}};
  return IncidenceGraph(rows, 3, 3);
}

}  // namespace

TEST_CASE("a bitmap holds what was set and nothing past its size", "[graph]") {
  Bitmap set(3);
  CHECK_FALSE(set.test(0));
  CHECK_FALSE(set.test(1'000));
  set.set(1'000);
  set.set(63);
  set.set(64);
  CHECK(set.test(1'000));
  CHECK(set.test(63));
  CHECK(set.test(64));
  CHECK_FALSE(set.test(999));
}

TEST_CASE("affiliations of nothing are empty", "[graph]") {
  const Affiliations none;
  CHECK(none.member_count() == 0);
  CHECK(none.work_count() == 0);
  CHECK(none.size() == 0);
  CHECK(none.linked_members() == 0);
  CHECK_THROWS_WITH(none.check_member(0), "member 0 of 0");
}

TEST_CASE("without conditions a slice keeps all, each pair once", "[graph]") {
  const std::vector<Incidence> rows = {{1, 0, 1, 5}, {1, 0, 2, 9}, {1, 1, 0, 7},
                                       {0, 1, 0, 7}, {3, 2, 0, 1}, {1, 0, 1, 5}};
  const IncidenceGraph graph(rows, 4, 4);
  const Affiliations all(graph);
  CHECK(all.size() == 4);
  CHECK(all.linked_members() == 3);
  CHECK(works(all, 1) == Numbers{0, 1});
  CHECK(members(all, 1) == Numbers{0, 1});
  CHECK(works(all, 2).empty());
  CHECK(members(all, 3).empty());
  CHECK(all.share(0) == 0);
  CHECK(all.share(1) == 1);
  CHECK(all.strength_of(1) == 1);
  CHECK(all.strength_of(3) == 0);
}

TEST_CASE("as of a day: what has begun, and what runs", "[graph]") {
  const auto graph = dated();
  CHECK(works(Affiliations(graph, Slice::begun_by(17)), 0) == Numbers{1, 0});
  CHECK(works(Affiliations(graph, Slice::begun_by(18)), 0) == Numbers{1, 0, 2});
  CHECK(works(Affiliations(graph, Slice::begun_by(9)), 0) == Numbers{1});
  CHECK(works(Affiliations(graph, Slice::alive_on(16)), 0) == Numbers{0});
  CHECK(works(Affiliations(graph, Slice::alive_on(15)), 0) == Numbers{1, 0});
  CHECK(works(Affiliations(graph, Slice::alive_on(20)), 0) == Numbers{0, 2});
  CHECK(works(Affiliations(graph, Slice::alive_on(1'000)), 0) == Numbers{2});
}

TEST_CASE("an unknown start is before every day, unless undated rows are left out", "[graph]") {
  const auto graph = dated();
  auto slice = Slice::alive_on(-1'000'000);
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{1});
  slice.undated = false;
  CHECK(Affiliations(graph, slice).size() == 0);
}

TEST_CASE("what begins in a period is told from what runs in it", "[graph]") {
  const auto graph = dated();
  Slice slice;
  slice.first_day = 12;
  slice.last_day = 18;
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{1, 0, 2});
  slice.dates = Slice::Dates::begun;
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{2});
  slice.first_day = unknown_from;
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{1, 0, 2});
}

TEST_CASE("roles, members and works are chosen by bitmaps", "[graph]") {
  const auto graph = dated();
  Bitmap some;
  some.set(1);
  Slice slice;
  slice.roles = &some;
  CHECK(members(Affiliations(graph, slice), 0) == Numbers{1});
  CHECK(members(Affiliations(graph, slice), 2).empty());
  slice = Slice();
  slice.members = &some;
  CHECK(Affiliations(graph, slice).linked_members() == 1);
  CHECK(works(Affiliations(graph, slice), 1) == Numbers{0, 2});
  slice = Slice();
  slice.works = &some;
  CHECK(members(Affiliations(graph, slice), 1) == Numbers{0, 2});
  CHECK(members(Affiliations(graph, slice), 0).empty());
  const Bitmap none;
  slice.works = &none;
  CHECK(Affiliations(graph, slice).size() == 0);
}

TEST_CASE("the largest size counts members in the incidence, not rows and not what is kept",
          "[graph]") {
  const std::vector<Incidence> rows = {{0, 0, 1}, {0, 0, 2}, {1, 0, 1},
                                       {0, 1, 1}, {1, 1, 1}, {2, 1, 1}};
  const IncidenceGraph graph(rows, 3, 2);
  Slice slice;
  slice.max_members = 2;
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{0});
  Bitmap two;
  two.set(0);
  two.set(1);
  slice.members = &two;
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{0});
  slice.max_members = 3;
  CHECK(works(Affiliations(graph, slice), 0) == Numbers{0, 1});
  CHECK(Affiliations(graph, slice).share(1) == 1.0);
}

TEST_CASE("affiliations follow a dynamic incidence", "[graph]") {
  DynamicIncidence graph(dated());
  graph.replace(2, std::vector<Incidence>{{2, 2, 0, 1, 2}});
  graph.grow(4, 4);
  const Affiliations all{IncidenceView(graph)};
  CHECK(works(all, 0) == Numbers{1, 0});
  CHECK(works(all, 2) == Numbers{1, 2});
  CHECK(all.member_count() == 4);
  CHECK(all.memory_bytes() >= all.size() * 8);
}
