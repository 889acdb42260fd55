// SPDX-License-Identifier: Apache-2.0
//
// Random problems of the consortium builder, and the slow and obvious way to solve small ones.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "partners/consortium/problem.hpp"

namespace koinon::test {

namespace kc = koinon::partners::consortium;

class ConsortiumRandom {
 public:
  explicit ConsortiumRandom(std::uint64_t seed) : random_(seed) {}
  double unit() { return double(random_() >> 11) * 0x1p-53; }
  std::uint32_t below(std::uint32_t count) { return std::uint32_t(random_() % count); }
  bool chance(double share) { return unit() < share; }

 private:
  std::mt19937_64 random_;
};

inline kc::Rule rule_of(kc::RuleKind kind, std::uint32_t count = 0, std::uint32_t mark = 0,
                        std::int64_t amount = 0) {
  kc::Rule rule;
  rule.kind = kind;
  rule.count = count;
  rule.mark = mark;
  rule.amount = amount;
  return rule;
}

/// Candidates of a few countries, with ties of a share of all pairs, and no rule.
inline kc::Problem random_candidates(ConsortiumRandom& random, std::uint32_t count,
                                     double density) {
  kc::Problem problem;
  problem.tie_weight = random.chance(0.1) ? 0 : 0.1 + random.unit();
  problem.member_price = random.unit() - 0.1;
  for (std::uint32_t i = 0; i < count; ++i) {
    kc::Candidate candidate;
    // Coarse now and then, so that there are teams of equal worth.
    candidate.fit = random.chance(0.3) ? random.below(5) * 0.25 : random.unit();
    if (!random.chance(0.1)) candidate.country = std::uint16_t(random.below(5));
    candidate.roles = random.below(8);
    candidate.competences = random.below(64) & random.below(64);
    candidate.properties = random.below(4);
    candidate.cost = random.below(100);
    candidate.grant = random.below(std::uint32_t(candidate.cost) + 1);
    if (random.chance(0.4)) candidate.group = random.below(count / 3 + 1);
    candidate.may_coordinate = random.chance(0.6);
    problem.candidates.push_back(candidate);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t j = i + 1; j < count; ++j) {
      if (random.chance(density)) problem.ties.push_back({j, i, random.unit()});
    }
  }
  return problem;
}

inline std::vector<std::uint32_t> random_members(ConsortiumRandom& random, std::uint32_t candidates,
                                                 std::uint32_t count) {
  std::set<std::uint32_t> members;
  while (members.size() < std::min(count, candidates)) members.insert(random.below(candidates));
  return {members.begin(), members.end()};
}

inline kc::Rule random_rate(ConsortiumRandom& random) {
  kc::Rule rule = rule_of(kc::RuleKind::RateAtMost, 0, 0, 300'000 + random.below(600'000));
  if (random.chance(0.5)) {
    rule.cost_beside = random.below(200);
    rule.grant_beside = random.below(std::uint32_t(rule.cost_beside) + 1);
  }
  return rule;
}

