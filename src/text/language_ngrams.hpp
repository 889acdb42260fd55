// SPDX-License-Identifier: Apache-2.0
//
// What the letters of a text say about its language: a linear classifier over character n-grams,
// with the weights of src/data/languages-id/ngrams.bin, which python/train/language_id.py makes.
//
// Threads: pure functions, safe everywhere; the first call unpacks a table of 3 MB.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace koinon::text {

/// Room for the languages of a weights file.
inline constexpr std::size_t max_ngram_languages = 64;

/// Log-odds of each language of ngram_languages(), in its order and without priors; all 0 when the
/// text has no word. They grow with the root of the length of the text.
struct NgramScores {
  std::array<float, max_ngram_languages> score{};
  std::size_t features = 0;         // n-grams seen; about five for a letter
  std::size_t letters = 0;          // of every script
  std::size_t foreign_letters = 0;  // of those, neither Latin nor Greek nor Cyrillic
  std::size_t cyrillic_letters = 0;
};

/// The languages in question, as BCP 47, and "other" for what is none of them; sorted.
std::span<const std::string> ngram_languages();

/// Any bytes will do. Of a word longer than 64 letters only these count. O(n).
NgramScores ngram_scores(std::string_view text);

}  // namespace koinon::text
