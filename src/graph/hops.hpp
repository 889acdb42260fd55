// SPDX-License-Identifier: Apache-2.0
//
// How many works lie between members: breadth-first search over affiliations.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// The distance of a member that cannot be reached.
inline constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();

/// Breadth-first search from up to 64 sources at a time, a bit for each, so that what lies near
/// several of them is walked once for all: M. Then et al., The more the merrier: efficient
/// multi-source graph traversal, PVLDB 8, 449-460, 2014. It goes over works, not ties: a work is
/// entered once per source, O(rows) per source at worst and far less together.
///
/// Keeps its working memory (16 bytes per vertex) between searches. One per thread.
class HopSearch {
 public:
  static constexpr std::size_t width = 64;

  /// Members first met at a distance, each with the sources that it was met from: bit i is
  /// sources[i]. Both have the same length.
  struct Level {
    std::uint32_t hops = 0;
    std::span<const std::uint32_t> members;
    const std::uint64_t* met;  // by member: read it for those of `members`
  };

  /// Calls visit(level) for hops 0, 1, ... as long as anyone is met and at most up to `radius`.
  /// Distance 0 holds the sources themselves, 1 their partners. Throws std::out_of_range if there
  /// is no such member, std::invalid_argument for more than `width` sources; Stopped, `watch` being
  /// asked every 4,096 members and works.
  void run(const Affiliations& graph, std::span<const std::uint32_t> sources,
           const std::function<void(const Level&)>& visit, std::uint32_t radius = unreached - 1,
           const Watch& watch = {});

 private:
  void begin(const Affiliations& graph, std::span<const std::uint32_t> sources);
  void step(const Affiliations& graph, const Watch& watch);

  std::vector<std::uint64_t> seen_;     // by member: the sources that have met it
  std::vector<std::uint64_t> met_;      // by member: those that meet it at this distance
  std::vector<std::uint64_t> entered_;  // by work: the sources that have been in it
  std::vector<std::uint64_t> enter_;    // by work: those that come in at this distance
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> works_;
  std::size_t steps_ = 0;  // members and works gone through, whatever the distance
};

/// The distance of every member from every source, sources.size() rows of member_count() numbers;
/// unreached where there is no way. 0 is the source itself, 1 a partner. Any number of sources.
/// Throws std::out_of_range if there is no such member; Stopped; std::bad_alloc.
std::vector<std::uint32_t> hop_distances(const Affiliations& graph,
                                         std::span<const std::uint32_t> sources,
                                         const Watch& watch = {});

/// How near each member is to all others. By member.
struct Closeness {
  /// (r - 1) / sum of distances, times (r - 1) / (n - 1): r members are within reach, itself
  /// included, of n that are in any work. S. Wasserman, K. Faust, Social Network Analysis, 1994,
  /// 5.2; what networkx calls wf_improved. 0 for a member that reaches nobody.
  std::vector<double> closeness;
  /// The sum of 1 / distance over the members within reach, not divided by n - 1. M. Marchiori, V.
  /// Latora, Physica A 285, 539-546, 2000.
  std::vector<double> harmonic;
  /// The distance of the farthest member within reach, 0 where there is none.
  std::vector<std::uint32_t> eccentricity;
};

/// Exact, from all members in batches of 64: O(members * rows) at worst, some fiftieth of it where
/// the network is a small world. Sums of whole numbers: no order of work changes a bit. Throws
/// Stopped; std::bad_alloc.
Closeness closeness(const Affiliations& graph, const Watch& watch = {});

}  // namespace koinon::graph
