// SPDX-License-Identifier: Apache-2.0
//
// A problem made ready for search: only candidates that may be in a team, ties as rows, and every
// rule as one of a few kinds of count.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "partners/consortium/problem.hpp"

namespace koinon::partners::consortium {

/// Numbers by row.
struct Lists {
  std::vector<std::uint32_t> row{0};
  std::vector<std::uint32_t> items;

  std::span<const std::uint32_t> operator[](std::size_t i) const {
    return {items.data() + row[i], items.data() + row[i + 1]};
  }
  void close() { row.push_back(static_cast<std::uint32_t>(items.size())); }
};

/// One end of a tie.
struct Arc {
  std::uint32_t to = 0;
  std::uint32_t back = 0;  // place of the other end in Model::arcs
  double weight = 0;       // tie_weight * weight, above 0
};

/// Teams that have fewer than `different` members outside one of `teams` are out.
struct Others {
  std::vector<std::vector<std::uint32_t>> teams;  // numbers of candidates
  std::uint32_t different = 0;
};

/// Candidates are numbered anew, in their order, without those that no team may hold; the model
/// speaks of them as vertices.
struct Model {
  explicit Model(const Problem& problem, const Others& others = {});

  std::uint32_t size() const { return static_cast<std::uint32_t>(candidate.size()); }
  std::span<const Arc> arcs_of(std::uint32_t v) const {
    return {arcs.data() + arc_row[v], arcs.data() + arc_row[v + 1]};
  }
  /// 0 where there is no tie. O(log ties of v).
  double tie(std::uint32_t v, std::uint32_t w) const;
  /// Of candidates, in any order, if all are vertices.
  bool vertices_of(std::span<const std::uint32_t> candidates,
                   std::vector<std::uint32_t>& vertices) const;

  const Problem& problem;
  bool hopeless = false;  // no team can be eligible, whatever it is
  std::vector<std::uint32_t> candidate;
  std::vector<double> gain;  // fit - member_price
  std::vector<std::uint32_t> arc_row;
  std::vector<Arc> arcs;  // by vertex, by rising `to`
  std::uint32_t least = 1;
  std::uint32_t most = largest_team;
  std::vector<std::uint32_t> required;

  /// At least so many members of a set.
  std::vector<std::uint32_t> demands;
  Lists demands_of;                        // by vertex
  std::vector<std::uint64_t> demand_bits;  // by vertex, of the first 64 demands
  /// At most so many members of a set.
  std::vector<std::uint32_t> caps;
  Lists caps_of;
  /// At least so many countries of a set, among those that count.
  struct Reach {
    std::uint32_t count = 0;
    std::vector<std::uint32_t> place;  // by vertex: its country, numbered from 0; nobody: in none
    std::uint32_t places = 0;
  };
  std::vector<Reach> reaches;
  /// At most so much of a sum of amounts, which may be below 0.
  struct Sum {
    std::int64_t limit = 0;
    std::vector<std::int64_t> of;       // by vertex
    std::vector<std::int64_t> at_best;  // by number of members: the least that so many or fewer add
    double scale = 1;                   // amounts by it are of the order of 1
  };
  std::vector<Sum> sums;
  /// Roles are dealt out only where a member may not take all of its own.
  std::uint32_t roles_per_member = most_marks;
  std::vector<std::uint32_t> role_demand;  // by role
  bool roles_are_scarce = false;

 private:
  void read_sizes();
  void choose_candidates();
  void read_ties();
  void read_rules(const Others& others);
  void add_reach(const Rule& rule);
  void add_sums();
  std::vector<std::uint32_t> vertex_;  // by candidate
};

}  // namespace koinon::partners::consortium
