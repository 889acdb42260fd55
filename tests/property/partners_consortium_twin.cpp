// SPDX-License-Identifier: Apache-2.0
//
// The consortium builder against trying every team, on random small problems with fixed seeds, and
// against what has to hold for larger ones.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "catch.hpp"
#include "consortium_problems.hpp"
#include "partners/consortium/check.hpp"
#include "partners/consortium/explain.hpp"
#include "partners/consortium/planner.hpp"
#include "partners/consortium/solve.hpp"

namespace {

using namespace koinon::partners::consortium;
using koinon::test::add_random_rules;
using koinon::test::ConsortiumRandom;
using koinon::test::NaiveConsortium;
using koinon::test::random_candidates;
using koinon::test::rule_of;

constexpr double infinite = std::numeric_limits<double>::infinity();

Problem random_problem(std::uint64_t seed, std::uint32_t least, std::uint32_t most) {
  ConsortiumRandom random(seed);
  const std::uint32_t count = least + random.below(most - least + 1);
  Problem problem = random_candidates(random, count, random.unit());
  add_random_rules(random, problem);
  return problem;
}

double value_of(const Answer& answer) {
  return answer.status == Status::Optimal ? answer.plan.value : -infinite;
}

SolveOptions patient() {
  SolveOptions options;
  options.seconds = infinite;
  return options;
}

double optimum(const Problem& problem) {
  return value_of(solve(problem, patient()));
}

bool equal(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-8 * std::max(1.0, std::abs(a));
}

std::vector<std::uint32_t> members_of(const Plan& plan) {
  std::vector<std::uint32_t> members;
  for (const Member& member : plan.members) members.push_back(member.candidate);
  return members;
}

}  // namespace

TEST_CASE("the best team of a small problem is the best of all teams", "[consortium]") {
  std::uint32_t infeasible = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    const Problem problem = random_problem(seed, 1, 9);
    const Answer answer = solve(problem, patient());
    const double best = NaiveConsortium(problem).best();
    INFO("seed " << seed);
    REQUIRE(answer.status == (best == -infinite ? Status::Infeasible : Status::Optimal));
    REQUIRE(equal(value_of(answer), best));
    REQUIRE(check_answer(problem, answer).empty());
    infeasible += best == -infinite ? 1 : 0;
  }
  CHECK(infeasible > 500);
  CHECK(infeasible < 3500);
}

TEST_CASE("so it is with as many as eighteen candidates", "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Problem problem = random_problem(90'000 + seed, 16, 18);
    INFO("seed " << seed);
    REQUIRE(equal(optimum(problem), NaiveConsortium(problem).best()));
  }
}

TEST_CASE("where a search ends early, its bound holds", "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Problem problem = random_problem(10'000 + seed, 6, 10);
    const double best = NaiveConsortium(problem).best();
    SolveOptions options = patient();
    options.nodes = 1 + seed % 5;
    const Answer answer = solve(problem, options);
    INFO("seed " << seed);
    REQUIRE(answer.bound >= best - 1e-8);
    if (answer.status == Status::Infeasible) REQUIRE(best == -infinite);
    if (answer.status == Status::Optimal) REQUIRE(equal(answer.plan.value, best));
    if (answer.status == Status::Feasible) REQUIRE(answer.plan.value <= best + 1e-8);
  }
}

TEST_CASE("a planted team that is worth most is found", "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    ConsortiumRandom random(seed);
    Problem problem = random_candidates(random, 60, 0.1);
    problem.tie_weight = 0.5;
    problem.member_price = 0.1;
    const auto team = koinon::test::random_members(random, 60, 6);
    for (const std::uint32_t i : team) {
      problem.candidates[i].fit = 0.9;
      problem.candidates[i].competences = 63;
      problem.candidates[i].country = std::uint16_t(i % 7);
    }
    problem.ties.clear();
    for (std::size_t a = 0; a < team.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) problem.ties.push_back({team[a], team[b], 1});
    }
    problem.rules = {rule_of(RuleKind::MembersAtLeast, 4), rule_of(RuleKind::MembersAtMost, 6),
                     rule_of(RuleKind::CompetenceAtLeast, 2, 3)};
    INFO("seed " << seed);
    CHECK(members_of(solve(problem, patient()).plan) == team);
  }
}

