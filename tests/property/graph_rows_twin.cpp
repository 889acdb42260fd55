// SPDX-License-Identifier: Apache-2.0
//
// Common neighbours, growth and coverage against slow and obvious twins.
#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <vector>

#include "catch.hpp"
#include "graph/common_neighbours.hpp"
#include "graph/coverage.hpp"
#include "graph/growth.hpp"
#include "naive_graph.hpp"
#include "random_network.hpp"

namespace {

using namespace koinon::graph;
using namespace random_network;
using Numbers = std::vector<std::uint32_t>;
using Counts = std::map<std::uint32_t, std::uint32_t>;

std::size_t period_of(std::int32_t day, const std::vector<std::int32_t>& days) {
  std::size_t period = 0;
  while (day != unknown_from && period < days.size() && days[period] <= day) ++period;
  return period;
}

// From the day of each member in each work, an unknown one being before all.
std::vector<Growth> naive_growth(IncidenceView graph, const std::vector<std::int32_t>& days) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> came;  // work and member
  std::map<std::uint32_t, std::int32_t> members;
  std::map<std::uint32_t, std::int32_t> works;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> ties;
  const auto first = [](auto& of, const auto& key, std::int32_t day) {
    const auto [at, fresh] = of.emplace(key, day);
    if (!fresh) at->second = std::min(at->second, day);
  };
  for (std::uint32_t m = 0; m < graph.member_count(); ++m) {
    for (const MemberRow& row : graph.works_of(m)) {
      first(came, std::pair(row.work, m), row.from_day);
      first(members, m, row.from_day);
      first(works, row.work, row.from_day);
    }
  }
  for (const auto& [a, day] : came) {
    for (const auto& [b, other] : came) {
      if (a.first == b.first && a.second < b.second) {
        first(ties, std::pair(a.second, b.second), std::max(day, other));
      }
    }
  }
  std::vector<Growth> periods(days.size() + 1);
  for (const auto& [m, day] : members) ++periods[period_of(day, days)].members;
  for (const auto& [w, day] : works) ++periods[period_of(day, days)].works;
  for (const auto& [pair, day] : ties) ++periods[period_of(day, days)].ties;
  return periods;
}

struct Rows {
  std::vector<std::vector<MemberRow>> of_member;
  std::vector<std::vector<WorkRow>> of_work;
};

// Copies of a row are joined one after the other, as the header of incidence.hpp says.
Rows naive_rows(const Network& network) {
  std::map<std::array<std::uint32_t, 3>, Incidence> once;  // by work, member and role
  for (const Incidence& row : network.rows) {
    const auto [at, fresh] =
        once.emplace(std::array{row.work, row.member, std::uint32_t{row.role}}, row);
    if (fresh) continue;
    Incidence& kept = at->second;
    if (kept.from_day == unknown_from ||
        (row.from_day != unknown_from && row.from_day < kept.from_day))
      kept.from_day = row.from_day;
    if (kept.to_day == unknown_to || (row.to_day != unknown_to && row.to_day > kept.to_day))
      kept.to_day = row.to_day;
    if (kept.share == unknown_share) {
      kept.share = row.share;
    } else if (row.share != unknown_share) {
      kept.share = std::min(kept.share + row.share, whole_share);
    }
  }
  Rows rows{std::vector<std::vector<MemberRow>>(network.members),
            std::vector<std::vector<WorkRow>>(network.works)};
  for (const auto& [key, row] : once) {
    rows.of_member[row.member].push_back(member_row(row));
    rows.of_work[row.work].push_back(work_row(row));
  }
  for (auto& own : rows.of_member) std::sort(own.begin(), own.end());
  return rows;
}

}  // namespace

