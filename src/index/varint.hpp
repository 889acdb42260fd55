// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "koinon/error.hpp"

namespace koinon::index {

inline void append_varint(std::vector<std::uint8_t>& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<std::uint8_t>(value | 0x80U));
  out.push_back(static_cast<std::uint8_t>(value));
}

/// Reads numbers from bytes that were compared with their checksums; never beyond their end all the
/// same. Throws Error(Damaged) there.
class VarintReader {
 public:
  VarintReader(const std::uint8_t* at, const std::uint8_t* end) : at_(at), end_(end) {}

  std::uint32_t next() {
    if (at_ < end_ && *at_ < 0x80) return *at_++;
    return static_cast<std::uint32_t>(slow());
  }
  std::uint64_t next64() { return slow(); }
  const std::uint8_t* bytes(std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) < size) cut();
    const std::uint8_t* begin = at_;
    at_ += size;
    return begin;
  }
  const std::uint8_t* at() const { return at_; }

 private:
  std::uint64_t slow() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == end_) cut();
      const std::uint64_t byte = *at_++;
      value |= (byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    cut();
  }
  [[noreturn]] static void cut() {
    throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: a number is cut");
  }

  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

}  // namespace koinon::index
