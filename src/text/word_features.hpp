// SPDX-License-Identifier: Apache-2.0
//
// What a text is to a table of word vectors (word_vectors.hpp): its words, and the pieces of their
// spelling. docs/reference/word-vectors.md tells the same for those who make such tables.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

/// A word or a piece of one, and how much it counts in its text.
struct Feature {
  enum class Kind : std::uint8_t { Word = 0, Gram = 1 };
  Kind kind = Kind::Word;
  std::uint64_t hash = 0;  // XXH3 (64 bits): of a word's folding with seed 0, of a gram with seed 1
  float weight = 0;
};

/// Characters that a gram has at least and at most; 1 <= least <= most.
struct GramLengths {
  std::uint32_t least = 3;
  std::uint32_t most = 5;
};

/// Different words that a text is known by: the first ones. Others do not count.
inline constexpr std::size_t max_distinct_words = 512;

/// The different words of a text, folded, in the order in which they first stand there.
///
/// Threads: one object per thread; it keeps its buffers.
class DistinctWords {
 public:
  /// Forgets the words before. Words with one hash are one word. O(n).
  void gather(std::string_view text);

  std::size_t size() const { return words_.size(); }
  std::string_view word(std::size_t i) const {
    return std::string_view(bytes_).substr(words_[i].begin, words_[i].end - words_[i].begin);
  }
  std::uint64_t hash(std::size_t i) const { return words_[i].hash; }
  /// log2(1 + times), times being how often the text has the word.
  float weight(std::size_t i) const;

 private:
  struct Word {
    std::uint64_t hash = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint64_t times = 0;
  };

  std::string bytes_;
  std::vector<Word> words_;
  // Number of a word, from 1, at its hash or after it; 0 is free.
  std::array<std::uint16_t, 2 * max_distinct_words> slots_{};
};

/// Appends the features of one folded word with this hash, weighted as in a text that has it once:
/// the word itself 1, then the pieces of "<" + skeleton + ">" (transliterate.hpp), the shortest
/// first and from left to right, each 1 / sqrt(number of them). `scratch` is overwritten.
/// O(n * (most - least + 1)).
void append_word_features(std::string_view folded, std::uint64_t hash, GramLengths lengths,
                          std::string& scratch, std::vector<Feature>& out);

/// Sets `out` to the features of a text, word after word: those of each different word, times
/// its weight. Any bytes are a text; one without a word has no features. Never throws but for want
/// of memory. O(n).
void features_of(std::string_view text, std::uint32_t least, std::uint32_t most,
                 std::vector<Feature>& out);

}  // namespace koinon::text