TEST_CASE("more candidates and looser rules never lower the best, ids do not matter",
          "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Problem problem = random_problem(20'000 + seed, 15, 30);
    const double best = optimum(problem);
    ConsortiumRandom random(seed);
    INFO("seed " << seed);

    Problem more = problem;
    Candidate candidate = problem.candidates[random.below(15)];
    candidate.fit = random.unit();
    candidate.group = no_group;
    more.candidates.push_back(candidate);
    const auto newest = std::uint32_t(problem.candidates.size());
    for (std::uint32_t i = 0; i < newest; ++i) {
      if (random.chance(0.2)) more.ties.push_back({newest, i, random.unit()});
    }
    REQUIRE(optimum(more) >= best - 1e-8);

    Problem looser = problem;
    looser.rules.erase(looser.rules.begin() + 1 +
                       std::ptrdiff_t(random.below(std::uint32_t(looser.rules.size()) - 1)));
    const auto limits_size = [](const Rule& rule) { return rule.kind == RuleKind::MembersAtMost; };
    if (std::any_of(looser.rules.begin(), looser.rules.end(), limits_size))
      REQUIRE(optimum(looser) >= best - 1e-8);

    Problem tighter = problem;
    tighter.rules.push_back(rule_of(RuleKind::CompetenceAtLeast, 1, random.below(6)));
    tighter.rules.push_back(rule_of(RuleKind::CostAtMost, 0, 0, 100 + random.below(200)));
    REQUIRE(optimum(tighter) <= best + 1e-8);

    std::vector<std::uint32_t> at(problem.candidates.size());
    std::iota(at.begin(), at.end(), 0U);
    for (std::uint32_t i = std::uint32_t(at.size()); i > 1; --i)
      std::swap(at[i - 1], at[random.below(i)]);
    Problem permuted = problem;
    for (std::uint32_t i = 0; i < at.size(); ++i)
      permuted.candidates[at[i]] = problem.candidates[i];
    for (Tie& tie : permuted.ties) tie = {at[tie.right], at[tie.left], tie.weight};
    std::reverse(permuted.ties.begin(), permuted.ties.end());
    for (Rule& rule : permuted.rules) {
      for (std::uint32_t& member : rule.members) member = at[member];
    }
    REQUIRE(equal(optimum(permuted), best));
  }
}

TEST_CASE("the same problem has the same answer twice", "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Problem problem = random_problem(30'000 + seed, 30, 60);
    const Answer one = solve(problem, patient());
    const Answer two = solve(problem, patient());
    INFO("seed " << seed);
    CHECK(one.status == two.status);
    CHECK(one.nodes == two.nodes);
    CHECK(one.plan.value == two.plan.value);
    CHECK(members_of(one.plan) == members_of(two.plan));
  }
}

TEST_CASE("the next best teams differ and are the best of those that do", "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Problem problem = random_problem(40'000 + seed, 5, 9);
    const std::uint32_t different = 1 + std::uint32_t(seed % 2);
    const auto answers = solve_several(problem, 4, different, patient());
    const NaiveConsortium naive(problem);
    std::vector<std::vector<std::uint32_t>> before;
    INFO("seed " << seed);
    for (const Answer& answer : answers) {
      double best = -infinite;
      for (std::uint32_t mask = 1; mask < 1U << problem.candidates.size(); ++mask) {
        std::vector<std::uint32_t> team;
        for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
          if ((mask >> i & 1) != 0) team.push_back(i);
        }
        const bool differs = std::all_of(before.begin(), before.end(), [&](const auto& other) {
          const auto outside = std::count_if(team.begin(), team.end(), [&](std::uint32_t i) {
            return std::find(other.begin(), other.end(), i) == other.end();
          });
          return outside >= different;
        });
        if (differs && naive.eligible(team)) best = std::max(best, naive.worth(team));
      }
      REQUIRE(equal(value_of(answer), best));
      before.push_back(members_of(answer.plan));
    }
  }
}

