// SPDX-License-Identifier: Apache-2.0
//
// What this room asks of ICU about single characters, in tables for the planes that texts use.
#pragma once

#include <cstdint>
#include <string>

namespace koinon::text {

/// The part that a character plays in a word.
enum class WordClass : std::uint8_t {
  Separator,
  Base,     // letter or digit: L, Nd, Nl
  Extends,  // combining mark
  Ignored,  // soft hyphen, joiner: inside a word, but no part of its spelling
};

/// O(1); a table lookup in the basic plane. `code` may be ill_formed.
WordClass word_class(std::uint32_t code);

/// Appends the folding of one character (see fold.hpp). O(1).
void append_folded_character(std::string& out, std::uint32_t code);

/// Appends the lower case of one character (simple mapping, root locale). O(1).
void append_lower_character(std::string& out, std::uint32_t code);

}  // namespace koinon::text
