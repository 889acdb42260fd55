// SPDX-License-Identifier: Apache-2.0
//
// A table of vectors of words and of pieces of words, by which texts of many languages are compared
// by what they are about. Its file is told in docs/reference/word-vectors.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/error.hpp"
#include "text/word_features.hpp"

namespace koinon::text {

/// A table where it lies on the disk, shared by all processes that read it.
///
/// Threads: any. The file may be replaced (by a rename) while it is read, and must not be cut or
/// written over.
class WordVectors {
 public:
  static constexpr std::uint32_t max_dimension = 4096;

  /// Maps a file and reads its header: microseconds, whatever its size. Throws Error: InputOutput
  /// for a file that cannot be read, InvalidInput for one that is no such table, TooNew for
  /// another version, Damaged for one that is cut or whose counts cannot be.
  static WordVectors open(const std::string& path);

  WordVectors(WordVectors&& other) noexcept;
  WordVectors& operator=(WordVectors&& other) noexcept;
  ~WordVectors();

  /// Numbers of a vector; a multiple of 64.
  std::size_t dimension() const { return dimension_; }
  std::uint32_t words() const { return words_; }
  std::uint32_t grams() const { return grams_; }
  GramLengths gram_lengths() const { return lengths_; }
  /// The checksum that the header gives: other vectors have another one.
  std::uint64_t version() const { return checksum_; }
  /// What the table says of itself: sources and licences. Points into the file.
  std::string_view note() const;

  /// Reads the whole file. Throws Error(Damaged) where the checksum differs, hashes do not rise, or
  /// a scale or a number is not finite. O(size of the file).
  void check() const;

  /// Sets out[0, dimension()) to the vector of a text, of length 1. False, with zeros, for a text
  /// of which the table knows nothing. Any bytes are a text. A row whose scale is not finite
  /// counts as zeros. For many texts a TextEmbedder is quicker and gives the same bits. Throws
  /// nothing but for want of memory. O(n).
  bool embed(std::string_view text, float* out) const;

 private:
  friend class TextEmbedder;
  WordVectors() = default;
  void read_header();
  [[noreturn]] void refuse(ErrorCode code, const std::string& why) const;
  float scale(std::size_t row) const;
  std::size_t row_of(const Feature& feature) const;
  void add_row(const Feature& feature, float* sum) const;

  std::string path_;
  const unsigned char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t dimension_ = 0;
  std::uint32_t words_ = 0;
  std::uint32_t grams_ = 0;
  GramLengths lengths_;
  std::uint32_t note_size_ = 0;
  std::uint64_t checksum_ = 0;
  const unsigned char* hashes_ = nullptr;
  const unsigned char* scales_ = nullptr;
  // Rows one after the other, and what each of their bytes stands for.
  struct Rows {
    const unsigned char* bytes = nullptr;
    const float* codes = nullptr;
    std::size_t of_a_byte = 1;  // numbers
  };
  Rows word_rows_;
  Rows gram_rows_;
};

/// Makes vectors of many texts, and keeps those of the words that it met last.
///
/// Threads: one object per thread. It must not outlive the table.
class TextEmbedder {
 public:
  /// `cached_words` is rounded up to a power of two, each 4 * dimension() bytes; 0 keeps none.
  explicit TextEmbedder(const WordVectors& table, std::size_t cached_words = 1U << 13U);

  /// As WordVectors::embed(), to the bit.
  bool embed(std::string_view text, float* out);

 private:
  const float* vector_of(std::size_t word);

  const WordVectors& table_;
  DistinctWords words_;
  std::string scratch_;
  std::vector<Feature> features_;
  std::vector<float> one_;
  // Direct-mapped: the place of a word is its hash modulo their number.
  std::vector<std::uint64_t> cached_;
  std::vector<std::uint8_t> filled_;
  std::vector<float> vectors_;
};

}  // namespace koinon::text
