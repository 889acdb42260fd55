// SPDX-License-Identifier: Apache-2.0
//
// The forms of short texts: how they are spelt, not whether they stand for anything.
#pragma once

#include <string_view>

namespace koinon::domain {

/// "fi", "und", "sr-Latn": a primary tag of two or three letters and well-formed subtags.
bool is_language(std::string_view tag);

/// The tag of a text of which nobody knows the language: two of these may be in two languages.
inline constexpr std::string_view unknown_language = "und";

/// "EL", "FI1B1".
bool is_nuts(std::string_view code);

/// An address without blanks, quotes and angle brackets.
bool is_link(std::string_view text);

/// "EUR": three capital letters.
bool is_currency(std::string_view code);

/// "11.4235": a rate of exchange, in plain digits, above 0, below a billion, and with at most six
/// decimals.
bool is_rate(std::string_view text);

}  // namespace koinon::domain
