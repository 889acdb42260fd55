// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "graph/affiliations.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// How far a member's partners are partners of each other: R. S. Burt, Structural Holes, 1992,
/// chapter 2, weighted by strength. With a[i][j] the strength of a tie, p[i][j] = a[i][j] / the sum
/// of i's strengths, and m[j][q] = a[j][q] / the greatest strength of j:
struct StructuralHoles {
  /// The sum over partners j of (p[i][j] + sum over q of p[i][q] p[q][j])^2. Large: whoever i turns
  /// to, the same people. What igraph and networkx compute.
  std::vector<double> constraint;
  /// The sum over partners j of 1 - sum over q of p[i][q] m[j][q]: the number of partners less what
  /// they have in common. What networkx computes with weights.
  std::vector<double> effective_size;
  // By member; not a number for a member without ties, for which neither is defined.
};

/// Both of all members, over works: the sums over q are products with the projection, which is the
/// two-mode network times its transpose. O(sum over ties of the works of both ends), where going
/// over ties would cost the ties of both ends. Throws Stopped; std::bad_alloc.
StructuralHoles structural_holes(const Affiliations& graph, const Watch& watch = {});

}  // namespace koinon::graph
