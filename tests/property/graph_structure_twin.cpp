// SPDX-License-Identifier: Apache-2.0
//
// Structural holes and communities against their definitions.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "catch.hpp"
#include "graph/leiden.hpp"
#include "graph/structural_holes.hpp"
#include "naive_graph.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using namespace random_network;
using Numbers = std::vector<std::uint32_t>;

double total(const std::vector<double>& row) {
  return std::accumulate(row.begin(), row.end(), 0.0);
}

double naive_constraint(const naive::Matrix& a, std::size_t i) {
  double sum = 0;
  for (std::size_t j = 0; j < a.size(); ++j) {
    if (a[i][j] == 0) continue;
    double part = a[i][j] / total(a[i]);
    for (std::size_t q = 0; q < a.size(); ++q) {
      if (a[i][q] > 0) part += a[i][q] / total(a[i]) * a[q][j] / total(a[q]);
    }
    sum += part * part;
  }
  return sum;
}

double naive_effective_size(const naive::Matrix& a, std::size_t i) {
  double sum = 0;
  for (std::size_t j = 0; j < a.size(); ++j) {
    if (a[i][j] == 0) continue;
    double redundant = 0;
    for (std::size_t q = 0; q < a.size(); ++q) {
      redundant += a[i][q] / total(a[i]) * a[j][q] / *std::max_element(a[j].begin(), a[j].end());
    }
    sum += 1 - redundant;
  }
  return sum;
}

double naive_modularity(const naive::Matrix& a, const Numbers& communities, double resolution) {
  double all = 0;
  for (const auto& row : a) all += total(row);
  if (all == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (communities[i] != communities[j]) continue;
      sum += a[i][j] / all - resolution * total(a[i]) * total(a[j]) / all / all;
    }
  }
  return sum;
}

void check_numbers(const Communities& found) {
  std::uint32_t count = 0;
  for (const std::uint32_t community : found.of_vertex) {
    REQUIRE(community <= count);
    count += community == count;
  }
  REQUIRE(found.sizes.size() == count);
  for (std::uint32_t c = 0; c < count; ++c) {
    CHECK(std::count(found.of_vertex.begin(), found.of_vertex.end(), c) == found.sizes[c]);
  }
}

void check_connected(const naive::Matrix& a, const Communities& found) {
  naive::Matrix within = a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (found.of_vertex[i] != found.of_vertex[j]) within[i][j] = 0;
    }
  }
  const auto hops = naive::hops(within);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (found.of_vertex[i] == found.of_vertex[j]) CHECK(hops[i][j] != naive::far);
    }
  }
}

// Where a round has found nothing better, no vertex is better off in another community.
void check_no_move(const naive::Matrix& a, const Communities& found, double resolution) {
  for (std::size_t v = 0; v < a.size(); ++v) {
    auto communities = found.of_vertex;
    for (std::uint32_t c = 0; c <= found.sizes.size(); ++c) {
      communities[v] = c;
      CHECK(naive_modularity(a, communities, resolution) <= found.modularity + 1e-9);
    }
  }
}

}  // namespace

TEST_CASE("constraint and effective size agree with Burt's definitions", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const auto found = structural_holes(Affiliations(incidence));
    const auto matrix = naive::strengths(network);
    for (std::uint32_t m = 0; m < network.members; ++m) {
      if (total(matrix[m]) == 0) {
        CHECK(std::isnan(found.constraint[m]));
        CHECK(std::isnan(found.effective_size[m]));
        continue;
      }
      CHECK(found.constraint[m] == Approx(naive_constraint(matrix, m)).epsilon(1e-12));
      CHECK(found.effective_size[m] ==
            Approx(naive_effective_size(matrix, m)).epsilon(1e-12).margin(1e-12));
    }
  }
}

TEST_CASE("communities are connected, and their modularity is what it says", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const auto graph = TieGraph::project(Affiliations(incidence));
    const auto matrix = naive::strengths(network);
    for (const double resolution : {0.3, 1.0, 2.5}) {
      double last = -10;
      for (const std::uint32_t rounds : {1u, 2u, 1'000u}) {
        const auto found = leiden(graph, {resolution, rounds, 0.05, seed});
        check_numbers(found);
        check_connected(matrix, found);
        CHECK(found.modularity ==
              Approx(naive_modularity(matrix, found.of_vertex, resolution)).margin(1e-12));
        CHECK(found.modularity >= last);
        last = found.modularity;
        if (rounds == 1'000) {
          CHECK(found.stable);
          if (seed % 5 == 0) check_no_move(matrix, found, resolution);
        }
      }
    }
  }
}
