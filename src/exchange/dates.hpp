// SPDX-License-Identifier: Apache-2.0
//
// Dates as lists of operations write them. Read as far as they are certain, or refused.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "koinon/records.hpp"

namespace koinon::exchange {

enum class DayOrder : std::uint8_t { Unknown, DayFirst, MonthFirst, Mixed };

/// What the dates of one source file, taken together, say about the order of day and month, for
/// each separator by itself: 31/12/2015 says day first, 12/17/2015 month first, 01/03/2016 nothing.
class DateEvidence {
 public:
  void add(std::string_view written);
  /// `separator`: '/', '-' or '.'.
  DayOrder order(char separator) const;

 private:
  struct Seen {
    bool day_first = false;
    bool month_first = false;
  };
  std::array<Seen, 3> seen_;
};

struct WrittenDate {
  PartialDate date;
  bool less = false;  // the wording says more than the date: keep it
  std::string fault;  // not empty: no date
};

/// Reads 2015, 2015-03-31, 31.12.2015, 31/12/15, 03/2007, 2015-05-01T00:00:00Z, "2014-01-01
/// 00:00:00.000", 41883.0 (a spreadsheet's day number), 01-Jul-12, "01. Nov 15", "Aug 15",
/// "Tuesday, October 18, 2011", "Q3 2014" (the year). Years of two digits are 1950 to 2049. With
/// dots the day comes first, as in every locale of CLDR that has them, unless the file shows
/// otherwise; where a slash or hyphen leaves two readings the year is kept.
WrittenDate read_date(std::string_view written, const DateEvidence& evidence);

}  // namespace koinon::exchange
