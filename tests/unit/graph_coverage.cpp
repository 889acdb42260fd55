// SPDX-License-Identifier: Apache-2.0
#include "graph/coverage.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;
using Axes = std::vector<CategoryAxis>;

}  // namespace

TEST_CASE("a table of nothing has no gaps", "[graph]") {
  const CoverageTable table(Axes{{{}, 2}, {{}, 3}});
  CHECK(table.total() == 0);
  CHECK(table.at(1, 2) == 0);
  CHECK(table.gaps().empty());
  CHECK(CoverageTable(Axes{{{}, 0}, {{}, 0}}).gaps().empty());
}

TEST_CASE("cells count what has a category along each axis", "[graph]") {
  const Numbers country = {0, 0, 1, 1, no_category, 0};
  const Numbers theme = {0, 1, 1, 1, 0, no_category};
  const CoverageTable table(Axes{{country, 2}, {theme, 3}});
  CHECK(table.total() == 4);
  CHECK(table.at(0, 0) == 1);
  CHECK(table.at(1, 1) == 2);
  CHECK(table.margin(0, 1) == 2);
  CHECK(table.margin(1, 1) == 3);
  CHECK_THROWS_AS(table.at(2, 0), std::out_of_range);
  CHECK_THROWS_AS(table.at(0, 0, 1), std::out_of_range);
  CHECK_THROWS_AS(table.margin(3, 0), std::out_of_range);
}

TEST_CASE("gaps are the cells where most is missing, not the categories that nothing is in",
          "[graph]") {
  const Numbers country = {0, 0, 0, 0, 1, 1, 2};
  const Numbers theme = {0, 0, 0, 1, 1, 1, 1};
  const CoverageTable table(Axes{{country, 4}, {theme, 2}});
  const auto gaps = table.gaps();
  REQUIRE(gaps.size() == 2);
  CHECK(gaps[0].cell == std::array<std::uint32_t, 3>{1, 0, 0});
  CHECK(gaps[0].count == 0);
  CHECK(gaps[0].expected == Approx(2.0 * 3 / 7));
  CHECK(gaps[1].cell == std::array<std::uint32_t, 3>{2, 0, 0});
  CHECK(table.gaps(2).size() == 4);
  CHECK_THROWS_AS(table.gaps(1, 9, [](std::size_t, std::size_t) { return false; }), Stopped);
}

TEST_CASE("some gaps are the first of all gaps", "[graph]") {
  // On the diagonal alone, so that all else is a gap, many of them as wide as others.
  Numbers both;
  for (std::uint32_t category = 0; category < 90; ++category)
    both.insert(both.end(), 1 + category % 7, category);
  const CoverageTable table(Axes{{both, 90}, {both, 90}});
  const auto all = table.gaps();
  REQUIRE(all.size() == 90 * 89);
  for (const std::size_t most : {0U, 1U, 50U, 1'000U, 8'009U, 10'000U}) {
    const auto some = table.gaps(1, most);
    REQUIRE(some.size() == std::min(most, all.size()));
    for (std::size_t i = 0; i < some.size(); ++i) CHECK(some[i].cell == all[i].cell);
  }
}

TEST_CASE("a third axis divides the cells", "[graph]") {
  const Numbers a = {0, 1, 1}, b = {1, 0, 0}, c = {2, 0, 2};
  const CoverageTable table(Axes{{a, 2}, {b, 2}, {c, 3}});
  CHECK(table.at(0, 1, 2) == 1);
  CHECK(table.at(1, 0, 0) == 1);
  CHECK(table.at(1, 0, 2) == 1);
  CHECK(table.at(1, 0, 1) == 0);
  CHECK(table.gaps().size() == 5);
}

TEST_CASE("axes that do not fit are refused", "[graph]") {
  const Numbers two = {0, 1}, three = {0, 0, 0};
  CHECK_THROWS_AS(CoverageTable(Axes{{two, 2}}), std::invalid_argument);
  CHECK_THROWS_AS(CoverageTable(Axes(4, {two, 2})), std::invalid_argument);
  CHECK_THROWS_AS(CoverageTable(Axes{{two, 2}, {three, 1}}), std::invalid_argument);
  CHECK_THROWS_WITH(CoverageTable(Axes{{two, 2}, {two, 1}}), "observation 1: category 1 of 1");
  CHECK_THROWS_AS(CoverageTable(Axes{{two, 1U << 15}, {two, 1U << 15}}), std::invalid_argument);
}
