// SPDX-License-Identifier: Apache-2.0
#include "graph/survival.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace koinon::graph {

namespace {

constexpr double normal_quantile = 1.959963984540054;  // 0.975

void estimate(SurvivalStep& step, double survival, double greenwood) {
  step.survival = survival;
  if (survival <= 0) {
    step.variance = step.lower = step.upper = std::numeric_limits<double>::quiet_NaN();
    return;
  }
  step.variance = survival * survival * greenwood;
  step.lower = step.upper = survival;
  if (greenwood <= 0) return;
  const double width = normal_quantile * std::sqrt(greenwood) / -std::log(survival);
  step.lower = std::pow(survival, std::exp(width));
  step.upper = std::pow(survival, std::exp(-width));
}

}  // namespace

std::vector<SurvivalStep> kaplan_meier(std::span<const Wait> waits) {
  std::vector<Wait> sorted(waits.begin(), waits.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Wait& a, const Wait& b) { return a.days < b.days; });
  std::vector<SurvivalStep> steps;
  double survival = 1;
  double greenwood = 0;
  for (std::size_t at = 0; at < sorted.size();) {
    SurvivalStep step;
    step.days = sorted[at].days;
    step.at_risk = sorted.size() - at;
    for (; at < sorted.size() && sorted[at].days == step.days; ++at)
      ++(sorted[at].ended ? step.ended : step.censored);
    const auto n = static_cast<double>(step.at_risk);
    const auto d = static_cast<double>(step.ended);
    if (step.ended > 0) {
      survival = step.ended == step.at_risk ? 0 : survival * (1 - d / n);
      greenwood += d / (n * (n - d));
    }
    estimate(step, survival, greenwood);
    steps.push_back(step);
  }
  return steps;
}

std::optional<std::uint32_t> median_survival(std::span<const SurvivalStep> steps) {
  constexpr double rounding = 1e-12;  // of a product that should be just 0.5
  for (const SurvivalStep& step : steps) {
    if (step.survival <= 0.5 + rounding) return step.days;
  }
  return std::nullopt;
}

}  // namespace koinon::graph
