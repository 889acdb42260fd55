// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "partners/consortium/model.hpp"

namespace koinon::partners::consortium {

/// A team under way, with what each rule still lacks. Members come and go; going is in any order.
class Team {
 public:
  explicit Team(const Model& model);

  /// O(ties of v + rules).
  void add(std::uint32_t v);
  void remove(std::uint32_t v);

  /// As add() and remove(), but ties and value stay as they are: to ask what would lack. O(rules).
  void add_counts(std::uint32_t v);
  void remove_counts(std::uint32_t v);

  std::uint32_t size() const { return static_cast<std::uint32_t>(members_.size()); }
  const std::vector<std::uint32_t>& members() const { return members_; }
  bool has(std::uint32_t v) const { return in_[v]; }
  double value() const { return value_; }
  /// Sum of the ties of v to members.
  double tied(std::uint32_t v) const { return tied_[v]; }
  /// Demands not yet met, by number, and bits of the first 64 of them.
  const std::vector<std::int32_t>& lacking() const { return lacking_; }
  std::uint64_t lacking_bits() const { return lacking_bits_; }
  const std::vector<std::int32_t>& room() const { return room_; }
  const std::vector<std::int32_t>& countries_lacking() const { return countries_lacking_; }
  /// Whether v is from a country that counts for a reach and that no member is from.
  bool brings_country(std::uint32_t v, std::size_t reach) const {
    const std::uint32_t p = model_.reaches[reach].place[v];
    return p != nobody && in_place_[reach][p] == 0;
  }
  const std::vector<std::int64_t>& sums() const { return sums_; }

  /// Whether v, who is not in, could come without a limit being passed for good.
  bool admits(std::uint32_t v) const;
  /// Whether nothing lacks and nothing is passed.
  bool eligible() const;
  /// How much lacks or is passed, of the order of members; 0 if and only if eligible.
  double defect() const;

 private:
  double roles_lacking() const;

  const Model& model_;
  std::vector<std::uint32_t> members_;
  std::vector<bool> in_;
  std::vector<double> tied_;
  double value_ = 0;
  std::vector<std::int32_t> lacking_;  // below 0: more than asked
  std::uint64_t lacking_bits_ = 0;
  std::vector<std::int32_t> room_;
  std::vector<std::vector<std::uint32_t>> in_place_;  // by reach, members by place
  std::vector<std::int32_t> countries_lacking_;       // by reach
  std::vector<std::int64_t> sums_;
};

/// Roles for members, as many as the rules ask for and as a member may take; in the order of
/// `members`. False if it cannot be. Augmenting paths.
bool deal_roles(const Model& model, const std::vector<std::uint32_t>& members,
                std::vector<std::uint64_t>& roles);

}  // namespace koinon::partners::consortium
