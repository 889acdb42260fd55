// SPDX-License-Identifier: Apache-2.0
//
// Vectors of documents, and the documents whose vectors point the same way as another.
//
// A column of a segment's documents (segment.hpp), only where its schema has a dimension:
//   u32 vectors; u32 owner of each, rising; f32 1 / length of each; u16 65535 * length / sum of
//   absolute numbers of each; signs: a bit for each number, set where it is not negative, in blocks
//   of 32 vectors that have the first bytes of all, then the second ones, and so on, the last block
//   filled up with zeros; the numbers of each, a signed byte for each number
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "index/checked_file.hpp"

namespace koinon::index {

/// Numbers as bytes, the greatest of them +-127, so that the direction stays. False, with nothing
/// written, for a vector of zeros or with a number that is not finite. O(n).
bool quantise(std::span<const float> vector, std::int8_t* out);

/// The signs of a vector, in (numbers / 8) bytes that lie `stride` bytes apart.
void signs_of(std::span<const std::int8_t> vector, std::uint8_t* out, std::size_t stride);

/// Threads: any. It must not outlive the input.
class VectorColumn {
 public:
  VectorColumn(const Input& input, std::uint64_t at, std::size_t dimension,
               std::uint32_t documents);

  std::uint32_t size() const { return size_; }
  std::uint32_t owner(std::uint32_t vector) const;
  std::span<const std::int8_t> numbers(std::uint32_t vector) const;
  float inverse_length(std::uint32_t vector) const;
  /// Length over the sum of the numbers without their signs, of the vectors from `first` on, in
  /// 65,535ths, 16 bits each, not aligned. It is what an inner product with the signs is to be
  /// multiplied by, to be near the one with the direction (Gao and Long, "RaBitQ", 2024). 0 to 1.
  const std::uint8_t* spreads(std::uint32_t first) const {
    return spreads_ + std::size_t{first} * sizeof(std::uint16_t);
  }
  /// Of the vectors from `first` on, a multiple of `sign_rows` (kernels.hpp); not aligned. As
  /// Kernels::sum_nibbles() reads them.
  const std::uint8_t* signs(std::uint32_t first) const {
    return signs_ + std::size_t{first} * (dimension_ / 8);
  }
  /// The vectors [first, second) of a document. O(log vectors).
  std::pair<std::uint32_t, std::uint32_t> of(std::uint32_t document) const;

 private:
  std::size_t dimension_;
  std::uint32_t documents_;
  std::uint32_t size_ = 0;
  const std::uint8_t* owners_ = nullptr;
  const std::uint8_t* lengths_ = nullptr;
  const std::uint8_t* spreads_ = nullptr;
  const std::uint8_t* signs_ = nullptr;
  const std::uint8_t* numbers_ = nullptr;
};

/// Gathers the vectors of a segment, document after document.
class VectorColumnBuilder {
 public:
  explicit VectorColumnBuilder(std::size_t dimension) : dimension_(dimension) {}
  void add(std::span<const std::int8_t> vector);
  void end_document() { ++document_; }
  void write(Output& out) const;

 private:
  std::size_t dimension_;
  std::uint32_t document_ = 0;
  std::vector<std::uint32_t> owners_;
  std::vector<std::int8_t> numbers_;
};

}  // namespace koinon::index
