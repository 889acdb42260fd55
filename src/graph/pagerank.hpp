// SPDX-License-Identifier: Apache-2.0
//
// PageRank over ties weighted by strength, through the works: L. Page, S. Brin, R. Motwani, T.
// Winograd, The PageRank citation ranking, Stanford 1999. With probability `damping` a walker goes
// on to a partner with probability strength / sum of strengths, else, and always from a member
// without ties, to a member drawn anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/forward_push.hpp"
#include "graph/walk_system.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

struct PageRankOptions {
  double damping = 0.85;
  /// The most that the scores may be off in all: the sum over members of |score - true score|.
  double tolerance = 1e-8;
};

struct PageRank {
  std::vector<double> scores;  // by member; they sum to 1, or are all 0 if there is no one to draw
  double error_bound = 0;      // proven from the residual; above the tolerance only if that is too
                               // small for double precision
  std::uint32_t rounds = 0;
};

/// `restart` has a weight for each member to be drawn anew with; empty: all members that are in any
/// work alike, and none of the others.
///
/// Ties are symmetric, so the scores solve a symmetric positive definite system; conjugate
/// gradients take some 25 rounds to 1e-8 where power iteration takes 100. A round costs O(rows),
/// since a sum over ties is a sum over works of sums over their members. Throws
/// std::invalid_argument unless 0
/// <= damping < 1, tolerance > 0 and the weights are as many as the members, none negative and not
/// all 0; Stopped, `watch` being asked in each round.
PageRank pagerank(const Affiliations& graph, const PageRankOptions& options = {},
                  std::span<const double> restart = {}, const Watch& watch = {});

/// Personalised PageRank around a few members by forward push: R. Andersen, F. Chung, K. Lang,
/// Local graph partitioning using PageRank vectors, FOCS 2006. The push is split in two steps, from
/// members to works and from works to members, for all that are due at once, so that a member costs
/// its works and a work its members, however many ties lie between. Where a round would visit more
/// than a quarter of all rows, as in a small world it soon does, what is left is solved for as a
/// whole by conjugate gradients to the same bound: after H. Wu et al., Unifying the global and
/// local approaches: an efficient power iteration with forward push, SIGMOD 2021.
///
/// It copies what it needs of the graph. A query clears only what it touched. One per thread.
class PersonalisedPageRank {
 public:
  using Options = PushOptions;
  using Score = PushScore;
  using Result = PushResult;

  /// O(rows).
  explicit PersonalisedPageRank(const Affiliations& graph);

  /// The seeds are drawn alike, one that is named twice twice as often. Throws
  /// std::invalid_argument without seeds or unless 0 <= damping < 1 and epsilon > 0;
  /// std::out_of_range if there is no such member; Stopped, `watch` being asked in each round, and
  /// the next query is as if this one had not been. At worst O(rows) times the logarithm of the
  /// precision.
  Result around(std::span<const std::uint32_t> seeds, const Options& options,
                const Watch& watch = {});
  Result around(std::span<const std::uint32_t> seeds) { return around(seeds, Options()); }

 private:
  std::size_t rows_due() const;
  bool solve(double damping, double epsilon, const Watch& watch);
  Result collect(double scale);

  std::uint32_t members_;
  WalkSystem system_;  // whose numbers all below go by
  WalkSolver solver_;
  ForwardPush<const WalkSystem> push_;
  std::vector<Score> scores_;
  double gap_ = 0;
  bool solved_ = false;
};

}  // namespace koinon::graph
