// SPDX-License-Identifier: Apache-2.0
//
// A TieGraph as algorithms of Boost.Graph see it: it models IncidenceGraph and VertexListGraph,
// each tie being an edge in either direction. Nothing is copied.
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <cstdint>
#include <limits>
#include <utility>

#include "graph/tie_graph.hpp"

namespace koinon::graph {

/// The place-th tie of a vertex, from there.
struct BoostEdge {
  std::uint32_t from = 0;
  std::uint32_t place = 0;
  bool operator==(const BoostEdge&) const = default;
};

class BoostEdgeIterator
    : public boost::iterator_facade<BoostEdgeIterator, BoostEdge,
                                    boost::random_access_traversal_tag, BoostEdge, std::ptrdiff_t> {
 public:
  BoostEdgeIterator() = default;
  explicit BoostEdgeIterator(BoostEdge edge) : edge_(edge) {}

 private:
  friend class boost::iterator_core_access;
  BoostEdge dereference() const { return edge_; }
  bool equal(const BoostEdgeIterator& other) const { return edge_ == other.edge_; }
  void increment() { ++edge_.place; }
  void decrement() { --edge_.place; }
  void advance(std::ptrdiff_t by) {
    edge_.place = static_cast<std::uint32_t>(std::ptrdiff_t{edge_.place} + by);
  }
  std::ptrdiff_t distance_to(const BoostEdgeIterator& other) const {
    return std::ptrdiff_t{other.edge_.place} - std::ptrdiff_t{edge_.place};
  }

  BoostEdge edge_;
};

}  // namespace koinon::graph

namespace boost {

template <>
struct graph_traits<koinon::graph::TieGraph> {
  struct traversal_category : incidence_graph_tag, vertex_list_graph_tag {};
  using directed_category = directed_tag;
  using edge_parallel_category = disallow_parallel_edge_tag;
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = koinon::graph::BoostEdge;
  using out_edge_iterator = koinon::graph::BoostEdgeIterator;
  using vertex_iterator = counting_iterator<std::uint32_t>;
  using degree_size_type = std::size_t;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return std::numeric_limits<vertex_descriptor>::max(); }
};

}  // namespace boost

// Where argument-dependent lookup finds them.
namespace koinon::graph {

inline std::pair<BoostEdgeIterator, BoostEdgeIterator> out_edges(std::uint32_t vertex,
                                                                 const TieGraph& graph) {
  const auto degree = static_cast<std::uint32_t>(graph.degree(vertex));
  return {BoostEdgeIterator({vertex, 0}), BoostEdgeIterator({vertex, degree})};
}
inline std::size_t out_degree(std::uint32_t vertex, const TieGraph& graph) {
  return graph.degree(vertex);
}
inline std::uint32_t source(BoostEdge edge, const TieGraph&) {
  return edge.from;
}
inline std::uint32_t target(BoostEdge edge, const TieGraph& graph) {
  return graph.neighbours(edge.from)[edge.place];
}
inline std::pair<boost::counting_iterator<std::uint32_t>, boost::counting_iterator<std::uint32_t>>
vertices(const TieGraph& graph) {
  return {boost::counting_iterator<std::uint32_t>(0),
          boost::counting_iterator<std::uint32_t>(graph.vertex_count())};
}
inline std::uint32_t num_vertices(const TieGraph& graph) {
  return graph.vertex_count();
}

}  // namespace koinon::graph
