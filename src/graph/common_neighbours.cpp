// SPDX-License-Identifier: Apache-2.0
#include "graph/common_neighbours.hpp"

#include <cstddef>

namespace koinon::graph {

std::span<const CommonNeighbours::Common> CommonNeighbours::of(const TieGraph& graph,
                                                               std::uint32_t vertex) {
  if (vertex >= graph.vertex_count()) throw_no_vertex("vertex", vertex, graph.vertex_count());
  if (counts_.size() < graph.vertex_count()) {
    counts_.resize(graph.vertex_count());
    touched_.resize(std::size_t{graph.vertex_count()} + 1);
  }
  std::size_t touched = 0;
  for (const std::uint32_t neighbour : graph.neighbours(vertex)) {
    for (const std::uint32_t other : graph.neighbours(neighbour)) {
      touched_[touched] = other;  // for good if it is new: no branch to guess
      touched += counts_[other]++ == 0;
    }
  }
  row_.clear();
  for (std::size_t i = 0; i < touched; ++i) {
    const std::uint32_t other = touched_[i];
    if (other != vertex) row_.push_back({other, counts_[other]});
    counts_[other] = 0;
  }
  return row_;
}

}  // namespace koinon::graph
