// SPDX-License-Identifier: Apache-2.0
//
// What lets one kernel walk either form of the two-mode network: Affiliations, whose lists are
// numbers, each once, and IncidenceView, whose lists are rows and name a neighbour once for each
// role. Both have member_count(), work_count(), works_of() and members_of(); these say which vertex
// an element of such a list is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "graph/incidence.hpp"

namespace koinon::graph {

inline std::uint32_t work_in(std::uint32_t work) noexcept {
  return work;
}
inline std::uint32_t work_in(const MemberRow& row) noexcept {
  return row.work;
}
inline std::uint32_t member_in(std::uint32_t member) noexcept {
  return member;
}
inline std::uint32_t member_in(const WorkRow& row) noexcept {
  return row.member;
}

/// Calls visit(member) once for each member of a work: several roles make several rows, side by
/// side.
template <class Row, class Visit>
void for_each_member(std::span<const Row> rows, Visit visit) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || member_in(rows[i]) != member_in(rows[i - 1])) visit(member_in(rows[i]));
  }
}

inline std::size_t count_members(std::span<const WorkRow> rows) noexcept {
  std::size_t count = 0;
  for_each_member(rows, [&](std::uint32_t) { ++count; });
  return count;
}

/// Whether a work joins its members to anyone: it has two of them at least. O(1).
inline bool joins(std::span<const WorkRow> rows) noexcept {
  return !rows.empty() && rows.front().member != rows.back().member;
}

/// Throws std::out_of_range "member 7 of 5" if there is no such member.
template <class Graph>
void check_member(const Graph& graph, std::uint32_t member) {
  if (member >= graph.member_count()) throw_no_vertex("member", member, graph.member_count());
}

}  // namespace koinon::graph
