// SPDX-License-Identifier: Apache-2.0
//
// How long something takes to happen, where for some it has not happened yet.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace koinon::graph {

/// A time that ended with the event, or was still going on when it was last looked at (censored on
/// the right).
struct Wait {
  std::uint32_t days = 0;
  bool ended = false;
};

/// The estimate from the end of a day on.
struct SurvivalStep {
  std::uint32_t days = 0;
  std::uint64_t at_risk = 0;   // times of so many days or more
  std::uint64_t ended = 0;     // on the day
  std::uint64_t censored = 0;  // on the day, after those that ended
  double survival = 1;
  double variance = 0;
  double lower = 1;
  double upper = 1;
};

/// The product-limit estimator of E. L. Kaplan and P. Meier (Journal of the American Statistical
/// Association 53, 1958), with a step for each day on which any time ended or was censored. With n
/// at risk and d ended on a day,
///
///   S(t) = product over days up to t of (1 - d / n)
///   variance = S(t)² G(t), G(t) = sum over days up to t of d / (n (n - d))   (M. Greenwood, 1926)
///
/// and the 95 % interval S(t)^exp(±1.96 √G(t) / ln S(t)), on the scale of log(-log S), which stays
/// between 0 and 1 (J. D. Kalbfleisch and R. L. Prentice, 1980). While nothing has ended it is 1 to
/// 1; once S is 0 variance, lower and upper are NaN. Empty for no times. O(n log n).
std::vector<SurvivalStep> kaplan_meier(std::span<const Wait> waits);

/// The first day on which the estimate is 0.5 or less, up to rounding; nothing where it stays
/// above. O(steps).
std::optional<std::uint32_t> median_survival(std::span<const SurvivalStep> steps);

}  // namespace koinon::graph
