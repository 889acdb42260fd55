// SPDX-License-Identifier: Apache-2.0
//
// The projection as a dense matrix of strengths: slow and obvious, for twins.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "graph/tie_graph.hpp"
#include "random_network.hpp"

namespace naive {

using Matrix = std::vector<std::vector<double>>;
constexpr std::uint32_t far = std::numeric_limits<std::uint32_t>::max();

// Newman's strengths, 0 where there is no tie.
inline Matrix strengths(const random_network::Network& network) {
  Matrix matrix(network.members, std::vector<double>(network.members));
  for (const auto& team : random_network::teams(network)) {
    for (const std::uint32_t a : team) {
      for (const std::uint32_t b : team) {
        if (a != b) matrix[a][b] += 1.0 / (double(team.size()) - 1);
      }
    }
  }
  return matrix;
}

inline Matrix strengths(const koinon::graph::TieGraph& graph) {
  Matrix matrix(graph.vertex_count(), std::vector<double>(graph.vertex_count()));
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    for (std::size_t i = 0; i < graph.degree(v); ++i) {
      matrix[v][graph.neighbours(v)[i]] = graph.strengths(v)[i];
    }
  }
  return matrix;
}

// Hops between all pairs, by Floyd and Warshall.
inline std::vector<std::vector<std::uint32_t>> hops(const Matrix& matrix) {
  const std::size_t n = matrix.size();
  std::vector<std::vector<std::uint32_t>> result(n, std::vector<std::uint32_t>(n, far));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      if (matrix[a][b] > 0) result[a][b] = 1;
    }
    result[a][a] = 0;
  }
  for (std::size_t m = 0; m < n; ++m) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (result[a][m] == far || result[m][b] == far) continue;
        result[a][b] = std::min(result[a][b], result[a][m] + result[m][b]);
      }
    }
  }
  return result;
}

}  // namespace naive
