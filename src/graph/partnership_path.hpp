// SPDX-License-Identifier: Apache-2.0
//
// What lies around a member and between two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/dynamic_incidence.hpp"
#include "graph/origins.hpp"
#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// A way from one member to another: members[i] and members[i + 1] are both in works[i]. Without
/// members if there is no way, and one member without works from a member to itself.
struct PartnershipPath {
  std::vector<std::uint32_t> members;
  std::vector<std::uint32_t> works;
};

/// The members around one, by distance: a breadth-first search that is taken by half steps, from
/// members into their works and from works to their members. `Graph` is Affiliations or
/// IncidenceView, the same one from reset() on.
class Surroundings {
 public:
  /// Starts anew with one member at distance 0. O(1), and O(vertices) the first time.
  template <class Graph>
  void reset(const Graph& graph, std::uint32_t start);

  /// Enters the works of the members at the last distance, but for those entered before. Where
  /// `other` is given, it ends at the first work that the other has entered, and returns it;
  /// unreached if there is none. O(rows of these members).
  template <class Graph>
  std::uint32_t enter(const Graph& graph, const Surroundings* other = nullptr);

  /// Adds the members at the next distance, after enter(), as long as there are fewer than `most`
  /// in all, and says whether that was all of them. O(rows of the works entered).
  template <class Graph>
  bool spread(const Graph& graph, std::size_t most = std::numeric_limits<std::size_t>::max());

  /// The distance come to; the members found so far by distance, and those at the last one; the
  /// works entered last; whether a work has been entered at all. O(1).
  std::uint32_t hops() const noexcept { return static_cast<std::uint32_t>(begins_.size()) - 1; }
  std::span<const std::uint32_t> members() const noexcept { return members_.vertices(); }
  std::span<const std::uint32_t> last() const noexcept { return members().subspan(begins_.back()); }
  std::span<const std::uint32_t> last_works() const noexcept {
    return works_.vertices().subspan(works_begin_);
  }
  bool entered(std::uint32_t work) const noexcept { return works_.contains(work); }

  /// The way back from a work that has been entered, to the start: members and the works between
  /// them, the work itself left out. O(hops()).
  PartnershipPath way_back(std::uint32_t work) const;

 private:
  Origins members_;                  // the work that each was met in
  Origins works_;                    // the member that entered it
  std::vector<std::size_t> begins_;  // in members(), of each distance
  std::size_t works_begin_ = 0;      // in works_, of those entered last
};

/// Shortest paths by breadth-first search from both ends, the one with fewer works to leave going
/// first, until one enters a work that the other is in. Keeps its working memory (24 bytes per
/// member and per work) between queries and clears nothing of the graph's size. One per thread.
class PathFinder {
 public:
  /// A path with the fewest works. Of several it is the one found first; works are gone through by
  /// date and members by id, so that the rows alone decide which that is. O(rows) at worst. Throws
  /// std::out_of_range if there is no such member; Stopped, `watch` being asked at each distance,
  /// and the next query is as if this one had not been.
  PartnershipPath find(const Affiliations& graph, std::uint32_t from, std::uint32_t to,
                       const Watch& watch = {}) {
    return search(graph, from, to, watch);
  }
  PartnershipPath find(IncidenceView graph, std::uint32_t from, std::uint32_t to,
                       const Watch& watch = {}) {
    return search(graph, from, to, watch);
  }

 private:
  template <class Graph>
  PartnershipPath search(const Graph& graph, std::uint32_t from, std::uint32_t to,
                         const Watch& watch);
  template <class Graph>
  std::uint32_t meet(const Graph& graph, const Watch& watch);

  Surroundings from_;
  Surroundings to_;
};

/// The members within a distance of one, and the ties among them.
struct EgoNetwork {
  std::vector<std::uint32_t> members;  // by distance, then by id; the first is the member itself
  std::vector<std::uint32_t> hops;     // beside them
  TieGraph ties;                       // its vertices are places in `members`
  bool complete = true;                // false: there are more within the distance
};

/// Ego networks. Keeps its working memory (28 bytes per member and per work) between queries and
/// clears nothing of the graph's size. One per thread.
class EgoFinder {
 public:
  /// Strengths are those of the whole network: a work counts with all its members. At most `most`
  /// members, itself included, and at least itself: of the last distance those that are met first,
  /// by the works of the members before, in their order, and by id in one work. O(rows of the works
  /// of the members found, and the square of their sizes). Throws std::out_of_range if there is no
  /// such member; Stopped, `watch` being asked at each distance and at every 256th of the members
  /// when their ties are made.
  EgoNetwork find(const Affiliations& graph, std::uint32_t member, std::uint32_t radius,
                  std::size_t most = no_limit, const Watch& watch = {}) {
    return search(graph, member, radius, most, watch);
  }
  EgoNetwork find(IncidenceView graph, std::uint32_t member, std::uint32_t radius,
                  std::size_t most = no_limit, const Watch& watch = {}) {
    return search(graph, member, radius, most, watch);
  }

  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

 private:
  template <class Graph>
  EgoNetwork search(const Graph& graph, std::uint32_t member, std::uint32_t radius,
                    std::size_t most, const Watch& watch);

  Surroundings around_;
  TieGraph::Workspace places_;
};

/// EgoFinder once, after clearing its memory.
EgoNetwork ego_network(const Affiliations& graph, std::uint32_t member, std::uint32_t radius,
                       const Watch& watch = {});

}  // namespace koinon::graph
