// SPDX-License-Identifier: Apache-2.0
//
// The terms of an index by their bytes: one arena of spellings, one open-addressing table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/byte_pool.hpp"

namespace koinon::index {

/// A term and its postings, which stand in the stream in the order of documents.
struct Term {
  std::uint32_t begin = 0;  // of the spelling in the arena
  std::uint32_t hash = 0;
  std::uint32_t postings = 0;  // how many, dead ones too
  std::uint32_t last = 0;      // ordinal of the last document
  Stream stream;
  std::uint16_t length = 0;
};

/// Numbers of terms are dense and never change; at most 2^32 - 1 terms and 4 GiB of spellings.
class Dictionary {
 public:
  /// The number of a spelling, new or old; a new one gets a stream in `pool`. Amortised O(length).
  std::uint32_t add(std::string_view spelling, BytePool& pool);

  /// nullptr for an unknown one. O(length) on average.
  const Term* find(std::string_view spelling) const;

  Term& at(std::uint32_t number) { return terms_[number]; }
  const Term& at(std::uint32_t number) const { return terms_[number]; }
  std::string_view spelling(const Term& term) const {
    return std::string_view(spellings_).substr(term.begin, term.length);
  }
  std::size_t size() const { return terms_.size(); }
  std::size_t memory_bytes() const;

 private:
  // The slot that holds the spelling, or the free one where it belongs.
  std::size_t slot(std::string_view spelling, std::uint32_t hash) const;
  void grow();

  std::string spellings_;
  std::vector<Term> terms_;
  std::vector<std::uint32_t> slots_;  // number + 1, 0 is free; a power of two of them
};

}  // namespace koinon::index
