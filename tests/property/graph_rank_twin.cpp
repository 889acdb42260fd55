// SPDX-License-Identifier: Apache-2.0
//
// Core numbers and PageRank against slow and obvious twins.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "catch.hpp"
#include "graph/core_numbers.hpp"
#include "graph/dynamic_incidence.hpp"
#include "graph/local_pagerank.hpp"
#include "graph/pagerank.hpp"
#include "naive_graph.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using namespace random_network;
using Numbers = std::vector<std::uint32_t>;

// For k from 1 up, whoever has less than k neighbours left goes until all have k.
Numbers naive_cores(const naive::Matrix& matrix) {
  const std::size_t n = matrix.size();
  Numbers cores(n);
  std::vector<bool> in(n, true);
  for (std::uint32_t k = 1; k <= n; ++k) {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t v = 0; v < n; ++v) {
        std::uint32_t left = 0;
        for (std::size_t u = 0; u < n; ++u) left += in[u] && matrix[v][u] > 0;
        if (in[v] && left < k) {
          in[v] = false;
          changed = true;
        }
      }
    }
    for (std::size_t v = 0; v < n; ++v) {
      if (in[v]) cores[v] = k;
    }
  }
  return cores;
}

// Power iteration on the matrix, with what members without ties hold drawn anew.
std::vector<double> naive_pagerank(const naive::Matrix& matrix, std::vector<double> restart,
                                   double damping) {
  const std::size_t n = matrix.size();
  const double sum = std::accumulate(restart.begin(), restart.end(), 0.0);
  for (double& weight : restart) weight /= sum;
  std::vector<double> scores = restart;
  for (int round = 0; round < 400; ++round) {
    std::vector<double> next(n);
    double ends = 0;
    for (std::size_t v = 0; v < n; ++v) {
      const double strength = std::accumulate(matrix[v].begin(), matrix[v].end(), 0.0);
      if (strength == 0) ends += scores[v];
      for (std::size_t u = 0; u < n && strength > 0; ++u) {
        next[u] += damping * scores[v] * matrix[v][u] / strength;
      }
    }
    for (std::size_t v = 0; v < n; ++v) {
      next[v] += (1 - damping + damping * ends) * restart[v];
    }
    scores = next;
  }
  return scores;
}

double difference(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum;
}

void check_scores(const PushResult& found, const std::vector<double>& exact,
                  const Affiliations& graph, double epsilon) {
  std::vector<double> scores(exact.size());
  for (const auto& [member, score] : found.scores) {
    CHECK(scores[member] == 0);
    scores[member] = score;
  }
  CHECK(difference(scores, exact) <= found.error_bound + 1e-12);
  for (std::uint32_t m = 0; m < exact.size(); ++m) {
    const double allowed = graph.strength_of(m) == 0 ? 0 : epsilon * graph.strength_of(m);
    CHECK(std::abs(scores[m] - exact[m]) <= allowed + 1e-12);
  }
}

}  // namespace

TEST_CASE("core numbers agree with their twin", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph graph(network.rows, network.members, network.works);
    CHECK(core_numbers(TieGraph::project(Affiliations(graph))) ==
          naive_cores(naive::strengths(network)));
  }
}

TEST_CASE("PageRank is within its tolerance of its twin", "[graph]") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const Affiliations graph(incidence);
    const auto matrix = naive::strengths(network);
    std::vector<double> restart(network.members);
    for (std::uint32_t m = 0; m < network.members; ++m) restart[m] = !graph.works_of(m).empty();
    if (graph.linked_members() > 0) {
      const auto found = pagerank(graph);
      CHECK(found.error_bound <= 1e-8);
      CHECK(difference(found.scores, naive_pagerank(matrix, restart, 0.85)) <= 1e-8);
    }
    for (double& weight : restart) weight = below(random, 4);
    restart[below(random, network.members)] = 1;
    for (const double tolerance : {1e-2, 1e-5, 1e-11}) {
      const auto found = pagerank(graph, {0.9, tolerance}, restart);
      CHECK(found.error_bound <= tolerance);
      CHECK(difference(found.scores, naive_pagerank(matrix, restart, 0.9)) <= tolerance);
    }
  }
}

TEST_CASE("personalised PageRank is within its bounds of its twin, copied or local", "[graph]") {
  LocalPageRank local;  // of one network after the other, larger and smaller
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const Affiliations graph(incidence);
    const auto matrix = naive::strengths(network);
    const DynamicIncidence dynamic(incidence);
    PersonalisedPageRank around(graph);
    for (const double epsilon : {0.3, 1e-1, 1e-2, 1e-4, 1e-10}) {
      Numbers seeds(1 + below(random, 3));
      std::vector<double> restart(network.members);
      for (std::uint32_t& member : seeds) ++restart[member = below(random, network.members)];
      const auto exact = naive_pagerank(matrix, restart, 0.85);
      check_scores(around.around(seeds, {0.85, epsilon}), exact, graph, epsilon);
      check_scores(local.around(dynamic, seeds, {0.85, epsilon}), exact, graph, epsilon);
    }
  }
}
