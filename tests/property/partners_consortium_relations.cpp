// SPDX-License-Identifier: Apache-2.0
//
// What a change to a problem of the consortium builder must do to the best team, on problems that
// are too large to try every team, with fixed seeds.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "catch.hpp"
#include "consortium_optimum.hpp"
#include "consortium_problems.hpp"
#include "partners/consortium/solve.hpp"

namespace {

using namespace koinon::partners::consortium;
using koinon::test::ConsortiumRandom;
using koinon::test::equal;
using koinon::test::members_of;
using koinon::test::optimum;
using koinon::test::patient;
using koinon::test::random_problem;
using koinon::test::rule_of;
using koinon::test::value_of;
using Team = std::vector<std::uint32_t>;

constexpr std::uint64_t problems = 3000;
constexpr double margin = 1e-8;

// Most of them small, so that there can be many.
Problem problem_of(std::uint64_t seed) {
  if (seed % 60 == 0) return random_problem(20'000 + seed, 41, 60);
  if (seed % 12 == 0) return random_problem(20'000 + seed, 27, 40);
  return random_problem(20'000 + seed, 15, 26);
}

Problem permuted(const Problem& problem, ConsortiumRandom& random) {
  Team at(problem.candidates.size());
  std::iota(at.begin(), at.end(), 0U);
  for (std::uint32_t i = std::uint32_t(at.size()); i > 1; --i)
    std::swap(at[i - 1], at[random.below(i)]);
  Problem made = problem;
  for (std::uint32_t i = 0; i < at.size(); ++i) made.candidates[at[i]] = problem.candidates[i];
  for (Tie& tie : made.ties) tie = {at[tie.right], at[tie.left], tie.weight};
  std::reverse(made.ties.begin(), made.ties.end());
  for (Rule& rule : made.rules) {
    for (std::uint32_t& member : rule.members) member = at[member];
  }
  return made;
}

Problem with_one_more(const Problem& problem, ConsortiumRandom& random) {
  Problem made = problem;
  const auto newest = std::uint32_t(problem.candidates.size());
  Candidate candidate = problem.candidates[random.below(newest)];
  candidate.fit = random.unit();
  candidate.group = no_group;
  made.candidates.push_back(candidate);
  for (std::uint32_t i = 0; i < newest; ++i) {
    if (random.chance(0.2)) made.ties.push_back({newest, i, random.unit()});
  }
  return made;
}

// A rule less; without one on the number of members a team could be of 64.
Problem relaxed(const Problem& problem, ConsortiumRandom& random) {
  Problem made = problem;
  const std::uint32_t place = random.below(std::uint32_t(made.rules.size()));
  if (made.rules[place].kind == RuleKind::MembersAtMost)
    ++made.rules[place].count;
  else
    made.rules.erase(made.rules.begin() + place);
  return made;
}

Problem tightened(const Problem& problem, ConsortiumRandom& random) {
  Problem made = problem;
  made.rules.push_back(rule_of(RuleKind::CompetenceAtLeast, 1, random.below(6)));
  made.rules.push_back(rule_of(RuleKind::CostAtMost, 0, 0, 100 + random.below(200)));
  return made;
}

Problem scaled(const Problem& problem, double factor) {
  Problem made = problem;
  for (Candidate& candidate : made.candidates) candidate.fit *= factor;
  made.tie_weight *= factor;
  made.member_price *= factor;
  return made;
}

Problem with_rule(const Problem& problem, RuleKind kind, const Team& members) {
  Problem made = problem;
  made.rules.push_back(rule_of(kind));
  made.rules.back().members = members;
  return made;
}

Problem with_tie(const Problem& problem, std::uint32_t one, std::uint32_t other, double weight) {
  Problem made = problem;
  for (Tie& tie : made.ties) {
    if (std::minmax(tie.left, tie.right) != std::minmax(one, other)) continue;
    tie.weight += weight;
    return made;
  }
  made.ties.push_back({one, other, weight});
  return made;
}

// What is asked of every problem, be there a team or none.
void check_problem(const Problem& problem, double best, ConsortiumRandom& random) {
  REQUIRE(equal(optimum(permuted(problem, random)), best));
  REQUIRE(optimum(with_one_more(problem, random)) >= best - margin);
  REQUIRE(optimum(relaxed(problem, random)) >= best - margin);
  REQUIRE(optimum(tightened(problem, random)) <= best + margin);
  const double factor = 0.25 + 4 * random.unit();
  REQUIRE(equal(optimum(scaled(problem, factor)), factor * best));
}

// What is asked where there is a best team.
void check_team(const Problem& problem, const Plan& plan, ConsortiumRandom& random) {
  const Team team = members_of(plan);
  const auto candidates = std::uint32_t(problem.candidates.size());
  std::uint32_t other = random.below(candidates);
  while (std::binary_search(team.begin(), team.end(), other)) other = (other + 1) % candidates;
  REQUIRE(equal(optimum(with_rule(problem, RuleKind::Forbidden, {other})), plan.value));
  REQUIRE(equal(optimum(with_rule(problem, RuleKind::Required, team)), plan.value));

  const std::uint32_t first = team[random.below(std::uint32_t(team.size()))];
  REQUIRE(optimum(with_rule(problem, RuleKind::Forbidden, {first})) <= plan.value + margin);
  if (team.size() < 2) return;
  std::uint32_t second = team[random.below(std::uint32_t(team.size()))];
  if (second == first) second = first == team.front() ? team.back() : team.front();
  const double weight = random.unit();
  REQUIRE(equal(optimum(with_tie(problem, first, second, weight)),
                plan.value + problem.tie_weight * weight));
}

}  // namespace

TEST_CASE("a changed problem has the best team that the change allows", "[consortium]") {
  std::uint64_t feasible = 0;
  for (std::uint64_t seed = 1; seed <= problems; ++seed) {
    const Problem problem = problem_of(seed);
    const Answer answer = solve(problem, patient());
    ConsortiumRandom random(seed);
    INFO("seed " << seed << ", " << problem.candidates.size() << " candidates");
    check_problem(problem, value_of(answer), random);
    if (answer.status != Status::Optimal) continue;
    ++feasible;
    check_team(problem, answer.plan, random);
  }
  CHECK(feasible > problems / 2);
}
