// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/document.hpp"

namespace koinon::search {

/// Record ids by document number, in one arena: ties are broken by id, often, so they are at hand.
///
/// Threads: one writer, or many readers.
class IdTable {
 public:
  /// Ids are at most 255 bytes long; throws Error(InvalidArgument) for a longer one. Amortised
  /// O(1).
  void put(index::DocKey key, std::string_view id);

  /// "" for a number that was never put. O(1).
  std::string_view id(index::DocKey key) const;

  std::size_t memory_bytes() const {
    return bytes_.capacity() + entries_.capacity() * sizeof(Entry);
  }

 private:
  struct Entry {
    std::uint32_t begin = 0;
    std::uint8_t length = 0;
  };

  void tidy();

  std::string bytes_;
  std::vector<Entry> entries_;
  std::size_t used_ = 0;  // bytes that entries name
};

}  // namespace koinon::search
