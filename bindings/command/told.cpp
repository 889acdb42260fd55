// SPDX-License-Identifier: Apache-2.0
#include "told.hpp"

#include <cstdio>

namespace koinon::command {

kn_date date_in(const Context& context, const char* option) {
  const std::string text = context.arguments.value(option);
  kn_date date{};
  if (text.empty()) return date;
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int end = 0;
  const int read =
      std::sscanf(text.c_str(), "%4u%n-%2u%n-%2u%n", &year, &end, &month, &end, &day, &end);
  if (read < 1 || static_cast<std::size_t>(end) != text.size() || year == 0) {
    throw UsageError(std::string(option) +
                     " wants a day, month or year, such as 2016-12-31 or 2016, not '" +
                     plain(text) + "'");
  }
  date.year = static_cast<std::int16_t>(year);
  date.month = static_cast<std::uint8_t>(month);
  date.day = static_cast<std::uint8_t>(day);
  return date;
}

}  // namespace koinon::command
