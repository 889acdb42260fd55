// SPDX-License-Identifier: Apache-2.0
#include "graph/betweenness.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "graph/numbered_random.hpp"
#include "graph/sampled_betweenness.hpp"

namespace {

using namespace koinon::graph;
using Edges = std::vector<TieGraph::Edge>;
using Scores = std::vector<double>;

TieGraph path(std::uint32_t vertices) {
  Edges edges;
  for (std::uint32_t v = 1; v < vertices; ++v) edges.push_back({v - 1, v, 2});
  return TieGraph(vertices, edges);
}

TieGraph star(std::uint32_t rays) {
  Edges edges;
  for (std::uint32_t v = 1; v <= rays; ++v) edges.push_back({0, v, 1});
  return TieGraph(rays + 1, edges);
}

}  // namespace

TEST_CASE("nobody stands between fewer than three", "[graph]") {
  CHECK(betweenness(TieGraph()).empty());
  CHECK(betweenness(path(2)) == Scores{0, 0});
  CHECK(sampled_betweenness(TieGraph()).scores.empty());
  CHECK(sampled_betweenness(path(2)).scores == Scores{0, 0});
}

TEST_CASE("betweenness is the share of pairs of others", "[graph]") {
  CHECK(betweenness(path(3)) == Scores{0, 1, 0});
  CHECK(betweenness(TieGraph(4, {})) == Scores(4, 0));
  const auto in_star = betweenness(star(20));
  CHECK(in_star[0] == 1);
  CHECK(*std::max_element(in_star.begin() + 1, in_star.end()) == 0);
  // A square: each pair of opposite corners has two ways.
  const TieGraph square(4, Edges{{0, 1}, {1, 2}, {2, 3}, {3, 0}});
  for (const double score : betweenness(square)) CHECK(score == Approx(0.5 / 3));
}

TEST_CASE("in a path of 300 betweenness is known by heart", "[graph]") {
  const auto found = betweenness(path(300));
  for (std::size_t v = 0; v < 300; ++v) {
    REQUIRE(found[v] == Approx(double(v * (299 - v)) / (299.0 * 298 / 2)));
  }
}

TEST_CASE("betweenness can be stopped", "[graph]") {
  const auto stop = [](std::size_t, std::size_t) { return false; };
  CHECK_THROWS_AS(betweenness(path(9), stop), Stopped);
  CHECK_THROWS_AS(sampled_betweenness(path(9), {}, stop), Stopped);
}

TEST_CASE("a clique has no paths to sample", "[graph]") {
  const TieGraph clique(3, Edges{{0, 1}, {1, 2}, {2, 0}});
  CHECK(sampled_betweenness(clique).scores == Scores{0, 0, 0});
}

TEST_CASE("a seed has one answer, and another seed another", "[graph]") {
  const auto first = sampled_betweenness(path(30), {0.05, 0.1, 7});
  const auto again = sampled_betweenness(path(30), {0.05, 0.1, 7});
  const auto other = sampled_betweenness(path(30), {0.05, 0.1, 8});
  CHECK(first.samples > 0);
  CHECK(first.scores == again.scores);
  CHECK(first.scores != other.scores);
}

TEST_CASE("an error that no number of samples is enough for is refused, and exact is cheaper",
          "[graph]") {
  const TieGraph graph = path(300);
  for (const double error : {1e-9, 1e-154, 1e-160, 1e-300}) {
    SampledBetweennessOptions options;
    options.max_error = error;
    CHECK(exact_is_cheaper(graph, options));
    CHECK_THROWS_AS(sampled_betweenness(graph, options), std::invalid_argument);
  }
  CHECK_FALSE(exact_is_cheaper(graph, {0.2, 0.1, 1}));
  CHECK(exact_is_cheaper(graph, {0.001, 0.1, 1}));
  CHECK(exact_is_cheaper(TieGraph(), {0.2, 0.1, 1}));
  CHECK_THROWS_AS(exact_is_cheaper(graph, {1, 0.1, 1}), std::invalid_argument);
}

TEST_CASE("the bounds of sampling must be between 0 and 1", "[graph]") {
  for (const double wrong : {0.0, 1.0, -1.0}) {
    CHECK_THROWS_AS(sampled_betweenness(path(3), {wrong, 0.1, 1}), std::invalid_argument);
    CHECK_THROWS_AS(sampled_betweenness(path(3), {0.1, wrong, 1}), std::invalid_argument);
  }
}

TEST_CASE("random numbers depend on seed and number alone, and spread", "[graph]") {
  std::set<std::uint64_t> drawn;
  std::vector<int> counts(10);
  double sum = 0;
  for (std::uint64_t number = 0; number < 10'000; ++number) {
    NumberedRandom random(3, number);
    NumberedRandom same(3, number);
    drawn.insert(random.next());
    CHECK(same.next() == *drawn.find(NumberedRandom(3, number).next()));
    ++counts[random.below(10)];
    sum += random.unit();
  }
  CHECK(drawn.size() == 10'000);
  for (const int count : counts) CHECK(std::abs(count - 1'000) < 150);
  CHECK(sum / 10'000 == Approx(0.5).margin(0.02));
}
