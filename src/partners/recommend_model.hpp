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

#include "partners/lanes.hpp"
#include "partners/partner_signals.hpp"

namespace koinon::partners {

/// Two steps. The first, a weighted sum of those signals that cost little (in_first_step()), orders
/// all candidates. The second looks at
/// the best of them: a weighted sum of all signals, and a layer of units max(0, weighted sum), so
/// that signals may mean more or less beside each other. Immutable.
class RecommendModel {
 public:
  static constexpr std::size_t units = 16;

  /// Reads a table (README.md beside it says what its rows are). Unknown signals are left out, and
  /// so is what the first step would take of those that it does not see; missing ones weigh 0.
  /// Throws std::invalid_argument for what is no number.
  explicit RecommendModel(std::string_view table);

  /// Those of the library: for new partners of one, for a gap, and for a gap with topics sought.
  static const RecommendModel& partner();
  static const RecommendModel& gap();
  static const RecommendModel& call();

  /// Whether the first step sees a signal. O(1).
  static bool in_first_step(Signal signal) noexcept;
  /// Weights of the first step.
  float first(Signal signal) const noexcept { return first_[static_cast<std::size_t>(signal)]; }
  float first_score(const SignalValues& values) const noexcept;

  /// The second step. O(signals · units), of signals that weigh anything.
  float score(const SignalValues& values) const noexcept;

  /// What the middling candidate has.
  const SignalValues& middle() const noexcept { return middle_; }

  /// The same with one signal fixed at what the middling candidate has: what it is worth.
  RecommendModel without(Signal signal) const;

  /// How much lower the score of each ground would be with the middling candidate's signals in it.
  std::array<float, grounds> contributions(const SignalValues& values) const;

 private:
  using Units = std::array<Lanes, units / 4>;

  // What a signal weighs in the second step.
  struct Row {
    std::size_t signal = 0;
    float weight = 0;
    Units units{};
  };
  // What rows sum up to.
  struct Sums {
    float score = 0;
    Units units{};

    void add(const Row& row, float value) noexcept {
      score += row.weight * value;
      for (std::size_t i = 0; i < units.size(); ++i) units[i] += row.units[i] * value;
    }
  };

  Sums sums(const SignalValues& values) const noexcept;
  float score(const Sums& sums) const noexcept;

  SignalValues first_{};
  SignalValues middle_{};
  std::vector<Row> rows_;  // of signals that weigh anything
  Units unit_constants_{};
  Units unit_outputs_{};
};

}  // namespace koinon::partners
