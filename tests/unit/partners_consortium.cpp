// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"
#include "consortium_problems.hpp"
#include "koinon/error.hpp"
#include "partners/consortium/check.hpp"
#include "partners/consortium/explain.hpp"
#include "partners/consortium/planner.hpp"
#include "partners/consortium/solve.hpp"

namespace {

using namespace koinon::partners::consortium;
using koinon::test::ConsortiumRandom;
using koinon::test::rule_of;

constexpr double infinite = std::numeric_limits<double>::infinity();

Candidate candidate_of(double fit, std::uint16_t country) {
  Candidate candidate;
  candidate.fit = fit;
  candidate.country = country;
  return candidate;
}

// Five candidates of three countries, 0 and 1 tied.
Problem five() {
  Problem problem;
  for (std::uint32_t i = 0; i < 5; ++i) {
    Candidate candidate = candidate_of(1 - 0.1 * i, std::uint16_t(i % 3));
    candidate.roles = 1 | (i == 4 ? 2 : 0);
    candidate.competences = std::uint64_t{1} << i;
    candidate.cost = 100;
    candidate.grant = 80;
    problem.candidates.push_back(candidate);
  }
  problem.ties = {{0, 1, 0.5}};
  problem.tie_weight = 1;
  problem.rules = {rule_of(RuleKind::MembersAtLeast, 2), rule_of(RuleKind::MembersAtMost, 3),
                   rule_of(RuleKind::CountriesAtLeast, 2)};
  return problem;
}

Rule of_members(RuleKind kind, std::vector<std::uint32_t> members, std::uint32_t count = 0) {
  Rule rule = rule_of(kind, count);
  rule.members = std::move(members);
  return rule;
}

std::vector<std::uint32_t> members_of(const Plan& plan) {
  std::vector<std::uint32_t> members;
  for (const Member& member : plan.members) members.push_back(member.candidate);
  return members;
}

// Path and code of the first violation.
std::string refusal(const Problem& problem, const SolveOptions& options = {}) {
  try {
    solve(problem, options);
  } catch (const koinon::Error& error) {
    CHECK(error.code() == koinon::ErrorCode::InvalidArgument);
    REQUIRE(!error.violations().empty());
    return error.violations()[0].path + " " + error.violations()[0].code;
  }
  return "accepted";
}

using Members = std::vector<std::uint32_t>;
using Rules = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a consortium is the best team that keeps the rules", "[consortium]") {
  const Answer answer = solve(five());
  CHECK(answer.status == Status::Optimal);
  CHECK(answer.scope == Scope::All);
  CHECK(members_of(answer.plan) == Members{0, 1, 2});
  CHECK(answer.plan.value == Approx(1 + 0.9 + 0.8 + 0.5));
  CHECK(answer.bound == answer.plan.value);
  CHECK(answer.gap == 0);
  CHECK(answer.plan.coordinator == nobody);
}

TEST_CASE("a problem without rules or ties has an answer", "[consortium]") {
  Problem problem = five();
  problem.rules.clear();
  problem.ties.clear();
  problem.member_price = 0.75;
  const Answer answer = solve(problem);
  CHECK(answer.status == Status::Optimal);
  CHECK(members_of(answer.plan) == Members{0, 1, 2});
  problem.member_price = 5;  // one there has to be
  CHECK(members_of(solve(problem).plan) == Members{0});
}

TEST_CASE("nobody to choose from is infeasible", "[consortium]") {
  CHECK(solve(Problem()).status == Status::Infeasible);
  const Conflict conflict = smallest_conflict(Problem());
  CHECK(conflict.rules.empty());
  CHECK(conflict.proof == ConflictProof::Smallest);
}

