// SPDX-License-Identifier: Apache-2.0
//
// Slices, the projection and what is found by breadth-first search against slow and obvious twins.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "catch.hpp"
#include "graph/affiliations.hpp"
#include "graph/common_neighbours.hpp"
#include "graph/components.hpp"
#include "graph/hops.hpp"
#include "graph/partnership_path.hpp"
#include "graph/strongest_path.hpp"
#include "graph/tie_graph.hpp"
#include "naive_graph.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using namespace random_network;
using Numbers = std::vector<std::uint32_t>;

struct Choice {
  Bitmap roles, members, works;
  Slice slice;
};

void choose(Random& random, Choice& choice) {
  const auto fill = [&](Bitmap& set, std::uint32_t size) {
    for (std::uint32_t i = 0; i < size; ++i) {
      if (below(random, 3) != 0) set.set(i);
    }
    return &set;
  };
  Slice& slice = choice.slice;
  if (below(random, 2) == 0) slice.roles = fill(choice.roles, 3);
  if (below(random, 2) == 0) slice.members = fill(choice.members, 60);
  if (below(random, 2) == 0) slice.works = fill(choice.works, 80);
  if (below(random, 2) == 0) slice.first_day = std::int32_t(below(random, 40)) - 10;
  if (below(random, 2) == 0) slice.last_day = std::int32_t(below(random, 40)) - 10;
  if (below(random, 2) == 0) slice.dates = Slice::Dates::begun;
  slice.undated = below(random, 3) != 0;
  if (below(random, 2) == 0) slice.max_members = below(random, 6);
}

// The rows of a network that a slice keeps, told in other words than Slice does. The network is to
// be without duplicates.
Network kept(const Network& network, const Slice& slice) {
  const auto sizes = teams(network);
  Network result{network.members, network.works, {}};
  for (const Incidence& row : network.rows) {
    const bool began = row.from_day != unknown_from;
    const bool over = row.to_day != unknown_to && row.to_day < slice.first_day;
    const bool begun = !began || row.from_day <= slice.last_day;
    const bool early = began ? row.from_day < slice.first_day : slice.first_day != unknown_from;
    if (!begun || (!began && !slice.undated)) continue;
    if (slice.dates == Slice::Dates::begun ? early : over) continue;
    if (slice.roles && !slice.roles->test(row.role)) continue;
    if (slice.members && !slice.members->test(row.member)) continue;
    if (slice.works && !slice.works->test(row.work)) continue;
    if (sizes[row.work].size() > slice.max_members) continue;
    result.rows.push_back(row);
  }
  return result;
}

Network without_duplicates(const Network& network) {
  Network result{network.members, network.works, {}};
  const IncidenceGraph graph(network.rows, network.members, network.works);
  for (std::uint32_t m = 0; m < network.members; ++m) {
    for (const MemberRow& row : graph.works_of(m)) {
      result.rows.push_back(incidence_of(m, row));
    }
  }
  return result;
}

void check_affiliations(const Affiliations& graph, const Network& network) {
  const auto expected = teams(network);
  std::set<std::uint32_t> linked;
  std::size_t pairs = 0;
  REQUIRE(graph.work_count() == network.works);
  for (std::uint32_t w = 0; w < network.works; ++w) {
    const auto members = graph.members_of(w);
    CHECK(std::vector(members.begin(), members.end()) ==
          std::vector(expected[w].begin(), expected[w].end()));
    linked.insert(members.begin(), members.end());
    pairs += members.size();
  }
  CHECK(graph.linked_members() == linked.size());
  CHECK(graph.size() == pairs);
  for (std::uint32_t m = 0; m < network.members; ++m) {
    for (const std::uint32_t w : graph.works_of(m)) CHECK(expected[w].count(m) == 1);
    pairs -= graph.works_of(m).size();
  }
  CHECK(pairs == 0);
}

