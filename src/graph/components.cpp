// SPDX-License-Identifier: Apache-2.0
#include "graph/components.hpp"

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <limits>
#include <utility>

#include "graph/sparse_set.hpp"

namespace koinon::graph {
namespace {

// The incidence as Boost.Graph sees it: members first, then works, an edge per row each way. It
// copies nothing.
struct Bipartite {
  struct Traversal : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
  class OutEdge;

  using vertex_descriptor = std::size_t;
  using edge_descriptor = std::pair<std::size_t, std::size_t>;  // from, to
  using directed_category = boost::undirected_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = Traversal;
  using out_edge_iterator = OutEdge;
  using vertex_iterator = boost::counting_iterator<std::size_t>;
  using vertices_size_type = std::size_t;
  using degree_size_type = std::size_t;

  static vertex_descriptor null_vertex() { return std::numeric_limits<std::size_t>::max(); }

  IncidenceView view;
};

class Bipartite::OutEdge
    : public boost::iterator_facade<OutEdge, edge_descriptor, boost::forward_traversal_tag,
                                    edge_descriptor> {
 public:
  OutEdge() = default;
  OutEdge(std::size_t from, const MemberRow* row, std::size_t first_work)
      : from_(from), first_work_(first_work), member_row_(row) {}
  OutEdge(std::size_t from, const WorkRow* row) : from_(from), work_row_(row) {}

 private:
  friend class boost::iterator_core_access;
  edge_descriptor dereference() const {
    return {from_, member_row_ ? first_work_ + member_row_->work : work_row_->member};
  }
  void increment() {
    if (member_row_) {
      ++member_row_;
    } else {
      ++work_row_;
    }
  }
  bool equal(const OutEdge& other) const {
    return member_row_ == other.member_row_ && work_row_ == other.work_row_;
  }

  std::size_t from_ = 0;
  std::size_t first_work_ = 0;
  const MemberRow* member_row_ = nullptr;  // of these two one is set
  const WorkRow* work_row_ = nullptr;
};

std::size_t num_vertices(const Bipartite& graph) {
  return std::size_t{graph.view.member_count()} + graph.view.work_count();
}

std::pair<Bipartite::vertex_iterator, Bipartite::vertex_iterator> vertices(const Bipartite& graph) {
  return {Bipartite::vertex_iterator(0), Bipartite::vertex_iterator(num_vertices(graph))};
}

std::pair<Bipartite::OutEdge, Bipartite::OutEdge> out_edges(std::size_t vertex,
                                                            const Bipartite& graph) {
  const std::size_t members = graph.view.member_count();
  if (vertex < members) {
    const auto rows = graph.view.works_of(static_cast<std::uint32_t>(vertex));
    return {Bipartite::OutEdge(vertex, rows.data(), members),
            Bipartite::OutEdge(vertex, rows.data() + rows.size(), members)};
  }
  const auto rows = graph.view.members_of(static_cast<std::uint32_t>(vertex - members));
  return {Bipartite::OutEdge(vertex, rows.data()),
          Bipartite::OutEdge(vertex, rows.data() + rows.size())};
}

std::size_t out_degree(std::size_t vertex, const Bipartite& graph) {
  const std::size_t members = graph.view.member_count();
  return vertex < members
             ? graph.view.works_of(static_cast<std::uint32_t>(vertex)).size()
             : graph.view.members_of(static_cast<std::uint32_t>(vertex - members)).size();
}

std::size_t source(const Bipartite::edge_descriptor& edge, const Bipartite&) {
  return edge.first;
}
std::size_t target(const Bipartite::edge_descriptor& edge, const Bipartite&) {
  return edge.second;
}

}  // namespace

std::uint32_t Components::largest() const noexcept {
  return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

Components connected_components(IncidenceView graph) {
  const Bipartite bipartite{graph};
  const boost::typed_identity_property_map<std::size_t> index;
  std::vector<std::size_t> found(num_vertices(bipartite));
  std::vector<boost::default_color_type> colours(found.size());
  const std::size_t count = boost::connected_components(
      bipartite, boost::make_iterator_property_map(found.begin(), index),
      boost::color_map(boost::make_iterator_property_map(colours.begin(), index)));

  // Boost counts vertices without edges too; number what is left by first member.
  Components components;
  components.of_member.assign(graph.member_count(), no_component);
  std::vector<std::uint32_t> number(count, no_component);
  for (std::uint32_t member = 0; member < graph.member_count(); ++member) {
    if (graph.works_of(member).empty()) continue;
    std::uint32_t& own = number[found[member]];
    if (own == no_component) {
      own = static_cast<std::uint32_t>(components.sizes.size());
      components.sizes.push_back(0);
    }
    components.of_member[member] = own;
    ++components.sizes[own];
  }
  return components;
}

std::uint32_t component_size(IncidenceView graph, std::uint32_t member) {
  if (member >= graph.member_count()) throw_no_vertex("member", member, graph.member_count());
  SparseSet reached;  // in order of arrival it is the queue as well
  SparseSet works;
  reached.reset(graph.member_count());
  works.reset(graph.work_count());
  reached.insert(member);
  for (std::size_t next = 0; next < reached.members().size(); ++next) {
    for (const MemberRow& row : graph.works_of(reached.members()[next])) {
      if (!works.add(row.work)) continue;
      for (const WorkRow& other : graph.members_of(row.work)) reached.insert(other.member);
    }
  }
  return static_cast<std::uint32_t>(reached.members().size());
}

}  // namespace koinon::graph
