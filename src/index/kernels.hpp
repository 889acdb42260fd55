// SPDX-License-Identifier: Apache-2.0
//
// The inner loops over blocks of 128 numbers: bit-packing and scoring. One scalar set, and one set
// of the same results for each instruction set that is worth it; chosen once, when the program
// runs.
#pragma once

#include <cstddef>
#include <cstdint>

namespace koinon::index {

inline constexpr std::size_t block_size = 128;

/// Number of bits that hold each of 128 values.
unsigned bits_for(const std::uint32_t* values);

/// Writes 128 values of `bits` bits into 16 * bits bytes: value i goes to lane i % 4 of a vector of
/// four 32-bit lanes, each lane a little-endian bit stream (the vertical layout of SIMD-BP128,
/// Lemire and Boytsov, "Decoding billions of integers per second through vectorization", 2015).
void pack(const std::uint32_t* values, unsigned bits, std::uint8_t* out);

/// What a clause is worth, by weighted frequency w and length code: see bm25.hpp. Scores are
/// integers, so that a sum is the same in whatever order it is taken.
struct ScoreTable {
  float weight = 0;                   // idf * boost * (k1 + 1), in units of the query's scale
  const float* saturation = nullptr;  // by length code: k1 * (1 - b + b * length / mean length)
};

struct Kernels {
  const char* name;
  /// out[i] = the values; `bits` at most 32. Writes 128.
  void (*unpack)(const std::uint8_t* in, unsigned bits, std::uint32_t* out);
  /// out[i] = base + sum of (value + 1) up to i: strictly increasing numbers after `base`.
  void (*unpack_increasing)(const std::uint8_t* in, unsigned bits, std::uint32_t base,
                            std::uint32_t* out);
  /// scores[i] = round(weight * w / (w + saturation[codes[documents[i]]])). `codes` can be read
  /// three bytes past its end.
  void (*score)(const std::uint32_t* documents, const std::uint32_t* weights, std::size_t count,
                const std::uint8_t* codes, const ScoreTable& table, std::int32_t* scores);
};

const Kernels& scalar_kernels();
/// The quickest set that this processor can run.
const Kernels& kernels();

/// The same score for one document; all sets give the same bits.
std::int32_t score_of(std::uint32_t weight, std::uint8_t code, const ScoreTable& table);

}  // namespace koinon::index
