// SPDX-License-Identifier: Apache-2.0
//
// Under which terms a word of a label is kept, and a word of a text looked for: the builder and the
// finder of concepts must agree.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/analyse.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

/// A label of more words is not looked for in texts.
inline constexpr std::size_t max_label_words = 16;

/// Letters of the prefix that stands in where no stem matches.
inline constexpr std::size_t prefix_letters = 7;

/// A label of one long word is found without its last letter, too, where a stemmer fails: Finnish
/// asunnottomuus in asunnottomuutta, which have different stems. The word of the text may have up
/// to five letters behind that. More letters less would bring innovative to innovation, and in the
/// languages that compound any two words with the same first half together.
inline constexpr std::size_t long_word_letters = 8;
inline constexpr std::size_t last_letters = 1;
inline constexpr std::size_t most_last_letters = 5;

inline std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).size) ++count;
  return count;
}

inline std::string_view first_characters(std::string_view text, std::size_t wanted) {
  std::size_t at = 0;
  for (; at < text.size() && wanted > 0; --wanted) at += decode(text, at).size;
  return text.substr(0, at);
}

/// The stem, or the folded word where the language has no stemmer.
inline std::string_view stem_term(const AnalysedToken& token) {
  return token.stem.empty() ? token.surface : token.stem;
}

/// A stem of fewer than four letters conflates what has nothing in common (Dutch and German "war"
/// of Ware and war): such a word stands for itself alone.
inline bool stem_says_too_little(const AnalysedToken& token) {
  return token.stem != token.surface && count_characters(stem_term(token)) < 4;
}

/// The word without its last letters; empty when too little is left.
inline std::string_view beginning(std::string_view surface, std::size_t without) {
  const std::size_t letters = count_characters(surface);
  if (letters < long_word_letters - last_letters + without) return {};
  return first_characters(surface, letters - without);
}

inline std::string_view prefix_term(const AnalysedToken& token) {
  return first_characters(token.surface, prefix_letters);
}

}  // namespace koinon::text
