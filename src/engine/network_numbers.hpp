// SPDX-License-Identifier: Apache-2.0
//
// The vertices of a network are numbered by rising id, whatever their numbers were before.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace koinon::engine {

inline constexpr std::uint32_t unused_number = std::numeric_limits<std::uint32_t>::max();

/// Those places of `numbers` that are not unused_number, in the order of their ids; `numbers` gets
/// the new numbers. O(n log n).
inline std::vector<std::uint32_t> renumber(std::vector<std::uint32_t>& numbers,
                                           const std::vector<std::string>& ids) {
  std::vector<std::uint32_t> old;
  for (std::uint32_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != unused_number) old.push_back(i);
  }
  std::sort(old.begin(), old.end(),
            [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
  for (std::uint32_t i = 0; i < old.size(); ++i) numbers[old[i]] = i;
  return old;
}

}  // namespace koinon::engine
