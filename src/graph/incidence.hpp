// SPDX-License-Identifier: Apache-2.0
//
// Who takes part in what: members and works, joined by rows that carry a role and dates. This is
// the form the graph is kept in. Ties between members are computed from it when asked for and never
// stored, since a work of k members makes k(k-1)/2 of them.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace koinon::graph {

// Days are counted from 1970-01-01. An unknown start sorts before every known one, so that the rows
// without a date and the rows up to a date are both prefixes of a member's rows.
inline constexpr std::int32_t unknown_from = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int32_t unknown_to = std::numeric_limits<std::int32_t>::max();

/// One row of input: `member` has `role` in `work`. Members and works are numbered apart, each from
/// 0; the meaning of a role is the caller's. An end before its start is kept as told.
struct Incidence {
  std::uint32_t member = 0;
  std::uint32_t work = 0;
  std::uint16_t role = 0;
  std::int32_t from_day = unknown_from;
  std::int32_t to_day = unknown_to;
  bool operator==(const Incidence&) const = default;
};

/// A row seen from its member. The fields stand in the order that the rows are sorted by.
struct MemberRow {
  std::int32_t from_day = unknown_from;
  std::uint32_t work = 0;
  std::uint16_t role = 0;
  std::int32_t to_day = unknown_to;
  auto operator<=>(const MemberRow&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// A row seen from its work: eight bytes, because projection reads little else. The dates are on
/// the member's side.
struct WorkRow {
  std::uint32_t member = 0;
  std::uint16_t role = 0;
  auto operator<=>(const WorkRow&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// The incidence as compressed sparse rows in both directions. Immutable: any number of threads may
/// read it. Spans that it returns live as long as it does.
///
/// No two rows agree in member, work and role. Rows given more than once are kept once, from the
/// earliest known start to the latest known end. A member with several roles in a work has a row
/// for each and is still one member of that work. The order of the input does not matter.
class IncidenceGraph {
 public:
  IncidenceGraph() : IncidenceGraph({}, 0, 0) {}

  /// Counting sort by work and by member, then each vertex's own rows: O(members + works + rows
  /// log d), d being the most rows of one vertex. While it runs it holds 20 bytes per row beside
  /// the result. Throws std::invalid_argument, naming the row, if a row's member is not below
  /// `members` or its work not below `works`; std::bad_alloc.
  IncidenceGraph(std::span<const Incidence> rows, std::uint32_t members, std::uint32_t works);

  /// Vertices, with rows or without. O(1).
  std::uint32_t member_count() const noexcept {
    return static_cast<std::uint32_t>(member_offsets_.size() - 1);
  }
  std::uint32_t work_count() const noexcept {
    return static_cast<std::uint32_t>(work_offsets_.size() - 1);
  }

  /// Rows kept, and vertices that have any. O(1).
  std::size_t row_count() const noexcept { return work_rows_.size(); }
  std::uint32_t linked_members() const noexcept { return linked_members_; }
  std::uint32_t linked_works() const noexcept { return linked_works_; }

  /// The rows of a member by start, work and role. O(1). Throws std::out_of_range if there is no
  /// such member.
  std::span<const MemberRow> works_of(std::uint32_t member) const;

  /// The rows of a work by member and role. O(1). Throws std::out_of_range if there is no such
  /// work.
  std::span<const WorkRow> members_of(std::uint32_t work) const;

  /// Bytes held, this object included: 24 per row and 8 per vertex. O(1).
  std::size_t memory_bytes() const noexcept;

 private:
  std::vector<std::size_t> member_offsets_;  // rows of v: from [v] up to [v + 1]
  std::vector<std::size_t> work_offsets_;
  std::vector<MemberRow> member_rows_;
  std::vector<WorkRow> work_rows_;
  std::uint32_t linked_members_ = 0;
  std::uint32_t linked_works_ = 0;
};

/// Sorts the rows of one work by member and role, joins those that agree in both as IncidenceGraph
/// says, and returns how many are left at the front. O(k log k).
std::size_t normalise_work(std::span<Incidence> rows);

/// What works_of() and members_of() throw: std::out_of_range "member 7 of 5".
[[noreturn]] void throw_no_vertex(const char* kind, std::uint32_t vertex, std::uint32_t count);

}  // namespace koinon::graph
