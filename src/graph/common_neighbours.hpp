// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/tie_graph.hpp"

namespace koinon::graph {

/// Counts, for one vertex at a time, how many neighbours it has in common with every other. Keeps
/// its working memory (8 bytes per vertex) between queries and clears only what it touched. One per
/// thread.
class CommonNeighbours {
 public:
  struct Common {
    std::uint32_t vertex = 0;
    std::uint32_t count = 0;
  };

  /// All vertices with a common neighbour, neighbours of `vertex` or not, without itself; in the
  /// order in which its neighbours lead there. O(sum of the degrees of its neighbours). The span
  /// lives until the next call. Throws std::out_of_range if there is no such vertex.
  std::span<const Common> of(const TieGraph& graph, std::uint32_t vertex);

 private:
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> touched_;
  std::vector<Common> row_;
};

}  // namespace koinon::graph
