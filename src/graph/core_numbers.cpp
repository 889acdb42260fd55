// SPDX-License-Identifier: Apache-2.0
#include "graph/core_numbers.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace koinon::graph {
namespace {

// Vertices by degree, in buckets that shift as degrees fall.
struct Buckets {
  explicit Buckets(const std::vector<std::uint32_t>& degrees)
      : order(degrees.size()), places(degrees.size()) {
    const std::uint32_t largest =
        degrees.empty() ? 0 : *std::max_element(degrees.begin(), degrees.end());
    begins.assign(std::size_t{largest} + 2, 0);
    for (const std::uint32_t degree : degrees) ++begins[std::size_t{degree} + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    auto next = begins;
    for (std::size_t v = 0; v < degrees.size(); ++v) {
      places[v] = next[degrees[v]]++;
      order[places[v]] = static_cast<std::uint32_t>(v);
    }
  }

  // Moves a vertex from the bucket of `degree` to the one below: to the front, which then shifts.
  void lower(std::uint32_t vertex, std::uint32_t degree) {
    const std::uint32_t front = begins[degree]++;
    const std::uint32_t other = order[front];
    const std::uint32_t place = places[vertex];
    order[place] = other;
    places[other] = place;
    order[front] = vertex;
    places[vertex] = front;
  }

  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> places;  // in order, by vertex
  std::vector<std::uint32_t> begins;  // in order, by degree
};

}  // namespace

std::vector<std::uint32_t> core_numbers(const TieGraph& graph) {
  std::vector<std::uint32_t> degrees(graph.vertex_count());
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    degrees[v] = static_cast<std::uint32_t>(graph.degree(v));
  }
  Buckets buckets(degrees);
  for (std::size_t i = 0; i < buckets.order.size(); ++i) {
    const std::uint32_t vertex = buckets.order[i];
    const std::uint32_t core = degrees[vertex];
    for (const std::uint32_t other : graph.neighbours(vertex)) {
      if (degrees[other] > core) buckets.lower(other, degrees[other]--);
    }
  }
  return degrees;
}

}  // namespace koinon::graph
