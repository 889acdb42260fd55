// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/dynamic_incidence.hpp"
#include "graph/projection.hpp"
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

/// The partners that two members have in common, on the two-mode network: no tie is stored. Keeps
/// its working memory (8 bytes per member and per work) between queries and clears nothing of the
/// graph's size. One per thread.
class CommonPartners {
 public:
  struct Common {
    std::uint32_t partner = 0;
    Tie one;  // with the first of the two; `partner` is the one in common in both
    Tie other;
  };

  /// Without the two themselves; in the order in which `one` has met them. Empty for a member with
  /// itself. O(sum of the rows of the works of both). The span lives until the next call. Throws
  /// std::out_of_range if there is no such member.
  std::span<const Common> of(IncidenceView graph, std::uint32_t one, std::uint32_t other);

 private:
  Projection projection_;
  SparseSet met_;          // partners of `other`
  std::vector<Tie> ties_;  // beside them
  std::vector<Common> common_;
};

}  // namespace koinon::graph
