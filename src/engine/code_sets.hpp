// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "graph/bitmap.hpp"

namespace koinon::engine {

/// A set of codes for each vertex of a graph. Of sets there are few, so that each is kept once and
/// a vertex costs four bytes.
class CodeSets {
 public:
  /// In the place of those that it had. O(codes · log sets).
  void set(std::uint32_t vertex, std::vector<std::string> codes);
  void set(std::uint32_t vertex, const std::string& code);

  /// Of a vertex that nothing was told of: none. O(1).
  const std::vector<std::string>& of(std::uint32_t vertex) const noexcept;

  /// The vertices that have any of some codes. O(vertices + codes in all sets).
  graph::Bitmap having_any(const std::vector<std::string>& codes) const;

 private:
  std::vector<std::uint32_t> set_of_;
  std::vector<std::vector<std::string>> sets_{{}};
  std::map<std::vector<std::string>, std::uint32_t> numbers_{{{}, 0}};
};

}  // namespace koinon::engine
