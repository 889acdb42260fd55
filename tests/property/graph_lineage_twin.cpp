// SPDX-License-Identifier: Apache-2.0
//
// Lineages and survival curves against their definitions.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/transitive_reduction.hpp>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "catch.hpp"
#include "graph/lineage.hpp"
#include "graph/survival.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using random_network::below;
using random_network::Random;
using Edges = std::vector<LineageEdge>;
using Way = std::vector<std::uint32_t>;

// Of edges from lower to higher places of a random order, so that there is no cycle.
Edges random_lineage(Random& random, std::uint32_t vertices, std::uint32_t count) {
  std::vector<std::uint32_t> order(vertices);
  for (std::uint32_t v = 0; v < vertices; ++v) order[v] = v;
  std::shuffle(order.begin(), order.end(), random);
  Edges edges;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t a = below(random, vertices);
    std::uint32_t b = below(random, vertices);
    if (a == b) continue;
    LineageEdge edge{order[std::min(a, b)], order[std::max(a, b)]};
    if (below(random, 3) != 0) {
      // Mostly in order, so that some of it can stand.
      const bool anywhere = below(random, 4) == 0;
      edge.first_day = std::int32_t(anywhere ? below(random, 2 * vertices)
                                             : std::max(a, b) * 2 + below(random, 6));
      edge.last_day = edge.first_day + std::int32_t(below(random, 4));
    }
    edges.push_back(edge);
  }
  return edges;
}

// Every way from one vertex to another, edge by edge.
void ways(const Edges& edges, std::uint32_t at, std::uint32_t to, Way& so_far,
          std::vector<Way>& found) {
  if (at == to && !so_far.empty()) found.push_back(so_far);
  if (at == to && !so_far.empty()) return;
  for (std::uint32_t e = 0; e < edges.size(); ++e) {
    if (edges[e].parent != at) continue;
    so_far.push_back(e);
    ways(edges, edges[e].child, to, so_far, found);
    so_far.pop_back();
  }
}

std::vector<Way> ways(const Edges& edges, std::uint32_t from, std::uint32_t to) {
  Way so_far;
  std::vector<Way> found;
  ways(edges, from, to, so_far, found);
  return found;
}

// The day an initiative came to be at the earliest, by asking its parents each time.
std::int32_t came_to_be(const Edges& edges, std::uint32_t vertex) {
  std::optional<std::int32_t> day;
  for (const LineageEdge& edge : edges) {
    if (edge.child != vertex) continue;
    const std::int32_t parent = came_to_be(edges, edge.parent);
    const bool contradiction = edge.dated() && edge.last_day < parent;
    const std::int32_t at = contradiction ? edge.first_day : std::max(edge.first_day, parent);
    day = day ? std::min(*day, at) : at;
  }
  return day.value_or(no_day);
}

double naive_survival(const std::vector<Wait>& waits, std::uint32_t day) {
  std::set<std::uint32_t> days;
  for (const Wait& wait : waits) days.insert(wait.days);
  double product = 1;
  for (const std::uint32_t t : days) {
    if (t > day) continue;
    const auto at_risk =
        std::count_if(waits.begin(), waits.end(), [&](const Wait& w) { return w.days >= t; });
    const auto ended = std::count_if(waits.begin(), waits.end(),
                                     [&](const Wait& w) { return w.days == t && w.ended; });
    product *= 1 - double(ended) / double(at_risk);
  }
  return product;
}

}  // namespace

TEST_CASE("descent and shortcuts are those of all ways", "[graph]") {
  Random random(2026);
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t vertices = 2 + below(random, 8);
    const Edges edges = random_lineage(random, vertices, below(random, 16));
    const LineageGraph graph(vertices, edges);
    REQUIRE(find_cycle(graph).empty());
    const auto implied = implied_edges(graph);
    for (std::uint32_t v = 0; v < vertices; ++v) {
      std::map<std::uint32_t, Generation> down;
      for (const Generation& each : descendants(graph, v)) down[each.vertex] = each;
      for (std::uint32_t w = 0; w < vertices; ++w) {
        const auto all = ways(edges, v, w);
        REQUIRE((down.count(w) == 1) == !all.empty());
        if (all.empty()) continue;
        const auto [shortest, longest] = std::minmax_element(
            all.begin(), all.end(), [](const Way& a, const Way& b) { return a.size() < b.size(); });
        CHECK(down[w].nearest == shortest->size());
        CHECK(down[w].farthest == longest->size());
        const auto up = ancestors(graph, w);
        const auto back = std::find_if(up.begin(), up.end(),
                                       [&](const Generation& each) { return each.vertex == v; });
        REQUIRE(back != up.end());
        CHECK(back->nearest == shortest->size());
        CHECK(back->farthest == longest->size());
        CHECK(lineage_path(graph, v, w).size() == shortest->size());
        for (std::uint32_t e = 0; e < edges.size(); ++e) {
          if (edges[e].parent == v && edges[e].child == w)
            CHECK((implied[e] != 0) == (longest->size() > 1));
        }
      }
    }
  }
}

