// SPDX-License-Identifier: Apache-2.0
//
// Dates of which parts may be unknown, and instants, with their ISO 8601 forms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "koinon/records.hpp"

namespace koinon::domain {

/// Whether the date exists in the Gregorian calendar, as far as it is known. False for no date.
bool is_valid(PartialDate date);

/// "2016", "2016-03", "2016-03-31"; nothing for any other form or a day that does not exist.
std::optional<PartialDate> parse_date(std::string_view text);
std::string format_date(PartialDate date);

/// Days since 1970-01-01 of the first, or the last, day that the date can mean.
std::int32_t first_day(PartialDate date);
std::int32_t last_day(PartialDate date);
/// The year that a day, counted from 1970-01-01, lies in.
std::int32_t year_of(std::int32_t day);

/// True only when every day that `later` can mean lies before every day of `earlier`.
bool surely_before(PartialDate later, PartialDate earlier);

/// "2026-11-24T13:00:00.123Z", always with milliseconds.
std::string format_timestamp(Timestamp at);
std::optional<Timestamp> parse_timestamp(std::string_view text);

}  // namespace koinon::domain
