// SPDX-License-Identifier: Apache-2.0
//
// Who takes part in what: members and works, joined by rows that carry a role, a share and dates.
// This is the form the graph is kept in. Ties between members are computed from it when asked for
// and never stored, since a work of k members makes k(k-1)/2 of them.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace koinon::graph {

// Days are counted from 1970-01-01. An unknown start sorts before every known one, so that the rows
// without a date and the rows up to a date are both prefixes of a member's rows.
inline constexpr std::int32_t unknown_from = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int32_t unknown_to = std::numeric_limits<std::int32_t>::max();

// Shares are millionths, so that 20 bits hold one; 12 are left for the role, of which a vocabulary
// has a dozen.
inline constexpr std::uint32_t whole_share = 1'000'000;
inline constexpr std::uint32_t unknown_share = (1U << 20U) - 1;
inline constexpr std::uint16_t greatest_role = (1U << 12U) - 1;

/// One row of input: `member` has `role` in `work`. Members and works are numbered apart, each from
/// 0; the meaning of a role, 0 to greatest_role, is the caller's. An end before its start is kept
/// as told.
struct Incidence {
  std::uint32_t member = 0;
  std::uint32_t work = 0;
  std::uint16_t role = 0;
  std::int32_t from_day = unknown_from;
  std::int32_t to_day = unknown_to;
  std::uint32_t share = unknown_share;  // 0 to whole_share, or unknown
  bool operator==(const Incidence&) const = default;
};

/// A row seen from its member. The fields stand in the order that the rows are sorted by.
struct MemberRow {
  std::int32_t from_day = unknown_from;
  std::uint32_t work = 0;
  std::uint32_t role : 12 = 0;
  std::uint32_t share : 20 = unknown_share;
  std::int32_t to_day = unknown_to;

  // g++ 12 does not compare bit-fields by default.
  auto operator<=>(const MemberRow& other) const noexcept { return key() <=> other.key(); }
  bool operator==(const MemberRow& other) const noexcept { return key() == other.key(); }

 private:
  std::tuple<std::int32_t, std::uint32_t, std::uint32_t, std::int32_t> key() const noexcept {
    return {from_day, work, role << 20U | share, to_day};
  }
};
static_assert(sizeof(MemberRow) == 16);

inline MemberRow member_row(const Incidence& told) noexcept {
  MemberRow row;
  row.from_day = told.from_day;
  row.work = told.work;
  row.role = told.role;
  row.share = told.share;
  row.to_day = told.to_day;
  return row;
}

/// The row as input again, of this member.
inline Incidence incidence_of(std::uint32_t member, const MemberRow& row) noexcept {
  return {member,       row.work,   static_cast<std::uint16_t>(row.role),
          row.from_day, row.to_day, row.share};
}

/// A row seen from its work: eight bytes, because projection reads little else. The dates are on
/// the member's side.
struct WorkRow {
  std::uint32_t member = 0;
  std::uint32_t role : 12 = 0;
  std::uint32_t share : 20 = unknown_share;

  auto operator<=>(const WorkRow& other) const noexcept { return key() <=> other.key(); }
  bool operator==(const WorkRow& other) const noexcept { return key() == other.key(); }

 private:
  std::pair<std::uint32_t, std::uint32_t> key() const noexcept {
    return {member, role << 20U | share};
  }
};
static_assert(sizeof(WorkRow) == 8);

inline WorkRow work_row(const Incidence& told) noexcept {
  WorkRow row;
  row.member = told.member;
  row.role = told.role;
  row.share = told.share;
  return row;
}

/// The incidence as compressed sparse rows in both directions. Immutable: any number of threads may
/// read it. Spans that it returns live as long as it does.
///
/// No two rows agree in member, work and role. Rows given more than once are kept once, from the
/// earliest known start to the latest known end, with the sum of the known shares, the whole at
/// most: two parts of one organisation have both theirs. A member with several roles in a work has
/// a row for each and is still one member of that work. The order of the input does not matter.
class IncidenceGraph {
 public:
  IncidenceGraph() : IncidenceGraph({}, 0, 0) {}

  /// Counting sort by work, by start and by member, then each vertex's own rows: O(members + works
  /// + rows log d), d being the most rows of one vertex. While it runs it holds 12 bytes per row, 12
  /// per member, 20 and up to 16 for a day per work beside the result. Throws std::invalid_argument,
  /// naming the row, if a row's member is not below `members` or its work not below `works`, or its
  /// role or share out of range, or for 2^31 rows and more; std::bad_alloc.
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

/// Throws std::invalid_argument, naming the row, if its role or share is out of range. O(1).
void check_row(const Incidence& row, std::size_t number);

/// What works_of() and members_of() throw: std::out_of_range "member 7 of 5".
[[noreturn]] void throw_no_vertex(const char* kind, std::uint32_t vertex, std::uint32_t count);

}  // namespace koinon::graph