TEST_CASE("a consortium problem that makes no sense is refused by name", "[consortium]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto with = [](auto change) {
    Problem problem = five();
    change(problem);
    return refusal(problem);
  };
  CHECK(with([&](Problem& p) { p.candidates[3].fit = nan; }) == "candidates[3].fit not_finite");
  CHECK(with([](Problem& p) { p.candidates[3].fit = infinite; }) == "candidates[3].fit not_finite");
  CHECK(with([](Problem& p) { p.candidates[3].fit = -1e300; }) == "candidates[3].fit too_large");
  CHECK(with([](Problem& p) { p.ties[0].weight = 1e300; }) == "ties[0].weight too_large");
  CHECK(with([](Problem& p) { p.candidates[1].cost = -1; }) == "candidates[1].cost negative");
  CHECK(with([](Problem& p) { p.candidates[1].cost = largest_amount + 1; }) ==
        "candidates[1].cost too_large");
  CHECK(with([](Problem& p) { p.candidates[1].grant = -1; }) == "candidates[1].grant negative");
  CHECK(with([](Problem& p) { p.candidates[1].grant = 101; }) ==
        "candidates[1].grant grant_above_cost");
  CHECK(with([&](Problem& p) { p.tie_weight = nan; }) == "tie_weight not_finite");
  CHECK(with([](Problem& p) { p.tie_weight = -1; }) == "tie_weight negative");
  CHECK(with([](Problem& p) { p.member_price = infinite; }) == "member_price not_finite");
  CHECK(with([&](Problem& p) { p.ties[0].weight = nan; }) == "ties[0].weight not_finite");
  CHECK(with([](Problem& p) { p.ties[0].weight = -0.1; }) == "ties[0].weight negative");
  CHECK(with([](Problem& p) { p.ties[0].right = 5; }) == "ties[0] unknown_member");
  CHECK(with([](Problem& p) { p.ties[0].right = 0; }) == "ties[0] self_tie");
  CHECK(with([](Problem& p) { p.ties.push_back({1, 0, 0.1}); }) == "ties[1] duplicate_tie");
  const auto rule = [&](const Rule& added) {
    return with([&](Problem& p) { p.rules.push_back(added); });
  };
  CHECK(rule(of_members(RuleKind::Required, {1, 1})) == "rules[3].members duplicate_member");
  CHECK(rule(of_members(RuleKind::Required, {5})) == "rules[3].members unknown_member");
  CHECK(rule(of_members(RuleKind::Required, {})) == "rules[3].members missing");
  CHECK(rule(of_members(RuleKind::Coordinator, {1, 2})) == "rules[3].members too_many_members");
  CHECK(rule(rule_of(RuleKind::CountriesAllowed)) == "rules[3].countries missing");
  Rule countries = rule_of(RuleKind::CountriesAllowed);
  countries.countries = {2, 1, 2};
  CHECK(rule(countries) == "rules[3].countries duplicate_country");
  CHECK(rule(rule_of(RuleKind::RoleAtLeast, 1, 64)) == "rules[3].mark too_large");
  CHECK(rule(rule_of(RuleKind::CostAtMost, 0, 0, -5)) == "rules[3].amount negative");
  CHECK(rule(rule_of(RuleKind::RateAtMost, 0, 0, 1'000'001)) == "rules[3].amount too_large");
  CHECK(rule(rule_of(static_cast<RuleKind>(99))) == "rules[3] unknown_kind");
}

TEST_CASE("options out of range are refused", "[consortium]") {
  SolveOptions options;
  options.seconds = -1;
  CHECK(refusal(five(), options) == "seconds negative");
  options.seconds = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal(five(), options) == "seconds negative");
  options = {};
  options.gap = -0.1;
  CHECK(refusal(five(), options) == "gap negative");
  options = {};
  options.start = {7};
  CHECK(refusal(five(), options) == "start unknown_member");
  options.start = {1, 1};
  CHECK(refusal(five(), options) == "start duplicate_member");
  CHECK_THROWS_AS(solve_several(five(), 0, 1), koinon::Error);
  CHECK_THROWS_AS(solve_several(five(), 1, 0), koinon::Error);
}

