// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/model.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace koinon::partners::consortium {

namespace {

bool holds(const std::vector<std::uint16_t>& countries, std::uint16_t country) {
  return std::find(countries.begin(), countries.end(), country) != countries.end();
}

// Of a rule about some countries, or about all.
bool is_meant(const Rule& rule, std::uint16_t country) {
  return country != no_country && (rule.countries.empty() || holds(rule.countries, country));
}

// Sets of vertices under way to rows by vertex.
class Sets {
 public:
  explicit Sets(std::uint32_t vertices) : of_(vertices) {}

  void add(const std::vector<std::uint32_t>& members) {
    for (const std::uint32_t v : members) of_[v].push_back(sets_);
    ++sets_;
  }
  Lists lists() const {
    Lists lists;
    for (const auto& of : of_) {
      lists.items.insert(lists.items.end(), of.begin(), of.end());
      lists.close();
    }
    return lists;
  }

 private:
  std::vector<std::vector<std::uint32_t>> of_;
  std::uint32_t sets_ = 0;
};

}  // namespace

Model::Model(const Problem& asked, const Others& others) : problem(asked) {
  read_sizes();
  choose_candidates();
  read_ties();
  read_rules(others);
  add_sums();
  most = std::min(most, size());
  if (most < least || most < required.size()) hopeless = true;
}

double Model::tie(std::uint32_t v, std::uint32_t w) const {
  const auto row = arcs_of(v);
  const auto found = std::lower_bound(row.begin(), row.end(), w,
                                      [](const Arc& arc, std::uint32_t to) { return arc.to < to; });
  return found != row.end() && found->to == w ? found->weight : 0;
}

bool Model::vertices_of(std::span<const std::uint32_t> candidates,
                        std::vector<std::uint32_t>& vertices) const {
  vertices.clear();
  for (const std::uint32_t number : candidates) {
    if (number >= vertex_.size() || vertex_[number] == nobody) return false;
    vertices.push_back(vertex_[number]);
  }
  return true;
}

void Model::read_sizes() {
  for (const Rule& rule : problem.rules) {
    if (rule.kind == RuleKind::MembersAtLeast) least = std::max(least, rule.count);
    if (rule.kind == RuleKind::MembersAtMost) most = std::min(most, rule.count);
    if (rule.kind == RuleKind::RolesPerMemberAtMost)
      roles_per_member = std::min(roles_per_member, rule.count);
  }
}

void Model::choose_candidates() {
  const auto& all = problem.candidates;
  std::vector<bool> out(all.size(), false);
  std::vector<bool> in(all.size(), false);
  std::uint32_t coordinator = nobody;
  for (const Rule& rule : problem.rules) {
    switch (rule.kind) {
      case RuleKind::CountriesAllowed:
        for (std::size_t i = 0; i < all.size(); ++i) {
          if (!holds(rule.countries, all[i].country) || all[i].country == no_country) out[i] = true;
        }
        break;
      case RuleKind::Forbidden:
        for (const std::uint32_t i : rule.members) out[i] = true;
        break;
      case RuleKind::Required:
        for (const std::uint32_t i : rule.members) in[i] = true;
        break;
      case RuleKind::Coordinator:
        if (rule.members.empty()) break;
        if (!all[rule.members[0]].may_coordinate ||
            (coordinator != nobody && coordinator != rule.members[0]))
          hopeless = true;
        coordinator = rule.members[0];
        in[coordinator] = true;
        break;
      default:
        break;
    }
  }
  vertex_.assign(all.size(), nobody);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (out[i] && in[i]) hopeless = true;
    if (out[i]) continue;
    vertex_[i] = size();
    if (in[i]) required.push_back(size());
    candidate.push_back(i);
    gain.push_back(all[i].fit - problem.member_price);
  }
}