TEST_CASE("what a team loses without a member or gains without a rule is exact", "[consortium]") {
  std::uint32_t explained = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const Problem problem = random_problem(50'000 + seed, 4, 8);
    const Answer answer = solve(problem, patient());
    if (answer.status != Status::Optimal) continue;
    ++explained;
    const Explanation explanation = explain(problem, answer.plan, patient());
    INFO("seed " << seed);
    for (const MemberReason& member : explanation.members) {
      Problem without = problem;
      without.rules.push_back(rule_of(RuleKind::Forbidden));
      without.rules.back().members = {member.candidate};
      REQUIRE(member.loss_proved);
      REQUIRE(equal(member.loss, answer.plan.value - NaiveConsortium(without).best()));
      REQUIRE(member.substitute_loss >= member.loss - 1e-8);
    }
    REQUIRE(explanation.rules.size() == problem.rules.size());
    for (const RuleReason& rule : explanation.rules) {
      Problem without = problem;
      if (problem.rules[rule.rule].kind == RuleKind::MembersAtMost)
        ++without.rules[rule.rule].count;
      else
        without.rules.erase(without.rules.begin() + rule.rule);
      const double gain = NaiveConsortium(without).best() - answer.plan.value;
      REQUIRE(rule.proved);
      REQUIRE(equal(rule.gain, gain));
      REQUIRE(rule.binding == (gain > 1e-8));
    }
  }
  CHECK(explained > 30);
}

TEST_CASE("a smallest conflict is one, and no smaller set conflicts", "[consortium]") {
  std::uint32_t conflicts = 0;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    Problem problem = random_problem(60'000 + seed, 2, 7);
    if (problem.rules.size() > 8) problem.rules.resize(8);
    const Conflict conflict = smallest_conflict(problem, patient());
    INFO("seed " << seed);
    std::size_t smallest = problem.rules.size() + 1;
    for (std::uint32_t mask = 0; mask < 1U << problem.rules.size(); ++mask) {
      Problem some = problem;
      some.rules.clear();
      for (std::size_t r = 0; r < problem.rules.size(); ++r) {
        if ((mask >> r & 1) != 0) some.rules.push_back(problem.rules[r]);
      }
      if (some.rules.size() < smallest && NaiveConsortium(some).best() == -infinite)
        smallest = some.rules.size();
    }
    if (smallest > problem.rules.size()) {
      REQUIRE(conflict.proof == ConflictProof::None);
      continue;
    }
    ++conflicts;
    REQUIRE(conflict.proof == ConflictProof::Smallest);
    REQUIRE(conflict.rules.size() == smallest);
    Problem some = problem;
    some.rules.clear();
    for (const std::uint32_t rule : conflict.rules) some.rules.push_back(problem.rules[rule]);
    REQUIRE(NaiveConsortium(some).best() == -infinite);
  }
  CHECK(conflicts > 10);
}

TEST_CASE("a planner answers as if asked anew, whatever has changed", "[consortium]") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    ConsortiumRandom random(seed);
    Planner planner(random_problem(70'000 + seed, 6, 12));
    for (int change = 0; change < 12; ++change) {
      const Problem now = planner.current();
      const auto candidates = std::uint32_t(now.candidates.size());
      switch (random.below(6)) {
        case 0: {
          Candidate candidate = now.candidates[random.below(candidates)];
          candidate.fit = random.unit() + 0.2;
          planner.add(candidate, {{candidates, random.below(candidates), random.unit()}});
          break;
        }
        case 1:
          planner.forbid(random.below(candidates));
          break;
        case 2:
          planner.require(random.below(candidates));
          break;
        case 3:
          planner.release(random.below(candidates));
          break;
        case 4:
          planner.relax(0);
          break;
        default:
          planner.enforce(0);
      }
      const Answer answer = planner.solve(patient());
      INFO("seed " << seed << ", change " << change);
      REQUIRE(equal(value_of(answer), optimum(planner.current())));
      REQUIRE(check_answer(planner.current(), answer).empty());
    }
  }
}
