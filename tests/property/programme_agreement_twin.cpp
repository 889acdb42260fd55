// SPDX-License-Identifier: Apache-2.0
//
// Krippendorff's alpha against its definition, pair by pair.
#include <cmath>
#include <random>
#include <vector>

#include "catch.hpp"
#include "programme/agreement.hpp"

using namespace koinon::programme;

namespace {

// Grades between two, the two counted half.
double distance(int one, int other, const std::vector<int>& all) {
  const int low = std::min(one, other);
  const int high = std::max(one, other);
  if (low == high) return 0;
  double between = 0;
  for (const int grade : all) {
    if (grade == low || grade == high) between += 0.5;
    if (grade > low && grade < high) between += 1;
  }
  return between * between;
}

std::optional<double> by_pairs(const std::vector<std::vector<int>>& units) {
  std::vector<int> all;
  for (const auto& unit : units) {
    if (unit.size() > 1) all.insert(all.end(), unit.begin(), unit.end());
  }
  double observed = 0;
  for (const auto& unit : units) {
    for (std::size_t i = 0; i < unit.size(); ++i) {
      for (std::size_t j = 0; j < unit.size(); ++j) {
        if (i != j)
          observed += distance(unit[i], unit[j], all) / static_cast<double>(unit.size() - 1);
      }
    }
  }
  double expected = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i != j) expected += distance(all[i], all[j], all);
    }
  }
  if (all.empty() || expected == 0) return std::nullopt;
  const auto n = static_cast<double>(all.size());
  return 1 - (observed / n) / (expected / (n * (n - 1)));
}

}  // namespace

TEST_CASE("alpha is what its definition says, pair by pair") {
  std::mt19937 random(1970);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::vector<int>> units(std::uniform_int_distribution<std::size_t>(0, 8)(random));
    for (auto& unit : units) {
      unit.resize(std::uniform_int_distribution<std::size_t>(0, 5)(random));
      for (int& grade : unit) grade = std::uniform_int_distribution<int>(1, 5)(random);
    }
    const auto fast = ordinal_alpha(units);
    const auto slow = by_pairs(units);
    REQUIRE(fast.alpha.has_value() == slow.has_value());
    if (slow) REQUIRE(std::abs(*fast.alpha - *slow) < 1e-9);
  }
}
