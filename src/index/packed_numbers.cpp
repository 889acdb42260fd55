// SPDX-License-Identifier: Apache-2.0
#include "index/packed_numbers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

std::uint64_t blocks_of(std::uint64_t count) {
  return count / block_size + (count % block_size != 0 ? 1 : 0);
}

void append_packed(std::vector<std::uint8_t>& out, const std::array<std::uint64_t, block_size>& all,
                   unsigned bits) {
  std::array<std::uint32_t, block_size> part;
  for (unsigned done = 0; done < bits; done += 32) {
    const unsigned here = std::min(bits - done, 32U);
    for (std::size_t i = 0; i < block_size; ++i)
      part[i] = static_cast<std::uint32_t>(all[i] >> done);
    const std::size_t begin = out.size();
    out.resize(begin + std::size_t{16} * here);
    pack(part.data(), here, out.data() + begin);
  }
}

}  // namespace

void PackedNumbers::damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its numbers");
}

void PackedNumbersBuilder::add(std::uint64_t number) {
  if (numbers_.size() % 64 == 0) absent_.push_back(0);
  numbers_.push_back(number);
}

void PackedNumbersBuilder::add_absent() {
  add(0);
  absent_.back() |= std::uint64_t{1} << (numbers_.size() - 1) % 64;
}

void PackedNumbersBuilder::write(Output& out) const {
  std::vector<std::uint8_t> data;
  std::array<std::uint64_t, block_size> above;
  for (std::size_t begin = 0; begin < numbers_.size(); begin += block_size) {
    const std::size_t count = std::min(numbers_.size() - begin, block_size);
    const auto absent = [&](std::size_t i) {
      return (absent_[(begin + i) / 64] >> (begin + i) % 64 & 1U) != 0;
    };
    std::uint64_t least = ~std::uint64_t{0};
    std::uint64_t most = 0;
    std::array<std::uint8_t, PackedNumbers::present_bytes> present{};
    std::size_t there = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (absent(i)) continue;
      least = std::min(least, numbers_[begin + i]);
      most = std::max(most, numbers_[begin + i]);
      present[i / 8] |= static_cast<std::uint8_t>(1U << i % 8);
      ++there;
    }
    if (there == 0) least = most = 0;
    above.fill(0);
    for (std::size_t i = 0; i < count; ++i) above[i] = absent(i) ? 0 : numbers_[begin + i] - least;
    const auto bits = static_cast<unsigned>(std::bit_width(most - least));
    const bool some_absent = there < count;
    out.append_number(least);
    out.append_number(static_cast<std::uint32_t>(data.size() / 16));
    out.append_number(
        static_cast<std::uint8_t>(bits | (some_absent ? PackedNumbers::with_absent : 0)));
    if (some_absent) data.insert(data.end(), present.begin(), present.end());
    append_packed(data, above, bits);
  }
  out.append(data);
}

PackedNumbers::PackedNumbers(const Input& input, std::uint64_t at, std::uint64_t count)
    : count_(count), end_(at) {
  const std::uint64_t blocks = blocks_of(count);
  if (blocks > input.size() / head_size) damaged();
  heads_ = input.range(at, blocks * head_size);
  end_ += blocks * head_size;
  if (blocks == 0) return;
  // The last block tells where all of them end.
  const std::uint8_t* const last = heads_ + (blocks - 1) * head_size;
  std::uint32_t begin = 0;
  std::memcpy(&begin, last + 8, sizeof begin);
  data_size_ = std::uint64_t{begin} * 16 + size_of(last[12] & 127U, (last[12] & with_absent) != 0);
  data_ = input.range(end_, data_size_);
  end_ += data_size_;
}

}  // namespace koinon::index
