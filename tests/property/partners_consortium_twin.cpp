// SPDX-License-Identifier: Apache-2.0
//
// The consortium builder against trying every team, on random small problems with fixed seeds;
// what has to hold for larger ones is in partners_consortium_relations.cpp.
#include <algorithm>
#include <vector>

#include "catch.hpp"
#include "consortium_optimum.hpp"
#include "consortium_problems.hpp"
#include "partners/consortium/check.hpp"
#include "partners/consortium/explain.hpp"
#include "partners/consortium/planner.hpp"
#include "partners/consortium/solve.hpp"

using namespace koinon::partners::consortium;
using koinon::test::ConsortiumRandom;
using koinon::test::equal;
using koinon::test::infinite;
using koinon::test::members_of;
using koinon::test::NaiveConsortium;
using koinon::test::optimum;
using koinon::test::patient;
using koinon::test::random_candidates;
using koinon::test::random_problem;
using koinon::test::rule_of;
using koinon::test::value_of;

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
