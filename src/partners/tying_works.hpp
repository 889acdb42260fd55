// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"

namespace koinon::partners {

/// The works that make ties and the members that have any: what every question walks over, kept
/// close together. Both have numbers of their own without gaps: ties by work, the tied with the
/// busiest first, so that what is come upon most often lies together. Immutable: any number of
/// threads may read it.
class TyingWorks {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  struct Tie {
    float steady = 0;
    float recent = 0;
    float norm = 0;   // steady / (members - 1)
    float share = 0;  // 1 / members
  };
  struct Tied {
    std::uint32_t member = 0;
    std::uint32_t begin = 0;  // of its row; that of the next ends it
    float per_work = 1;       // 1 / (Activity::steady + 1)
    float per_place = 1;      // 1 / (Activity::places + 1)
  };

  TyingWorks() = default;

  /// Those of `tying`, by work, which have two members and more; `steady` and `recent` are by work
  /// too. O(pairs + works + members · log members). Throws std::bad_alloc.
  TyingWorks(const graph::Affiliations& all, std::span<const std::uint8_t> tying,
             std::span<const float> steady, std::span<const float> recent);
  /// What the members' activity is, once it is known.
  void set_activity(std::uint32_t member, float steady, float places);

  std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(works_.size()); }
  std::uint32_t tied_count() const noexcept { return static_cast<std::uint32_t>(tied_.size() - 1); }

  /// The number of a member among the tied, or none; and the other way.
  std::uint32_t number(std::uint32_t member) const noexcept { return numbers_[member]; }
  const Tied& tied(std::uint32_t number) const noexcept { return tied_[number]; }
  /// The work that a tie is.
  std::uint32_t work(std::uint32_t tie) const noexcept { return works_[tie]; }
  const Tie& tie(std::uint32_t tie) const noexcept { return weights_[tie]; }
  std::span<const Tie> ties() const noexcept { return weights_; }

  /// The ties of a tied one in the order of its works, by start; and the tied of a tie by number.
  std::span<const std::uint32_t> ties_of(std::uint32_t number) const noexcept {
    return {ties_.data() + tied_[number].begin,
            ties_.data() + tied_[std::size_t{number} + 1].begin};
  }
  std::span<const std::uint32_t> in(std::uint32_t tie) const noexcept {
    return {members_.data() + offsets_[tie], members_.data() + offsets_[std::size_t{tie} + 1]};
  }

 private:
  void number_members(const graph::Affiliations& all, std::span<const std::uint8_t> tying);

  std::vector<std::uint32_t> numbers_;  // by member
  std::vector<Tied> tied_{Tied{}};      // and one more
  std::vector<std::uint32_t> ties_;
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint32_t> members_;  // as tied
  std::vector<Tie> weights_;
  std::vector<std::uint32_t> works_;
};

}  // namespace koinon::partners
