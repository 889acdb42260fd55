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
/// there. What is touched is written down side by side and kept for the query, since a push comes
/// back to it. Vertices have the incidence's own numbers.
class IncidenceWalk {
 public:
  /// Begins anew. O(what was touched before), and O(vertices) the first time that they grow.
  void reset(IncidenceView graph);

  std::size_t size() const noexcept { return graph_->member_count(); }
  std::size_t works() const noexcept { return graph_->work_count(); }

  /// The works that make ties, and the members of a work, once each; good until reset(). O(rows)
  /// the first time, then O(1).
  std::span<const std::uint32_t> works_of(std::uint32_t member);
  std::span<const std::uint32_t> members_of(std::uint32_t work);

  static constexpr bool knows_strengths = false;
  double share(std::uint32_t work) {
    return 1.0 / static_cast<double>(members_of(work).size() - 1);
  }
  double strength(std::uint32_t member) { return static_cast<double>(works_of(member).size()); }
  double kept(std::uint32_t member);

 private:
  struct Part {
    const std::uint32_t* begin = nullptr;  // null: not written down yet
    std::size_t size = 0;
    std::span<const std::uint32_t> list() const noexcept { return {begin, size}; }
  };

  std::uint32_t* room(std::size_t size);
  Part keep(std::uint32_t* begin, std::uint32_t* end) noexcept;

  std::optional<IncidenceView> graph_;
  std::vector<Part> parts_;                         // by member
  std::vector<Part> work_parts_;                    // by work
  std::vector<std::vector<std::uint32_t>> chunks_;  // what the parts point into: it never moves
  std::size_t chunk_ = 0;                           // being filled
  std::size_t used_ = 0;                            // of it
  std::vector<std::uint32_t> known_members_;
  std::vector<std::uint32_t> known_works_;
  SparseSet seen_;  // works
};

/// Personalised PageRank by forward push straight on an incidence: what PersonalisedPageRank does,
/// with the same meaning of its error, without a copy and without ever solving for the whole. A
/// query costs O(rows of the works pushed through); pushes take no more than 1 / (epsilon (1 -
/// damping)) steps into works in all. Memory (44 bytes per member, 36 per work, and what was
/// touched) is kept between queries; a query clears only what it touched. One per thread.
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
