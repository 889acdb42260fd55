// SPDX-License-Identifier: Apache-2.0
//
// Betweenness against its definition.
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "graph/betweenness.hpp"
#include "graph/sampled_betweenness.hpp"
#include "naive_graph.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using namespace random_network;

// Shortest paths are counted pair by pair; v is on those from s to t whose parts add up.
std::vector<double> naive_betweenness(const naive::Matrix& matrix) {
  const std::size_t n = matrix.size();
  const auto hops = naive::hops(matrix);
  naive::Matrix paths(n, std::vector<double>(n));
  for (std::size_t s = 0; s < n; ++s) {
    paths[s][s] = 1;
    for (std::uint32_t d = 1; d < n; ++d) {
      for (std::size_t t = 0; t < n; ++t) {
        if (hops[s][t] != d) continue;
        for (std::size_t u = 0; u < n; ++u) {
          if (hops[s][u] == d - 1 && matrix[u][t] > 0) paths[s][t] += paths[s][u];
        }
      }
    }
  }
  std::vector<double> scores(n);
  for (std::size_t v = 0; v < n && n > 2; ++v) {
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = 0; t < n; ++t) {
        if (s == t || s == v || t == v || hops[s][t] == naive::far) continue;
        if (hops[s][v] == naive::far || hops[s][v] + hops[v][t] != hops[s][t]) continue;
        scores[v] += paths[s][v] * paths[v][t] / paths[s][t];
      }
    }
    scores[v] /= (double(n) - 1) * (double(n) - 2);
  }
  return scores;
}

}  // namespace

TEST_CASE("betweenness agrees with its definition", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const auto found = betweenness(TieGraph::project(Affiliations(incidence)));
    const auto expected = naive_betweenness(naive::strengths(network));
    REQUIRE(found.size() == expected.size());
    for (std::size_t v = 0; v < found.size(); ++v) {
      CHECK(found[v] == Approx(expected[v]).margin(1e-13));
    }
  }
}

TEST_CASE("sampled betweenness is off by more than its error as seldom as it says", "[graph]") {
  int failed = 0;
  int runs = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const auto graph = TieGraph::project(Affiliations(incidence));
    const auto exact = betweenness(graph);
    for (const double error : {0.2, 0.05, 0.02}) {
      const auto found = sampled_betweenness(graph, {error, 0.2, seed});
      double worst = 0;
      for (std::size_t v = 0; v < exact.size(); ++v) {
        worst = std::max(worst, std::abs(found.scores[v] - exact[v]));
      }
      failed += worst > error;
      ++runs;
    }
  }
  CHECK(failed <= runs / 5);
}
