// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/bitmap.hpp"
#include "partners/partner_signals.hpp"
#include "partners/recommend_model.hpp"

namespace koinon::partners {

struct RankedCandidate {
  std::uint32_t member = 0;
  float score = 0;
};

/// By falling score, equals by number.
inline bool better(const RankedCandidate& a, const RankedCandidate& b) noexcept {
  return a.score != b.score ? a.score > b.score : a.member < b.member;
}

/// The first step of a model, for all candidates at once: a few passes over arrays by member, and
/// what leads to those who are reached. One per thread: it keeps its working memory.
class FirstStep {
 public:
  /// Scores everyone for the question that `finder` has taken up: RecommendModel::first_score() but
  /// for rounding, and Asked::gains. O(members + reached).
  void score(const PastWork& past, const Asked& asked, const SignalFinder& finder,
             const RecommendModel& model);

  /// The best `count` of those `allowed`, all where there are fewer, in no order. Who is asked for
  /// is no candidate, nor, but for a gap, who has worked with them. O(members + count).
  std::vector<RankedCandidate>& best(const graph::Bitmap& allowed, std::size_t count);

  /// All who are candidates, by number. O(members).
  std::vector<std::uint32_t> candidates(const graph::Bitmap& allowed) const;

 private:
  struct Parts {
    float unreached = 0;  // of whom no bridge leads to
    float likeness = 0;
    float activity = 0;
    float topic_length = 0;
  };

  void prepare(const PastWork& past, const RecommendModel& model);
  void weigh_origins(const PastWork& past, const Asked& asked, const SignalFinder& finder,
                     const RecommendModel& model);
  void add_all(const PastWork& past, std::span<const float> activity, const Parts& parts);
  void add_reached(const PastWork& past, const SignalFinder& finder, const RecommendModel& model,
                   const Parts& parts);
  void add_ties(const PastWork& past, const SignalFinder& finder, const RecommendModel& model,
                const Parts& parts);
  float guess_least(const graph::Bitmap& allowed, std::size_t count);
  void take_from(float least, const graph::Bitmap& allowed);

  std::uint64_t base_of_ = 0;  // PastWork::number()
  std::array<float, own_signals> base_weights_{};
  std::vector<float> base_;     // by member: of own signals, the same for every question
  std::vector<float> origins_;  // by origin
  std::vector<float> scores_;   // by member; lowest for who is no candidate
  std::vector<float> some_;
  std::vector<std::uint32_t> above_;
  std::vector<RankedCandidate> best_;
};

}  // namespace koinon::partners
