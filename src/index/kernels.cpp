// SPDX-License-Identifier: Apache-2.0
#include "index/kernels.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "index/kernels_avx2.hpp"

namespace koinon::index {

namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t rows = block_size / lanes;

void unpack_scalar(const std::uint8_t* in, unsigned bits, std::uint32_t* out) {
  for (std::size_t i = 0; i < block_size; ++i) out[i] = packed_at(in, bits, i);
}

void unpack_increasing_scalar(const std::uint8_t* in, unsigned bits, std::uint32_t base,
                              std::uint32_t* out) {
  unpack_scalar(in, bits, out);
  for (std::size_t i = 0; i < block_size; ++i) out[i] = base += out[i] + 1;
}

void score_scalar(const std::uint32_t* documents, const std::uint32_t* weights, std::size_t count,
                  const std::uint8_t* codes, const ScoreTable& table, std::int32_t* scores) {
  for (std::size_t i = 0; i < count; ++i)
    scores[i] = score_of(weights[i], codes[documents[i]], table);
}

void score_alike_scalar(const std::uint32_t* weights, std::size_t count, std::uint8_t code,
                        const ScoreTable& table, std::int32_t* scores) {
  for (std::size_t i = 0; i < count; ++i) scores[i] = score_of(weights[i], code, table);
}

void at_least_scalar(const std::int32_t* scores, std::size_t words, std::int32_t least,
                     std::uint64_t* bits) {
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < 64; ++i)
      found |= std::uint64_t{scores[word * 64 + i] >= least ? 1U : 0U} << i;
    bits[word] = found;
  }
}

void take_marks_scalar(std::uint8_t* bytes, std::size_t words, std::uint64_t* bits) {
  for (std::size_t i = 0; i < 64 * words; ++i) {
    bits[i / 64] |= std::uint64_t{bytes[i] & 1U} << i % 64;
    bytes[i] = 0;
  }
}

std::size_t count_scalar(const std::uint64_t* bits, std::size_t words) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < words; ++i) sum += static_cast<std::size_t>(std::popcount(bits[i]));
  return sum;
}

std::int32_t dot_scalar(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += std::int32_t{a[i]} * b[i];
  return sum;
}

void sum_nibbles_scalar(const std::uint8_t* signs, std::size_t width, std::size_t blocks,
                        const std::uint8_t* tables, std::uint16_t* out) {
  for (std::size_t block = 0; block < blocks; ++block, out += sign_rows) {
    std::fill_n(out, sign_rows, std::uint16_t{0});
    for (std::size_t k = 0; k < width; ++k, signs += sign_rows) {
      const std::uint8_t* const low = tables + k * 32;
      for (std::size_t i = 0; i < sign_rows; ++i)
        out[i] =
            static_cast<std::uint16_t>(out[i] + low[signs[i] & 15U] + low[16 + (signs[i] >> 4U)]);
    }
  }
}

void grade_scalar(const std::uint16_t* sums, const std::uint8_t* factors, std::size_t count,
                  const GradeScale& scale, std::uint16_t* out) {
  const float half = scale.most / 2;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint16_t factor = 0;
    std::memcpy(&factor, factors + i * sizeof factor, sizeof factor);
    const float moved = static_cast<float>(sums[i]) * scale.step - scale.offset;
    const float near = moved * static_cast<float>(factor);
    const float grade = std::min(std::max((1 - near) * half, 0.0F), scale.most);
    out[i] = static_cast<std::uint16_t>(grade);
  }
}

void between_scalar(const std::uint16_t* numbers, std::size_t words, std::uint16_t least,
                    std::uint16_t most, std::uint64_t* bits) {
  for (std::size_t word = 0; word < words; ++word) {
    bits[word] = 0;
    for (unsigned i = 0; i < 64; ++i, ++numbers)
      bits[word] |= std::uint64_t{*numbers >= least && *numbers <= most} << i;
  }
}

}  // namespace

unsigned bits_for(const std::uint32_t* values) {
  std::uint32_t all = 0;
  for (std::size_t i = 0; i < block_size; ++i) all |= values[i];
  return static_cast<unsigned>(std::bit_width(all));
}

void pack(const std::uint32_t* values, unsigned bits, std::uint8_t* out) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    std::uint64_t window = 0;
    unsigned filled = 0;
    std::size_t word = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      window |= std::uint64_t{values[row * lanes + lane]} << filled;
      filled += bits;
      if (filled < 32) continue;
      const auto full = static_cast<std::uint32_t>(window);
      std::memcpy(out + (word++ * lanes + lane) * sizeof full, &full, sizeof full);
      window >>= 32U;
      filled -= 32;
    }
  }
}

const Kernels& scalar_kernels() {
  static constexpr Kernels set = {"scalar",           unpack_scalar,      unpack_increasing_scalar,
                                  score_scalar,       score_alike_scalar, at_least_scalar,
                                  take_marks_scalar,  count_scalar,       dot_scalar,
                                  sum_nibbles_scalar, grade_scalar,       between_scalar};
  return set;
}

const Kernels& kernels() {
  static const Kernels& chosen = [&]() -> const Kernels& {
    const Kernels* best = avx2_kernels();
    return best ? *best : scalar_kernels();
  }();
  return chosen;
}

}  // namespace koinon::index
