// SPDX-License-Identifier: Apache-2.0
//
// Of all ways to choose pairs that are equally good, the one with the most even loads of a side.
#pragma once

#include <cstdint>
#include <vector>

namespace koinon::programme {

/// Pairs of a bipartite graph that may be chosen or not, without those that must stay as they are.
/// The loads of one side, `near`, are made even; those of the other stay.
struct LoadProblem {
  struct Link {
    std::uint32_t near = 0;
    std::uint32_t far = 0;
    bool chosen = false;
  };
  std::vector<std::uint32_t> loads;  // of near, those of pairs that must stay included
  std::vector<bool> movable;         // of near: whether the load may change
  std::uint32_t far = 0;             // vertices
  std::vector<Link> links;
};

/// Exchanges pairs until no movable vertex of `near` can hand one over, along any alternating way,
/// to a movable one with two fewer. Loads of such choices are an M-convex set (the loads of
/// bipartite subgraphs with given degrees on the other side), so that where no exchange is left
/// the sum of their squares is the least of all, and in falling order they are the least in
/// lexicographic order (A. Frank, K. Murota, "Decreasing minimization on M-convex sets", 2018).
///
/// Heaviest first: whoever cannot be relieved stays so, since no later way touches what it reaches.
/// Depth first, many ways in a pass; O(passes · links), a few passes for each load that occurs.
void even_loads(LoadProblem& problem);

}  // namespace koinon::programme
