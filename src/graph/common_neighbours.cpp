// SPDX-License-Identifier: Apache-2.0
#include "graph/common_neighbours.hpp"

#include <cstddef>

#include "graph/neighbour_access.hpp"

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

std::span<const CommonPartners::Common> CommonPartners::of(IncidenceView graph, std::uint32_t one,
                                                           std::uint32_t other) {
  check_member(graph, one);
  check_member(graph, other);
  common_.clear();
  if (one == other) return common_;
  const auto others = projection_.partners_of(graph, other);
  ties_.assign(others.begin(), others.end());
  met_.reset(graph.member_count());
  for (const Tie& tie : ties_) met_.insert(tie.partner);
  for (const Tie& tie : projection_.partners_of(graph, one)) {
    const std::size_t place = met_.find(tie.partner);
    if (place < ties_.size()) common_.push_back({tie.partner, tie, ties_[place]});
  }
  return common_;
}

}  // namespace koinon::graph