/// Each kind of rule now and then, some of them hard to keep.
inline void add_random_rules(ConsortiumRandom& random, kc::Problem& problem) {
  using kc::RuleKind;
  const auto candidates = std::uint32_t(problem.candidates.size());
  auto& rules = problem.rules;
  const std::uint32_t least = 1 + random.below(4);
  if (random.chance(0.8)) rules.push_back(rule_of(RuleKind::MembersAtLeast, least));
  rules.push_back(rule_of(RuleKind::MembersAtMost, least + random.below(4)));
  for (std::uint32_t c = 0; c < 6; ++c) {
    if (random.chance(0.3)) rules.push_back(rule_of(RuleKind::CompetenceAtLeast, 1, c));
  }
  for (std::uint32_t r = 0; r < 3; ++r) {
    if (random.chance(0.3)) rules.push_back(rule_of(RuleKind::RoleAtLeast, 1 + random.below(2), r));
  }
  if (random.chance(0.3)) rules.push_back(rule_of(RuleKind::RolesPerMemberAtMost, 1));
  if (random.chance(0.3))
    rules.push_back(rule_of(RuleKind::PropertyAtLeast, 1 + random.below(2), random.below(2)));
  if (random.chance(0.3))
    rules.push_back(rule_of(RuleKind::PropertyAtMost, random.below(3), random.below(2)));
  if (random.chance(0.5)) {
    rules.push_back(rule_of(RuleKind::CountriesAtLeast, 1 + random.below(3)));
    if (random.chance(0.3)) rules.back().countries = {0, 1, 3};
    if (random.chance(0.3))
      rules.back().members = random_members(random, candidates, 1 + candidates / 2);
  }
  if (random.chance(0.1)) {
    rules.push_back(rule_of(RuleKind::CountriesAllowed));
    rules.back().countries = {0, 1, 2, 4};
  }
  if (random.chance(0.4)) {
    rules.push_back(rule_of(RuleKind::PerCountryAtMost, 1 + random.below(2)));
    if (random.chance(0.3)) rules.back().countries = {2, 3};
  }
  if (random.chance(0.4)) rules.push_back(rule_of(RuleKind::LinkedAtMost, 1));
  if (random.chance(0.4))
    rules.push_back(rule_of(RuleKind::CostAtMost, 0, 0, 50 + random.below(250)));
  if (random.chance(0.2))
    rules.push_back(rule_of(RuleKind::GrantAtMost, 0, 0, 20 + random.below(150)));
  if (random.chance(0.2)) rules.push_back(rule_of(RuleKind::GrantAtLeast, 0, 0, random.below(120)));
  if (random.chance(0.3)) rules.push_back(random_rate(random));
  if (random.chance(0.3)) {
    rules.push_back(rule_of(RuleKind::Coordinator));
    if (random.chance(0.3)) rules.back().members = {random.below(candidates)};
  }
  if (random.chance(0.2)) {
    rules.push_back(rule_of(RuleKind::Required));
    rules.back().members = random_members(random, candidates, 1 + random.below(2));
  }
  if (random.chance(0.2)) {
    rules.push_back(rule_of(RuleKind::Forbidden));
    rules.back().members = random_members(random, candidates, 2);
  }
  if (random.chance(0.3)) {
    rules.push_back(rule_of(RuleKind::TogetherAtMost, 1));
    rules.back().members = random_members(random, candidates, 2 + random.below(3));
  }
}

/// Whether a team keeps the rules, each counted as it reads, and what it is worth.
class NaiveConsortium {
 public:
  explicit NaiveConsortium(const kc::Problem& problem) : problem_(problem) {}

  double worth(const std::vector<std::uint32_t>& team) const {
    double worth = 0;
    for (const std::uint32_t i : team) worth += problem_.candidates[i].fit - problem_.member_price;
    for (const kc::Tie& tie : problem_.ties) {
      if (has(team, tie.left) && has(team, tie.right)) worth += problem_.tie_weight * tie.weight;
    }
    return worth;
  }

  bool eligible(const std::vector<std::uint32_t>& team) const {
    if (team.empty()) return false;
    return std::all_of(problem_.rules.begin(), problem_.rules.end(),
                       [&](const kc::Rule& rule) { return keeps(team, rule); }) &&
           one_coordinator(team) && roles_can_be_dealt(team);
  }

  /// The greatest worth of an eligible team among all; -infinity where there is none.
  double best() const {
    double best = -std::numeric_limits<double>::infinity();
    const std::size_t candidates = problem_.candidates.size();
    std::size_t most = candidates;
    for (const kc::Rule& rule : problem_.rules) {
      if (rule.kind == kc::RuleKind::MembersAtMost) most = std::min<std::size_t>(most, rule.count);
    }
    for (std::uint64_t mask = 1; mask < std::uint64_t{1} << candidates; ++mask) {
      std::vector<std::uint32_t> team;
      for (std::uint32_t i = 0; i < candidates; ++i) {
        if ((mask >> i & 1) != 0) team.push_back(i);
      }
      if (team.size() <= most && eligible(team)) best = std::max(best, worth(team));
    }
    return best;
  }

 private:
  static bool has(const std::vector<std::uint32_t>& team, std::uint32_t i) {
    return std::find(team.begin(), team.end(), i) != team.end();
  }

