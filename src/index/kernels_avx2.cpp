// SPDX-License-Identifier: Apache-2.0
#include "index/kernels_avx2.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#include <array>
#include <cstring>
#include <utility>

#define KOINON_AVX2 __attribute__((target("avx2")))
#define KOINON_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

namespace koinon::index {

namespace {

constexpr unsigned rows = 32;

template <unsigned Bits, unsigned Row>
KOINON_AVX2_INLINE __m128i row_of(const __m128i* in) {
  if constexpr (Bits == 0) {
    return _mm_setzero_si128();
  } else {
    constexpr unsigned word = Row * Bits / 32;
    constexpr unsigned shift = Row * Bits % 32;
    __m128i values = _mm_srli_epi32(_mm_loadu_si128(in + word), shift);
    if constexpr (shift + Bits > 32) {
      values = _mm_or_si128(values, _mm_slli_epi32(_mm_loadu_si128(in + word + 1), 32 - shift));
    }
    if constexpr (Bits < 32 && shift + Bits != 32)
      values = _mm_and_si128(values, _mm_set1_epi32(static_cast<int>((1U << Bits) - 1)));
    return values;
  }
}

template <unsigned Bits, unsigned... Row>
KOINON_AVX2_INLINE void unpack_rows(const __m128i* in, __m128i* out,
                                    std::integer_sequence<unsigned, Row...>) {
  (_mm_storeu_si128(out + Row, row_of<Bits, Row>(in)), ...);
}

template <unsigned Bits>
KOINON_AVX2 void unpack_bits(const std::uint8_t* in, std::uint32_t* out) {
  unpack_rows<Bits>(reinterpret_cast<const __m128i*>(in), reinterpret_cast<__m128i*>(out),
                    std::make_integer_sequence<unsigned, rows>{});
}

// The running sum of four gaps and one each, on top of the greatest so far, which is in every lane
// of `sum`.
KOINON_AVX2_INLINE void add_up(__m128i gaps, __m128i& sum, __m128i* out) {
  gaps = _mm_add_epi32(gaps, _mm_slli_si128(gaps, 4));
  gaps = _mm_add_epi32(gaps, _mm_slli_si128(gaps, 8));
  const __m128i numbers = _mm_add_epi32(_mm_add_epi32(gaps, _mm_setr_epi32(1, 2, 3, 4)), sum);
  _mm_storeu_si128(out, numbers);
  sum = _mm_shuffle_epi32(numbers, 0xFF);
}

template <unsigned Bits, unsigned... Row>
KOINON_AVX2_INLINE void increasing_rows(const __m128i* in, __m128i sum, __m128i* out,
                                        std::integer_sequence<unsigned, Row...>) {
  (add_up(row_of<Bits, Row>(in), sum, out + Row), ...);
}

template <unsigned Bits>
KOINON_AVX2 void increasing_bits(const std::uint8_t* in, std::uint32_t base, std::uint32_t* out) {
  increasing_rows<Bits>(reinterpret_cast<const __m128i*>(in),
                        _mm_set1_epi32(static_cast<int>(base)), reinterpret_cast<__m128i*>(out),
                        std::make_integer_sequence<unsigned, rows>{});
}

using Unpack = void (*)(const std::uint8_t*, std::uint32_t*);
using Increasing = void (*)(const std::uint8_t*, std::uint32_t, std::uint32_t*);

template <unsigned... Bits>
constexpr std::array<Unpack, 33> unpackers(std::integer_sequence<unsigned, Bits...>) {
  return {unpack_bits<Bits>...};
}
template <unsigned... Bits>
constexpr std::array<Increasing, 33> increasing(std::integer_sequence<unsigned, Bits...>) {
  return {increasing_bits<Bits>...};
}
constexpr auto unpack_table = unpackers(std::make_integer_sequence<unsigned, 33>{});
constexpr auto increasing_table = increasing(std::make_integer_sequence<unsigned, 33>{});

void unpack_avx2(const std::uint8_t* in, unsigned bits, std::uint32_t* out) {
  unpack_table[bits](in, out);
}

void increasing_avx2(const std::uint8_t* in, unsigned bits, std::uint32_t base,
                     std::uint32_t* out) {
  increasing_table[bits](in, base, out);
}

KOINON_AVX2 void score_avx2(const std::uint32_t* documents, const std::uint32_t* weights,
                            std::size_t count, const std::uint8_t* codes, const ScoreTable& table,
                            std::int32_t* scores) {
  const __m256 weight = _mm256_set1_ps(table.weight);
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256i document = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(documents + i));
    const __m256i word = _mm256_i32gather_epi32(reinterpret_cast<const int*>(codes), document, 1);
    const __m256i code = _mm256_and_si256(word, _mm256_set1_epi32(255));
    const __m256 saturation = _mm256_i32gather_ps(table.saturation, code, 4);
    const __m256 w =
        _mm256_cvtepi32_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + i)));
    const __m256 score = _mm256_div_ps(_mm256_mul_ps(weight, w), _mm256_add_ps(w, saturation));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(scores + i), _mm256_cvtps_epi32(score));
  }
  for (; i < count; ++i) scores[i] = score_of(weights[i], codes[documents[i]], table);
}

