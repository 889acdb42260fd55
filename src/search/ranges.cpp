// SPDX-License-Identifier: Apache-2.0
#include "search/ranges.hpp"

#include <chrono>

#include "domain/date.hpp"
#include "domain/decimal.hpp"

namespace koinon::search {

namespace {

constexpr int euro_digits = 2;
constexpr int first_year = 1;
constexpr int last_year = 9999;

std::int64_t number_of(int year, unsigned month, unsigned day) {
  return (std::int64_t{year} * 100 + month) * 100 + day;
}

// The first of a month or a year is where dates lie that tell no more than that.
std::int64_t least_of(PartialDate date) {
  if (date.day == 1) date.day = 0;
  if (date.day == 0 && date.month == 1) date.month = 0;
  return number_of(date.year, date.month, date.day);
}

std::int64_t greatest_of(const PartialDate& date) {
  return number_of(date.year, date.month == 0 ? 99U : date.month, date.day == 0 ? 99U : date.day);
}

std::optional<std::string> beside(const PartialDate& date, int step) {
  using namespace std::chrono;
  PartialDate moved = date;
  int year_then = date.year;
  if (date.day != 0) {
    const year_month_day there{sys_days(year(date.year) / month(date.month) / day(date.day)) +
                               days(step)};
    year_then = static_cast<int>(there.year());
    moved.month = static_cast<std::uint8_t>(static_cast<unsigned>(there.month()));
    moved.day = static_cast<std::uint8_t>(static_cast<unsigned>(there.day()));
  } else if (date.month != 0) {
    const year_month there = year(date.year) / month(date.month) + months(step);
    year_then = static_cast<int>(there.year());
    moved.month = static_cast<std::uint8_t>(static_cast<unsigned>(there.month()));
  } else {
    year_then += step;
  }
  if (year_then < first_year || year_then > last_year) return std::nullopt;
  moved.year = static_cast<std::int16_t>(year_then);
  return domain::format_date(moved);
}

}  // namespace

std::optional<index::NumberFilter> range_of(NumberField field, std::string_view least,
                                            std::string_view greatest) {
  index::NumberFilter filter;
  filter.field = id_of(field);
  if (field == NumberField::Budget) {
    const auto from = domain::parse_decimal(least, euro_digits);
    const auto to = domain::parse_decimal(greatest, euro_digits);
    if ((!least.empty() && !from) || (!greatest.empty() && !to)) return std::nullopt;
    if (from) filter.least = *from;
    if (to) filter.greatest = *to;
    return filter;
  }
  const auto from = domain::parse_date(least);
  const auto to = domain::parse_date(greatest);
  if ((!least.empty() && !from) || (!greatest.empty() && !to)) return std::nullopt;
  if (from) filter.least = least_of(*from);
  if (to) filter.greatest = greatest_of(*to);
  return filter;
}

std::optional<std::string> neighbour_of(NumberField field, std::string_view limit, bool before) {
  const int step = before ? -1 : 1;
  if (field == NumberField::Budget) {
    const auto cents = domain::parse_decimal(limit, euro_digits);
    if (!cents) return std::nullopt;
    return domain::format_decimal(*cents + step, euro_digits, true);
  }
  const auto date = domain::parse_date(limit);
  if (!date) return std::nullopt;
  return beside(*date, step);
}

}  // namespace koinon::search
