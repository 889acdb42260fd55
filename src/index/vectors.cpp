// SPDX-License-Identifier: Apache-2.0
#include "index/vectors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "index/kernels.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its vectors");
}

template <class T>
T read(const std::uint8_t* data, std::size_t i) {
  T value;
  __builtin_memcpy(&value, data + i * sizeof value, sizeof value);
  return value;
}

struct Lengths {
  float inverse = 0;
  float spread = 0;
};

Lengths lengths_of(std::span<const std::int8_t> vector) {
  std::int64_t squares = 0;
  std::int64_t sum = 0;
  for (const std::int8_t number : vector) {
    squares += std::int64_t{number} * number;
    sum += std::abs(std::int32_t{number});
  }
  if (sum == 0) return {};
  const double length = std::sqrt(static_cast<double>(squares));
  return {static_cast<float>(1 / length), static_cast<float>(length / static_cast<double>(sum))};
}

// NaN, from a forged file, would put a sort out of order.
float between_0_and_1(float number) {
  if (!(number >= 0 && number <= 1)) damaged();
  return number;
}

}  // namespace

bool quantise(std::span<const float> vector, std::int8_t* out) {
  float greatest = 0;
  for (const float number : vector) {
    if (!std::isfinite(number)) return false;
    greatest = std::max(greatest, std::abs(number));
  }
  if (greatest < std::numeric_limits<float>::min()) return false;
  for (std::size_t i = 0; i < vector.size(); ++i)
    out[i] = static_cast<std::int8_t>(std::lround(vector[i] / greatest * 127));
  return true;
}

void signs_of(std::span<const std::int8_t> vector, std::uint8_t* out, std::size_t stride) {
  for (std::size_t k = 0; k < vector.size() / 8; ++k) {
    unsigned bits = 0;
    for (unsigned i = 0; i < 8; ++i) bits |= (vector[k * 8 + i] >= 0 ? 1U : 0U) << i;
    out[k * stride] = static_cast<std::uint8_t>(bits);
  }
}

VectorColumn::VectorColumn(const Input& input, std::uint64_t at, std::size_t dimension,
                           std::uint32_t documents)
    : dimension_(dimension), documents_(documents), size_(input.number<std::uint32_t>(at)) {
  const std::uint64_t size = size_;
  owners_ = input.range(at += 4, size * 4);
  lengths_ = input.range(at += size * 4, size * 4);
  spreads_ = input.range(at += size * 4, size * 2);
  const std::uint64_t signs = (size + sign_rows - 1) / sign_rows * sign_rows * (dimension / 8);
  signs_ = input.range(at += size * 2, signs);
  numbers_ = input.range(at += signs, size * dimension);
}

std::uint32_t VectorColumn::owner(std::uint32_t vector) const {
  const auto owner = read<std::uint32_t>(owners_, vector);
  if (owner >= documents_) damaged();
  return owner;
}

std::span<const std::int8_t> VectorColumn::numbers(std::uint32_t vector) const {
  const auto* const all = reinterpret_cast<const std::int8_t*>(numbers_);
  return {all + std::size_t{vector} * dimension_, dimension_};
}

float VectorColumn::inverse_length(std::uint32_t vector) const {
  return between_0_and_1(read<float>(lengths_, vector));
}

std::pair<std::uint32_t, std::uint32_t> VectorColumn::of(std::uint32_t document) const {
  const auto first_from = [&](std::uint64_t wanted) {
    std::uint32_t low = 0;
    std::uint32_t high = size_;
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (read<std::uint32_t>(owners_, middle) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  return {first_from(document), first_from(std::uint64_t{document} + 1)};
}

void VectorColumnBuilder::add(std::span<const std::int8_t> vector) {
  owners_.push_back(document_);
  numbers_.insert(numbers_.end(), vector.begin(), vector.end());
}

void VectorColumnBuilder::write(Output& out) const {
  const auto vector = [&](std::size_t i) {
    return std::span(numbers_).subspan(i * dimension_, dimension_);
  };
  out.append_number(static_cast<std::uint32_t>(owners_.size()));
  out.append(owners_.data(), owners_.size() * sizeof(std::uint32_t));
  std::vector<std::uint16_t> spreads(owners_.size());
  for (std::size_t i = 0; i < owners_.size(); ++i) {
    const Lengths lengths = lengths_of(vector(i));
    out.append_number(lengths.inverse);
    spreads[i] = static_cast<std::uint16_t>(std::lround(lengths.spread * 65535));
  }
  out.append(spreads.data(), spreads.size() * sizeof(std::uint16_t));
  std::vector<std::uint8_t> block(sign_rows * (dimension_ / 8));
  for (std::size_t from = 0; from < owners_.size(); from += sign_rows) {
    std::fill(block.begin(), block.end(), std::uint8_t{0});
    for (std::size_t i = from; i < std::min(from + sign_rows, owners_.size()); ++i)
      signs_of(vector(i), block.data() + (i - from), sign_rows);
    out.append(block.data(), block.size());
  }
  out.append(numbers_.data(), numbers_.size());
}

}  // namespace koinon::index
