// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "graph/incidence.hpp"
#include "graph/sparse_set.hpp"

namespace koinon::graph {

struct PushOptions {
  double damping = 0.85;
  /// No score is off by more than epsilon times the member's sum of strengths
  /// (Affiliations::strength_of).
  double epsilon = 1e-6;
};

struct PushScore {
  std::uint32_t member = 0;
  double score = 0;
};

struct PushResult {
  std::span<const PushScore> scores;  // those above 0, each member once, in no order of meaning;
                                      // good until the next query
  double error_bound = 0;  // the sum over members of |score - true score| is at most this
};

/// Throws std::invalid_argument.
inline void check_damping(double damping) {
  if (!(damping >= 0 && damping < 1)) throw std::invalid_argument("damping is not in [0, 1)");
}

/// The push itself, whatever the network is read from. A `Walk` numbers the members that have ties
/// from 0 up to size(), and the works from 0 up to works(); it has, by number, works_of() with each
/// work that makes ties once, members_of(), share(), strength() and kept(), all as WalkSystem has
/// them. Its lists stay where they are until the next query. `knows_strengths` says that these cost
/// a load and no look at the network.
///
/// Its memory (20 bytes per member and 8 per work) is kept between queries; a query clears only
/// what it touched.
template <class Walk>
class ForwardPush {
 public:
  /// Begins anew with nothing to push.
  void reset(const Walk& walk, double epsilon) {
    grow_to(residual_, walk.size());
    grow_to(score_, walk.size());
    grow_to(carried_, walk.works());
    touched_.reset(static_cast<std::uint32_t>(walk.size()));
    due_.clear();
    epsilon_ = epsilon;
  }

  /// Adds to the residual of a member, and puts it on the list when that reaches its limit.
  void give(Walk& walk, std::uint32_t member, double mass) {
    double& residual = residual_[member];
    const double before = residual;
    const double after = before + mass;
    residual = after;
    if (before == 0) touched_.insert(member);
    if constexpr (!Walk::knows_strengths) {
      if (after < epsilon_) return;  // as strengths are 1 and more
    }
    const double limit = epsilon_ * walk.strength(member);
    if (before < limit && after >= limit) due_.push_back(member);
  }

  /// The members whose residual has reached its limit.
  std::span<const std::uint32_t> due() const noexcept { return due_; }

  /// All that are due push at once. A work gives back to each member what the others have carried
  /// in, which is what all have less its own.
  void push(Walk& walk, double damping) {
    pushed_.clear();
    works_.clear();
    for (const std::uint32_t member : due_) {
      const double strength = walk.strength(member);
      if (residual_[member] < epsilon_ * strength) continue;
      score_[member] += (1 - damping) * residual_[member];
      const double part = damping * residual_[member] / strength;
      residual_[member] = 0;
      pushed_.push_back({member, part * walk.kept(member)});
      for (const std::uint32_t work : walk.works_of(member)) {
        if (carried_[work] == 0) works_.push_back(work);
        carried_[work] += part;
      }
    }
    due_.clear();
    for (const std::uint32_t work : works_) {
      const double mass = carried_[work] * walk.share(work);
      carried_[work] = 0;
      for (const std::uint32_t member : walk.members_of(work)) give(walk, member, mass);
    }
    for (const auto& [member, own] : pushed_) {
      residual_[member] = std::max(residual_[member] - own, 0.0);
    }
  }

  /// By number; the members that are not 0 in both are among touched().
  std::vector<double>& residual() noexcept { return residual_; }
  std::vector<double>& score() noexcept { return score_; }
  SparseSet& touched() noexcept { return touched_; }

 private:
  struct Pushed {
    std::uint32_t member = 0;
    double own = 0;  // what comes back to it
  };

  std::vector<double> residual_;
  std::vector<double> score_;
  std::vector<double> carried_;  // by work
  SparseSet touched_;
  std::vector<std::uint32_t> due_;
  std::vector<Pushed> pushed_;
  std::vector<std::uint32_t> works_;
  double epsilon_ = 0;
};

/// What is the same for all walks: seeds without ties. What they hold is drawn anew, which scales
/// all, errors too.
class PushSeeds {
 public:
  /// `has_ties(seed)` is asked for each. Throws std::invalid_argument without seeds or unless 0 <=
  /// damping < 1 and epsilon > 0; std::out_of_range if there is no such member.
  template <class HasTies>
  PushSeeds(std::span<const std::uint32_t> seeds, std::uint32_t members, const PushOptions& options,
            HasTies has_ties) {
    check_damping(options.damping);
    if (!(options.epsilon > 0)) throw std::invalid_argument("epsilon is not above 0");
    if (seeds.empty()) throw std::invalid_argument("no one to be near to was named");
    for (const std::uint32_t seed : seeds) {
      if (seed >= members) throw_no_vertex("member", seed, members);
    }
    for (const std::uint32_t seed : seeds) (has_ties(seed) ? linked_ : ends_).push_back(seed);
    mass_ = 1 / static_cast<double>(seeds.size());
    scale_ = 1 / (1 - options.damping * static_cast<double>(ends_.size()) * mass_);
    end_score_ = (1 - options.damping) * mass_ * scale_;
    std::sort(ends_.begin(), ends_.end());
  }

  /// The seeds with ties, what each holds at first, and what all scores and errors are to be scaled
  /// by.
  std::span<const std::uint32_t> linked() const noexcept { return linked_; }
  double mass() const noexcept { return mass_; }
  double scale() const noexcept { return scale_; }

  /// Adds the seeds without ties, once each.
  void give_ends(std::vector<PushScore>& scores) const {
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      if (i == 0 || ends_[i] != ends_[i - 1]) scores.push_back({ends_[i], 0});
      scores.back().score += end_score_;
    }
  }

 private:
  std::vector<std::uint32_t> linked_;
  std::vector<std::uint32_t> ends_;
  double mass_ = 0;
  double scale_ = 1;
  double end_score_ = 0;
};

}  // namespace koinon::graph
