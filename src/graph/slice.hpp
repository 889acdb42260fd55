// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

#include "graph/bitmap.hpp"
#include "graph/incidence.hpp"

namespace koinon::graph {

/// Which rows of an incidence are looked at. A row is kept if it passes every condition; by default
/// all pass. It owns nothing: sets of the caller's (a country, a kind, a programme, a theme) stay
/// the caller's and are to outlive it.
struct Slice {
  enum class Dates : std::uint8_t {
    alive,  // begun by last_day and not ended before first_day; the last day itself is alive
    begun,  // begun from first_day up to last_day, ended since or not
  };

  /// The period, both days in it. An unknown start counts as before every day and an unknown end as
  /// after every day: what is not known to be absent is there. A row with an unknown start has
  /// hence begun in a period only if that has no first day (unknown_from).
  std::int32_t first_day = unknown_from;
  std::int32_t last_day = unknown_to;
  Dates dates = Dates::alive;
  /// False leaves out every row with an unknown start.
  bool undated = true;

  const Bitmap* roles = nullptr;  // null: any
  const Bitmap* members = nullptr;
  const Bitmap* works = nullptr;

  /// Works of more members are left out as a whole. It is the size in the incidence that counts,
  /// whatever else is kept of the work: a consortium of 200 stays one when seen from one country.
  std::uint32_t max_members = std::numeric_limits<std::uint32_t>::max();

  /// What has begun by a day, ended or not: the network as it has grown.
  static Slice begun_by(std::int32_t day) {
    Slice slice;
    slice.last_day = day;
    return slice;
  }

  /// What runs on a day.
  static Slice alive_on(std::int32_t day) {
    Slice slice;
    slice.first_day = slice.last_day = day;
    return slice;
  }

  /// Whether the dates, the role and the work of a row pass; its member and the size of its work
  /// are not looked at. O(1).
  bool keeps(const MemberRow& row) const noexcept {
    if (row.from_day > last_day || (!undated && row.from_day == unknown_from)) return false;
    if (dates == Dates::alive ? row.to_day < first_day : row.from_day < first_day) return false;
    return (!roles || roles->test(row.role)) && (!works || works->test(row.work));
  }
};

}  // namespace koinon::graph