  bool keeps(const std::vector<std::uint32_t>& team, const kc::Rule& rule) const {
    std::uint32_t roles = 0;
    std::uint32_t competent = 0;
    std::uint32_t with_property = 0;
    std::uint32_t named = 0;
    std::int64_t cost = 0;
    std::int64_t grant = 0;
    std::uint32_t foreign = 0;
    std::map<std::uint32_t, std::uint32_t> countries;
    std::map<std::uint32_t, std::uint32_t> groups;
    const auto meant = [&](std::uint16_t country) {
      return rule.countries.empty() || std::find(rule.countries.begin(), rule.countries.end(),
                                                 country) != rule.countries.end();
    };
    for (const std::uint32_t i : team) {
      const kc::Candidate& candidate = problem_.candidates[i];
      roles += candidate.roles >> rule.mark & 1;
      competent += candidate.competences >> rule.mark & 1;
      with_property += candidate.properties >> rule.mark & 1;
      named += has(rule.members, i) ? 1 : 0;
      cost += candidate.cost;
      grant += candidate.grant;
      const bool counts = rule.kind != kc::RuleKind::CountriesAtLeast || rule.members.empty() ||
                          has(rule.members, i);
      if (counts && candidate.country != kc::no_country && meant(candidate.country))
        ++countries[candidate.country];
      else
        ++foreign;
      if (candidate.group != kc::no_group) ++groups[candidate.group];
    }
    const auto none_above = [&](const auto& counts) {
      return std::all_of(counts.begin(), counts.end(),
                         [&](const auto& count) { return count.second <= rule.count; });
    };
    switch (rule.kind) {
      case kc::RuleKind::MembersAtLeast:
        return team.size() >= rule.count;
      case kc::RuleKind::MembersAtMost:
        return team.size() <= rule.count;
      case kc::RuleKind::CountriesAtLeast:
        return countries.size() >= rule.count;
      case kc::RuleKind::CountriesAllowed:
        return foreign == 0;
      case kc::RuleKind::PerCountryAtMost:
        return none_above(countries);
      case kc::RuleKind::RoleAtLeast:
        return roles >= rule.count;
      case kc::RuleKind::RolesPerMemberAtMost:
        return true;  // roles_can_be_dealt
      case kc::RuleKind::CompetenceAtLeast:
        return competent >= rule.count;
      case kc::RuleKind::PropertyAtLeast:
        return with_property >= rule.count;
      case kc::RuleKind::PropertyAtMost:
        return with_property <= rule.count;
      case kc::RuleKind::LinkedAtMost:
        return none_above(groups);
      case kc::RuleKind::CostAtMost:
        return cost <= rule.amount;
      case kc::RuleKind::GrantAtMost:
        return grant <= rule.amount;
      case kc::RuleKind::GrantAtLeast:
        return grant >= rule.amount;
      case kc::RuleKind::RateAtMost:
        return (grant + rule.grant_beside) * kc::whole_rate <=
               (cost + rule.cost_beside) * rule.amount;
      case kc::RuleKind::Coordinator:
        return std::any_of(team.begin(), team.end(), [&](std::uint32_t i) {
          return problem_.candidates[i].may_coordinate &&
                 (rule.members.empty() || rule.members[0] == i);
        });
      case kc::RuleKind::Required:
        return named == rule.members.size();
      case kc::RuleKind::Forbidden:
        return named == 0;
      case kc::RuleKind::TogetherAtMost:
        return named <= rule.count;
    }
    return false;
  }

  bool one_coordinator(const std::vector<std::uint32_t>&) const {
    std::set<std::uint32_t> named;
    for (const kc::Rule& rule : problem_.rules) {
      if (rule.kind == kc::RuleKind::Coordinator)
        named.insert(rule.members.begin(), rule.members.end());
    }
    return named.size() <= 1;
  }

  // Every way of giving the first place that is still asked for to somebody.
  bool roles_can_be_dealt(const std::vector<std::uint32_t>& team) const {
    std::uint32_t each = 64;
    std::map<std::uint32_t, std::uint32_t> asked;
    for (const kc::Rule& rule : problem_.rules) {
      if (rule.kind == kc::RuleKind::RolesPerMemberAtMost) each = std::min(each, rule.count);
      if (rule.kind == kc::RuleKind::RoleAtLeast)
        asked[rule.mark] = std::max(asked[rule.mark], rule.count);
    }
    std::vector<std::uint32_t> places;
    for (const auto& [role, count] : asked) places.insert(places.end(), count, role);
    std::vector<std::set<std::uint32_t>> taken(team.size());
    return each >= asked.size() || deal(team, places, 0, each, taken);
  }

  bool deal(const std::vector<std::uint32_t>& team, const std::vector<std::uint32_t>& places,
            std::size_t place, std::uint32_t each,
            std::vector<std::set<std::uint32_t>>& taken) const {
    if (place == places.size()) return true;
    for (std::size_t m = 0; m < team.size(); ++m) {
      if ((problem_.candidates[team[m]].roles >> places[place] & 1) == 0 ||
          taken[m].size() >= each || taken[m].count(places[place]) > 0)
        continue;
      taken[m].insert(places[place]);
      if (deal(team, places, place + 1, each, taken)) return true;
      taken[m].erase(places[place]);
    }
    return false;
  }

  const kc::Problem& problem_;
};

}  // namespace koinon::test
