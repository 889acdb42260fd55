// SPDX-License-Identifier: Apache-2.0
//
// From a comparison to a probability, with reasons.
//
// The weights are src/data/organisations/match-weights.tsv, made by
// python/train/organisation_match.py, with the figures of its evaluation at its head. Threads:
// immutable after the first call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "partners/comparison.hpp"

namespace koinon::partners {

/// One ground for or against two organisations being the same.
struct MatchReason {
  std::string code;         // feature_code()
  double contribution = 0;  // to the logarithm of the odds; above 0 speaks for the same
  float value = 0;          // of the feature
  std::string left, right;  // what was compared, as written where it can be told; may be empty
};

/// Logistic regression with Platt's calibration: probability = 1 / (1 + exp(-x)), x being
/// calibration-shift + calibration-slope * (bias + sum of weight * value). What is told here of
/// odds and contributions is calibrated.
class MatchModel {
 public:
  /// Reads a table: lines of a feature's code and its weight (format: README.md beside it). Unknown
  /// codes are left out, missing ones weigh 0; "bias" is the constant. Without the two rows of the
  /// calibration nothing is calibrated. Throws std::invalid_argument for a weight that is no
  /// number, and for a slope that is not above 0.
  explicit MatchModel(std::string_view table);

  /// That of the library.
  static const MatchModel& current();

  /// Logarithm of the odds of the two being the same. Without names in both, and without an
  /// identifier in common, nothing speaks for it. O(features).
  double log_odds(const Comparison& compared) const;

  /// 0 to 1; see log_odds().
  double probability(const Comparison& compared) const;

  /// Logarithm of the odds before anything is said for or against. O(1).
  double start() const { return bias_; }

  /// The probability of a comparison that gave `probability`, were its identifiers not different.
  /// O(1).
  double without_difference(double probability) const;

  /// What moved the odds, the strongest first, equals by code; what contributes nothing is left
  /// out. They and the bias add up to log_odds(). `left` and `right` are what was compared.
  std::vector<MatchReason> reasons(const Comparison& compared, const Population& population,
                                   std::uint32_t left, std::uint32_t right) const;

 private:
  double bias_ = 0;
  std::array<double, features> weights_{};
};

}  // namespace koinon::partners
