// SPDX-License-Identifier: Apache-2.0
//
// From signals to a score. The weights are src/data/recommendation/*.tsv, made by
// python/train/recommend.py, with the figures of their evaluation at their heads.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "partners/partner_signals.hpp"

namespace koinon::partners {

/// Two steps. The first, a weighted sum of few signals, orders all candidates. The second looks at
/// the best of them: a weighted sum of all signals, and a layer of units max(0, weighted sum), so
/// that signals may mean more or less beside each other. Immutable.
class RecommendModel {
 public:
  static constexpr std::size_t units = 16;

  /// Reads a table (README.md beside it says what its rows are). Unknown signals are left out;
  /// missing ones weigh 0. Throws std::invalid_argument for what is no number.
  explicit RecommendModel(std::string_view table);

  /// Those of the library: for new partners of one, for a gap, and for a gap with topics sought.
  static const RecommendModel& partner();
  static const RecommendModel& gap();
  static const RecommendModel& call();

  /// Weights of the first step.
  float first(Signal signal) const noexcept { return first_[static_cast<std::size_t>(signal)]; }
  float first_score(const SignalValues& values) const noexcept;

  /// The second step. O(signals · units).
  float score(const SignalValues& values) const noexcept;

  /// What the middling candidate has.
  const SignalValues& middle() const noexcept { return middle_; }

  /// The same with one signal fixed at what the middling candidate has: what it is worth.
  RecommendModel without(Signal signal) const;

  /// How much lower the score of each ground would be with the middling candidate's signals in it.
  std::array<float, grounds> contributions(const SignalValues& values) const;

 private:
  using Units = std::array<float, units>;

  SignalValues first_{};
  SignalValues middle_{};
  SignalValues weights_{};
  std::array<Units, signals> unit_weights_{};
  Units unit_constants_{};
  Units unit_outputs_{};
};

}  // namespace koinon::partners
