// SPDX-License-Identifier: Apache-2.0
#include "graph/hops.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "graph/partnership_path.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;

// Works of two: 0-1, 1-2, 2-3, 0-4, 4-3; 5 and 6 apart, 7 alone in a work, 8 in none.
IncidenceGraph ring() {
  const std::vector<Incidence> rows = {{0, 0}, {1, 0}, {1, 1}, {2, 1}, {2, 2}, {3, 2}, {0, 3},
                                       {4, 3}, {4, 4}, {3, 4}, {5, 5}, {6, 5}, {7, 6}};
  return IncidenceGraph(rows, 9, 7);
}

IncidenceGraph chain(std::uint32_t works) {
  std::vector<Incidence> rows;
  for (std::uint32_t w = 0; w < works; ++w) {
    rows.push_back({w, w});
    rows.push_back({w + 1, w});
  }
  return IncidenceGraph(rows, works + 1, works);
}

}  // namespace

TEST_CASE("hops count works between members", "[graph]") {
  const auto incidence = ring();
  const Affiliations graph(incidence);
  const auto far = unreached;
  CHECK(hop_distances(graph, {}).empty());
  CHECK(hop_distances(graph, Numbers{0, 8, 0}) ==
        Numbers{0,   1,   2,   2, 1, far, far, far, far, far, far, far, far, far,
                far, far, far, 0, 0, 1,   2,   2,   1,   far, far, far, far});
  CHECK_THROWS_WITH(hop_distances(graph, Numbers{9}), "member 9 of 9");
}

TEST_CASE("more than 64 sources at a time are refused, and more in all are not", "[graph]") {
  const auto incidence = chain(200);
  const Affiliations graph(incidence);
  Numbers sources(201);
  for (std::uint32_t m = 0; m < 201; ++m) sources[m] = m;
  const auto distances = hop_distances(graph, sources);
  for (std::uint32_t a = 0; a < 201; a += 7) {
    for (std::uint32_t b = 0; b < 201; ++b) {
      REQUIRE(distances[a * 201 + b] == (a < b ? b - a : a - b));
    }
  }
  CHECK_THROWS_AS(HopSearch().run(graph, sources, [](const HopSearch::Level&) {}),
                  std::invalid_argument);
}

TEST_CASE("a search ends at its radius", "[graph]") {
  const auto incidence = chain(10);
  const Affiliations graph(incidence);
  std::size_t met = 0;
  HopSearch().run(
      graph, Numbers{5}, [&](const HopSearch::Level& level) { met += level.members.size(); }, 2);
  CHECK(met == 5);
}

TEST_CASE("closeness of a member that reaches nobody is 0", "[graph]") {
  CHECK(closeness(Affiliations()).closeness.empty());
  const auto incidence = ring();
  const auto found = closeness(Affiliations(incidence));
  CHECK(found.closeness[7] == 0);
  CHECK(found.harmonic[8] == 0);
  CHECK(found.eccentricity[8] == 0);
}

TEST_CASE("closeness is scaled by the part within reach, harmonic is a sum", "[graph]") {
  const auto incidence = ring();
  const auto found = closeness(Affiliations(incidence));
  // 8 members are in works; 0 reaches 4 others at 1, 1, 2, 2.
  CHECK(found.closeness[0] == Approx(4.0 / 6 * 4 / 7));
  CHECK(found.harmonic[0] == Approx(3));
  CHECK(found.eccentricity[0] == 2);
  CHECK(found.closeness[5] == Approx(1.0 * 1 / 7));
  CHECK(found.harmonic[5] == 1);
}

TEST_CASE("a path names the works along it", "[graph]") {
  const auto incidence = ring();
  const Affiliations graph(incidence);
  PathFinder finder;
  const auto path = finder.find(graph, 0, 2);
  CHECK(path.members == Numbers{0, 1, 2});
  CHECK(path.works == Numbers{0, 1});
  CHECK(finder.find(graph, 0, 5).members.empty());
  CHECK(finder.find(graph, 8, 0).members.empty());
  CHECK(finder.find(graph, 6, 6).members == Numbers{6});
  CHECK(finder.find(graph, 6, 6).works.empty());
  CHECK_THROWS_AS(finder.find(graph, 0, 9), std::out_of_range);
}

TEST_CASE("of several shortest paths the rows decide, not the order that they came in", "[graph]") {
  // 0-5-3 and 0-4-3; from 3 on, work 3 comes before work 4.
  std::vector<Incidence> rows = {{0, 0, 0, 30}, {5, 0, 0, 30}, {0, 1, 0, 20}, {4, 1, 0, 20},
                                 {0, 2, 0, 10}, {4, 2, 0, 10}, {5, 3},        {3, 3},
                                 {4, 4},        {3, 4}};
  PathFinder finder;
  for (int turn = 0; turn < 2; ++turn) {
    const IncidenceGraph incidence(rows, 6, 5);
    const auto path = finder.find(Affiliations(incidence), 0, 3);
    CHECK(path.members == Numbers{0, 5, 3});
    CHECK(path.works == Numbers{0, 3});
    std::reverse(rows.begin(), rows.end());
  }
}

TEST_CASE("a path of 10,000 works is found", "[graph]") {
  const auto incidence = chain(10'000);
  const auto path = PathFinder().find(Affiliations(incidence), 10'000, 0);
  REQUIRE(path.members.size() == 10'001);
  CHECK(path.members[1] == 9'999);
  CHECK(path.works[9'999] == 0);
}

TEST_CASE("an ego network holds the members within its radius and the ties among them", "[graph]") {
  const auto incidence = ring();
  const Affiliations graph(incidence);
  const auto alone = ego_network(graph, 1, 0);
  CHECK(alone.members == Numbers{1});
  CHECK(alone.ties.tie_count() == 0);
  const auto near = ego_network(graph, 4, 1);
  CHECK(near.members == Numbers{4, 0, 3});
  CHECK(near.hops == Numbers{0, 1, 1});
  CHECK(near.ties.tie_count() == 2);
  const auto all = ego_network(graph, 4, 100);
  CHECK(all.members == Numbers{4, 0, 3, 1, 2});
  CHECK(all.hops == Numbers{0, 1, 1, 2, 2});
  CHECK(all.ties.tie_count() == 5);
  CHECK(ego_network(graph, 8, 3).members == Numbers{8});
  CHECK_THROWS_AS(ego_network(graph, 9, 1), std::out_of_range);
}

TEST_CASE("searches can be stopped, and the next finds what it should", "[graph]") {
  const auto incidence = chain(10'000);
  const Affiliations graph(incidence);
  const Watch stop = [](std::size_t, std::size_t) { return false; };
  CHECK_THROWS_AS(hop_distances(graph, Numbers{0}, stop), Stopped);
  CHECK_THROWS_AS(ego_network(graph, 0, 5, stop), Stopped);
  int looks = 0;  // within one search, too
  CHECK_THROWS_AS(
      hop_distances(graph, Numbers{0}, [&](std::size_t, std::size_t) { return ++looks < 3; }),
      Stopped);
  PathFinder paths;
  EgoFinder egos;
  looks = 0;
  const Watch later = [&](std::size_t, std::size_t) { return ++looks % 100 != 0; };
  CHECK_THROWS_AS(paths.find(graph, 0, 10'000, later), Stopped);
  CHECK(paths.find(graph, 2, 4).members == Numbers{2, 3, 4});
  CHECK_THROWS_AS(egos.find(graph, 0, 1'000, EgoFinder::no_limit, later), Stopped);
  CHECK(egos.find(graph, 5, 1).members == Numbers{5, 4, 6});
}
