// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

#include "graph/bitmap.hpp"
#include "graph/dynamic_incidence.hpp"
#include "graph/slice.hpp"

namespace koinon::graph {

/// The works of more than `limit` members, in whatever roles. O(rows).
Bitmap larger_works(IncidenceView graph, std::uint32_t limit);

/// Calls visit(member, row) for each row that a slice keeps: members by id, the rows of one as
/// works_of() has them. O(rows).
template <class Visit>
void each_kept_row(IncidenceView graph, const Slice& slice, Visit visit) {
  const bool limited = slice.max_members != std::numeric_limits<std::uint32_t>::max();
  const Bitmap left_out = limited ? larger_works(graph, slice.max_members) : Bitmap();
  for (std::uint32_t member = 0; member < graph.member_count(); ++member) {
    if (slice.members && !slice.members->test(member)) continue;
    for (const MemberRow& row : graph.works_of(member)) {
      if (row.from_day > slice.last_day) break;
      if (slice.keeps(row) && !left_out.test(row.work)) visit(member, row);
    }
  }
}

}  // namespace koinon::graph