TEST_CASE("no time, no answer", "[consortium]") {
  SolveOptions options;
  options.seconds = 0;
  const Answer answer = solve(five(), options);
  CHECK(answer.status == Status::Unknown);
  CHECK(answer.plan.members.empty());
  CHECK(answer.bound == infinite);
  CHECK(answer.nodes == 0);
  CHECK(smallest_conflict(five(), options).proof == ConflictProof::None);
}

TEST_CASE("rules that nobody can keep are infeasible, and the conflict is told", "[consortium]") {
  const auto conflict_with = [](std::vector<Rule> rules) {
    Problem problem = five();
    problem.rules.insert(problem.rules.end(), rules.begin(), rules.end());
    const Answer answer = solve(problem);
    CHECK(answer.status == Status::Infeasible);
    CHECK(answer.bound == -infinite);
    const Conflict conflict = smallest_conflict(problem);
    CHECK(conflict.proof == ConflictProof::Smallest);
    return conflict.rules;
  };
  SECTION("a role that nobody has") {
    CHECK(conflict_with({rule_of(RuleKind::RoleAtLeast, 1, 7)}) == Rules{3});
  }
  SECTION("more members than are allowed") {
    CHECK(conflict_with({rule_of(RuleKind::MembersAtLeast, 4)}) == Rules{1, 3});
  }
  SECTION("more countries than there are") {
    CHECK(conflict_with({rule_of(RuleKind::CountriesAtLeast, 4)}) == Rules{3});
  }
  SECTION("one who is in and out") {
    CHECK(conflict_with({of_members(RuleKind::Required, {1}),
                         of_members(RuleKind::Forbidden, {1})}) == Rules{3, 4});
  }
  SECTION("one who is in but of a country that is not allowed") {
    Rule allowed = rule_of(RuleKind::CountriesAllowed);
    allowed.countries = {0, 2};
    CHECK(conflict_with({of_members(RuleKind::Required, {1}), allowed}) == Rules{3, 4});
  }
  SECTION("two who must and may not be together") {
    CHECK(conflict_with({of_members(RuleKind::Required, {1, 2}),
                         of_members(RuleKind::TogetherAtMost, {1, 2}, 1)}) == Rules{3, 4});
  }
  SECTION("two coordinators") {
    CHECK(conflict_with({of_members(RuleKind::Coordinator, {1}),
                         of_members(RuleKind::Coordinator, {2})}) == Rules{3, 4});
  }
  SECTION("members that cost too much") {
    CHECK(conflict_with({rule_of(RuleKind::CostAtMost, 0, 0, 199)}).size() == 2);
  }
  SECTION("a rate that nobody stays below") {
    CHECK(conflict_with({rule_of(RuleKind::RateAtMost, 0, 0, 799'999)}) == Rules{3});
  }
}

TEST_CASE("members and coordinator that are fixed are in the team", "[consortium]") {
  Problem problem = five();
  problem.rules.push_back(of_members(RuleKind::Required, {4}));
  CHECK(members_of(solve(problem).plan) == Members{0, 1, 4});
  problem.rules.back() = of_members(RuleKind::Coordinator, {3});
  Answer answer = solve(problem);
  CHECK(members_of(answer.plan) == Members{0, 1, 3});
  CHECK(answer.plan.coordinator == 3);
  problem.candidates[3].may_coordinate = false;
  CHECK(solve(problem).status == Status::Infeasible);
  problem.rules.back().members.clear();
  answer = solve(problem);
  CHECK(answer.plan.coordinator == 0);  // the greatest fit and ties
  problem.candidates[0].may_coordinate = false;
  CHECK(solve(problem).plan.coordinator == 1);
}

TEST_CASE("roles are dealt out so that each member takes few", "[consortium]") {
  Problem problem = five();
  problem.rules.push_back(rule_of(RuleKind::RoleAtLeast, 1, 0));
  problem.rules.push_back(rule_of(RuleKind::RoleAtLeast, 1, 1));
  problem.rules.push_back(rule_of(RuleKind::RolesPerMemberAtMost, 1));
  const Answer answer = solve(problem);
  REQUIRE(members_of(answer.plan) == Members{0, 1, 4});
  CHECK((answer.plan.members[0].roles | answer.plan.members[1].roles) == 1);
  CHECK(answer.plan.members[2].roles == 2);
}

TEST_CASE("what is found in a pool is not said of all", "[consortium]") {
  ConsortiumRandom random(3);
  Problem problem = koinon::test::random_candidates(random, 200, 0.05);
  problem.rules = {rule_of(RuleKind::MembersAtLeast, 4), rule_of(RuleKind::MembersAtMost, 5)};
  SolveOptions options;
  options.pool = 20;
  const Answer pool = solve(problem, options);
  CHECK(pool.scope == Scope::Pool);
  CHECK(pool.status == Status::Optimal);
  options.pool = 200;
  const Answer all = solve(problem, options);
  CHECK(all.scope == Scope::All);
  CHECK(all.plan.value >= pool.plan.value);
}

TEST_CASE("a search that is stopped keeps the best that it has", "[consortium]") {
  ConsortiumRandom random(5);
  Problem problem = koinon::test::random_candidates(random, 600, 0.1);
  problem.tie_weight = 1;
  problem.rules = {rule_of(RuleKind::MembersAtMost, 12)};
  SolveOptions options;
  options.seconds = 60;
  std::uint32_t calls = 0;
  double last_bound = infinite;
  const Answer answer = solve(problem, options, [&](const SearchState& state) {
    CHECK(state.bound <= last_bound + 1e-9);
    if (state.found) CHECK(state.gap >= 0);
    last_bound = state.bound;
    return ++calls < 4;
  });
  CHECK(calls == 4);
  CHECK(answer.stopped);
  CHECK(answer.status == Status::Feasible);
  CHECK(answer.gap > 0);
  CHECK(answer.seconds < 10);
  CHECK(answer.first_seconds <= answer.seconds);
}

TEST_CASE("a search ends at the gap that is asked for", "[consortium]") {
  ConsortiumRandom random(7);
  Problem problem = koinon::test::random_candidates(random, 150, 0.1);
  problem.tie_weight = 0.3;
  problem.member_price = 0;
  problem.rules = {rule_of(RuleKind::MembersAtMost, 7)};
  SolveOptions options;
  options.seconds = 60;
  const Answer whole = solve(problem, options);
  REQUIRE(whole.status == Status::Optimal);
  options.gap = 0.2;
  const Answer answer = solve(problem, options);
  CHECK(answer.gap <= 0.2);
  CHECK(answer.nodes < whole.nodes);
  CHECK(answer.bound >= whole.plan.value - 1e-9);
}

TEST_CASE("the checker catches each kind of wrong answer", "[consortium]") {
  Problem problem = five();
  problem.rules.push_back(rule_of(RuleKind::RoleAtLeast, 1, 1));
  problem.rules.push_back(rule_of(RuleKind::Coordinator));
  const Answer right = solve(problem);
  REQUIRE(right.status == Status::Optimal);
  REQUIRE(check_answer(problem, right).empty());
  const auto caught = [&](auto change) {
    Answer wrong = right;
    change(wrong);
    return check_answer(problem, wrong).size();
  };
  CHECK(caught([](Answer& a) { a.plan.value += 0.01; }) > 0);
  CHECK(caught([](Answer& a) { a.plan.members.pop_back(); }) > 0);
  CHECK(caught([](Answer& a) { a.plan.members[0].candidate = 77; }) > 0);
  CHECK(caught([](Answer& a) { a.plan.members[1] = a.plan.members[0]; }) > 0);
  CHECK(caught([](Answer& a) { a.plan.members[0].roles = 4; }) > 0);
  CHECK(caught([](Answer& a) { a.plan.members.back().roles = 0; }) > 0);
  CHECK(caught([](Answer& a) { a.plan.coordinator = nobody; }) > 0);
  CHECK(caught([](Answer& a) { a.plan.coordinator = 3; }) > 0);
  CHECK(caught([](Answer& a) { a.bound -= 0.1; }) > 0);
  CHECK(caught([](Answer& a) { a.bound += 0.1; }) > 0);
  CHECK(caught([](Answer& a) { a.gap = 0.1; }) > 0);
  CHECK(caught([](Answer& a) { a.status = Status::Infeasible; }) > 0);
  CHECK(caught([](Answer& a) { a.status = Status::Unknown; }) > 0);
}

TEST_CASE("the checker names the rule that a plan breaks", "[consortium]") {
  const Plan plan = solve(five()).plan;  // 0, 1 and 2, each of another country
  const auto broken = [&](const Rule& rule) {
    Problem problem = five();
    problem.rules.push_back(rule);
    const auto defects = check_plan(problem, plan);
    return defects.size() == 1 && defects[0].rule == 3;
  };
  Rule countries = rule_of(RuleKind::CountriesAllowed);
  countries.countries = {0, 1};
  CHECK(broken(rule_of(RuleKind::MembersAtLeast, 4)));
  CHECK(broken(rule_of(RuleKind::MembersAtMost, 2)));
  CHECK(broken(rule_of(RuleKind::CountriesAtLeast, 4)));
  CHECK(broken(countries));
  CHECK(broken(rule_of(RuleKind::PerCountryAtMost, 0)));
  CHECK(broken(rule_of(RuleKind::RoleAtLeast, 1, 1)));
  CHECK(broken(rule_of(RuleKind::CompetenceAtLeast, 1, 4)));
  CHECK(broken(rule_of(RuleKind::PropertyAtLeast, 1, 0)));
  CHECK(broken(rule_of(RuleKind::CostAtMost, 0, 0, 299)));
  CHECK(broken(rule_of(RuleKind::GrantAtMost, 0, 0, 239)));
  CHECK(broken(rule_of(RuleKind::GrantAtLeast, 0, 0, 241)));
  CHECK(broken(rule_of(RuleKind::RateAtMost, 0, 0, 799'999)));
  Rule rate = rule_of(RuleKind::RateAtMost, 0, 0, 800'000);
  CHECK_FALSE(broken(rate));
  rate.cost_beside = 100;  // 240 of 300 asked for, and 100 of 100 beside
  rate.grant_beside = 100;
  CHECK(broken(rate));
  rate.grant_beside = 80;
  CHECK_FALSE(broken(rate));
  CHECK(broken(of_members(RuleKind::Required, {4})));
  CHECK(broken(of_members(RuleKind::Forbidden, {0})));
  CHECK(broken(of_members(RuleKind::TogetherAtMost, {0, 1}, 1)));
  CHECK_FALSE(broken(rule_of(RuleKind::CostAtMost, 0, 0, 300)));
}

TEST_CASE("a member is explained by rules, loss, substitute and ties", "[consortium]") {
  Problem problem = five();
  problem.rules.push_back(rule_of(RuleKind::CompetenceAtLeast, 1, 1));
  const Answer answer = solve(problem);
  const Explanation explanation = explain(problem, answer.plan);
  REQUIRE(explanation.members.size() == 3);
  const MemberReason& one = explanation.members[1];
  CHECK(one.candidate == 1);
  CHECK(one.needed_for == Rules{3});
  CHECK(one.loss == infinite);
  CHECK(one.substitute == nobody);
  REQUIRE(one.ties.size() == 1);
  CHECK(one.ties[0].other == 0);
  CHECK(one.ties[0].value == 0.5);
  const MemberReason& two = explanation.members[2];
  CHECK(two.needed_for.empty());
  CHECK(two.substitute == 3);
  CHECK(two.loss == Approx(0.1));
  CHECK(two.loss_proved);
  REQUIRE(explanation.rules.size() == 4);
  CHECK(explanation.rules[1].slack == 0);
  CHECK(explanation.rules[1].binding);
  CHECK(explanation.rules[1].gain == Approx(0.7));  // one member more
  CHECK(explanation.rules[2].slack == 1);
  CHECK_FALSE(explanation.rules[2].binding);
  Plan wrong = answer.plan;
  wrong.members.resize(1);
  CHECK_THROWS_AS(explain(problem, wrong), koinon::Error);
}

TEST_CASE("a planner takes up what a search has found", "[consortium]") {
  ConsortiumRandom random(11);
  Problem problem = koinon::test::random_candidates(random, 120, 0.08);
  problem.tie_weight = 0.3;
  problem.rules = {rule_of(RuleKind::MembersAtLeast, 4), rule_of(RuleKind::MembersAtMost, 6)};
  const Answer first = solve(problem);
  REQUIRE(first.status == Status::Optimal);
  const Members team = members_of(first.plan);
  std::uint32_t stranger = 0;
  while (std::count(team.begin(), team.end(), stranger) > 0) ++stranger;
  Planner planner(problem, first);
  planner.forbid(stranger);
  const Answer again = planner.solve();
  CHECK(again.status == Status::Optimal);
  CHECK(again.nodes == 0);
  CHECK(members_of(again.plan) == team);
}

TEST_CASE("a planner does not search again for what it knows", "[consortium]") {
  ConsortiumRandom random(11);
  Problem problem = koinon::test::random_candidates(random, 120, 0.08);
  problem.tie_weight = 0.3;
  problem.member_price = 0;
  problem.rules = {rule_of(RuleKind::MembersAtLeast, 4), rule_of(RuleKind::MembersAtMost, 6)};
  Planner planner(problem);
  const Answer first = planner.solve();
  REQUIRE(first.status == Status::Optimal);
  CHECK(first.nodes > 0);
  const Members team = members_of(first.plan);
  std::uint32_t stranger = 0;
  while (std::count(team.begin(), team.end(), stranger) > 0) ++stranger;
  planner.forbid(stranger);
  const Answer second = planner.solve();
  CHECK(second.status == Status::Optimal);
  CHECK(second.nodes == 0);
  CHECK(members_of(second.plan) == team);
  planner.forbid(team[0]);
  const Answer third = planner.solve();
  CHECK(third.status == Status::Optimal);
  CHECK(third.plan.value < first.plan.value);
  planner.release(team[0]);
  CHECK(planner.solve().plan.value == Approx(first.plan.value));
  CHECK_THROWS_AS(planner.forbid(5000), koinon::Error);
  CHECK_THROWS_AS(planner.relax(2), koinon::Error);
  Candidate wrong;
  wrong.fit = infinite;
  CHECK_THROWS_AS(planner.add(wrong), koinon::Error);
  CHECK(planner.current().candidates.size() == 120);
}

TEST_CASE("what a planner finds in a pool is not taken for the best of all", "[consortium]") {
  ConsortiumRandom random(11);
  Problem problem = koinon::test::random_candidates(random, 120, 0.08);
  problem.tie_weight = 0.3;
  problem.rules = {rule_of(RuleKind::MembersAtLeast, 4), rule_of(RuleKind::MembersAtMost, 6)};
  Planner planner(problem);
  const Answer first = planner.solve();
  REQUIRE(first.status == Status::Optimal);
  planner.forbid(members_of(first.plan)[0]);
  SolveOptions small;
  small.pool = 8;
  (void)planner.solve(small);
  const Answer all = planner.solve();
  CHECK(all.scope == Scope::All);
  CHECK(all.plan.value == Approx(solve(planner.current()).plan.value));
}

TEST_CASE("numbers of any size are searched to a proof", "[consortium]") {
  ConsortiumRandom random(5);
  Problem problem = koinon::test::random_candidates(random, 150, 0.1);
  problem.member_price = 0.25;
  problem.rules = {rule_of(RuleKind::MembersAtLeast, 3), rule_of(RuleKind::MembersAtMost, 3)};
  for (const double weight : {1.0, 1e3, 1e6, 1e9}) {
    problem.tie_weight = weight;
    CHECK(solve(problem).status == Status::Optimal);
  }
}
