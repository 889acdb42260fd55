// SPDX-License-Identifier: Apache-2.0
//
// The inner loops over blocks of 128 numbers: bit-packing and scoring. One scalar set, and one set
// of the same results for each instruction set that is worth it; chosen once, when the program
// runs.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace koinon::index {

inline constexpr std::size_t block_size = 128;
inline constexpr std::size_t length_codes = 256;

/// Number of bits that hold each of 128 values.
unsigned bits_for(const std::uint32_t* values);

/// Writes 128 values of `bits` bits into 16 * bits bytes: value i goes to lane i % 4 of a vector of
/// four 32-bit lanes, each lane a little-endian bit stream (the vertical layout of SIMD-BP128,
/// Lemire and Boytsov, "Decoding billions of integers per second through vectorization", 2015).
void pack(const std::uint32_t* values, unsigned bits, std::uint8_t* out);

/// Value i of a packed block. O(1).
inline std::uint32_t packed_at(const std::uint8_t* in, unsigned bits, std::size_t i) {
  const auto word = [&](std::size_t number) {
    std::uint32_t value = 0;
    __builtin_memcpy(&value, in + (number * 4 + i % 4) * sizeof value, sizeof value);
    return value;
  };
  if (bits == 0) return 0;
  const std::size_t bit = i / 4 * bits;
  const auto shift = static_cast<unsigned>(bit % 32);
  std::uint64_t window = word(bit / 32);
  if (shift + bits > 32) window |= std::uint64_t{word(bit / 32 + 1)} << 32U;
  return static_cast<std::uint32_t>((window >> shift) & ((std::uint64_t{1} << bits) - 1));
}

/// What a clause is worth, by weighted frequency w and length code: see bm25.hpp. Scores are
/// integers, so that a sum is the same in whatever order it is taken.
struct ScoreTable {
  float weight = 0;                   // idf * boost * (k1 + 1), in units of the query's scale
  const float* saturation = nullptr;  // by length code: k1 * (1 - b + b * length / mean length)
};

/// first_not_before() may read so many numbers from the one that it finds on.
inline constexpr std::size_t find_overrun = 8;

/// The least i >= at with numbers[i] >= wanted; there is one. Numbers are rising, and below 2^31.
/// It is near more often than not, so it is looked for one by one, eight at a time.
inline std::size_t first_not_before(const std::uint32_t* numbers, std::size_t at,
                                    std::uint32_t wanted) {
#if defined(__SSE2__)
  const __m128i all = _mm_set1_epi32(static_cast<int>(wanted));
  for (;; at += 8) {
    const auto* from = reinterpret_cast<const __m128i*>(numbers + at);
    const __m128i low = _mm_cmplt_epi32(_mm_loadu_si128(from), all);
    const __m128i high = _mm_cmplt_epi32(_mm_loadu_si128(from + 1), all);
    const auto before = static_cast<unsigned>(
        _mm_movemask_epi8(_mm_packs_epi16(_mm_packs_epi32(low, high), _mm_setzero_si128())));
    if (before != 0xFF) return at + static_cast<std::size_t>(std::countr_one(before));
  }
#else
  while (numbers[at] < wanted) ++at;
  return at;
#endif
}

/// The same in a block of 128: in as many steps for any number, none of which has to be guessed.
inline std::size_t place_in_block(const std::uint32_t* numbers, std::uint32_t wanted) {
  std::size_t at = 0;
  for (std::size_t step = block_size / 2; step > 0; step /= 2)
    at += step * static_cast<std::size_t>(numbers[at + step - 1] < wanted);
  return at;
}

/// Rows of a block of signs.
inline constexpr std::size_t sign_rows = 32;

/// Of Kernels::grade().
struct GradeScale {
  float step = 0;
  float offset = 0;
  float most = 0;
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
  /// The same for documents of one length code.
  void (*score_alike)(const std::uint32_t* weights, std::size_t count, std::uint8_t code,
                      const ScoreTable& table, std::int32_t* scores);
  /// A bit for each of 64 * words scores that is at least `least`.
  void (*at_least)(const std::int32_t* scores, std::size_t words, std::int32_t least,
                   std::uint64_t* bits);
  /// For each of 64 * words bytes that is 0xFF and not 0 sets the bit; then all bytes are 0.
  void (*take_marks)(std::uint8_t* bytes, std::size_t words, std::uint64_t* bits);
  std::size_t (*count)(const std::uint64_t* bits, std::size_t words);
  /// The sum of a[i] * b[i]; `size` is a multiple of 64, at most 4,096.
  std::int32_t (*dot)(const std::int8_t* a, const std::int8_t* b, std::size_t size);
  /// Sums of table entries, for `blocks` blocks of 32 rows of `width` bytes each (not aligned); a
  /// block has the first bytes of all its rows, then the second ones, and so on. A row's byte k
  /// adds entry (byte & 15) of table 2 * k and entry (byte >> 4) of table 2 * k + 1; each table has
  /// 16 entries of at most 127, and a row's sum must stay below 65,536. Writes 32 * blocks sums.
  /// Looking sixteen sums up at once in a register is of F. André, A.-M. Kermarrec, N. Le
  /// Scouarnec, "Cache locality is not enough" (PVLDB 9, 288-299, 2015).
  void (*sum_nibbles)(const std::uint8_t* signs, std::size_t width, std::size_t blocks,
                      const std::uint8_t* tables, std::uint16_t* out);
  /// out[i] = (1 - (sums[i] * step - offset) * factor i) * most / 2, cut down to a whole number of
  /// 0 to most, which is at most 32,767. `factors` has 16 bits for each, not aligned.
  void (*grade)(const std::uint16_t* sums, const std::uint8_t* factors, std::size_t count,
                const GradeScale& scale, std::uint16_t* out);
  /// A bit for each of 64 * words numbers that is at least `least` and at most `most`, which is not
  /// below it.
  void (*between)(const std::uint16_t* numbers, std::size_t words, std::uint16_t least,
                  std::uint16_t most, std::uint64_t* bits);
};

const Kernels& scalar_kernels();
/// The quickest set that this processor can run.
const Kernels& kernels();

/// See Kernels::score(). Documents are rising and codes rise with them, as in a segment: most often
/// the first and the last have the same one.
inline void score_rising(const std::uint32_t* documents, const std::uint32_t* weights,
                         std::size_t count, const std::uint8_t* codes, const ScoreTable& table,
                         std::int32_t* scores) {
  if (count == 0) return;
  const std::uint8_t code = codes[documents[0]];
  if (code == codes[documents[count - 1]]) {
    kernels().score_alike(weights, count, code, table, scores);
  } else {
    kernels().score(documents, weights, count, codes, table, scores);
  }
}

/// The same score for one document; all sets give the same bits.
inline float unrounded_score(std::uint32_t weight, std::uint8_t code, const ScoreTable& table) {
  const auto w = static_cast<float>(static_cast<std::int32_t>(weight));
  return table.weight * w / (w + table.saturation[code]);
}
inline std::int32_t rounded_score(float score) {
#if defined(__SSE2__)
  return _mm_cvtss_si32(_mm_set_ss(score));
#else
  return static_cast<std::int32_t>(std::lrintf(score));
#endif
}
inline std::int32_t score_of(std::uint32_t weight, std::uint8_t code, const ScoreTable& table) {
  return rounded_score(unrounded_score(weight, code, table));
}

}  // namespace koinon::index
