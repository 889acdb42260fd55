// SPDX-License-Identifier: Apache-2.0
//
// The graph room against slow and obvious twins, on random bipartite graphs with fixed seeds.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "graph/components.hpp"
#include "graph/dynamic_incidence.hpp"
#include "graph/projection.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using namespace random_network;
struct Shared {
  std::set<std::uint32_t> works;
  double strength = 0;
};

std::map<std::uint32_t, Shared> naive_partners(const Network& network, std::uint32_t member) {
  std::map<std::uint32_t, Shared> partners;
  const auto all = teams(network);
  for (std::uint32_t w = 0; w < network.works; ++w) {
    if (!all[w].count(member)) continue;
    for (const std::uint32_t other : all[w]) {
      if (other == member) continue;
      partners[other].works.insert(w);
      partners[other].strength += 1.0 / (double(all[w].size()) - 1);
    }
  }
  return partners;
}

// For each member the smallest member that it can reach; union-find without any cleverness.
std::vector<std::uint32_t> naive_roots(const Network& network) {
  std::vector<std::uint32_t> root(network.members);
  std::iota(root.begin(), root.end(), 0);
  const auto find = [&](std::uint32_t m) {
    while (root[m] != m) m = root[m];
    return m;
  };
  for (const auto& team : teams(network)) {
    for (const std::uint32_t member : team) {
      const auto [low, high] = std::minmax({find(*team.begin()), find(member)});
      root[high] = low;
    }
  }
  for (std::uint32_t& m : root) m = find(m);
  return root;
}

using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint16_t>;
struct Span {
  std::int32_t from = unknown_from;
  std::int32_t to = unknown_to;
  std::uint32_t share = unknown_share;
  bool operator==(const Span&) const = default;
};

// The rows that a graph of this network must hold, each with its widest known period and what is
// known of its shares.
std::map<Key, Span> naive_rows(const Network& network) {
  struct Told {
    std::set<std::int32_t> from;
    std::set<std::int32_t> to;
    std::vector<std::uint32_t> shares;
  };
  std::map<Key, Told> told;
  for (const Incidence& row : network.rows) {
    auto& [from, to, shares] = told[{row.member, row.work, row.role}];
    if (row.share != unknown_share) shares.push_back(row.share);
    if (row.from_day != unknown_from) from.insert(row.from_day);
    if (row.to_day != unknown_to) to.insert(row.to_day);
  }
  std::map<Key, Span> rows;
  for (const auto& [key, known] : told) {
    const auto& [from, to, shares] = known;
    const std::uint64_t sum = std::accumulate(shares.begin(), shares.end(), std::uint64_t{0});
    rows[key] = {
        from.empty() ? unknown_from : *from.begin(), to.empty() ? unknown_to : *to.rbegin(),
        shares.empty() ? unknown_share : std::uint32_t(std::min<std::uint64_t>(sum, 1'000'000))};
  }
  return rows;
}

void check_rows(IncidenceView graph, const Network& network) {
  std::map<Key, Span> by_member;
  std::size_t count = 0;
  for (std::uint32_t m = 0; m < network.members; ++m) {
    const auto rows = graph.works_of(m);
    CHECK(std::is_sorted(rows.begin(), rows.end()));
    for (const MemberRow& row : rows)
      by_member[{m, row.work, std::uint16_t(row.role)}] = {row.from_day, row.to_day, row.share};
    count += rows.size();
  }
  CHECK(count == by_member.size());
  CHECK(by_member == naive_rows(network));
  std::set<Key> by_work;
  for (std::uint32_t w = 0; w < network.works; ++w) {
    const auto rows = graph.members_of(w);
    CHECK(std::is_sorted(rows.begin(), rows.end()));
    for (const WorkRow& row : rows) {
      const Key key{row.member, w, std::uint16_t(row.role)};
      by_work.insert(key);
      REQUIRE(by_member.count(key) == 1);
      CHECK(by_member[key].share == row.share);
    }
    count -= rows.size();
  }
  CHECK(count == 0);
  CHECK(std::all_of(by_work.begin(), by_work.end(),
                    [&](const Key& key) { return by_member.count(key) == 1; }));
}

