// SPDX-License-Identifier: Apache-2.0
//
// A graph of dated edges from parents to children that should have no cycle and not go back in
// time: what is wrong with one, and what a sound one says about descent.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace koinon::graph {

/// A day before every other: nothing is known.
inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

/// Stands for an edge that there is not.
inline constexpr std::uint32_t no_edge = 0xffffffff;

/// `child` took something up from `parent` on one of the days from `first_day` to `last_day`; both
/// are no_day where that is not known.
struct LineageEdge {
  std::uint32_t parent = 0;
  std::uint32_t child = 0;
  std::int32_t first_day = no_day;
  std::int32_t last_day = no_day;

  bool dated() const noexcept { return first_day != no_day; }
};

/// The edges by their ends. Several may join the same two vertices.
///
/// Threads: any number may read one.
class LineageGraph {
 public:
  LineageGraph() = default;
  /// O(vertices + edges). Throws std::out_of_range for an edge whose ends are not below `vertices`.
  LineageGraph(std::uint32_t vertices, std::span<const LineageEdge> edges);

  std::uint32_t vertex_count() const noexcept { return vertices_; }
  std::uint32_t edge_count() const noexcept { return static_cast<std::uint32_t>(edges_.size()); }
  /// Edges are numbered as they were given.
  const LineageEdge& edge(std::uint32_t number) const { return edges_[number]; }
  /// Numbers of the edges out of a parent, or into a child, in rising order.
  std::span<const std::uint32_t> out_of(std::uint32_t parent) const {
    return {out_.data() + out_begin_[parent], out_.data() + out_begin_[parent + 1]};
  }
  std::span<const std::uint32_t> into(std::uint32_t child) const {
    return {in_.data() + in_begin_[child], in_.data() + in_begin_[child + 1]};
  }

 private:
  std::uint32_t vertices_ = 0;
  std::vector<LineageEdge> edges_;
  std::vector<std::uint32_t> out_begin_ = {0};
  std::vector<std::uint32_t> out_;
  std::vector<std::uint32_t> in_begin_ = {0};
  std::vector<std::uint32_t> in_;
};

/// The edges of a way from one vertex to another with the fewest edges, in order; empty where there
/// is none, or the two are one. O(edges that are reached).
std::vector<std::uint32_t> lineage_path(const LineageGraph& graph, std::uint32_t from,
                                        std::uint32_t to);

/// The edges of some cycle, in order, the same for the same graph; empty where there is none.
/// O(vertices + edges).
std::vector<std::uint32_t> find_cycle(const LineageGraph& graph);

/// Every vertex after all of its parents. O(vertices + edges). This, and all that follows, throws
/// std::invalid_argument for a graph with a cycle.
std::vector<std::uint32_t> topological_order(const LineageGraph& graph);

/// When vertices came to be at the earliest. Nothing is known of a vertex without parents. An edge
/// happened on its first day at the earliest, and not before its parent came to be; a vertex came
/// to be with the earliest of its edges, so that one of which nothing is known leaves it unknown:
///
///   edge(e)   = max(first_day(e), vertex(parent(e)))
///   vertex(v) = min over the edges e into v of edge(e)
///
/// An edge that is surely before its parent counts with its own date, so that one contradiction
/// does not make others of all that follows.
struct EarliestDays {
  std::vector<std::int32_t> of_vertex;  // no_day: not known
  std::vector<std::int32_t> of_edge;
  /// The edge that decides of_vertex, the first of several; no_edge where that is no_day.
  std::vector<std::uint32_t> decided_by;
};

/// O(vertices + edges).
EarliestDays earliest_days(const LineageGraph& graph);

/// An edge all of whose days lie before its parent came to be, with the edges that say so: the
/// first is dated and leads, over others that need not be, to the last, which is `path.back()`.
struct TimeTravel {
  std::uint32_t edge = 0;
  std::vector<std::uint32_t> path;
};

/// Every such edge, by number. O(vertices + edges) and the paths.
std::vector<TimeTravel> time_travels(const LineageGraph& graph);
std::vector<TimeTravel> time_travels(const LineageGraph& graph, const EarliestDays& earliest);

/// A vertex and the edges to it: on the shortest way, and on the longest.
struct Generation {
  std::uint32_t vertex = 0;
  std::uint32_t nearest = 0;
  std::uint32_t farthest = 0;
};

/// What a vertex leads to, or what leads to it, without itself; by nearest, then vertex.
/// O(vertices + edges).
std::vector<Generation> descendants(const LineageGraph& graph, std::uint32_t vertex);
std::vector<Generation> ancestors(const LineageGraph& graph, std::uint32_t vertex);

/// By edge, 1 where another way of two edges or more leads from its parent to its child: the edges
/// that are not in the transitive reduction (A. V. Aho, M. R. Garey, J. D. Ullman, 1972), which is
/// unique for a graph without cycles. Edges that join the same two vertices fall together: all are
/// in it, or none is. O(vertices + edges), and for each edge from a vertex with several children to
/// one with several parents a search between the two. Boost.Graph's own keeps a matrix of all
/// pairs, whatever the graph looks like.
std::vector<std::uint8_t> implied_edges(const LineageGraph& graph);

}  // namespace koinon::graph
