// SPDX-License-Identifier: Apache-2.0
#include "domain/date.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace koinon::domain {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

// Exactly `width` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::int32_t day_number(sys_days at) {
  return static_cast<std::int32_t>(at.time_since_epoch().count());
}

}  // namespace

bool is_valid(PartialDate date) {
  if (date.year < 1 || date.year > 9999) return false;
  if (date.month == 0) return date.day == 0;
  if (date.month > 12) return false;
  if (date.day == 0) return true;
  return year_month_day{year{date.year}, month{date.month}, day{date.day}}.ok();
}

std::optional<PartialDate> parse_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  if (text.size() > 4 && text[4] != '-') return std::nullopt;
  if (text.size() > 7 && text[7] != '-') return std::nullopt;
  const int y = digits(text, 0, 4);
  const int m = text.size() > 4 ? digits(text, 5, 2) : 0;
  const int d = text.size() > 7 ? digits(text, 8, 2) : 0;
  if (y < 0 || m < 0 || d < 0) return std::nullopt;
  if ((text.size() > 4 && m == 0) || (text.size() > 7 && d == 0)) return std::nullopt;
  const PartialDate date{static_cast<std::int16_t>(y), static_cast<std::uint8_t>(m),
                         static_cast<std::uint8_t>(d)};
  return is_valid(date) ? std::optional(date) : std::nullopt;
}

std::string format_date(PartialDate date) {
  char text[24];
  const unsigned y = static_cast<unsigned>(date.year) % 10000U;
  int size = 0;
  if (date.month == 0) {
    size = std::snprintf(text, sizeof text, "%04u", y);
  } else if (date.day == 0) {
    size = std::snprintf(text, sizeof text, "%04u-%02u", y, date.month);
  } else {
    size = std::snprintf(text, sizeof text, "%04u-%02u-%02u", y, date.month, date.day);
  }
  return {text, static_cast<std::size_t>(size)};
}

std::int32_t first_day(PartialDate date) {
  const unsigned m = date.month ? date.month : 1;
  const unsigned d = date.day ? date.day : 1;
  return day_number(sys_days{year_month_day{year{date.year}, month{m}, day{d}}});
}

std::int32_t last_day(PartialDate date) {
  if (date.day) return first_day(date);
  const month m{date.month ? date.month : 12U};
  return day_number(sys_days{year_month_day_last{year{date.year}, m / std::chrono::last}});
}

std::int32_t year_of(std::int32_t day) {
  return static_cast<int>(year_month_day{sys_days{days{day}}}.year());
}

bool surely_before(PartialDate later, PartialDate earlier) {
  return later && earlier && last_day(later) < first_day(earlier);
}

std::string format_timestamp(Timestamp at) {
  const std::chrono::milliseconds since{at};
  const auto midnight = std::chrono::floor<days>(since);
  const year_month_day date{sys_days{midnight}};
  const auto rest = static_cast<long>((since - midnight).count());
  char text[40];
  const int size = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02ld:%02ld:%02ld.%03ldZ",
                                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), rest / 3600000,
                                 rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
  return {text, static_cast<std::size_t>(size)};
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != '.' || text[23] != 'Z') {
    return std::nullopt;
  }
  const auto date = parse_date(text.substr(0, 10));
  const int h = digits(text, 11, 2);
  const int m = digits(text, 14, 2);
  const int s = digits(text, 17, 2);
  const int ms = digits(text, 20, 3);
  if (!date || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 || ms < 0) return std::nullopt;
  return (static_cast<Timestamp>(first_day(*date)) * 86400 + h * 3600 + m * 60 + s) * 1000 + ms;
}

}  // namespace koinon::domain
