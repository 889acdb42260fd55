// SPDX-License-Identifier: Apache-2.0
//
// The projection as a whole: members and the ties between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/dynamic_incidence.hpp"
#include "graph/sparse_set.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// An undirected simple graph whose ties have a strength, as compressed sparse rows, each by rising
/// id. It is for measures that need every tie; whatever can run
/// on Affiliations should, since ties outnumber rows by far.
///
/// A strength is a weight where larger is closer; as a length of a tie, 1 / strength is meant.
/// Immutable: any number of threads may read it; spans live as long as it does.
class TieGraph {
 public:
  /// A tie of a list given by the caller.
  struct Edge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double strength = 1;
  };

  TieGraph() : TieGraph(0, {}) {}

  /// From a list in any order and either direction; what is named twice counts once, with the sum
  /// of its strengths. O(vertices + edges). Throws std::invalid_argument, naming the edge, if an
  /// end is not below `vertices`, both ends are one, or the strength is not a positive number;
  /// std::bad_alloc.
  TieGraph(std::uint32_t vertices, std::span<const Edge> edges);

  /// The projection with Newman's strengths (see Projection), vertices being members: one sparse
  /// accumulator, row by row, for the partners of higher id alone; two transpositions give each row
  /// its order without sorting. O(members + sum of k^2 over works of k members); while it runs it
  /// holds 12 bytes per tie beside the result. Every graph with the same rows gives the same bits.
  static TieGraph project(const Affiliations& affiliations, const Watch& watch = {});

  /// Memory for projections among some members: 4 bytes per member and per work, which are cleared
  /// once. One per thread.
  class Workspace {
   public:
    Workspace() = default;

   private:
    friend class TieGraph;
    struct Part {
      std::size_t next = 0;  // in found_
      std::uint32_t size = 0;
      std::uint32_t last = 0;  // place of the member that was put in last
      double share = 0;
    };
    template <class Graph>
    void gather(const Graph& graph, std::span<const std::uint32_t> members);

    SparseSet places_;  // of members, in the order given
    SparseSet works_;
    std::vector<Part> parts_;              // beside works_
    std::vector<std::size_t> begins_;      // in works_of_, of the members
    std::vector<std::uint32_t> works_of_;  // places in works_
    std::vector<std::uint32_t> found_;     // places of members, by work
  };

  /// The same among some members, which are numbered anew in the order given. Strengths are those
  /// of the whole projection: a work counts with all its members. O(their rows, the rows of works
  /// that two of them share, and pairs of them in works). Throws std::out_of_range if there is no
  /// such member, std::invalid_argument if one is named twice; Stopped.
  static TieGraph project(const Affiliations& affiliations, std::span<const std::uint32_t> members,
                          Workspace& workspace, const Watch& watch = {});
  static TieGraph project(IncidenceView graph, std::span<const std::uint32_t> members,
                          Workspace& workspace, const Watch& watch = {});
  static TieGraph project(const Affiliations& affiliations, std::span<const std::uint32_t> members);

  /// The ties among some vertices, which are numbered anew in the order given. O(sum of their
  /// degrees + vertices). Throws std::out_of_range if there is no such vertex,
  /// std::invalid_argument if one is named twice.
  TieGraph induced(std::span<const std::uint32_t> vertices) const;

  /// O(1).
  std::uint32_t vertex_count() const noexcept {
    return static_cast<std::uint32_t>(offsets_.size() - 1);
  }
  std::size_t tie_count() const noexcept { return neighbours_.size() / 2; }

  /// The other ends of a vertex's ties, and beside them the strengths. `vertex` is to be below
  /// vertex_count(), which is not looked at. O(1).
  std::span<const std::uint32_t> neighbours(std::uint32_t vertex) const noexcept {
    return {neighbours_.data() + offsets_[vertex], degree(vertex)};
  }
  std::span<const double> strengths(std::uint32_t vertex) const noexcept {
    return {strengths_.data() + offsets_[vertex], degree(vertex)};
  }
  std::size_t degree(std::uint32_t vertex) const noexcept {
    return offsets_[std::size_t{vertex} + 1] - offsets_[vertex];
  }

  /// Bytes held: 24 per tie and 8 per vertex. O(1).
  std::size_t memory_bytes() const noexcept;

 private:
  template <class Graph>
  static TieGraph project_some(const Graph& graph, std::span<const std::uint32_t> members,
                               Workspace& workspace, const Watch& watch);

  struct Upper;  // of each vertex the ties to higher ids, in any order
  TieGraph(const Upper& upper, const Watch& watch);

  std::vector<std::size_t> offsets_;
  std::vector<std::uint32_t> neighbours_;
  std::vector<double> strengths_;
};

}  // namespace koinon::graph