void Model::read_ties() {
  std::vector<std::uint32_t> degree(size() + 1, 0);
  const auto counts = [&](const Tie& tie) {
    return problem.tie_weight * tie.weight > 0 && vertex_[tie.left] != nobody &&
           vertex_[tie.right] != nobody;
  };
  for (const Tie& tie : problem.ties) {
    if (!counts(tie)) continue;
    ++degree[vertex_[tie.left]];
    ++degree[vertex_[tie.right]];
  }
  arc_row.assign(size() + 1, 0);
  std::partial_sum(degree.begin(), degree.end() - 1, arc_row.begin() + 1);
  arcs.resize(arc_row.back());
  std::vector<std::uint32_t> next(arc_row.begin(), arc_row.end() - 1);
  for (const Tie& tie : problem.ties) {
    if (!counts(tie)) continue;
    const std::uint32_t v = vertex_[tie.left];
    const std::uint32_t w = vertex_[tie.right];
    arcs[next[v]++] = {w, 0, problem.tie_weight * tie.weight};
    arcs[next[w]++] = {v, 0, problem.tie_weight * tie.weight};
  }
  for (std::uint32_t v = 0; v < size(); ++v)
    std::sort(arcs.begin() + arc_row[v], arcs.begin() + arc_row[v + 1],
              [](const Arc& a, const Arc& b) { return a.to < b.to; });
  // Rows are looked at in order, so each row's ends are met in order too.
  next.assign(arc_row.begin(), arc_row.end() - 1);
  for (Arc& arc : arcs) arc.back = next[arc.to]++;
}

void Model::read_rules(const Others& others) {
  const auto of = [&](std::uint32_t v) -> const Candidate& {
    return problem.candidates[candidate[v]];
  };
  Sets demand_sets(size());
  Sets cap_sets(size());
  const auto those = [&](auto in) {
    std::vector<std::uint32_t> members;
    for (std::uint32_t v = 0; v < size(); ++v) {
      if (in(v)) members.push_back(v);
    }
    return members;
  };
  const auto demand = [&](std::uint32_t count, const std::vector<std::uint32_t>& members) {
    if (count == 0) return;
    if (members.size() < count) hopeless = true;
    demand_sets.add(members);
    demands.push_back(count);
  };
  const auto cap = [&](std::uint32_t count, const std::vector<std::uint32_t>& members) {
    if (members.size() <= count) return;
    cap_sets.add(members);
    caps.push_back(count);
  };
  role_demand.assign(most_marks, 0);
  for (const Rule& rule : problem.rules) {
    const std::uint64_t bit = std::uint64_t{1} << (rule.mark & 63);
    switch (rule.kind) {
      case RuleKind::CountriesAtLeast:
        add_reach(rule);
        break;
      case RuleKind::PerCountryAtMost: {
        std::map<std::uint16_t, std::vector<std::uint32_t>> countries;
        for (std::uint32_t v = 0; v < size(); ++v) {
          if (is_meant(rule, of(v).country)) countries[of(v).country].push_back(v);
        }
        for (const auto& [country, members] : countries) cap(rule.count, members);
        break;
      }
      case RuleKind::RoleAtLeast:
        demand(rule.count, those([&](std::uint32_t v) { return (of(v).roles & bit) != 0; }));
        role_demand[rule.mark] = std::max(role_demand[rule.mark], rule.count);
        break;
      case RuleKind::CompetenceAtLeast:
        demand(rule.count, those([&](std::uint32_t v) { return (of(v).competences & bit) != 0; }));
        break;
      case RuleKind::PropertyAtLeast:
        demand(rule.count, those([&](std::uint32_t v) { return (of(v).properties & bit) != 0; }));
        break;
      case RuleKind::PropertyAtMost:
        cap(rule.count, those([&](std::uint32_t v) { return (of(v).properties & bit) != 0; }));
        break;
      case RuleKind::LinkedAtMost: {
        std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
        for (std::uint32_t v = 0; v < size(); ++v) {
          if (of(v).group != no_group) groups[of(v).group].push_back(v);
        }
        for (const auto& [group, members] : groups) cap(rule.count, members);
        break;
      }
      case RuleKind::Coordinator:
        if (rule.members.empty())
          demand(1, those([&](std::uint32_t v) { return of(v).may_coordinate; }));
        break;
      case RuleKind::TogetherAtMost: {
        std::vector<std::uint32_t> members;
        for (const std::uint32_t i : rule.members) {
          if (vertex_[i] != nobody) members.push_back(vertex_[i]);
        }
        cap(rule.count, members);
        break;
      }
      default:
        break;
    }
  }
  for (const auto& team : others.teams) {
    std::vector<bool> in(size(), false);
    for (const std::uint32_t i : team) {
      if (vertex_[i] != nobody) in[vertex_[i]] = true;
    }
    demand(others.different, those([&](std::uint32_t v) { return !in[v]; }));
  }
  const std::uint32_t roles_asked =
      std::accumulate(role_demand.begin(), role_demand.end(), std::uint32_t{0});
  const auto kinds = std::count_if(role_demand.begin(), role_demand.end(),
                                   [](std::uint32_t count) { return count > 0; });
  roles_are_scarce = roles_asked > 0 && roles_per_member < kinds;
  if (roles_are_scarce && std::uint64_t{roles_per_member} * most < roles_asked) hopeless = true;
  demands_of = demand_sets.lists();
  caps_of = cap_sets.lists();
  demand_bits.assign(size(), 0);
  for (std::uint32_t v = 0; v < size(); ++v) {
    for (const std::uint32_t d : demands_of[v]) {
      if (d < 64) demand_bits[v] |= std::uint64_t{1} << d;
    }
  }
}