void check_partners(IncidenceView graph, const Network& network, Projection& projection) {
  for (std::uint32_t m = 0; m < network.members; ++m) {
    auto expected = naive_partners(network, m);
    std::vector<std::uint32_t> partners;
    double sum = 0;
    for (const Tie& tie : projection.partners_of(graph, m)) {
      partners.push_back(tie.partner);
      REQUIRE(expected.count(tie.partner) == 1);
      CHECK(tie.shared == expected[tie.partner].works.size());
      CHECK(std::abs(tie.strength - expected[tie.partner].strength) <= 1e-12);
      sum += tie.strength;
    }
    REQUIRE(partners.size() == expected.size());
    // Newman's normalisation: what a member gives adds up to its works with others.
    std::set<std::uint32_t> with_others;
    for (const auto& [id, shared] : expected) {
      with_others.insert(shared.works.begin(), shared.works.end());
    }
    CHECK(sum == Approx(double(with_others.size())).epsilon(1e-12));

    const auto works = projection.shared_works(graph, m, partners);
    const auto first = projection.shared_works(graph, m, partners, 2);
    for (std::size_t i = 0; i < partners.size(); ++i) {
      CHECK(std::set(works[i].begin(), works[i].end()) == expected[partners[i]].works);
      CHECK(works[i].size() == expected[partners[i]].works.size());
      CHECK(std::vector(works[i].begin(), works[i].begin() + std::ptrdiff_t(first[i].size())) ==
            first[i]);
      CHECK(first[i].size() == std::min<std::size_t>(2, works[i].size()));
    }
  }
}

void check_components(IncidenceView graph, const Network& network) {
  const auto roots = naive_roots(network);
  std::set<std::uint32_t> linked;
  for (const Incidence& row : network.rows) linked.insert(row.member);
  std::map<std::uint32_t, std::uint32_t> number;  // of each root, in the order of roots
  for (const std::uint32_t m : linked) number.emplace(roots[m], std::uint32_t(number.size()));

  const auto components = connected_components(graph);
  REQUIRE(components.sizes.size() == number.size());
  for (std::uint32_t m = 0; m < network.members; ++m) {
    const auto size = std::count(roots.begin(), roots.end(), roots[m]);
    CHECK(component_size(graph, m) == size);
    CHECK(graph.component_size(m) == size);
    if (linked.count(m) == 0) {
      CHECK(components.of_member[m] == no_component);
      continue;
    }
    REQUIRE(components.of_member[m] == number[roots[m]]);
    CHECK(components.sizes[components.of_member[m]] == size);
  }
}

template <class Graph>
void check_counts(const Graph& graph, const Network& network) {
  std::set<std::uint32_t> members;
  std::set<std::uint32_t> works;
  for (const Incidence& row : network.rows) {
    members.insert(row.member);
    works.insert(row.work);
  }
  CHECK(graph.linked_members() == members.size());
  CHECK(graph.linked_works() == works.size());
  CHECK(graph.row_count() == naive_rows(network).size());
}

}  // namespace

TEST_CASE("rows, partners and components agree with their twins", "[graph]") {
  Projection projection;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph graph(network.rows, network.members, network.works);
    check_counts(graph, network);
    check_rows(graph, network);
    check_partners(graph, network, projection);
    check_components(graph, network);
  }
}

TEST_CASE("the order of the input changes no bit of an answer", "[graph]") {
  Projection one;
  Projection two;
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    auto network = make(seed);
    const IncidenceGraph graph(network.rows, network.members, network.works);
    std::reverse(network.rows.begin(), network.rows.end());
    const IncidenceGraph reversed(network.rows, network.members, network.works);
    for (std::uint32_t m = 0; m < network.members; ++m) {
      const auto a = one.partners_of(graph, m);
      const auto b = two.partners_of(reversed, m);
      CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Tie& x, const Tie& y) {
        return x.partner == y.partner && x.shared == y.shared && x.strength == y.strength;
      }));
    }
  }
}

TEST_CASE("after any run of changes a graph equals the one built anew, and so do its snapshots",
          "[graph]") {
  Projection projection;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    INFO("seed " << seed);
    Random random(1'000 + seed);
    auto network = make(seed);
    DynamicIncidence graph(IncidenceGraph(network.rows, network.members, network.works));
    std::vector<std::pair<DynamicIncidence, Network>> snapshots;
    for (int step = 0; step < 60; ++step) {
      if (below(random, 6) == 0) {
        network.members += below(random, 40);
        network.works += below(random, 40);
        graph.grow(network.members, network.works);
      }
      const std::uint32_t work = below(random, network.works);
      std::erase_if(network.rows, [&](const Incidence& row) { return row.work == work; });
      if (below(random, 4) == 0) {
        graph.remove(work);
      } else {
        const auto rows = random_work(random, network.members, work);
        graph.replace(work, rows);
        network.rows.insert(network.rows.end(), rows.begin(), rows.end());
      }
      if (below(random, 20) == 0) snapshots.emplace_back(graph, network);
    }
    snapshots.emplace_back(graph, network);
    for (const auto& [snapshot, then] : snapshots) {
      check_counts(snapshot, then);
      check_rows(snapshot, then);
      check_partners(snapshot, then, projection);
      check_components(snapshot, then);
    }
  }
}
