// SPDX-License-Identifier: Apache-2.0
//
// Many byte streams that grow side by side, in one pool. A stream is a chain of slices that double
// in size: a rare term costs a dozen bytes, a frequent one wastes at most its last slice, and
// nothing is ever moved. The idea is Lucene's ByteBlockPool.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace koinon::index {

/// Where a stream is written on. A value of sixteen bytes.
struct Stream {
  std::uint32_t first = 0;  // address of the first slice
  std::uint32_t write = 0;  // address of the next byte
  std::uint16_t left = 0;   // bytes free in the current slice
  std::uint8_t level = 0;   // of the current slice
};

/// Addresses are 32 bits: at most 4 GiB of postings, then Error(OutOfMemory).
class BytePool {
 public:
  Stream make_stream();
  void append(Stream& stream, const std::uint8_t* bytes, std::size_t size);

  const std::uint8_t* at(std::uint32_t address) const {
    return blocks_[address >> block_bits].get() + (address & (block_size - 1));
  }
  std::size_t memory_bytes() const { return blocks_.size() * block_size; }

  /// Bytes of content in a slice; its link to the next slice follows them.
  static std::uint32_t slice_size(std::uint32_t level) {
    return std::uint32_t{8} << std::min(level, std::uint32_t{9});
  }
  static constexpr std::size_t link_size = sizeof(std::uint32_t);

 private:
  static constexpr std::uint32_t block_bits = 16;
  static constexpr std::uint32_t block_size = 1U << block_bits;

  std::uint32_t allocate(std::uint32_t size);
  std::uint8_t* at(std::uint32_t address) {
    return blocks_[address >> block_bits].get() + (address & (block_size - 1));
  }

  std::vector<std::unique_ptr<std::uint8_t[]>> blocks_;
  std::uint32_t used_ = block_size;  // of the last block
};

/// Reads a stream from its start. It does not know the stream's end: the reader must.
class StreamReader {
 public:
  StreamReader(const BytePool& pool, const Stream& stream)
      : pool_(&pool), at_(pool.at(stream.first)), end_(at_ + BytePool::slice_size(0)) {}

  std::uint8_t byte() {
    if (at_ == end_) next_slice();
    return *at_++;
  }

  std::uint32_t varint() {
    std::uint32_t value = byte();
    if (value < 0x80) return value;
    value &= 0x7FU;
    for (std::uint32_t shift = 7;; shift += 7) {
      const std::uint32_t more = byte();
      value |= (more & 0x7FU) << shift;
      if (more < 0x80) return value;
    }
  }

 private:
  void next_slice() {
    std::uint32_t link = 0;
    std::memcpy(&link, end_, sizeof link);
    at_ = pool_->at(link);
    end_ = at_ + BytePool::slice_size(++level_);
  }

  const BytePool* pool_;
  const std::uint8_t* at_;
  const std::uint8_t* end_;
  std::uint32_t level_ = 0;
};

}  // namespace koinon::index