TEST_CASE("the rows of both sides agree with their twin, whatever the starts", "[graph]") {
  enum class Starts { any, one_of_each_work, far_apart, none };
  for (const Starts starts :
       {Starts::any, Starts::one_of_each_work, Starts::far_apart, Starts::none}) {
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
      INFO("seed " << seed << ", starts " << int(starts));
      auto network = make(seed);
      for (Incidence& row : network.rows) {
        if (starts == Starts::one_of_each_work) row.from_day = std::int32_t(row.work * 7 % 5);
        if (starts == Starts::far_apart && row.from_day != unknown_from) row.from_day *= 1'000'000;
        if (starts == Starts::none) row.from_day = unknown_from;
      }
      const IncidenceGraph graph(network.rows, network.members, network.works);
      const auto expected = naive_rows(network);
      Rows found{std::vector<std::vector<MemberRow>>(network.members),
                 std::vector<std::vector<WorkRow>>(network.works)};
      for (std::uint32_t m = 0; m < network.members; ++m)
        found.of_member[m].assign(graph.works_of(m).begin(), graph.works_of(m).end());
      for (std::uint32_t w = 0; w < network.works; ++w)
        found.of_work[w].assign(graph.members_of(w).begin(), graph.members_of(w).end());
      REQUIRE(found.of_member == expected.of_member);
      REQUIRE(found.of_work == expected.of_work);
    }
  }
}

TEST_CASE("common neighbours agree with their twin", "[graph]") {
  CommonNeighbours common;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph incidence(network.rows, network.members, network.works);
    const auto graph = TieGraph::project(Affiliations(incidence));
    const auto matrix = naive::strengths(network);
    for (std::uint32_t a = 0; a < network.members; ++a) {
      Counts expected;
      for (std::uint32_t b = 0; b < network.members; ++b) {
        for (std::uint32_t c = 0; c < network.members && b != a; ++c) {
          if (matrix[a][c] > 0 && matrix[b][c] > 0) ++expected[b];
        }
      }
      Counts found;
      for (const auto& [vertex, count] : common.of(graph, a)) found[vertex] = count;
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("growth agrees with its twin", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    const auto network = make(seed);
    const IncidenceGraph graph(network.rows, network.members, network.works);
    const std::vector<std::int32_t> days = {-5, 0, 3, 4, 20};
    const auto found = growth(graph, days);
    const auto expected = naive_growth(graph, days);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].members == expected[i].members);
      CHECK(found[i].works == expected[i].works);
      CHECK(found[i].ties == expected[i].ties);
    }
  }
}

TEST_CASE("cells add up to margins, and margins to the total", "[graph]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const std::array<std::uint32_t, 3> sizes = {1 + below(random, 5), 1 + below(random, 5),
                                                1 + below(random, 4)};
    std::array<Numbers, 3> of;
    const std::uint32_t observations = below(random, 60);
    std::map<std::array<std::uint32_t, 3>, std::uint64_t> expected;
    std::uint64_t complete = 0;
    for (std::uint32_t i = 0; i < observations; ++i) {
      std::array<std::uint32_t, 3> cell{};
      for (std::size_t a = 0; a < 3; ++a) {
        cell[a] = below(random, 6) == 0 ? no_category : below(random, sizes[a]);
        of[a].push_back(cell[a]);
      }
      ++expected[cell];
      complete += std::count(cell.begin(), cell.end(), no_category) == 0;
    }
    const std::vector<CategoryAxis> axes = {
        {of[0], sizes[0]}, {of[1], sizes[1]}, {of[2], sizes[2]}};
    const CoverageTable table(axes);
    CHECK(table.total() == complete);
    std::array<Numbers, 3> sums = {Numbers(sizes[0]), Numbers(sizes[1]), Numbers(sizes[2])};
    std::size_t thin = 0;
    for (std::uint32_t a = 0; a < sizes[0]; ++a) {
      for (std::uint32_t b = 0; b < sizes[1]; ++b) {
        for (std::uint32_t c = 0; c < sizes[2]; ++c) {
          const auto count = table.at(a, b, c);
          CHECK(count == expected[{a, b, c}]);
          sums[0][a] += std::uint32_t(count);
          sums[1][b] += std::uint32_t(count);
          sums[2][c] += std::uint32_t(count);
          thin += count < 2 && table.margin(0, a) * table.margin(1, b) * table.margin(2, c) > 0;
        }
      }
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      for (std::uint32_t c = 0; c < sizes[axis]; ++c) CHECK(table.margin(axis, c) == sums[axis][c]);
    }
    const auto gaps = table.gaps(2);
    CHECK(gaps.size() == thin);
    CHECK(std::is_sorted(gaps.begin(), gaps.end(), [](const auto& x, const auto& y) {
      return x.expected - double(x.count) > y.expected - double(y.count);
    }));
  }
}
