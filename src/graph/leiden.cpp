// SPDX-License-Identifier: Apache-2.0
#include "graph/leiden.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "graph/community_level.hpp"

namespace koinon::graph {
namespace {

void check(const LeidenOptions& options) {
  const auto positive = [](double number) { return number > 0 && !std::isinf(number); };
  if (!positive(options.resolution) || !positive(options.randomness) || options.max_rounds == 0) {
    throw std::invalid_argument("resolution, randomness or max_rounds is not above 0");
  }
}

// Twice the sum of all strengths.
double twice_all(const TieGraph& graph) {
  double sum = 0;
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    for (const double strength : graph.strengths(v)) sum += strength;
  }
  return sum;
}

// The parts of each community that hang together, numbered in the order of their smallest vertices.
std::vector<std::uint32_t> connected_parts(const TieGraph& graph,
                                           const std::vector<std::uint32_t>& communities) {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> parts(communities.size(), none);
  std::vector<std::uint32_t> reached;
  std::uint32_t count = 0;
  for (std::uint32_t root = 0; root < parts.size(); ++root) {
    if (parts[root] != none) continue;
    parts[root] = count;
    reached.assign(1, root);
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const std::uint32_t other : graph.neighbours(reached[i])) {
        if (parts[other] != none || communities[other] != communities[root]) continue;
        parts[other] = count;
        reached.push_back(other);
      }
    }
    ++count;
  }
  return parts;
}

// One round of Leiden's method: up through the levels until no community has two vertices.
void improve(const TieGraph& graph, std::vector<std::uint32_t>& communities, double resolution,
             const LeidenOptions& options, std::uint32_t round, const Watch& watch) {
  std::vector<std::uint32_t> places(graph.vertex_count());  // of the vertices, in the level
  std::iota(places.begin(), places.end(), 0);
  CommunityLevel level(graph);
  for (std::uint32_t height = 0;; ++height) {
    tell(watch, round, options.max_rounds);
    level.move(communities, resolution);
    const std::uint32_t count = renumber(communities);
    if (count == level.size()) break;
    auto parts = level.refine(communities, resolution, options.randomness,
                              NumberedRandom(options.seed, (std::uint64_t{round} << 32) + height));
    std::uint32_t next = renumber(parts);
    if (next == level.size()) {  // nothing can be merged without doubt: go on with what there is
      parts = communities;
      next = count;
    }
    std::vector<std::uint32_t> of_parts(next);
    for (std::uint32_t v = 0; v < level.size(); ++v) of_parts[parts[v]] = communities[v];
    level = level.merged(parts, next);
    for (std::uint32_t& place : places) place = parts[place];
    communities = std::move(of_parts);
  }
  std::vector<std::uint32_t> below(graph.vertex_count());
  for (std::size_t v = 0; v < places.size(); ++v) below[v] = communities[places[v]];
  communities = std::move(below);
}

}  // namespace

double modularity(const TieGraph& graph, std::span<const std::uint32_t> communities,
                  double resolution) {
  if (communities.size() != graph.vertex_count()) {
    throw std::invalid_argument("a community is wanted for each vertex");
  }
  for (const std::uint32_t community : communities) {
    if (community >= graph.vertex_count()) {
      throw std::invalid_argument("community " + std::to_string(community) + " of at most " +
                                  std::to_string(graph.vertex_count()));
    }
  }
  std::vector<double> totals(graph.vertex_count());
  double inner = 0;
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    const auto others = graph.neighbours(v);
    const auto strengths = graph.strengths(v);
    for (std::size_t i = 0; i < others.size(); ++i) {
      totals[communities[v]] += strengths[i];
      if (communities[others[i]] == communities[v]) inner += strengths[i];
    }
  }
  const double all = std::accumulate(totals.begin(), totals.end(), 0.0);
  if (all == 0) return 0;
  double sum = inner / all;
  for (const double total : totals) sum -= resolution * (total / all) * (total / all);
  return sum;
}

Communities leiden(const TieGraph& graph, const LeidenOptions& options, const Watch& watch) {
  check(options);
  const double all = twice_all(graph);
  const double resolution = all > 0 ? options.resolution / all : 0;
  Communities result;
  result.of_vertex.resize(graph.vertex_count());
  std::iota(result.of_vertex.begin(), result.of_vertex.end(), 0);
  result.modularity = modularity(graph, result.of_vertex, options.resolution);
  while (!result.stable && result.rounds < options.max_rounds) {
    auto communities = result.of_vertex;
    improve(graph, communities, resolution, options, result.rounds++, watch);
    communities = connected_parts(graph, communities);
    const double found = modularity(graph, communities, options.resolution);
    result.stable = !(found > result.modularity + 1e-12);
    if (result.stable) break;
    result.of_vertex = std::move(communities);
    result.modularity = found;
  }
  renumber(result.of_vertex);
  for (const std::uint32_t community : result.of_vertex) {
    if (community == result.sizes.size()) result.sizes.push_back(0);
    ++result.sizes[community];
  }
  return result;
}

}  // namespace koinon::graph
