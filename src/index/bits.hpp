// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/kernels.hpp"

namespace koinon::index {

/// A flag for each document.
class Bits {
 public:
  explicit Bits(std::size_t size) : words_((size + 63) / 64) {}

  bool test(std::size_t i) const { return (words_[i / 64] >> i % 64 & 1U) != 0; }
  void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << i % 64; }
  /// 64 flags, of documents from 64 * word on; zeros behind the end.
  std::uint64_t word(std::size_t word) const { return word < words_.size() ? words_[word] : 0; }
  std::uint64_t* words() { return words_.data(); }
  std::size_t word_count() const { return words_.size(); }
  std::size_t count() const { return kernels().count(words_.data(), words_.size()); }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace koinon::index
