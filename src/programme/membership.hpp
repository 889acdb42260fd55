// SPDX-License-Identifier: Apache-2.0
//
// What held on a day.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/date.hpp"
#include "koinon/records.hpp"

namespace koinon::programme {

/// The day that "as of" means: the last that the date can be; none for no date.
inline std::optional<std::int32_t> day_of(PartialDate as_of) {
  return as_of ? std::optional(domain::last_day(as_of)) : std::nullopt;
}

/// The date of a day since 1970-01-01.
inline PartialDate date_of(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

/// Days since 1970-01-01 of an instant.
inline std::int32_t day_at(Timestamp at) {
  constexpr Timestamp day = 86'400'000;
  return static_cast<std::int32_t>(at >= 0 ? at / day : (at - day + 1) / day);
}

/// "2024", "2024-Q2", "2024-05", as far as it is told; "" for no date. `by`: "year", "quarter",
/// "month".
inline std::string period_label(PartialDate date, const std::string& by) {
  if (!date) return {};
  const std::string year = domain::format_date({date.year, 0, 0});
  if (date.month == 0 || by == "year") return year;
  if (by == "quarter") return year + "-Q" + std::to_string((date.month + 2) / 3);
  return domain::format_date({date.year, date.month, 0});
}

/// Whether a period may contain a day: what is not told of it is open. Any day is in no period.
inline bool holds(const Period& period, std::optional<std::int32_t> day) {
  if (!day) return true;
  if (period.from && domain::first_day(period.from) > *day) return false;
  return !period.to || domain::last_day(period.to) >= *day;
}

/// A part's period within that of the whole: ends that the part does not tell are the whole's.
inline Period within(const Period& part, const Period& whole) {
  return {part.from ? part.from : whole.from, part.to ? part.to : whole.to};
}

/// Those of `members` that were in on a day; without one, all.
inline std::vector<Participation> members_on(const std::vector<Participation>& members,
                                             const Period& whole, std::optional<std::int32_t> day) {
  std::vector<Participation> found;
  for (const Participation& member : members) {
    if (holds(within(member.period, whole), day)) found.push_back(member);
  }
  return found;
}

}  // namespace koinon::programme
