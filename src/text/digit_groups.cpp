// SPDX-License-Identifier: Apache-2.0
#include "text/digit_groups.hpp"

namespace koinon::text {

namespace {

// Whether groups 0 to last, all parted by one separator, are thousands: one to three digits, then
// threes.
bool are_thousands(const DigitGroups& groups, std::size_t last) {
  if (last > 0 && groups.size[0] > 3) return false;
  for (std::size_t i = 1; i <= last; ++i) {
    if (groups.size[i] != 3 || groups.separator[i] != groups.separator[1]) return false;
  }
  return true;
}

}  // namespace

std::size_t group_blank(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\'') return 1;
  if (text.starts_with("\u00A0")) return 2;
  if (text.starts_with("\u2009") || text.starts_with("\u202F")) return 3;
  return 0;
}

DigitGroups read_digit_groups(std::string_view text, bool any_blank) {
  DigitGroups groups;
  char separator = 0;
  std::size_t at = 0;
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  while (digit(at) && groups.count < DigitGroups::most) {
    const std::size_t begin = at;
    while (digit(at)) ++at;
    groups.separator[groups.count] = separator;
    groups.size[groups.count] = at - begin;
    groups.end[groups.count++] = at;
    groups.digits.append(text, begin, at - begin);
    if (at == text.size()) break;
    const char c = text[at];
    const std::size_t blank =
        any_blank || (c != ' ' && c != '\t') ? group_blank(text.substr(at)) : 0;
    if (c != '.' && c != ',' && blank == 0) break;
    separator = blank > 0 ? ' ' : c;
    at += blank > 0 ? blank : 1;
  }
  return groups;
}

DigitForm digit_form(const DigitGroups& groups, std::size_t count) {
  if (count == 0) return DigitForm::None;
  if (count == 1) return DigitForm::Whole;
  const std::size_t last = count - 1;
  const char mark = groups.separator[last];
  if (mark == ' ' || (last > 1 && groups.separator[last - 1] == mark))
    return are_thousands(groups, last) ? DigitForm::Grouped : DigitForm::None;
  if (!are_thousands(groups, last - 1)) return DigitForm::None;
  if (last > 1) {
    // Only a different mark may have parted the thousands.
    return groups.separator[1] == mark ? DigitForm::None : DigitForm::Decimal;
  }
  const bool could_group = groups.size[1] == 3 && groups.size[0] <= 3 && groups.digits[0] != '0';
  return could_group ? DigitForm::Either : DigitForm::Decimal;
}

}  // namespace koinon::text
