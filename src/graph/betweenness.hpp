// SPDX-License-Identifier: Apache-2.0
//
// Who stands between others: L. C. Freeman, A set of measures of centrality based on betweenness,
// Sociometry 40, 35-41, 1977. Paths are shortest in hops, strengths do not count.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// By vertex: over all pairs of other vertices, the part of their shortest paths that passes
/// through it, on average: 0 to 1. The sum over pairs (which igraph gives) is this times (n - 1)(n
/// - 2) / 2. Pairs without a path count as 0, and so do all in a graph of fewer than three
/// vertices.
///
/// Exact. U. Brandes, A faster algorithm for betweenness centrality, J. Math. Sociology 25,
/// 163-177, 2001, from eight sources at a time: what is read of a tie serves all eight, in the
/// lanes of vector registers. O(vertices * ties) and 250 bytes per vertex; only what a batch has
/// touched is cleared. The same bits on every machine. Throws Stopped; std::bad_alloc.
std::vector<double> betweenness(const TieGraph& graph, const Watch& watch = {});

}  // namespace koinon::graph
