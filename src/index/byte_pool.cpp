// SPDX-License-Identifier: Apache-2.0
#include "index/byte_pool.hpp"

#include "koinon/error.hpp"

namespace koinon::index {

std::uint32_t BytePool::allocate(std::uint32_t size) {
  if (used_ + size > block_size) {
    if (blocks_.size() > 0xFFFFU) {
      throw Error(ErrorCode::OutOfMemory, "the index in memory has reached 4 GiB of postings");
    }
    blocks_.push_back(std::make_unique<std::uint8_t[]>(block_size));
    used_ = 0;
  }
  const auto block = static_cast<std::uint32_t>(blocks_.size() - 1);
  const std::uint32_t address = block << block_bits | used_;
  used_ += size;
  return address;
}

Stream BytePool::make_stream() {
  Stream stream;
  stream.first = allocate(slice_size(0) + static_cast<std::uint32_t>(link_size));
  stream.write = stream.first;
  stream.left = static_cast<std::uint16_t>(slice_size(0));
  return stream;
}

void BytePool::append(Stream& stream, const std::uint8_t* bytes, std::size_t size) {
  while (size > 0) {
    if (stream.left == 0) {
      const std::uint32_t level = std::min(stream.level + 1U, 255U);
      const std::uint32_t room = slice_size(level);
      const std::uint32_t next = allocate(room + static_cast<std::uint32_t>(link_size));
      std::memcpy(at(stream.write), &next, sizeof next);
      stream.write = next;
      stream.left = static_cast<std::uint16_t>(room);
      stream.level = static_cast<std::uint8_t>(level);
    }
    const std::size_t step = std::min<std::size_t>(size, stream.left);
    std::memcpy(at(stream.write), bytes, step);
    stream.write += static_cast<std::uint32_t>(step);
    stream.left = static_cast<std::uint16_t>(stream.left - step);
    bytes += step;
    size -= step;
  }
}

}  // namespace koinon::index
