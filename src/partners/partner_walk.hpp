// SPDX-License-Identifier: Apache-2.0
//
// How candidates are reached from who is asked for: by works with them, through their partners,
// and by one step more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/sparse_set.hpp"
#include "partners/lanes.hpp"
#include "partners/past_work.hpp"

namespace koinon::partners {

/// The sums behind the signals of ties and bridges; Signal says what they are. What orders all
/// candidates is summed up for everyone that is reached, the rest for whom it is asked of: most are
/// never asked about. One question at a time. Keeps its working memory between them, 28 bytes per
/// tied member, 4 per any, and 56 per tie, and clears what it touched, but for 28 per tie. One per
/// thread.
///
/// Members are the numbers of the tied (TyingWorks), but for who is asked for.
class PartnerWalk {
 public:
  /// What a partner of the asked has in common with them.
  struct Shared {
    float direct = 0;
    float recent = 0;
    float triples = 0;
    float overlap = 0;
    float norm = 0;
    float acquainted = 0;
  };
  /// What comes by bridges, together, so that one addition does for all.
  enum Part : int { Steady, Norm, Square, Places };
  using Bridged = Lanes;
  /// What else does.
  struct Beyond {
    float recent = 0;
    float dense = 0;
    float third = 0;
    float common = 0;
  };
  struct Weight {
    float steady = 0;
    float recent = 0;
  };

  /// Takes a question up. Those of `asked` that are not below past.member_count() are not known and
  /// count for nothing. `past` must live until the next. `acquainted`: whether Shared::acquainted
  /// is wanted. O(ties + sum of the rows of the works of the asked, their partners, these partners'
  /// works and those works' members).
  void begin(const PastWork& past, std::span<const std::uint32_t> asked, bool acquainted);

  /// Who is asked for and known.
  std::span<const std::uint32_t> asked() const noexcept { return asked_.members(); }
  bool is_asked(std::uint32_t member) const noexcept {
    return asked_.find(member) < asked_.members().size();
  }

  /// The partners of the asked; where one stands among them, or their count.
  std::span<const std::uint32_t> bridges() const noexcept { return bridges_.members(); }
  std::size_t bridge(std::uint32_t tied) const noexcept { return bridges_.find(tied); }
  bool is_bridge(std::uint32_t tied) const noexcept { return bridge(tied) < shared_.size(); }
  const Shared& shared(std::size_t bridge) const noexcept { return shared_[bridge]; }
  /// u of a bridge.
  const Weight& weight(std::size_t bridge) const noexcept { return weights_[bridge]; }

  /// Those that bridges lead to, bridges among them, by number; and what leads there.
  std::span<const std::uint32_t> reached() const noexcept {
    return {reached_.data(), reached_count_};
  }
  const Bridged& bridged(std::uint32_t tied) const noexcept { return bridged_[tied]; }
  /// O(its ties and, from the 65th on, the bridges in them).
  Beyond beyond(std::uint32_t tied);

  /// Whether a tie is a work of the asked.
  bool is_own(std::uint32_t tie) const noexcept { return own_.find(tie) < own_.members().size(); }
  /// Calls `take` with each bridge in a tie that is none of theirs.
  template <class Take>
  void each_bridge_in(std::uint32_t tie, Take&& take) const {
    for (std::uint32_t at = spreads_[tie].last; at != none; at = links_[at].before)
      take(links_[at].bridge);
  }

 private:
  static constexpr std::uint32_t none = TyingWorks::none;
  static constexpr std::uint32_t marked = 64;  // so many bridges have a bit of their own
  // Of a tie: what its bridges bring, which of the first they are, and the last in links_.
  struct Spread {
    float steady = 0;
    float recent = 0;
    float bridges = 0;
    std::uint32_t last = none;
    std::uint64_t marks = 0;
  };
  struct Link {
    std::uint32_t bridge = 0;
    std::uint32_t before = 0;
  };
  // Of a tie: what it gives to each of its members.
  struct Step {
    float recent = 0;
    float dense = 0;
    float third = 0;
    std::uint64_t marks = 0;
  };

  void forget();
  void take_own();
  void find_bridges();
  void meet(bool acquainted);
  void leave_bridges();
  void arrive();
  void find_reached();
  void walk_on();
  void share_out(std::uint32_t tied, float share);
  std::uint32_t common_beyond_marks(std::uint32_t tied, std::size_t self);

  const PastWork* past_ = nullptr;
  const TyingWorks* ties_ = nullptr;
  graph::SparseSet asked_;
  graph::SparseSet own_;
  std::vector<float> own_counts_;  // beside them: how many of the asked
  graph::SparseSet bridges_;
  std::vector<std::uint32_t> order_;  // of them
  std::vector<Shared> shared_;
  std::vector<Weight> weights_;
  graph::SparseSet met_;
  std::vector<Spread> spreads_;     // by tie
  std::vector<std::uint32_t> far_;  // the ties with a spread
  std::vector<Link> links_;
  std::vector<Bridged> bridged_;  // by tied
  std::vector<std::uint32_t> reached_;
  std::size_t reached_count_ = 0;
  std::vector<float> third_shares_;  // by tie
  std::vector<Step> steps_;          // by tie
  // By bridge: the count that it was met in last, of those beyond marks.
  std::vector<std::uint32_t> met_in_;
  std::uint32_t counts_ = 0;
};

}  // namespace koinon::partners
