// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

struct SampledBetweennessOptions {
  /// With probability 1 - failure, all scores at once are within max_error of the true ones.
  double max_error = 0.01;
  double failure = 0.1;
  std::uint64_t seed = 1;
};

struct SampledBetweenness {
  std::vector<double> scores;  // by vertex, on the scale of betweenness()
  std::uint64_t samples = 0;
};

/// betweenness() by samples of a pair of vertices and one of its shortest paths, found by
/// breadth-first search from both ends: M. Riondato, E. Kornaropoulos, Fast approximation of
/// betweenness centrality through sampling, Data Min. Knowl. Disc. 30, 438-475, 2016, whose bound
/// says when to end at the latest. It ends before where Chernoff's bound on each vertex's own share
/// lets it, with the permitted failure dealt out among vertices by a first small sample, as M.
/// Borassi, E. Natale, KADABRA is an adaptive algorithm for betweenness via random approximation,
/// ACM JEA 24, 2019.
///
/// Samples are numbered and drawn by number: a seed has one answer. Some ln(1 / failure) /
/// max_error^2 samples at worst, each a small part of the ties. Throws std::invalid_argument unless
/// 0 < max_error < 1 and 0 < failure < 1 and the bound is below 9e15 samples; Stopped;
/// std::bad_alloc.
SampledBetweenness sampled_betweenness(const TieGraph& graph,
                                       const SampledBetweennessOptions& options = {},
                                       const Watch& watch = {});

/// Whether betweenness() is likely to cost less than sampled_betweenness(), by a rule of thumb:
/// whether the bound on samples is above vertices * sqrt(2 * ties) / 10. A sample goes over some
/// sqrt(2 * ties) ends of ties from either side, exact betweenness over 2 * ties from each vertex,
/// each of them for a tenth of the time or so. O(ties). Throws as that does.
bool exact_is_cheaper(const TieGraph& graph, const SampledBetweennessOptions& options);

}  // namespace koinon::graph