KOINON_AVX2 void score_alike_avx2(const std::uint32_t* weights, std::size_t count,
                                  std::uint8_t code, const ScoreTable& table,
                                  std::int32_t* scores) {
  const __m256 weight = _mm256_set1_ps(table.weight);
  const __m256 saturation = _mm256_set1_ps(table.saturation[code]);
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256 w =
        _mm256_cvtepi32_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + i)));
    const __m256 score = _mm256_div_ps(_mm256_mul_ps(weight, w), _mm256_add_ps(w, saturation));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(scores + i), _mm256_cvtps_epi32(score));
  }
  for (; i < count; ++i) scores[i] = score_of(weights[i], code, table);
}

KOINON_AVX2 void at_least_avx2(const std::int32_t* scores, std::size_t words, std::int32_t least,
                               std::uint64_t* bits) {
  const __m256i below = _mm256_set1_epi32(least - 1);  // least is never the lowest number
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t found = 0;
    for (unsigned i = 0; i < 8; ++i) {
      const auto* from = reinterpret_cast<const __m256i*>(scores + word * 64 + i * 8);
      const __m256i enough = _mm256_cmpgt_epi32(_mm256_loadu_si256(from), below);
      const auto mask = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(enough)));
      found |= std::uint64_t{mask} << i * 8;
    }
    bits[word] = found;
  }
}

KOINON_AVX2 void take_marks_avx2(std::uint8_t* bytes, std::size_t words, std::uint64_t* bits) {
  for (std::size_t word = 0; word < words; ++word) {
    auto* const low = reinterpret_cast<__m256i*>(bytes + word * 64);
    const auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_loadu_si256(low)));
    const auto second =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_loadu_si256(low + 1)));
    bits[word] |= std::uint64_t{second} << 32U | first;
    _mm256_storeu_si256(low, _mm256_setzero_si256());
    _mm256_storeu_si256(low + 1, _mm256_setzero_si256());
  }
}

__attribute__((target("popcnt"))) std::size_t count_popcnt(const std::uint64_t* bits,
                                                           std::size_t words) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < words; ++i)
    sum += static_cast<std::size_t>(__builtin_popcountll(bits[i]));
  return sum;
}

KOINON_AVX2 std::int32_t dot_avx2(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  __m256i sum = _mm256_setzero_si256();
  for (std::size_t i = 0; i < size; i += 16) {
    const __m256i left =
        _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i)));
    const __m256i right =
        _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i)));
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(left, right));
  }
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
  return _mm_cvtsi128_si32(half);
}

