// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace koinon::partners {

/// Sets that only ever grow together. find() is O(log n) amortised (R. E. Tarjan, J. van Leeuwen,
/// Worst-case analysis of set union algorithms, J. ACM 31, 1984: path halving).
class DisjointSets {
 public:
  explicit DisjointSets(std::uint32_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }

  /// The root of the set: one of its members, always the same until it is joined with another.
  std::uint32_t find(std::uint32_t member) {
    while (parents_[member] != member) {
      parents_[member] = parents_[parents_[member]];
      member = parents_[member];
    }
    return member;
  }

  /// Whether they were two.
  bool join(std::uint32_t one, std::uint32_t other) {
    one = find(one);
    other = find(other);
    parents_[other] = one;
    return one != other;
  }

  /// Both are roots; `over` stays one.
  void join_under(std::uint32_t root, std::uint32_t over) { parents_[root] = over; }

 private:
  std::vector<std::uint32_t> parents_;
};

}  // namespace koinon::partners