void check_ties(const TieGraph& graph, const naive::Matrix& expected) {
  REQUIRE(graph.vertex_count() == expected.size());
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    const auto others = graph.neighbours(v);
    CHECK(std::is_sorted(others.begin(), others.end()));
    CHECK(std::ptrdiff_t(others.size()) ==
          std::count_if(expected[v].begin(), expected[v].end(), [](double s) { return s > 0; }));
    for (std::size_t i = 0; i < others.size(); ++i) {
      CHECK(graph.strengths(v)[i] == Approx(expected[v][others[i]]).epsilon(1e-12));
    }
  }
}

template <class Graph>
void check_paths(const Graph& graph, const Network& network, const std::vector<Numbers>& hops,
                 PathFinder& finder) {
  const auto all = teams(network);
  for (std::uint32_t a = 0; a < network.members; ++a) {
    for (std::uint32_t b = 0; b < network.members; ++b) {
      const auto path = finder.find(graph, a, b);
      if (hops[a][b] == naive::far) {
        CHECK(path.members.empty());
        continue;
      }
      REQUIRE(path.works.size() == hops[a][b]);
      REQUIRE(path.members.size() == hops[a][b] + 1);
      CHECK(path.members.front() == a);
      CHECK(path.members.back() == b);
      for (std::size_t i = 0; i < path.works.size(); ++i) {
        CHECK(all[path.works[i]].count(path.members[i]) == 1);
        CHECK(all[path.works[i]].count(path.members[i + 1]) == 1);
      }
    }
  }
}

template <class Graph>
void check_ego(const Graph& graph, const naive::Matrix& strengths, const std::vector<Numbers>& hops,
               std::uint32_t member, EgoFinder& finder) {
  for (std::uint32_t radius = 0; radius < 4; ++radius) {
    const auto ego = finder.find(graph, member, radius);
    CHECK(ego.complete);
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (std::uint32_t m = 0; m < hops.size(); ++m) {
      if (hops[member][m] <= radius) expected.insert({hops[member][m], m});
    }
    REQUIRE(ego.members.size() == expected.size());
    std::size_t i = 0;
    for (const auto& [distance, other] : expected) {
      CHECK(ego.members[i] == other);
      CHECK(ego.hops[i++] == distance);
    }
    naive::Matrix among(ego.members.size(), std::vector<double>(ego.members.size()));
    for (std::size_t a = 0; a < among.size(); ++a) {
      for (std::size_t b = 0; b < among.size(); ++b) {
        among[a][b] = strengths[ego.members[a]][ego.members[b]];
      }
    }
    check_ties(ego.ties, among);
  }
}

// Cut short, an ego network has the nearest, each distance whole but the last.
template <class Graph>
void check_ego_limit(const Graph& graph, std::uint32_t member, EgoFinder& finder) {
  const auto whole = finder.find(graph, member, 3);
  for (std::size_t most = 1; most <= whole.members.size() + 1; ++most) {
    const auto cut = finder.find(graph, member, 3, most);
    REQUIRE(cut.members.size() == std::min(most, whole.members.size()));
    CHECK(cut.complete == (cut.members.size() == whole.members.size()));
    CHECK(std::equal(cut.hops.begin(), cut.hops.end(), whole.hops.begin()));
    const std::uint32_t last = cut.hops.back();
    for (std::size_t i = 0; i < cut.members.size(); ++i) {
      const auto place = std::find(whole.members.begin(), whole.members.end(), cut.members[i]);
      REQUIRE(place != whole.members.end());
      CHECK(whole.hops[std::size_t(place - whole.members.begin())] == cut.hops[i]);
      if (cut.hops[i] < last) CHECK(cut.members[i] == whole.members[i]);
    }
  }
}

void check_common(IncidenceView graph, const naive::Matrix& strengths, CommonPartners& common) {
  for (std::uint32_t a = 0; a < strengths.size(); a += 3) {
    for (std::uint32_t b = 0; b < strengths.size(); ++b) {
      std::set<std::uint32_t> expected;
      for (std::uint32_t m = 0; m < strengths.size(); ++m) {
        if (a != b && strengths[a][m] > 0 && strengths[b][m] > 0) expected.insert(m);
      }
      const auto found = common.of(graph, a, b);
      CHECK(found.size() == expected.size());
      for (const auto& each : found) {
        REQUIRE(expected.count(each.partner) == 1);
        CHECK(each.one.strength == Approx(strengths[a][each.partner]).epsilon(1e-12));
        CHECK(each.other.strength == Approx(strengths[b][each.partner]).epsilon(1e-12));
      }
    }
  }
}

