// SPDX-License-Identifier: Apache-2.0
//
// Ties between members, one member at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "graph/dynamic_incidence.hpp"
#include "graph/sparse_set.hpp"

namespace koinon::graph {

/// A member met in at least one work.
struct Tie {
  std::uint32_t partner = 0;
  std::uint32_t shared = 0;  // works that both take part in
  /// Newman's weight: the sum over those works of 1 / (k - 1), k being the members of the work. It
  /// is a strength: larger is closer. A member's strengths add up to its works of two or more.
  double strength = 0;
};

/// Computes rows of the projection. It keeps its working memory between queries (4 bytes per vertex
/// of the largest graph seen), so that a query allocates nothing and clears nothing of the graph's
/// size. One per thread; it holds no part of a graph.
class Projection {
 public:
  /// The partners of a member in the order in which it met them: by the first row of the member
  /// that they share, then by id. Formula: M. E. J. Newman, Scientific collaboration networks II,
  /// Phys. Rev. E 64, 016132, 2001, eq. 2, with members of any role. A member never is its own
  /// partner, a work counts once however many roles are held in it, and a work of one member gives
  /// nothing; a member without works gets an empty span.
  ///
  /// Every graph with the same rows gives the same numbers to the last bit. O(sum of the rows of
  /// the member's works). The span lives until the next call. Throws std::out_of_range if there is
  /// no such member.
  std::span<const Tie> partners_of(IncidenceView graph, std::uint32_t member);

  /// For each of some partners, in their order, the works shared with `member`: those whose latest
  /// row of the member starts last come first, equals by falling id, an unknown start last; at most
  /// `limit` each. Empty where nothing is shared, as with the member itself.
  ///
  /// One pass for all partners: O(sum of the rows of the member's works), less if every list is
  /// full before. Throws std::out_of_range if there is no such member or partner,
  /// std::invalid_argument if a partner is named twice.
  std::vector<std::vector<std::uint32_t>> shared_works(
      IncidenceView graph, std::uint32_t member, std::span<const std::uint32_t> partners,
      std::size_t limit = std::numeric_limits<std::size_t>::max());

 private:
  SparseSet met_;          // members
  SparseSet seen_;         // works
  std::vector<Tie> ties_;  // beside met_
};

}  // namespace koinon::graph
