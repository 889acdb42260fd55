// SPDX-License-Identifier: Apache-2.0
#include "graph/structural_holes.hpp"

#include <cmath>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;

StructuralHoles holes_of(const std::vector<Incidence>& rows, std::uint32_t members,
                         std::uint32_t works) {
  const IncidenceGraph incidence(rows, members, works);
  return structural_holes(Affiliations(incidence));
}

}  // namespace

TEST_CASE("constraint and effective size of a member without ties are undefined", "[graph]") {
  CHECK(holes_of({}, 0, 0).constraint.empty());
  const auto found = holes_of({{0, 0}}, 2, 1);
  for (const std::uint32_t member : {0, 1}) {
    CHECK(std::isnan(found.constraint[member]));
    CHECK(std::isnan(found.effective_size[member]));
  }
}

TEST_CASE("a pair is bound to each other, the middle of a star to nobody", "[graph]") {
  const auto pair = holes_of({{0, 0}, {1, 0}}, 2, 1);
  CHECK(pair.constraint[0] == 1);
  CHECK(pair.effective_size[0] == 1);
  const auto star =
      holes_of({{0, 0}, {1, 0}, {0, 1}, {2, 1}, {0, 2}, {3, 2}, {0, 3}, {4, 3}}, 5, 4);
  CHECK(star.constraint[0] == Approx(0.25));
  CHECK(star.effective_size[0] == Approx(4));
  CHECK(star.constraint[1] == Approx(1));
}

TEST_CASE("in a triangle of one work everyone is as much bound", "[graph]") {
  const auto found = holes_of({{0, 0}, {1, 0}, {2, 0}}, 3, 1);
  for (const std::uint32_t member : {0, 1, 2}) {
    CHECK(found.constraint[member] == Approx(2 * 0.75 * 0.75));
    CHECK(found.effective_size[member] == Approx(1));
  }
}

TEST_CASE("measuring structural holes can be stopped", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0}, {1, 0}};
  const IncidenceGraph incidence(rows, 2, 1);
  CHECK_THROWS_AS(
      structural_holes(Affiliations(incidence), [](std::size_t, std::size_t) { return false; }),
      Stopped);
}
