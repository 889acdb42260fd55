// SPDX-License-Identifier: Apache-2.0
//
// Ranks candidates and tells what can be checked of each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/bitmap.hpp"
#include "partners/first_step.hpp"
#include "partners/partner_signals.hpp"
#include "partners/recommend_model.hpp"

namespace koinon::partners {

/// What a person can look up of a candidate.
struct CandidateFacts {
  std::uint32_t shared = 0;  // works with any of the asked
  /// The latest of them, each with one of the asked that is in it.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> shared_works;
  std::uint32_t bridges = 0;                // partners of the asked that it has worked with
  std::vector<std::uint32_t> best_bridges;  // those with most works on both sides
  std::vector<std::uint32_t> topics;        // in common, the weightiest first
  bool country_known = false;               // of it and of any of the asked
  bool kind_known = false;
  float country_lift = 0;  // means of ln
  float kind_lift = 0;
  std::uint32_t works = 0;  // with others
  std::uint32_t led = 0;
};

/// One per thread: it keeps its working memory.
class Recommender {
 public:
  /// So many of all are looked at by the second step of the model.
  static constexpr std::size_t looked_at = 512;

  /// The best `wanted` of those `allowed`, who are asked for left out, by falling score; all where
  /// there are fewer. A score is the model's and what Asked::gains has. Equals by number. Spans and
  /// references live until the next call, and so must `past` and `allowed`. O(as
  /// SignalFinder::begin() + members + values of those looked at).
  std::span<const RankedCandidate> rank(const PastWork& past, const Asked& asked,
                                        const graph::Bitmap& allowed, std::size_t wanted);
  /// The same by weights of one's own.
  std::span<const RankedCandidate> rank(const PastWork& past, const Asked& asked,
                                        const graph::Bitmap& allowed, std::size_t wanted,
                                        const RecommendModel& model);

  /// All who were ranked, by number. O(members).
  std::vector<std::uint32_t> candidates() const { return candidates(*allowed_); }
  /// All who would have been, had these been allowed. O(members).
  std::vector<std::uint32_t> candidates(const graph::Bitmap& others) const {
    return first_.candidates(others);
  }

  /// Of the question last asked. By Ground: see RecommendModel::contributions(); gains are not in.
  std::array<float, grounds> contributions(std::uint32_t member);
  /// What Asked::gains gave a member; 0 for most. O(log of them).
  float gain(std::uint32_t member) const;
  /// At most `limit` works, bridges and topics each. O(ties of the candidate and bridges in them).
  CandidateFacts facts(std::uint32_t member, std::size_t limit);
  SignalFinder& finder() noexcept { return finder_; }

 private:
  struct WeighedNumber {
    float weight = 0;
    std::uint32_t number = 0;
  };
  static bool heavier(const WeighedNumber& a, const WeighedNumber& b) noexcept;

  void reorder_head(std::size_t wanted);
  void tell_works(std::uint32_t member, std::size_t limit, CandidateFacts& facts);
  void tell_topics(std::uint32_t member, CandidateFacts& facts);

  SignalFinder finder_;
  FirstStep first_;
  Asked asked_;
  const PastWork* past_ = nullptr;
  const RecommendModel* model_ = nullptr;
  const graph::Bitmap* allowed_ = nullptr;
  std::vector<RankedCandidate> ranked_;
  graph::SparseSet met_;                // bridges
  std::vector<WeighedNumber> weighed_;  // beside them, and topics
};

}  // namespace koinon::partners
