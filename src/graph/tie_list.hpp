// SPDX-License-Identifier: Apache-2.0
//
// The ties of a graph as a list.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// Three arrays of one length: each tie once, `from` below `to`, by from, then to.
struct TieList {
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> to;
  std::vector<double> strength;
};

/// O(vertices + ties). Throws Stopped, `watch` being asked first and every 65,536 ties.
TieList list_ties(const TieGraph& graph, const Watch& watch = {});

/// The same with the vertices numbered anew: order[i] becomes i. `order` is to have each vertex
/// once. O(vertices + ties * log degree).
TieList list_ties(const TieGraph& graph, std::span<const std::uint32_t> order,
                  const Watch& watch = {});

}  // namespace koinon::graph