TEST_CASE("the edges that are not implied are Boost's transitive reduction", "[graph]") {
  using Boost = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Random random(7);
  for (int round = 0; round < 40; ++round) {
    const std::uint32_t vertices = 2 + below(random, 30);
    const Edges edges = random_lineage(random, vertices, below(random, 90));
    Boost all(vertices);
    for (const LineageEdge& edge : edges) boost::add_edge(edge.parent, edge.child, all);
    Boost reduced;
    std::vector<Boost::vertex_descriptor> to_reduced(vertices);
    boost::transitive_reduction(all, reduced, to_reduced.data(),
                                boost::get(boost::vertex_index, all));
    std::vector<std::uint32_t> from_reduced(vertices);
    for (std::uint32_t v = 0; v < vertices; ++v) from_reduced[to_reduced[v]] = v;
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (const auto& edge : boost::make_iterator_range(boost::edges(reduced)))
      expected.emplace(from_reduced[edge.m_source], from_reduced[edge.m_target]);
    std::set<std::pair<std::uint32_t, std::uint32_t>> kept;
    const auto implied = implied_edges(LineageGraph(vertices, edges));
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      if (!implied[e]) kept.emplace(edges[e].parent, edges[e].child);
    }
    CHECK(kept == expected);
  }
}

TEST_CASE("earliest days and time travel are those of asking parent after parent", "[graph]") {
  Random random(11);
  std::size_t travels = 0;
  for (int round = 0; round < 600; ++round) {
    const std::uint32_t vertices = 2 + below(random, 9);
    const Edges edges = random_lineage(random, vertices, below(random, 18));
    const LineageGraph graph(vertices, edges);
    const EarliestDays earliest = earliest_days(graph);
    for (std::uint32_t v = 0; v < vertices; ++v)
      REQUIRE(earliest.of_vertex[v] == came_to_be(edges, v));
    std::set<std::uint32_t> expected;
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      const std::int32_t parent = came_to_be(edges, edges[e].parent);
      if (edges[e].dated() && parent != no_day && edges[e].last_day < parent) expected.insert(e);
    }
    std::set<std::uint32_t> found;
    for (const TimeTravel& travel : time_travels(graph)) {
      found.insert(travel.edge);
      ++travels;
      // The path proves it by itself: a dated edge leads to one that is surely before it.
      REQUIRE(travel.path.size() >= 2);
      REQUIRE(travel.path.back() == travel.edge);
      for (std::size_t i = 0; i + 1 < travel.path.size(); ++i)
        CHECK(edges[travel.path[i]].child == edges[travel.path[i + 1]].parent);
      CHECK(edges[travel.path.front()].dated());
      CHECK(edges[travel.edge].last_day < edges[travel.path.front()].first_day);
    }
    CHECK(found == expected);
  }
  CHECK(travels > 20);
}

TEST_CASE("a cycle is found where there is one, and is one", "[graph]") {
  Random random(5);
  int cyclic = 0;
  for (int round = 0; round < 200; ++round) {
    const std::uint32_t vertices = 2 + below(random, 7);
    Edges edges;
    for (std::uint32_t i = below(random, 10); i > 0; --i)
      edges.push_back({below(random, vertices), below(random, vertices)});
    std::vector<std::vector<bool>> leads(vertices, std::vector<bool>(vertices));
    for (const LineageEdge& edge : edges) leads[edge.parent][edge.child] = true;
    for (std::uint32_t m = 0; m < vertices; ++m) {
      for (std::uint32_t a = 0; a < vertices; ++a) {
        for (std::uint32_t b = 0; b < vertices; ++b)
          if (leads[a][m] && leads[m][b]) leads[a][b] = true;
      }
    }
    bool expected = false;
    for (std::uint32_t v = 0; v < vertices; ++v) expected = expected || leads[v][v];
    const auto cycle = find_cycle(LineageGraph(vertices, edges));
    CHECK(cycle.empty() == !expected);
    cyclic += expected;
    for (std::size_t i = 0; i < cycle.size(); ++i)
      CHECK(edges[cycle[i]].child == edges[cycle[(i + 1) % cycle.size()]].parent);
  }
  CHECK(cyclic > 20);
}

TEST_CASE("survival is the product over all days, whatever the order of times", "[graph]") {
  Random random(3);
  for (int round = 0; round < 100; ++round) {
    std::vector<Wait> waits(below(random, 25));
    for (Wait& wait : waits) wait = {below(random, 12), below(random, 3) != 0};
    const auto steps = kaplan_meier(waits);
    std::shuffle(waits.begin(), waits.end(), random);
    const auto again = kaplan_meier(waits);
    REQUIRE(again.size() == steps.size());
    std::uint64_t all = 0;
    double before = 1;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const SurvivalStep& step = steps[i];
      CHECK(std::fabs(step.survival - naive_survival(waits, step.days)) < 1e-12);
      CHECK(again[i].survival == step.survival);
      CHECK(step.survival <= before);
      before = step.survival;
      all += step.ended + step.censored;
      if (step.survival > 0) {
        CHECK(step.lower >= 0);
        CHECK(step.lower <= step.survival);
        CHECK(step.upper >= step.survival);
        CHECK(step.upper <= 1);
      }
    }
    CHECK(all == waits.size());
  }
}
