// SPDX-License-Identifier: Apache-2.0
//
// Runs of digits and the marks between them: what 1.200,00 and 1,200.00 are made of.
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace koinon::text {

/// The bytes of a blank that may stand between groups of digits at the beginning of `text` (space,
/// tab, apostrophe, no-break, thin and narrow space), or 0. O(1).
std::size_t group_blank(std::string_view text);

struct DigitGroups {
  static constexpr std::size_t most = 12;
  std::array<std::size_t, most> size{};
  std::array<char, most>
      separator{};  // before group i: '.', ',', ' ' for any blank; 0 at the first
  std::array<std::size_t, most> end{};  // bytes of the text up to the end of group i
  std::size_t count = 0;
  std::string digits;  // of all groups
};

/// What the separators alone tell. Either: three digits after one separator.
enum class DigitForm : std::uint8_t { None, Whole, Grouped, Decimal, Either };

/// Reads from the beginning of `text` digits with single marks between them, as far as they go, at
/// most twelve groups. Without `any_blank` an ordinary space or tab is no mark. O(n).
DigitGroups read_digit_groups(std::string_view text, bool any_blank = true);

/// How the first `count` groups are to be read. O(count).
DigitForm digit_form(const DigitGroups& groups, std::size_t count);

}  // namespace koinon::text
