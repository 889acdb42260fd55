// SPDX-License-Identifier: Apache-2.0
//
// How the postings and the places of a term lie in their files. docs/reference/index-format.md says
// the same for people.
#pragma once

#include <cstdint>
#include <cstring>

#include "index/kernels.hpp"

namespace koinon::index {

/// Behind every document. Below 2^31, so that signed comparisons, the only ones that SSE2 has, are
/// right.
inline constexpr std::uint32_t no_document = 0x7FFFFFFFU;
/// What the first gap is counted from: one before document 0.
inline constexpr std::uint32_t before_first = 0xFFFFFFFFU;

/// What the dictionary knows of a term.
struct TermEntry {
  std::uint32_t documents = 0;   // that have it, dead ones too
  std::uint32_t max_weight = 0;  // greatest weighted frequency,
  std::uint8_t min_length = 0;   // and least length code (0 for a term of one document): together
                                 // a bound of every score
  std::uint64_t places = 0;      // how many
  std::uint64_t postings_begin = 0;
  std::uint64_t postings_size = 0;
  std::uint64_t places_begin = 0;
  std::uint64_t places_size = 0;
  // A term of one document lies in the dictionary itself.
  std::uint32_t document = 0;
  const std::uint8_t* inline_places = nullptr;  // as varints
  const std::uint8_t* inline_end = nullptr;
};

/// From one less than this on weights are thrown together.
inline constexpr std::size_t weights_told_apart = 64;

/// A weighted frequency and a length code: no posting of a block is better than all of its bounds,
/// that is has both a greater weight than one of them and a lesser length.
/// All but the first bound of a block are those of a posting; the first too where it is alone and
/// its weight is less than weights_told_apart - 1.
struct BlockBound {
  std::uint16_t weight = 0;
  std::uint8_t length = 255;
};

/// A full block of 128 postings. Behind it, packed: gaps less one, weights less one, and where
/// weights are not plain counts, counts of places less one.
struct BlockInfo {
  static constexpr std::size_t bounds_kept = 3;

  std::uint32_t offset = 0;         // of its bytes, from the first block's
  std::uint32_t places_before = 0;  // places of the term in the blocks before
  std::uint8_t gap_bits = 0;
  std::uint8_t weight_bits = 0;
  std::uint8_t count_bits = 0;
  BlockBound bounds[bounds_kept];  // the unused ones have weight 0

  static constexpr std::size_t bytes = 11 + 3 * bounds_kept;
  static BlockInfo read(const std::uint8_t* at) {
    BlockInfo info;
    std::memcpy(&info.offset, at, 4);
    std::memcpy(&info.places_before, at + 4, 4);
    info.gap_bits = at[8];
    info.weight_bits = at[9];
    info.count_bits = at[10];
    read_bounds(at, info.bounds);
    return info;
  }
  static void read_bounds(const std::uint8_t* at, BlockBound* bounds) {
    for (std::size_t i = 0; i < bounds_kept; ++i) {
      std::memcpy(&bounds[i].weight, at + 11 + 3 * i, 2);
      bounds[i].length = at[13 + 3 * i];
    }
  }
  void write(std::uint8_t* at) const {
    std::memcpy(at, &offset, 4);
    std::memcpy(at + 4, &places_before, 4);
    at[8] = gap_bits;
    at[9] = weight_bits;
    at[10] = count_bits;
    for (std::size_t i = 0; i < bounds_kept; ++i) {
      std::memcpy(at + 11 + 3 * i, &bounds[i].weight, 2);
      at[13 + 3 * i] = bounds[i].length;
    }
  }
  std::size_t size() const { return std::size_t{16} * (gap_bits + weight_bits + count_bits); }
};

/// The postings of a term with at least two documents:
///   last document of each block   u32 each
///   BlockInfo of each block       20 bytes each
///   the blocks
///   the rest, at most 127 postings, each as varint (gap - 1) * 2 + same, and unless `same` (weight
///   and count as in the posting before; at first one()/1) varint weight - 1, and varint count - 1
///   if counts are kept
/// The places of a term, each posting's as the first and then differences:
///   u32 for each full block of 128: offset of its bytes in 16s, times 64, plus its bits
///   the blocks, packed
///   the rest as varints
inline constexpr std::size_t directory_entry = 4;

}  // namespace koinon::index
