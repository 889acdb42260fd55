// SPDX-License-Identifier: Apache-2.0
#include "graph/survival.hpp"

#include <cmath>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Waits = std::vector<Wait>;

}  // namespace

TEST_CASE("without times there is no curve and no median", "[graph]") {
  CHECK(kaplan_meier({}).empty());
  CHECK_FALSE(median_survival({}).has_value());
}

TEST_CASE("weeks of remission under 6-MP, as in every textbook", "[graph]") {
  // E. J. Freireich and others, Blood 21, 1963: 21 patients, 9 relapses.
  const Waits waits = {{6, true},   {6, true},   {6, true},   {6, false}, {7, true},   {9, false},
                       {10, true},  {10, false}, {11, false}, {13, true}, {16, true},  {17, false},
                       {19, false}, {20, false}, {22, true},  {23, true}, {25, false}, {32, false},
                       {32, false}, {34, false}, {35, false}};
  const auto steps = kaplan_meier(waits);
  struct Known {
    std::uint32_t weeks;
    std::uint64_t at_risk;
    double survival, error, lower, upper;
  };
  const std::vector<Known> known = {
      {6, 21, 0.8571, 0.0764, 0.6197, 0.9516},  {7, 17, 0.8067, 0.0869, 0.5631, 0.9228},
      {10, 15, 0.7529, 0.0963, 0.5032, 0.8894}, {13, 12, 0.6902, 0.1068, 0.4316, 0.8491},
      {16, 11, 0.6275, 0.1141, 0.3675, 0.8049}, {22, 7, 0.5378, 0.1282, 0.2678, 0.7468},
      {23, 6, 0.4482, 0.1346, 0.1881, 0.6801}};
  std::size_t next = 0;
  for (const SurvivalStep& step : steps) {
    if (step.ended == 0) continue;
    REQUIRE(next < known.size());
    CHECK(step.days == known[next].weeks);
    CHECK(step.at_risk == known[next].at_risk);
    CHECK(std::fabs(step.survival - known[next].survival) < 5e-5);
    CHECK(std::fabs(std::sqrt(step.variance) - known[next].error) < 5e-5);
    CHECK(std::fabs(step.lower - known[next].lower) < 5e-5);
    CHECK(std::fabs(step.upper - known[next].upper) < 5e-5);
    ++next;
  }
  CHECK(next == known.size());
  CHECK(steps.size() == 16);
  CHECK(median_survival(steps) == 23);
}

TEST_CASE("where nothing has ended, all survive for certain", "[graph]") {
  const Waits waits = {{5, false}, {0, false}};
  const auto steps = kaplan_meier(waits);
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].days == 0);
  CHECK(steps[0].at_risk == 2);
  CHECK(steps[1].censored == 1);
  CHECK(steps[1].survival == 1);
  CHECK(steps[1].variance == 0);
  CHECK(steps[1].lower == 1);
  CHECK(steps[1].upper == 1);
  CHECK_FALSE(median_survival(steps).has_value());
}

TEST_CASE("once the last has ended, nothing is left and no interval is defined", "[graph]") {
  const Waits waits = {{3, true}, {8, true}, {8, true}};
  const auto steps = kaplan_meier(waits);
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].survival == Approx(2.0 / 3));
  CHECK(steps[1].survival == 0);
  CHECK(std::isnan(steps[1].variance));
  CHECK(std::isnan(steps[1].lower));
  CHECK(std::isnan(steps[1].upper));
  CHECK(median_survival(steps) == 8);
}

TEST_CASE("who is censored on a day was at risk on it", "[graph]") {
  const Waits waits = {{4, false}, {4, true}};
  const auto steps = kaplan_meier(waits);
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].at_risk == 2);
  CHECK(steps[0].ended == 1);
  CHECK(steps[0].censored == 1);
  CHECK(steps[0].survival == 0.5);
}

TEST_CASE("the median is found where the product is a half but for rounding", "[graph]") {
  // 5/6 · 4/5 · 3/4 = 1/2.
  const Waits waits = {{1, true}, {2, true}, {3, true}, {9, false}, {9, false}, {9, false}};
  CHECK(median_survival(kaplan_meier(waits)) == 3);
}