void check_closeness(const Affiliations& graph, const std::vector<Numbers>& hops) {
  const auto found = closeness(graph);
  const double others = double(graph.linked_members()) - 1;
  for (std::uint32_t m = 0; m < hops.size(); ++m) {
    double reached = 0;
    double sum = 0;
    double inverse = 0;
    std::uint32_t farthest = 0;
    for (const std::uint32_t distance : hops[m]) {
      if (distance == 0 || distance == naive::far) continue;
      ++reached;
      sum += distance;
      inverse += 1.0 / distance;
      farthest = std::max(farthest, distance);
    }
    CHECK(found.closeness[m] == Approx(reached == 0 ? 0 : reached / sum * reached / others));
    CHECK(found.harmonic[m] == Approx(inverse));
    CHECK(found.eccentricity[m] == farthest);
  }
}

}  // namespace

TEST_CASE("a slice keeps the rows that its conditions say, in any combination", "[graph]") {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    const auto network = without_duplicates(make(seed));
    Random random(5'000 + seed);
    Choice choice;
    choose(random, choice);
    const IncidenceGraph graph(network.rows, network.members, network.works);
    const auto left = kept(network, choice.slice);
    const Affiliations sliced(graph, choice.slice);
    check_affiliations(sliced, left);
    check_ties(TieGraph::project(sliced), naive::strengths(left));
    const DynamicIncidence dynamic{IncidenceGraph(graph)};
    check_affiliations(Affiliations(IncidenceView(dynamic), choice.slice), left);
  }
}

TEST_CASE("a graph from a list of edges holds the sum of each pair", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const std::uint32_t vertices = 2 + below(random, 20);
    naive::Matrix sums(vertices, std::vector<double>(vertices));
    std::vector<TieGraph::Edge> edges;
    for (std::uint32_t i = below(random, 100); i > 0; --i) {
      const std::uint32_t a = below(random, vertices);
      const std::uint32_t b = (a + 1 + below(random, vertices - 1)) % vertices;
      edges.push_back({a, b, 0.25 + below(random, 5)});
      sums[a][b] += edges.back().strength;
      sums[b][a] += edges.back().strength;
    }
    const TieGraph graph(vertices, edges);
    check_ties(graph, sums);
    Numbers some(vertices);
    std::iota(some.begin(), some.end(), 0);
    std::shuffle(some.begin(), some.end(), random);
    some.resize(vertices / 2);
    naive::Matrix part(some.size(), std::vector<double>(some.size()));
    for (std::size_t a = 0; a < some.size(); ++a) {
      for (std::size_t b = 0; b < some.size(); ++b) part[a][b] = sums[some[a]][some[b]];
    }
    check_ties(graph.induced(some), part);
  }
}

TEST_CASE("distances, paths, surroundings and closeness agree with their twins", "[graph]") {
  PathFinder finder;
  EgoFinder egos;
  CommonPartners common;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const Affiliations graph(incidence);
    const auto strengths = naive::strengths(network);
    const auto hops = naive::hops(strengths);
    Numbers sources(network.members);
    std::iota(sources.begin(), sources.end(), 0);
    sources.insert(sources.end(), sources.begin(), sources.end());  // each twice, in two batches
    const auto distances = hop_distances(graph, sources);
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const auto row = distances.begin() + std::ptrdiff_t(s * network.members);
      REQUIRE(std::equal(row, row + network.members, hops[sources[s]].begin()));
    }
    check_paths(graph, network, hops, finder);
    check_closeness(graph, hops);
    check_ego(graph, strengths, hops, seed % network.members, egos);
    check_ego_limit(graph, seed % network.members, egos);
    // The same on rows that change, where a member may stand in a work several times.
    const DynamicIncidence dynamic(incidence);
    const IncidenceView view(dynamic);
    check_paths(view, network, hops, finder);
    check_ego(view, strengths, hops, seed % network.members, egos);
    check_ego_limit(view, seed % network.members, egos);
    check_common(view, strengths, common);
  }
}

