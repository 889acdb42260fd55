// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "graph/bitmap.hpp"

namespace koinon::graph {

/// A set of codes for each vertex of a graph. Of sets there are few, so that each is kept once and
/// a vertex costs four bytes.
class CodeSets {
 public:
  /// In the place of those that it had. O(codes · log sets).
  void set(std::uint32_t vertex, std::vector<std::string> codes);
  void set(std::uint32_t vertex, const std::string& code);

  /// Of a vertex that nothing was told of: none. O(1).
  const std::vector<std::string>& of(std::uint32_t vertex) const noexcept;

  /// The set of a vertex as a number: two vertices of one number have the same codes, and 0 stands
  /// for none. O(1).
  std::uint32_t number_of(std::uint32_t vertex) const noexcept {
    return vertex < set_of_.size() ? set_of_[vertex] : 0;
  }
  const std::vector<std::string>& set(std::uint32_t number) const noexcept { return sets_[number]; }
  std::uint32_t set_count() const noexcept { return static_cast<std::uint32_t>(sets_.size()); }

  /// Whether any set has had the code. O(codes in all sets).
  bool has(const std::string& code) const;

  /// All codes that any vertex has now, sorted. O(vertices + codes in all sets · log).
  std::vector<std::string> codes() const;

  /// The vertices that have any of some codes. O(vertices + codes in all sets).
  Bitmap having_any(const std::vector<std::string>& codes) const;

 private:
  std::vector<std::uint32_t> set_of_;
  std::vector<std::vector<std::string>> sets_{{}};
  std::map<std::vector<std::string>, std::uint32_t> numbers_{{{}, 0}};
};

}  // namespace koinon::graph
