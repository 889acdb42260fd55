// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// Communities: a part of the graph for each vertex. Each is connected by ties within itself. They
/// are numbered in the order of their smallest vertices; a vertex without ties is one of its own.
struct Communities {
  std::vector<std::uint32_t> of_vertex;
  std::vector<std::uint32_t> sizes;
  double modularity = 0;
  std::uint32_t rounds = 0;
  bool stable = false;  // the last round found nothing better
};

struct LeidenOptions {
  /// Above 0. Larger: more and smaller communities. 1 is Newman's modularity.
  double resolution = 1;
  /// Each round starts from the communities of the one before; none makes them worse. It ends
  /// before where a round finds nothing better; a number too large to be reached asks for that.
  std::uint32_t max_rounds = 5;
  /// Of the choice by which a vertex joins others when communities are refined: the probability of
  /// a gain in strength goes with exp(gain / randomness). Above 0.
  double randomness = 0.01;
  std::uint64_t seed = 1;
};

/// V. A. Traag, L. Waltman, N. J. van Eck, From Louvain to Leiden: guaranteeing well-connected
/// communities, Sci. Rep. 9, 5233, 2019, for modularity by strength: vertices move in the order of
/// a queue, communities are refined from single vertices, and the refined ones are the vertices of
/// the next level. What a round returns is checked for connectedness, and what is not falls apart,
/// which only raises modularity. A seed has one answer.
///
/// Some ten passes over the ties in the first round, fewer in later ones. Throws
/// std::invalid_argument for an option out of range; Stopped; std::bad_alloc.
Communities leiden(const TieGraph& graph, const LeidenOptions& options = {},
                   const Watch& watch = {});

/// The sum over communities of inner strength / all strength - resolution (sum of strengths of its
/// vertices / twice all strength)^2; 0 without ties. M. E. J. Newman, Phys. Rev. E 70, 056131,
/// 2004. O(ties). Throws std::invalid_argument unless there is a number below vertex_count() for
/// each vertex.
double modularity(const TieGraph& graph, std::span<const std::uint32_t> communities,
                  double resolution = 1);

}  // namespace koinon::graph
