// SPDX-License-Identifier: Apache-2.0
//
// Personalised PageRank where the network is too large, or too young, to be copied for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/dynamic_incidence.hpp"
#include "graph/forward_push.hpp"
#include "graph/sparse_set.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// What ForwardPush reads of an incidence: the works of a member once each, whatever roles it has
/// there, and sums of strengths and shares computed for what is touched and kept for the query.
/// Vertices have the incidence's own numbers.
class IncidenceWalk {
 public:
  /// Begins anew. O(what was touched before), and O(vertices) the first time that they grow.
  void reset(IncidenceView graph);

  std::size_t size() const noexcept { return graph_->member_count(); }
  std::size_t works() const noexcept { return graph_->work_count(); }

  /// The works that make ties, and the members of a work, once each; until the next call.
  std::span<const std::uint32_t> works_of(std::uint32_t member);
  std::span<const std::uint32_t> members_of(std::uint32_t work);

  double share(std::uint32_t work);
  double strength(std::uint32_t member);
  double kept(std::uint32_t member);

 private:
  std::optional<IncidenceView> graph_;
  std::vector<double> strengths_;  // by member; 0: not known yet
  std::vector<double> shares_;     // by work
  std::vector<std::uint32_t> known_members_;
  std::vector<std::uint32_t> known_works_;
  SparseSet seen_;  // works
  std::vector<std::uint32_t> works_;
  std::vector<std::uint32_t> members_;
};

/// Personalised PageRank by forward push straight on an incidence: what PersonalisedPageRank does,
/// with the same meaning of its error, without a copy and without ever solving for the whole. A
/// query costs O(rows of the works pushed through); pushes take no more than 1 / (epsilon (1 -
/// damping)) steps into works in all. Memory (36 bytes per member, 20 per work) is kept between
/// queries; a query clears only what it touched. One per thread.
class LocalPageRank {
 public:
  /// As PersonalisedPageRank::around(). `watch` is told of each round, with the members still due
  /// as what is left. Throws what that throws, and Stopped.
  PushResult around(IncidenceView graph, std::span<const std::uint32_t> seeds,
                    const PushOptions& options, const Watch& watch = {});

 private:
  IncidenceWalk walk_;
  ForwardPush<IncidenceWalk> push_;
  std::vector<PushScore> scores_;
};

}  // namespace koinon::graph
