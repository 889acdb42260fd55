// SPDX-License-Identifier: Apache-2.0
//
// The forms of short texts: how they are spelt, not whether they stand for anything.
#pragma once

#include <string_view>

namespace koinon::domain {

/// "fi", "und", "sr-Latn": a primary tag of two or three letters and well-formed subtags.
bool is_language(std::string_view tag);

/// "EL", "FI1B1".
bool is_nuts(std::string_view code);

/// An address without blanks, quotes and angle brackets.
bool is_link(std::string_view text);

/// "EUR": three capital letters.
bool is_currency(std::string_view code);

}  // namespace koinon::domain
