// SPDX-License-Identifier: Apache-2.0
#include "graph/lineage.hpp"

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

// What Boost.Graph asks of a graph, over our rows.
template <>
struct boost::graph_traits<koinon::graph::LineageGraph> {
  struct traversal_category : boost::vertex_list_graph_tag, boost::incidence_graph_tag {};
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = std::uint32_t;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using out_edge_iterator = const std::uint32_t*;
  using vertices_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;
  static vertex_descriptor null_vertex() { return 0xffffffff; }
};

namespace koinon::graph {

namespace {

using Numbers = std::vector<std::uint32_t>;
using Traits = boost::graph_traits<LineageGraph>;

}  // namespace

// Found by Boost.Graph through the graph's namespace.
std::pair<Traits::vertex_iterator, Traits::vertex_iterator> vertices(const LineageGraph& graph) {
  return {Traits::vertex_iterator(0), Traits::vertex_iterator(graph.vertex_count())};
}
std::uint32_t num_vertices(const LineageGraph& graph) {
  return graph.vertex_count();
}
std::pair<const std::uint32_t*, const std::uint32_t*> out_edges(std::uint32_t vertex,
                                                                const LineageGraph& graph) {
  const auto edges = graph.out_of(vertex);
  return {edges.data(), edges.data() + edges.size()};
}
std::uint32_t out_degree(std::uint32_t vertex, const LineageGraph& graph) {
  return static_cast<std::uint32_t>(graph.out_of(vertex).size());
}
std::uint32_t source(std::uint32_t edge, const LineageGraph& graph) {
  return graph.edge(edge).parent;
}
std::uint32_t target(std::uint32_t edge, const LineageGraph& graph) {
  return graph.edge(edge).child;
}

LineageGraph::LineageGraph(std::uint32_t vertices, std::span<const LineageEdge> edges)
    : vertices_(vertices), edges_(edges.begin(), edges.end()) {
  out_begin_.assign(std::size_t{vertices} + 1, 0);
  in_begin_.assign(std::size_t{vertices} + 1, 0);
  for (const LineageEdge& edge : edges_) {
    if (edge.parent >= vertices || edge.child >= vertices)
      throw std::out_of_range("an edge between vertices that are not there");
    ++out_begin_[edge.parent + 1];
    ++in_begin_[edge.child + 1];
  }
  std::partial_sum(out_begin_.begin(), out_begin_.end(), out_begin_.begin());
  std::partial_sum(in_begin_.begin(), in_begin_.end(), in_begin_.begin());
  out_.resize(edges_.size());
  in_.resize(edges_.size());
  Numbers next_out(out_begin_.begin(), out_begin_.end() - 1);
  Numbers next_in(in_begin_.begin(), in_begin_.end() - 1);
  for (std::uint32_t e = 0; e < edges_.size(); ++e) {
    out_[next_out[edges_[e].parent]++] = e;
    in_[next_in[edges_[e].child]++] = e;
  }
}

std::vector<std::uint32_t> lineage_path(const LineageGraph& graph, std::uint32_t from,
                                        std::uint32_t to) {
  Numbers entered_by(graph.vertex_count(), no_edge);
  Numbers queue = {from};
  for (std::size_t next = 0; next < queue.size() && entered_by[to] == no_edge; ++next) {
    for (const std::uint32_t e : graph.out_of(queue[next])) {
      const std::uint32_t child = graph.edge(e).child;
      if (child == from || entered_by[child] != no_edge) continue;
      entered_by[child] = e;
      queue.push_back(child);
    }
  }
  Numbers path;
  for (std::uint32_t at = to; at != from && entered_by[at] != no_edge;
       at = graph.edge(entered_by[at]).parent) {
    path.push_back(entered_by[at]);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<std::uint32_t> find_cycle(const LineageGraph& graph) {
  // Takes away vertices without parents for as long as there are any (A. B. Kahn, 1962): what is
  // left has a cycle, and whoever goes from parent to parent in it walks into one.
  Numbers parents(graph.vertex_count());
  Numbers free;
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    parents[v] = static_cast<std::uint32_t>(graph.into(v).size());
    if (parents[v] == 0) free.push_back(v);
  }
  for (std::size_t next = 0; next < free.size(); ++next) {
    for (const std::uint32_t e : graph.out_of(free[next])) {
      if (--parents[graph.edge(e).child] == 0) free.push_back(graph.edge(e).child);
    }
  }
  if (free.size() == graph.vertex_count()) return {};
  const auto first = std::find_if(parents.begin(), parents.end(), [](auto n) { return n > 0; });
  auto at = static_cast<std::uint32_t>(first - parents.begin());
  Numbers walked_at(graph.vertex_count(), no_edge);
  Numbers edges;
  while (walked_at[at] == no_edge) {
    walked_at[at] = static_cast<std::uint32_t>(edges.size());
    const auto into = graph.into(at);
    const auto kept = std::find_if(into.begin(), into.end(), [&](std::uint32_t e) {
      return parents[graph.edge(e).parent] > 0;
    });
    edges.push_back(*kept);
    at = graph.edge(*kept).parent;
  }
  Numbers cycle(edges.begin() + walked_at[at], edges.end());
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

std::vector<std::uint32_t> topological_order(const LineageGraph& graph) {
  Numbers order;
  order.reserve(graph.vertex_count());
  std::vector<boost::default_color_type> colours(graph.vertex_count());
  const auto by_vertex = boost::make_iterator_property_map(
      colours.begin(), boost::typed_identity_property_map<std::uint32_t>());
  try {
    boost::topological_sort(graph, std::back_inserter(order), boost::color_map(by_vertex));
  } catch (const boost::not_a_dag&) {
    throw std::invalid_argument("the lineage has a cycle");
  }
  std::reverse(order.begin(), order.end());
  return order;
}

namespace {

bool goes_back(const LineageEdge& edge, std::int32_t parent_came_to_be) {
  return edge.dated() && edge.last_day < parent_came_to_be;
}

}  // namespace

EarliestDays earliest_days(const LineageGraph& graph) {
  EarliestDays earliest;
  earliest.of_vertex.assign(graph.vertex_count(), no_day);
  earliest.of_edge.assign(graph.edge_count(), no_day);
  earliest.decided_by.assign(graph.vertex_count(), no_edge);
  for (const std::uint32_t v : topological_order(graph)) {
    std::uint32_t by = no_edge;
    for (const std::uint32_t e : graph.into(v)) {
      const LineageEdge& edge = graph.edge(e);
      const std::int32_t parent = earliest.of_vertex[edge.parent];
      earliest.of_edge[e] =
          goes_back(edge, parent) ? edge.first_day : std::max(edge.first_day, parent);
      if (by == no_edge || earliest.of_edge[e] < earliest.of_edge[by]) by = e;
    }
    if (by == no_edge || earliest.of_edge[by] == no_day) continue;
    earliest.of_vertex[v] = earliest.of_edge[by];
    earliest.decided_by[v] = by;
  }
  return earliest;
}

std::vector<TimeTravel> time_travels(const LineageGraph& graph) {
  return time_travels(graph, earliest_days(graph));
}

std::vector<TimeTravel> time_travels(const LineageGraph& graph, const EarliestDays& earliest) {
  std::vector<TimeTravel> found;
  for (std::uint32_t e = 0; e < graph.edge_count(); ++e) {
    const LineageEdge& edge = graph.edge(e);
    if (!goes_back(edge, earliest.of_vertex[edge.parent])) continue;
    TimeTravel travel{e, {e}};
    // Back to the edge whose own date it is.
    for (std::uint32_t at = edge.parent;;) {
      const std::uint32_t by = earliest.decided_by[at];
      travel.path.push_back(by);
      if (earliest.of_edge[by] == graph.edge(by).first_day) break;
      at = graph.edge(by).parent;
    }
    std::reverse(travel.path.begin(), travel.path.end());
    found.push_back(std::move(travel));
  }
  return found;
}

namespace {

// Walks from parents to children, or the other way.
template <class Next>
std::vector<Generation> generations(const LineageGraph& graph, const Numbers& order,
                                    std::uint32_t vertex, const Next& next) {
  Numbers nearest(graph.vertex_count(), no_edge);
  Numbers farthest(graph.vertex_count(), 0);
  nearest[vertex] = 0;
  std::vector<Generation> found;
  for (const std::uint32_t at : order) {
    if (nearest[at] == no_edge) continue;
    if (at != vertex) found.push_back({at, nearest[at], farthest[at]});
    next(at, [&](std::uint32_t other) {
      nearest[other] = std::min(nearest[other], nearest[at] + 1);
      farthest[other] = std::max(farthest[other], farthest[at] + 1);
    });
  }
  std::sort(found.begin(), found.end(), [](const Generation& a, const Generation& b) {
    return a.nearest != b.nearest ? a.nearest < b.nearest : a.vertex < b.vertex;
  });
  return found;
}

void check_vertex(const LineageGraph& graph, std::uint32_t vertex) {
  if (vertex >= graph.vertex_count()) throw std::out_of_range("there is no such vertex");
}

}  // namespace

std::vector<Generation> descendants(const LineageGraph& graph, std::uint32_t vertex) {
  check_vertex(graph, vertex);
  return generations(graph, topological_order(graph), vertex,
                     [&](std::uint32_t at, const auto& reach) {
                       for (const std::uint32_t e : graph.out_of(at)) reach(graph.edge(e).child);
                     });
}

std::vector<Generation> ancestors(const LineageGraph& graph, std::uint32_t vertex) {
  check_vertex(graph, vertex);
  Numbers order = topological_order(graph);
  std::reverse(order.begin(), order.end());
  return generations(graph, order, vertex, [&](std::uint32_t at, const auto& reach) {
    for (const std::uint32_t e : graph.into(at)) reach(graph.edge(e).parent);
  });
}

namespace {

// Whether a way of two edges or more leads from parent to child. Nothing that comes after the child
// in the order can lie on it.
class DetourSearch {
 public:
  DetourSearch(const LineageGraph& graph, const Numbers& place)
      : graph_(graph), place_(place), seen_by_(graph.vertex_count(), 0) {}

  bool there_is(std::uint32_t parent, std::uint32_t child) {
    ++search_;
    stack_.clear();
    visit(parent, child, child);
    while (!stack_.empty()) {
      const std::uint32_t at = stack_.back();
      stack_.pop_back();
      if (visit(at, child, no_edge)) return true;
    }
    return false;
  }

 private:
  // True where the child itself is met.
  bool visit(std::uint32_t at, std::uint32_t child, std::uint32_t except) {
    for (const std::uint32_t e : graph_.out_of(at)) {
      const std::uint32_t next = graph_.edge(e).child;
      if (next == except) continue;
      if (next == child) return true;
      if (place_[next] > place_[child] || seen_by_[next] == search_) continue;
      seen_by_[next] = search_;
      stack_.push_back(next);
    }
    return false;
  }

  const LineageGraph& graph_;
  const Numbers& place_;
  Numbers seen_by_;
  Numbers stack_;
  std::uint32_t search_ = 0;
};

}  // namespace

std::vector<std::uint8_t> implied_edges(const LineageGraph& graph) {
  const Numbers order = topological_order(graph);
  Numbers place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<std::uint8_t> implied(graph.edge_count(), 0);
  DetourSearch search(graph, place);
  for (std::uint32_t e = 0; e < graph.edge_count(); ++e) {
    const LineageEdge& edge = graph.edge(e);
    if (graph.out_of(edge.parent).size() < 2 || graph.into(edge.child).size() < 2) continue;
    implied[e] = search.there_is(edge.parent, edge.child) ? 1 : 0;
  }
  return implied;
}

}  // namespace koinon::graph
