// SPDX-License-Identifier: Apache-2.0
//
// Numbers and dates as people write them in running text, and one form for each, so that a question
// in one notation finds a text in another.
//
// Threads: pure functions, safe everywhere; the first call for a language reads its words from ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

enum class QuantityKind : std::uint8_t { Number, Percent, Date };

/// Bytes [begin, end) of a text that are a number or a date.
struct Quantity {
  std::size_t begin = 0;
  std::size_t end = 0;
  QuantityKind kind = QuantityKind::Number;
  /// One, or two where the language leaves two: "1250.5", "12%", "2021-05-03", "2021-05". A number
  /// has a point before its decimals, no zero that says nothing, and no currency.
  std::vector<std::string> readings;
  std::string currency;  // ISO 4217, or empty
};

/// The numbers and dates of a text, in order, without overlaps. `language` is a BCP 47 tag with or
/// without a region ("en-US" puts the month first; "en" leaves both readings); empty or unknown
/// leaves both readings of 1.250 too. Signs before a number are no part of it, nor is a number with
/// a letter beside it (COVID19), a time of day, or one of more than 40 digits. Never throws but for
/// want of memory. O(n).
std::vector<Quantity> quantities(std::string_view text, std::string_view language);

/// All readings of a text that is a number or a date and nothing else but blanks; empty for any
/// other. A reading, read as English, is itself.
std::vector<std::string> canonical_quantity(std::string_view text, std::string_view language);

}  // namespace koinon::text
