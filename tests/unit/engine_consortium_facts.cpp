// SPDX-License-Identifier: Apache-2.0
//
// Consortia of members that are told by their facts: what is not told of them, and roles, rates and
// sizes at their edges.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;
using test::project;

namespace {

ConsortiumMember one(const char* name, const char* country, const char* kind = "") {
  ConsortiumMember made;
  made.name = name;
  made.country = country;
  made.kind = kind;
  return made;
}

ConsortiumMember in_roles(ConsortiumMember made, std::vector<std::string> roles) {
  made.roles = std::move(roles);
  return made;
}

ConsortiumMember able(ConsortiumMember made, std::vector<std::string> capabilities) {
  made.capabilities = std::move(capabilities);
  return made;
}

EligibilityRule rule(const char* kind, std::vector<Parameter> parameters = {}) {
  return {kind, std::move(parameters), ""};
}

// Facts alone; who takes part adds to the value.
ConsortiumRequest among(std::vector<EligibilityRule> rules,
                        std::vector<ConsortiumMember> candidates) {
  ConsortiumRequest asked;
  asked.rules = std::move(rules);
  asked.candidates = std::move(candidates);
  asked.member_price = -1;
  return asked;
}

ConsortiumAnswer build(const ConsortiumRequest& asked) {
  return Catalogue::open(":memory:").build_consortium(asked);
}

std::vector<std::string> names(const ConsortiumAnswer& answer) {
  std::vector<std::string> told;
  for (const ConsortiumPlan& plan : answer.plans) {
    for (const PlannedMember& member : plan.members) told.push_back(member.name);
  }
  std::sort(told.begin(), told.end());
  return told;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a candidate more who can never be a member makes nothing impossible", "[consortium]") {
  const std::vector<EligibilityRule> rules = {
      rule("allowed-countries", {{"groups", {"EU"}}}),
      rule("capability-required", {{"capability", {"evaluation"}}, {"minimum", {"1"}}})};
  ConsortiumRequest asked = among(rules, {one("A", "AT"), one("B", "DE")});
  REQUIRE(build(asked).status == "optimal");
  asked.candidates.push_back(able(one("C", "US"), {"evaluation"}));
  const ConsortiumAnswer answer = build(asked);
  REQUIRE(answer.status == "optimal");
  CHECK(answer.plans[0].eligibility.state == RuleState::Unknown);
  // Where it can be a member it is known to have what the others may have.
  asked.candidates[2].country = "FR";
  asked.size_most = 1;
  CHECK(names(build(asked)) == Names{"C"});
}

TEST_CASE("what is not told of a member makes nothing impossible", "[consortium]") {
  const auto state = [](const EligibilityRule& asked_rule, std::vector<ConsortiumMember> members) {
    const ConsortiumAnswer answer = build(among({asked_rule}, std::move(members)));
    REQUIRE(answer.plans.size() == 1);
    return answer.plans[0].eligibility.findings[0].state;
  };
  const EligibilityRule two = rule("minimum-countries", {{"minimum", {"2"}}});
  CHECK(state(rule("minimum-countries", {{"minimum", {"1"}}}), {one("X", "")}) ==
        RuleState::Passes);
  CHECK(state(two, {one("A", "AT"), one("X", "")}) == RuleState::Unknown);
  CHECK(state(rule("allowed-countries", {{"groups", {"EU"}}}), {one("X", "")}) ==
        RuleState::Unknown);
  CHECK(state(rule("size-range", {{"minimum", {"1"}}, {"kinds", {"company"}}}), {one("X", "AT")}) ==
        RuleState::Unknown);
  // Who is known comes first.
  const ConsortiumAnswer known = build(
      among({rule("allowed-countries", {{"groups", {"EU"}}})}, {one("X", ""), one("A", "AT")}));
  CHECK(names(known) == Names{"A"});
}

TEST_CASE("rules about members of some kinds are searched for", "[consortium]") {
  const std::vector<ConsortiumMember> mixed = {one("a", "AT", "company"), one("b", "DE", "ngo"),
                                               one("c", "FR", "ngo"), one("d", "FR", "ngo")};
  const auto best = [&](std::vector<EligibilityRule> rules, std::size_t most) {
    ConsortiumRequest asked = among(std::move(rules), mixed);
    asked.size_most = most;
    const ConsortiumAnswer answer = build(asked);
    REQUIRE(answer.plans.size() == 1);
    CHECK(answer.rules[0].searched);
    CHECK(answer.plans[0].eligibility.state == RuleState::Passes);
    return names(answer);
  };
  const Names two = best({rule("minimum-countries", {{"minimum", {"2"}}, {"kinds", {"ngo"}}})}, 2);
  CHECK(two.front() == "b");
  CHECK(two.size() == 2);
  CHECK(best({rule("maximum-per-country", {{"maximum", {"1"}}, {"kinds", {"ngo"}}})}, 4).size() ==
        3);
  CHECK(best({rule("allowed-countries", {{"countries", {"AT", "DE"}}, {"kinds", {"ngo"}}})}, 4) ==
        Names{"a", "b"});
}

TEST_CASE("a rate cap is kept to the millionth", "[consortium]") {
  ConsortiumMember member = one("A", "AT");
  member.grant = {200, "EUR", ""};
  member.budget = {300, "EUR", ""};
  CHECK(build(among({rule("rate-cap", {{"rate", {"0.666667"}}})}, {member})).status == "optimal");
  CHECK(build(among({rule("rate-cap", {{"rate", {"0.666666"}}})}, {member})).status ==
        "infeasible");
}

TEST_CASE("who coordinates and has another role as well counts for both", "[consortium]") {
  const auto both = [](const char* name) {
    return in_roles(one(name, "AT"), {"coordinator", "partner"});
  };
  const EligibilityRule two =
      rule("minimum-partners", {{"minimum", {"2"}}, {"roles", {"partner"}}});
  CHECK(build(among({two}, {both("A"), both("B")})).status == "optimal");
  CHECK(build(among({rule("role-required", {{"role", {"partner"}}})}, {both("A")})).status ==
        "optimal");
  // Of those who only coordinate or only take part, the coordinator is none of the two.
  const ConsortiumAnswer plain = build(among({two}, {one("A", "AT"), one("B", "AT")}));
  CHECK(plain.status == "infeasible");
  REQUIRE(plain.conflict);
  CHECK(plain.rules[0].words == "at least 2 members besides the coordinator");
  const ConsortiumAnswer company = build(among(
      {rule("minimum-partners",
            {{"minimum", {"1"}}, {"kinds", {"company"}}, {"roles", {"coordinator", "partner"}}})},
      {in_roles(one("A", "AT", "company"), {"coordinator", "beneficiary"})}));
  CHECK(company.status == "optimal");
}

TEST_CASE("as many members come in as fixed ones and rules need together", "[consortium]") {
  ConsortiumRequest asked =
      among({rule("minimum-countries", {{"minimum", {"2"}}})}, {one("DE", "DE")});
  static const char* const fixed[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
  for (const char* name : fixed) asked.fixed.push_back(one(name, "AT"));
  CHECK(names(build(asked)).size() == 9);

  asked = among({}, {});
  asked.rules = {
      rule("minimum-partners", {{"minimum", {"5"}}, {"kinds", {"ngo"}}}),
      rule("minimum-partners", {{"minimum", {"5"}}, {"kinds", {"company"}}}),
  };
  for (int i = 0; i < 5; ++i) {
    asked.candidates.push_back(one("n", "AT", "ngo"));
    asked.candidates.push_back(one("c", "AT", "company"));
  }
  CHECK(names(build(asked)).size() == 10);

  // What no consortium here can have is said.
  const ConsortiumAnswer none =
      build(among({rule("minimum-partners", {{"minimum", {"70"}}})}, {one("A", "AT")}));
  CHECK(none.status == "infeasible");
  CHECK(none.rules[0].words == "at least 70 members; no consortium has more than 64 members here");
}

TEST_CASE("a rule that another asks for as well stays when one is left out", "[consortium]") {
  ConsortiumRequest asked =
      among({rule("coordinator-once"), rule("role-required", {{"role", {"coordinator"}}})},
            {one("A", "AT"), one("B", "AT")});
  asked.candidates[0].other_bids = 1;
  asked.what_if.emplace_back().relax = {"coordinator-once"};
  asked.what_if[0].forbid = {};
  asked.size_most = 1;
  const ConsortiumAnswer answer = build(asked);
  REQUIRE(answer.what_if.size() == 1);
  CHECK(answer.what_if[0].members == Names{"B"});
}

TEST_CASE("a change that names nobody, or one in two ways, is refused with its place",
          "[consortium]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Organisation made = organisation("A");
  made.addresses.emplace_back().country = "AT";
  catalogue.put({"a", made, {}});
  const auto told = [&](std::vector<std::string> add, std::vector<std::string> forbid) {
    ConsortiumRequest asked = among({rule("coordinator-once")}, {one("N", "DE")});
    asked.candidates.emplace_back().organisation = "a";
    asked.what_if.push_back({std::move(add), std::move(forbid), {}});
    try {
      (void)catalogue.build_consortium(asked);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(told({}, {"a"}).empty());
  CHECK(told({}, {""}) ==
        "what_if[0].forbid[0]: '' is not among the candidates; give it in candidates or fixed as "
        "well");
  CHECK(told({"a"}, {"a"}) ==
        "what_if[0].add: 'a' is forbidden by the same change; leave it out of one");
}

TEST_CASE("what a member is worth is not known where it was not asked for", "[consortium]") {
  ConsortiumRequest asked =
      among({rule("minimum-partners", {{"minimum", {"1"}}})}, {one("A", "AT"), one("B", "DE")});
  asked.explain = false;
  const ConsortiumAnswer answer = build(asked);
  REQUIRE(answer.plans.size() == 1);
  CHECK(std::isinf(answer.plans[0].members[0].loss));
  CHECK_FALSE(answer.plans[0].members[0].loss_proved);
}

TEST_CASE("a consortium of one keeps what asks for somebody, and no limit", "[consortium]") {
  ConsortiumRequest asked =
      among({rule("maximum-per-country", {{"maximum", {"1"}}})}, {one("A", "AT")});
  const ConsortiumAnswer answer = build(asked);
  REQUIRE(answer.plans.size() == 1);
  for (const std::size_t place : answer.plans[0].members[0].needed_for)
    CHECK(answer.rules[place].rule.kind != "maximum-per-country");
}

TEST_CASE("only those of the countries that are asked for have a place in the pool",
          "[consortium]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    Organisation made = organisation(id);
    made.addresses.emplace_back().country = *id < 'd' ? "DE" : "AT";
    catalogue.put({id, made, {}});
  }
  for (const char* id : {"p", "q"}) {
    Project made = project(id, {"a", "b", "c"});
    made.themes = {"housing"};
    catalogue.put({id, made, {}});
  }
  ConsortiumRequest asked;
  asked.rules = {rule("coordinator-once")};
  for (const char* id : {"a", "b", "c", "d", "e"})
    asked.candidates.emplace_back().organisation = id;
  asked.countries = {"AT"};
  asked.most_candidates = 2;  // of whom three of Germany would be more fitting
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  CHECK(answer.candidates == 2);
  CHECK(answer.found == 2);
  CHECK(answer.scope == "candidates");
}

TEST_CASE("an organisation without work that offers a theme is looked at for it", "[consortium]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const char* id : {"old", "new"}) {
    Organisation made = organisation(id);
    if (*id == 'n') made.offers = {"housing"};
    catalogue.put({id, made, {}});
  }
  Project work = project("p", {"old"});
  work.themes = {"housing"};
  catalogue.put({"p", work, {}});
  ConsortiumRequest asked;
  asked.themes = {"housing"};
  asked.rules = {rule("newcomers", {{"minimum", {"1"}}})};
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  CHECK(answer.status == "optimal");
  CHECK(answer.candidates == 2);
}

TEST_CASE("what is not told of those beside, or of who coordinates, makes nothing impossible",
          "[consortium]") {
  const std::vector<std::string> beside = {"associated-partner"};
  const auto with = [&](const EligibilityRule& asked_rule, bool fixed) {
    ConsortiumRequest asked = among({asked_rule}, {one("m", "")});
    if (fixed) asked.fixed = {in_roles(one("b", ""), beside)};
    return build(asked).status;
  };
  CHECK(with(rule("newcomers", {{"minimum", {"1"}}, {"roles", beside}}), true) == "optimal");
  CHECK(with(rule("track-record", {{"theme", {"health"}}, {"minimum", {"2"}}}), true) == "optimal");
  CHECK(with(rule("size-range", {{"minimum", {"1"}}, {"kinds", {"ngo"}}, {"roles", beside}}),
             true) == "optimal");
  CHECK(with(rule("minimum-countries", {{"minimum", {"1"}}, {"roles", beside}}), true) ==
        "optimal");
  CHECK(with(rule("minimum-countries", {{"minimum", {"2"}}, {"roles", beside}}), true) ==
        "infeasible");
  const std::vector<std::string> lead = {"coordinator"};
  CHECK(with(rule("newcomers", {{"minimum", {"1"}}, {"roles", lead}}), false) == "optimal");
  CHECK(with(rule("minimum-partners", {{"minimum", {"1"}}, {"kinds", {"ngo"}}, {"roles", lead}}),
             false) == "optimal");
}

TEST_CASE("that there is no other is not claimed of those of whom not all is known",
          "[consortium]") {
  ConsortiumRequest asked =
      among({rule("allowed-countries", {{"countries", {"AT"}}})}, {one("x", "AT"), one("n", "")});
  asked.answers = 2;
  const ConsortiumAnswer answer = build(asked);
  REQUIRE(answer.plans.size() == 1);
  CHECK(answer.further == "unknown");
  CHECK_FALSE(answer.plans[0].members[0].loss_proved);
  asked.candidates[1].country = "DE";
  const ConsortiumAnswer told = build(asked);
  CHECK(told.further == "none");
  CHECK(told.plans[0].members[0].loss_proved);
}

TEST_CASE("a change may need more members, as a request does", "[consortium]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  ConsortiumRequest asked =
      among({rule("minimum-partners", {{"minimum", {"5"}}, {"countries", {"AT"}}}),
             rule("minimum-partners", {{"minimum", {"5"}}, {"kinds", {"company"}}})},
            {});
  const auto put = [&](const std::string& id, const char* country, const char* kind) {
    Organisation made = organisation(id);
    made.addresses.emplace_back().country = country;
    made.kind = kind;
    catalogue.put({id, made, {}});
    asked.candidates.emplace_back().organisation = id;
  };
  for (const char* id : {"x1", "x2"}) put(id, "AT", "company");
  for (const char* id : {"a0", "a1", "a2", "a3", "a4"}) put(id, "AT", "public-authority");
  for (const char* id : {"c0", "c1", "c2", "c3", "c4"}) put(id, "DE", "company");
  asked.what_if = {{{}, {"x1"}, {}}};
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.what_if.size() == 1);
  CHECK(answer.what_if[0].status == "optimal");
}
