// SPDX-License-Identifier: Apache-2.0
//
// An incidence that takes one change at a time, and the view through which every algorithm reads
// either form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "graph/dynamic_components.hpp"
#include "graph/incidence.hpp"
#include "graph/paged_rows.hpp"

namespace koinon::graph {

/// Rows in pages of a few vertices each. A change makes anew the pages that it touches, in the
/// order that IncidenceGraph keeps, so that reading is as direct as there and an answer never
/// depends on how the rows came about; and no change waits for a tidying up of the whole.
///
/// Copying gives a snapshot for a pointer per 32 vertices and 4 bytes per member; it keeps its
/// content whatever becomes of the original. Const calls may run in any number of threads; a change
/// wants the object alone. Spans live until the next change of the object they come from.
class DynamicIncidence {
 public:
  DynamicIncidence() : DynamicIncidence(IncidenceGraph{}) {}
  /// O(members + works + rows); the graph is not kept.
  explicit DynamicIncidence(const IncidenceGraph& graph);

  /// Makes room for vertices: afterwards there are at least so many. Ids are the caller's to give;
  /// new vertices have no rows. O(1).
  void grow(std::uint32_t members, std::uint32_t works) noexcept;

  /// From now on `work` has these rows and no others; duplicates among them count once. Costs O(k
  /// log k + the rows of the pages that hold the work and the members that were or are in it), and
  /// where members leave it, what DynamicComponents says. Throws std::invalid_argument, naming the
  /// row, if a row is of another work or of a member that there is no room for; std::out_of_range
  /// if there is no room for `work`; std::bad_alloc. After a throw the rows are as before.
  void replace(std::uint32_t work, std::span<const Incidence> rows);

  /// replace() with no rows. The id stays and may be used again.
  void remove(std::uint32_t work) { replace(work, {}); }

  /// How many members one can reach, itself included; 1 for a member without works. O(log
  /// members). Throws std::out_of_range if there is no such member.
  std::uint32_t component_size(std::uint32_t member) const;

  /// As of IncidenceGraph.
  std::uint32_t member_count() const noexcept { return members_; }
  std::uint32_t work_count() const noexcept { return works_; }
  std::size_t row_count() const noexcept { return rows_; }
  std::uint32_t linked_members() const noexcept { return linked_members_; }
  std::uint32_t linked_works() const noexcept { return linked_works_; }
  std::span<const MemberRow> works_of(std::uint32_t member) const {
    if (member >= members_) throw_no_vertex("member", member, members_);
    return member_rows_.of(member);
  }
  std::span<const WorkRow> members_of(std::uint32_t work) const {
    if (work >= works_) throw_no_vertex("work", work, works_);
    return work_rows_.of(work);
  }

  /// Bytes held, what snapshots share included: 24 per row, 9 per member, 5 per work. O(vertices /
  /// 32).
  std::size_t memory_bytes() const noexcept;

 private:
  PagedRows<MemberRow> member_rows_;
  PagedRows<WorkRow> work_rows_;
  DynamicComponents components_;
  std::uint32_t members_ = 0;
  std::uint32_t works_ = 0;
  std::uint32_t linked_members_ = 0;
  std::uint32_t linked_works_ = 0;
  std::size_t rows_ = 0;
};

/// What algorithms take: either form, by reference. It owns nothing and is passed by value; it is
/// good until the graph behind it is changed or gone.
class IncidenceView {
 public:
  IncidenceView(const IncidenceGraph& graph) : fixed_(&graph) {}
  IncidenceView(const DynamicIncidence& graph) : dynamic_(&graph) {}
  IncidenceView(IncidenceGraph&&) = delete;
  IncidenceView(DynamicIncidence&&) = delete;

  std::uint32_t member_count() const noexcept {
    return dynamic_ ? dynamic_->member_count() : fixed_->member_count();
  }
  std::uint32_t work_count() const noexcept {
    return dynamic_ ? dynamic_->work_count() : fixed_->work_count();
  }
  std::span<const MemberRow> works_of(std::uint32_t member) const {
    return dynamic_ ? dynamic_->works_of(member) : fixed_->works_of(member);
  }
  std::span<const WorkRow> members_of(std::uint32_t work) const {
    return dynamic_ ? dynamic_->members_of(work) : fixed_->members_of(work);
  }

  /// How many members one can reach, itself included: O(log members) where the graph keeps count
  /// of it, else O(rows of the component). Throws std::out_of_range if there is no such member.
  std::uint32_t component_size(std::uint32_t member) const;

  /// The rows of one member in one work, by role; empty if it takes no part. O(log k). Throws
  /// std::out_of_range if there is no such work.
  std::span<const WorkRow> roles_of(std::uint32_t member, std::uint32_t work) const;

 private:
  const IncidenceGraph* fixed_ = nullptr;
  const DynamicIncidence* dynamic_ = nullptr;
};

}  // namespace koinon::graph
