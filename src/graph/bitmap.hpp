// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace koinon::graph {

/// A set of small numbers (members, works or roles) as one bit each. What lies past its size is not
/// in it, so that a set made before the graph grew stays good.
class Bitmap {
 public:
  Bitmap() = default;
  explicit Bitmap(std::size_t size) : words_((size + 63) / 64) {}

  /// O(1), and O(number / 64) where it has to grow.
  void set(std::size_t number) {
    if (number / 64 >= words_.size()) words_.resize(number / 64 + 1);
    words_[number / 64] |= std::uint64_t{1} << number % 64;
  }

  bool test(std::size_t number) const noexcept {
    return number / 64 < words_.size() && (words_[number / 64] >> number % 64 & 1) != 0;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace koinon::graph
