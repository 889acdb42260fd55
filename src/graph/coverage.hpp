// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "graph/watch.hpp"

namespace koinon::graph {

/// Of something counted, the category along one axis: a country, a theme, a year.
inline constexpr std::uint32_t no_category = std::numeric_limits<std::uint32_t>::max();

struct CategoryAxis {
  std::span<const std::uint32_t> of;  // by observation: below `categories`, or no_category
  std::uint32_t categories = 0;
};

/// How many observations fall in each cell of two or three axes, and which cells are thin. An
/// observation is whatever the caller counts: a member, a work, or a work in each of its countries.
/// One that has no category along an axis falls in no cell.
class CoverageTable {
 public:
  struct Gap {
    std::array<std::uint32_t, 3> cell{};  // the third is 0 for two axes
    std::uint64_t count = 0;
    /// What would be expected if the axes had nothing to do with each other: the product of the
    /// cell's shares along each axis, times all.
    double expected = 0;
  };

  /// O(observations + cells). Throws std::invalid_argument unless there are two or three axes of
  /// one length with at most 2^28 cells, and each category is one; std::bad_alloc.
  explicit CoverageTable(std::span<const CategoryAxis> axes);

  /// O(1). Throws std::out_of_range if there is no such category; `third` is 0 for two axes.
  std::uint64_t at(std::uint32_t first, std::uint32_t second, std::uint32_t third = 0) const;

  /// All observations in cells, and those of a category along an axis. O(1).
  std::uint64_t total() const noexcept { return total_; }
  std::uint64_t margin(std::size_t axis, std::uint32_t category) const {
    return margins_.at(axis).at(category);
  }

  /// Cells with fewer than `least`, those first that are farthest below what is expected, equals in
  /// the order of their categories, `most` of them. Categories that nothing at all is in make no
  /// gaps. O(cells + most log most). Throws Stopped, `watch` being asked every 65,536 cells.
  std::vector<Gap> gaps(std::uint64_t least = 1,
                        std::size_t most = std::numeric_limits<std::size_t>::max(),
                        const Watch& watch = {}) const;

 private:
  std::array<std::uint32_t, 3> sizes_{1, 1, 1};
  std::array<std::vector<std::uint64_t>, 3> margins_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
};

}  // namespace koinon::graph
