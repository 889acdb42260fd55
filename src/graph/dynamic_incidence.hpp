// SPDX-License-Identifier: Apache-2.0
//
// An incidence that takes one change at a time, and the view through which every algorithm reads
// either form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "graph/incidence.hpp"
#include "graph/paged_rows.hpp"

namespace koinon::graph {

/// A base, shared and never written, under an overlay of the vertices whose rows have changed
/// since. An overlaid vertex has all its rows in the overlay, in the order that IncidenceGraph
/// keeps, so that reading is as direct as there and an answer never depends on what lies where.
///
/// Copying gives a snapshot for O(vertices / 64); it keeps its content whatever becomes of the
/// original. Const calls may run in any number of threads; a change wants the object alone. Spans
/// live until the next change of the object they come from.
class DynamicIncidence {
 public:
  DynamicIncidence() : DynamicIncidence(IncidenceGraph{}) {}
  explicit DynamicIncidence(IncidenceGraph base);

  /// Makes room for vertices: afterwards there are at least so many. Ids are the caller's to give;
  /// new vertices have no rows. O(1).
  void grow(std::uint32_t members, std::uint32_t works) noexcept;

  /// From now on `work` has these rows and no others; duplicates among them count once. Costs O(k
  /// log k + sum of the rows of the members that were or are in the work), and now and then a
  /// compact(). Throws std::invalid_argument, naming the row, if a row is of another work or of a
  /// member that there is no room for; std::out_of_range if there is no room for `work`;
  /// std::bad_alloc. After a throw the rows are as before.
  void replace(std::uint32_t work, std::span<const Incidence> rows);

  /// replace() with no rows. The id stays and may be used again.
  void remove(std::uint32_t work) { replace(work, {}); }

  /// Folds the overlay into a new base: O(vertices + rows log d). Reads give the same before and
  /// after. replace() does it by itself when more than an eighth of the base's rows, and more than
  /// 4096, have changed: a constant number of row visits per changed row.
  void compact();

  /// Rows taken out and put in since the base was built. O(1).
  std::size_t changed_rows() const noexcept { return changed_rows_; }

  /// As of IncidenceGraph.
  std::uint32_t member_count() const noexcept { return members_; }
  std::uint32_t work_count() const noexcept { return works_; }
  std::size_t row_count() const noexcept { return rows_; }
  std::uint32_t linked_members() const noexcept { return linked_members_; }
  std::uint32_t linked_works() const noexcept { return linked_works_; }
  std::span<const MemberRow> works_of(std::uint32_t member) const;
  std::span<const WorkRow> members_of(std::uint32_t work) const;

  /// Bytes held, the base and what snapshots share included. O(vertices).
  std::size_t memory_bytes() const noexcept;

 private:
  std::shared_ptr<const IncidenceGraph> base_;
  PagedRows<MemberRow> member_rows_;
  PagedRows<WorkRow> work_rows_;
  std::uint32_t members_ = 0;
  std::uint32_t works_ = 0;
  std::uint32_t linked_members_ = 0;
  std::uint32_t linked_works_ = 0;
  std::size_t rows_ = 0;
  std::size_t changed_rows_ = 0;
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

  /// The rows of one member in one work, by role; empty if it takes no part. O(log k). Throws
  /// std::out_of_range if there is no such work.
  std::span<const WorkRow> roles_of(std::uint32_t member, std::uint32_t work) const;

 private:
  const IncidenceGraph* fixed_ = nullptr;
  const DynamicIncidence* dynamic_ = nullptr;
};

}  // namespace koinon::graph
