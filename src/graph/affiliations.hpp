// SPDX-License-Identifier: Apache-2.0
//
// Who is in which work under a slice: the form that algorithms run on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/dynamic_incidence.hpp"
#include "graph/slice.hpp"

namespace koinon::graph {

/// The two-mode network of members and works that a slice leaves, each pair once, without roles and
/// dates: compressed sparse rows of 4 bytes in both directions, a sixth of the incidence. A step
/// from a member to its partners goes over its works, and so a sweep over all ties of the
/// projection costs the rows and not the ties, of which a work of k members makes k(k - 1) / 2.
///
/// Ids are those of the incidence. Immutable: any number of threads may read it; spans live as long
/// as it does.
class Affiliations {
 public:
  Affiliations() : Affiliations(IncidenceGraph{}) {}

  /// O(members + works + rows), and it keeps nothing of `graph` or `slice`. Throws
  /// std::length_error from 2^32 pairs on; std::bad_alloc.
  explicit Affiliations(const IncidenceGraph& graph, const Slice& slice = {})
      : Affiliations(IncidenceView(graph), slice) {}
  explicit Affiliations(IncidenceView graph, const Slice& slice = {});

  /// Vertices, with pairs or without; pairs; members that are in any work. O(1).
  std::uint32_t member_count() const noexcept {
    return static_cast<std::uint32_t>(member_offsets_.size() - 1);
  }
  std::uint32_t work_count() const noexcept {
    return static_cast<std::uint32_t>(work_offsets_.size() - 1);
  }
  std::size_t size() const noexcept { return works_.size(); }
  std::uint32_t linked_members() const noexcept { return linked_members_; }

  /// The works of a member by the start of the first row kept, then by id. `member` is to be below
  /// member_count(), which is not looked at. O(1).
  std::span<const std::uint32_t> works_of(std::uint32_t member) const noexcept {
    return {works_.data() + member_offsets_[member],
            works_.data() + member_offsets_[std::size_t{member} + 1]};
  }

  /// The members of a work by id. `work` is to be below work_count(). O(1).
  std::span<const std::uint32_t> members_of(std::uint32_t work) const noexcept {
    return {members_.data() + work_offsets_[work],
            members_.data() + work_offsets_[std::size_t{work} + 1]};
  }

  /// What a work adds to the strength of the tie between any two of its k members: 1 / (k - 1), and
  /// 0 where k is below 2. M. E. J. Newman, Phys. Rev. E 64, 016132, 2001. O(1).
  double share(std::uint32_t work) const noexcept { return shares_[work]; }

  /// The sum of a member's strengths, which is the number of its works with anyone else. O(works of
  /// the member).
  std::uint32_t strength_of(std::uint32_t member) const noexcept;

  /// Throws std::out_of_range "member 7 of 5" if there is no such member.
  void check_member(std::uint32_t member) const {
    if (member >= member_count()) throw_no_vertex("member", member, member_count());
  }

  /// Bytes held: 8 per pair, 4 per member and 12 per work. O(1).
  std::size_t memory_bytes() const noexcept;

 private:
  void collect(IncidenceView graph, const Slice& slice);
  void turn();

  std::vector<std::uint32_t> member_offsets_;
  std::vector<std::uint32_t> work_offsets_;
  std::vector<std::uint32_t> works_;
  std::vector<std::uint32_t> members_;
  std::vector<double> shares_;
  std::uint32_t linked_members_ = 0;
};

}  // namespace koinon::graph