TEST_CASE("both forms of a network give the same path and the same surroundings to the last bit",
          "[graph]") {
  PathFinder finder;
  EgoFinder egos;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const Affiliations graph(incidence);
    const DynamicIncidence dynamic(incidence);
    for (std::uint32_t a = 0; a < network.members; ++a) {
      for (std::uint32_t b = 0; b < network.members; ++b) {
        const auto one = finder.find(graph, a, b);
        const auto other = finder.find(IncidenceView(dynamic), a, b);
        CHECK(one.members == other.members);
        CHECK(one.works == other.works);
      }
      const auto one = egos.find(graph, a, 2);
      const auto other = egos.find(IncidenceView(dynamic), a, 2);
      CHECK(one.members == other.members);
      REQUIRE(one.ties.tie_count() == other.ties.tie_count());
      for (std::uint32_t v = 0; v < one.ties.vertex_count(); ++v) {
        const auto here = one.ties.strengths(v);
        const auto there = other.ties.strengths(v);
        CHECK(std::equal(here.begin(), here.end(), there.begin(), there.end()));
      }
    }
  }
}

TEST_CASE("the strongest ways are as short as those through every other member", "[graph]") {
  constexpr double none = std::numeric_limits<double>::infinity();
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const Affiliations graph(incidence);
    const TieGraph ties = TieGraph::project(graph);
    const auto strengths = naive::strengths(network);
    const std::uint32_t size = network.members;
    naive::Matrix lengths(size, std::vector<double>(size, none));
    for (std::uint32_t a = 0; a < size; ++a) {
      for (std::uint32_t b = 0; b < size; ++b) {
        if (strengths[a][b] > 0) lengths[a][b] = 1 / strengths[a][b];
      }
      lengths[a][a] = 0;
    }
    for (std::uint32_t via = 0; via < size; ++via) {
      for (std::uint32_t a = 0; a < size; ++a) {
        for (std::uint32_t b = 0; b < size; ++b)
          lengths[a][b] = std::min(lengths[a][b], lengths[a][via] + lengths[via][b]);
      }
    }
    const auto all = teams(network);
    for (std::uint32_t a = 0; a < size; ++a) {
      for (std::uint32_t b = 0; b < size; ++b) {
        const auto found = strongest_path(ties, graph, a, b);
        if (lengths[a][b] == none) {
          CHECK(found.length == none);
          CHECK(found.path.members.empty());
          continue;
        }
        CHECK(found.length == Approx(lengths[a][b]).epsilon(1e-12));
        REQUIRE(found.path.members.size() == found.path.works.size() + 1);
        CHECK(found.path.members.front() == a);
        CHECK(found.path.members.back() == b);
        double sum = 0;
        for (std::size_t i = 0; i < found.path.works.size(); ++i) {
          const std::uint32_t one = found.path.members[i];
          const std::uint32_t other = found.path.members[i + 1];
          sum += 1 / strengths[one][other];
          const std::uint32_t work = found.path.works[i];
          CHECK((all[work].count(one) == 1 && all[work].count(other) == 1));
          for (std::uint32_t w = 0; w < network.works; ++w) {
            const bool both = all[w].count(one) == 1 && all[w].count(other) == 1;
            if (both) CHECK(all[w].size() >= all[work].size());
          }
        }
        CHECK(sum == Approx(found.length).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("components are those that Boost.Graph finds among members and works", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> graph(network.members +
                                                                              network.works);
    for (const Incidence& row : network.rows) {
      boost::add_edge(row.member, network.members + row.work, graph);
    }
    std::vector<std::uint32_t> expected(network.members + network.works);
    boost::connected_components(graph, expected.data());
    const auto found = connected_components(incidence);
    for (std::uint32_t a = 0; a < network.members; ++a) {
      CHECK((found.of_member[a] == no_component) == incidence.works_of(a).empty());
      for (std::uint32_t b = 0; b < a && found.of_member[a] != no_component; ++b) {
        CHECK((found.of_member[a] == found.of_member[b]) == (expected[a] == expected[b]));
      }
    }
  }
}
