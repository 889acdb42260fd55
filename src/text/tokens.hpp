// SPDX-License-Identifier: Apache-2.0
//
// Segmentation of text into words.
//
// Threads: pure functions, safe everywhere; the first call builds a table of 64 kB.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace koinon::text {

/// Longest word in bytes. The rest of a longer one belongs to no token: a term stays small, and the
/// same word in a question is cut the same way.
inline constexpr std::size_t max_word_bytes = 256;

/// A word: bytes [begin, end) of the text, and its number in it, from 0.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t position = 0;
};

/// Walks over the words of a text without allocating.
///
/// A word is a letter or digit (Unicode L, Nd, Nl) and what follows it of letters, digits,
/// combining marks, soft hyphens and joiners. Everything else separates: an apostrophe (l'école
/// gives l, école), a hyphen, an ill-formed byte, a combining mark without a base. O(n) over the
/// whole text.
class Tokens {
 public:
  /// `text` must outlive the walker.
  explicit Tokens(std::string_view text) : text_(text) {}

  /// The next word, or false at the end. Never throws.
  bool next(Token& token);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t position_ = 0;
};

/// All words of a text. O(n).
std::vector<Token> tokens(std::string_view text);

/// Whether the character can begin a word. O(1).
bool begins_word(std::uint32_t code);

}  // namespace koinon::text
