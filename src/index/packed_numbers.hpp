// SPDX-License-Identifier: Apache-2.0
//
// Numbers that can be read one by one, in blocks of 128 that each take the bits that their numbers
// lie apart ("frame of reference"). Some may be absent.
//
//   for each block      u64 least number, u32 begin in sixteens of bytes, u8 bits; + 128 where
//                       numbers are absent
//   then each block's   where numbers are absent, a bit for each that is there (16 bytes); number -
//                       least, packed (Kernels::unpack): 32 bits of it, then those above
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "index/checked_file.hpp"
#include "index/kernels.hpp"

namespace koinon::index {

/// Gathers numbers; write() gives them out. O(1) each.
class PackedNumbersBuilder {
 public:
  void add(std::uint64_t number);
  void add_absent();
  void write(Output& out) const;

 private:
  std::vector<std::uint64_t> numbers_;  // 0 where absent
  std::vector<std::uint64_t> absent_;   // bits
};

/// Threads: any. It must not outlive the input.
class PackedNumbers {
 public:
  PackedNumbers() = default;
  /// `count` of them that begin at `at`. Throws Error(Damaged), as everything below may.
  PackedNumbers(const Input& input, std::uint64_t at, std::uint64_t count);

  std::uint64_t size() const { return count_; }
  /// The first byte behind them.
  std::uint64_t end() const { return end_; }

  /// Number i, below size(); any number where it is absent. O(1).
  std::uint64_t operator[](std::uint64_t i) const {
    return block(i / block_size).at(i % block_size);
  }
  /// Calls f with number i, unless it is absent.
  template <class F>
  void visit(std::uint64_t i, F&& f) const {
    const Block block = this->block(i / block_size);
    if (block.has(i % block_size)) f(block.at(i % block_size));
  }

  /// Calls f with each i of [begin, end) and its number, unless that is absent.
  template <class F>
  void visit(std::uint64_t begin, std::uint64_t end, F&& f) const {
    for (std::uint64_t i = begin; i < end;) {
      const Block block = this->block(i / block_size);
      const std::uint64_t last = std::min<std::uint64_t>(end, (i / block_size + 1) * block_size);
      for (; i < last; ++i) {
        if (block.has(i % block_size)) f(i, block.at(i % block_size));
      }
    }
  }

  struct Block {
    std::uint64_t least;
    const std::uint8_t* present;  // null where none is absent
    const std::uint8_t* packed;
    unsigned bits;

    bool has(std::size_t i) const { return !present || (present[i / 8] >> i % 8 & 1U) != 0; }
    std::uint64_t at(std::size_t i) const {
      if (bits == 0) return least;
      if (bits <= 32) return least + packed_at(packed, bits, i);
      const std::uint64_t high = packed_at(packed + 32 * 16, bits - 32, i);
      return least + (high << 32U | packed_at(packed, 32, i));
    }
    /// 64 of the bits that tell which are there: the first, or (1) the last.
    std::uint64_t present_word(std::size_t word) const {
      std::uint64_t there = ~std::uint64_t{0};
      if (present) __builtin_memcpy(&there, present + word * 8, sizeof there);
      return there;
    }
  };
  Block block(std::uint64_t number) const {
    const std::uint8_t* const head = heads_ + number * head_size;
    Block block;
    std::uint32_t begin = 0;
    __builtin_memcpy(&block.least, head, sizeof block.least);
    __builtin_memcpy(&begin, head + 8, sizeof begin);
    block.bits = head[12] & 127U;
    const bool absent = (head[12] & with_absent) != 0;
    const std::uint64_t offset = std::uint64_t{begin} * 16;
    if (block.bits > 64 || offset + size_of(block.bits, absent) > data_size_) damaged();
    block.present = absent ? data_ + offset : nullptr;
    block.packed = data_ + offset + (absent ? present_bytes : 0);
    return block;
  }

 private:
  static constexpr std::size_t head_size = 13;
  static constexpr unsigned with_absent = 128;
  static constexpr std::size_t present_bytes = block_size / 8;
  friend class PackedNumbersBuilder;

  // Bytes of a block.
  static std::size_t size_of(unsigned bits, bool absent) {
    return (absent ? present_bytes : 0) + std::size_t{16} * bits;
  }
  [[noreturn]] static void damaged();

  const std::uint8_t* heads_ = nullptr;
  const std::uint8_t* data_ = nullptr;
  std::uint64_t data_size_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace koinon::index