// Two entries of at most 127 add up within a byte. Their sums are added as numbers of 16 bits, of
// which the upper bytes are also added by themselves and taken off in the end.
KOINON_AVX2 void sum_nibbles_avx2(const std::uint8_t* signs, std::size_t width, std::size_t blocks,
                                  const std::uint8_t* tables, std::uint16_t* out) {
  const __m256i low_bits = _mm256_set1_epi8(15);
  for (std::size_t block = 0; block < blocks; ++block, out += sign_rows) {
    __m256i all = _mm256_setzero_si256();
    __m256i upper = _mm256_setzero_si256();
    for (std::size_t k = 0; k < width; ++k, signs += sign_rows) {
      const auto* const table = reinterpret_cast<const __m128i*>(tables + k * 32);
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(signs));
      const __m256i low = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(table)),
                                              _mm256_and_si256(bytes, low_bits));
      const __m256i high =
          _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(table + 1)),
                              _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_bits));
      const __m256i both = _mm256_add_epi8(low, high);
      all = _mm256_add_epi16(all, both);
      upper = _mm256_add_epi16(upper, _mm256_srli_epi16(both, 8));
    }
    const __m256i lower = _mm256_sub_epi16(all, _mm256_slli_epi16(upper, 8));
    const __m256i front = _mm256_unpacklo_epi16(lower, upper);  // signs 0 to 7, 16 to 23
    const __m256i back = _mm256_unpackhi_epi16(lower, upper);   // signs 8 to 15, 24 to 31
    auto* const to = reinterpret_cast<__m256i*>(out);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(front, back, 0x20));
    _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(front, back, 0x31));
  }
}

KOINON_AVX2_INLINE __m256 eight_numbers(const void* from) {
  const __m128i numbers = _mm_loadu_si128(static_cast<const __m128i*>(from));
  return _mm256_cvtepi32_ps(_mm256_cvtepu16_epi32(numbers));
}

KOINON_AVX2_INLINE __m256i eight_grades(const std::uint16_t* sums, const std::uint8_t* factors,
                                        const GradeScale& scale) {
  const __m256 moved = _mm256_sub_ps(_mm256_mul_ps(eight_numbers(sums), _mm256_set1_ps(scale.step)),
                                     _mm256_set1_ps(scale.offset));
  const __m256 near = _mm256_mul_ps(moved, eight_numbers(factors));
  const __m256 grade =
      _mm256_mul_ps(_mm256_sub_ps(_mm256_set1_ps(1), near), _mm256_set1_ps(scale.most / 2));
  return _mm256_cvttps_epi32(
      _mm256_min_ps(_mm256_max_ps(grade, _mm256_setzero_ps()), _mm256_set1_ps(scale.most)));
}

KOINON_AVX2 void grade_avx2(const std::uint16_t* sums, const std::uint8_t* factors,
                            std::size_t count, const GradeScale& scale, std::uint16_t* out) {
  std::size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    const __m256i first = eight_grades(sums + i, factors + i * 2, scale);
    const __m256i second = eight_grades(sums + i + 8, factors + i * 2 + 16, scale);
    const __m256i both = _mm256_permute4x64_epi64(_mm256_packus_epi32(first, second), 0xD8);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), both);
  }
  scalar_kernels().grade(sums + i, factors + i * 2, count - i, scale, out + i);
}

KOINON_AVX2 void between_avx2(const std::uint16_t* numbers, std::size_t words, std::uint16_t least,
                              std::uint16_t most, std::uint64_t* bits) {
  const __m256i low = _mm256_set1_epi16(static_cast<std::int16_t>(least));
  const __m256i high = _mm256_set1_epi16(static_cast<std::int16_t>(most));
  const auto inside = [&](const std::uint16_t* from) KOINON_AVX2 {
    const __m256i each = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
    return _mm256_cmpeq_epi16(_mm256_min_epu16(_mm256_max_epu16(each, low), high), each);
  };
  for (std::size_t word = 0; word < words; ++word, numbers += 64) {
    std::uint64_t all = 0;
    for (unsigned half = 0; half < 2; ++half) {
      const __m256i packed =
          _mm256_packs_epi16(inside(numbers + half * 32), inside(numbers + half * 32 + 16));
      const auto mask =
          static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_permute4x64_epi64(packed, 0xD8)));
      all |= std::uint64_t{mask} << half * 32;
    }
    bits[word] = all;
  }
}

}  // namespace

const Kernels* avx2_kernels() {
  static constexpr Kernels set = {"avx2",           unpack_avx2,      increasing_avx2,
                                  score_avx2,       score_alike_avx2, at_least_avx2,
                                  take_marks_avx2,  count_popcnt,     dot_avx2,
                                  sum_nibbles_avx2, grade_avx2,       between_avx2};
  static const bool can =
      __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
  return can ? &set : nullptr;
}

}  // namespace koinon::index

#else

namespace koinon::index {

const Kernels* avx2_kernels() {
  return nullptr;
}

}  // namespace koinon::index

#endif