void Model::add_reach(const Rule& rule) {
  if (rule.count == 0) return;
  Reach reach;
  reach.count = rule.count;
  reach.place.assign(size(), nobody);
  std::vector<bool> counts(vertex_.size(), rule.members.empty());
  for (const std::uint32_t i : rule.members) counts[i] = true;
  std::map<std::uint16_t, std::uint32_t> place_of;
  for (std::uint32_t v = 0; v < size(); ++v) {
    const std::uint16_t country = problem.candidates[candidate[v]].country;
    if (!counts[candidate[v]] || !is_meant(rule, country)) continue;
    const auto [found, fresh] = place_of.emplace(country, reach.places);
    if (fresh) ++reach.places;
    reach.place[v] = found->second;
  }
  if (reach.places < rule.count) hopeless = true;
  reaches.push_back(std::move(reach));
}

void Model::add_sums() {
  const auto add = [&](std::int64_t limit, auto amount) {
    Sum sum;
    sum.limit = limit;
    double size_of_all = 0;
    for (const std::uint32_t i : candidate) {
      sum.of.push_back(amount(problem.candidates[i]));
      size_of_all += std::abs(double(sum.of.back()));
    }
    sum.scale = size_of_all > 0 ? double(size()) / size_of_all : 1;
    std::vector<std::int64_t> sorted = sum.of;
    const std::size_t first = std::min<std::size_t>(sorted.size(), largest_team);
    std::partial_sort(sorted.begin(), sorted.begin() + std::ptrdiff_t(first), sorted.end());
    sum.at_best.push_back(0);
    for (std::size_t i = 0; i < first; ++i)
      sum.at_best.push_back(sum.at_best.back() + std::min<std::int64_t>(sorted[i], 0));
    sums.push_back(std::move(sum));
  };
  for (const Rule& rule : problem.rules) {
    switch (rule.kind) {
      case RuleKind::CostAtMost:
        add(rule.amount, [](const Candidate& c) { return c.cost; });
        break;
      case RuleKind::GrantAtMost:
        add(rule.amount, [](const Candidate& c) { return c.grant; });
        break;
      case RuleKind::GrantAtLeast:
        add(-rule.amount, [](const Candidate& c) { return -c.grant; });
        break;
      case RuleKind::RateAtMost:
        add(rule.cost_beside * rule.amount - rule.grant_beside * whole_rate,
            [&](const Candidate& c) { return c.grant * whole_rate - c.cost * rule.amount; });
        break;
      default:
        break;
    }
  }
}

}  // namespace koinon::partners::consortium
