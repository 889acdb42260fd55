// SPDX-License-Identifier: Apache-2.0
//
// What the consortium builder searches for against what eligibility checks: of any team the two
// must say the same of every rule that the search holds to.
#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "partners/builder/mapping.hpp"
#include "partners/consortium/check.hpp"

namespace {

using namespace koinon;
using namespace koinon::partners;
namespace search = koinon::partners::consortium;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  template <class T>
  T of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  std::vector<std::string> number(std::size_t least, std::size_t more) {
    return {std::to_string(least + below(more))};
  }

  // Without some of the facts.
  Party doubtful(std::size_t place) {
    Party made = party(place);
    if (below(4) == 0) made.country.clear();
    if (below(4) == 0) made.kind.clear();
    if (below(4) == 0) made.capabilities.complete = false;
    if (below(4) == 0) made.track_record.complete = false;
    if (below(4) == 0) made.newcomer.reset();
    if (below(4) == 0) made.group.reset();
    return made;
  }

  Party party(std::size_t place) {
    Party made;
    made.members = {place};
    made.name = "party " + std::to_string(place);
    made.country = of<std::string>({"ES", "FR", "NO", "EL"});
    made.kind = of<std::string>({"ngo", "company"});
    made.capabilities = {{}, true};
    made.track_record = {{}, true};
    if (below(2) == 0) made.capabilities.has = {"c"};
    if (below(2) == 0) made.track_record.has = {"t"};
    made.newcomer = below(2) == 0;
    made.group = of<std::string>({"", "g", "h"});
    made.other_bids = below(3) == 0 ? 1 : 0;
    return made;
  }

  builder::Pool pool(bool in_doubt) {
    builder::Pool pool;
    const std::size_t size = 1 + below(6);
    for (std::size_t i = 0; i < size; ++i) {
      builder::PoolMember& member = pool.members.emplace_back();
      member.party = in_doubt ? doubtful(i) : party(i);
      if (below(3) == 0)
        member.party.roles = of<std::vector<std::string>>(
            {{"coordinator", "partner"}, {"coordinator"}, {"partner"}, {"beneficiary"}});
      member.budget = 100 + static_cast<std::int64_t>(below(100));
      member.grant = *member.budget * static_cast<std::int64_t>(60 + below(40)) / 100;
    }
    for (std::size_t i = below(3); i > 0; --i) {
      builder::PoolMember& member = pool.beside.emplace_back();
      member.party = in_doubt ? doubtful(100 + i) : party(100 + i);
      member.party.roles = {of<std::string>({"associated-partner", "funder"})};
      if (below(2) == 0) continue;
      member.budget = static_cast<std::int64_t>(below(200));
      member.grant = static_cast<std::int64_t>(below(1 + static_cast<std::size_t>(*member.budget)));
    }
    return pool;
  }

  EligibilityRule rule() {
    EligibilityRule rule{
        of<std::string>({"minimum-partners", "minimum-countries", "allowed-countries",
                         "role-required", "capability-required", "coordinator-once", "rate-cap",
                         "track-record", "newcomers", "maximum-per-country", "linked-entities-once",
                         "size-range", "document-required"}),
        {},
        ""};
    const auto add = [&](const char* name, const std::vector<std::string>& values) {
      rule.parameters.push_back({name, values});
    };
    if (rule.kind == "coordinator-once") return rule;
    if (rule.kind == "rate-cap") {
      add("percent", {std::to_string(70 + below(20))});
      return rule;
    }
    if (rule.kind == "maximum-per-country") {
      add("maximum", number(1, 2));
    } else if (rule.kind == "size-range") {
      const std::size_t least = below(3);
      add("minimum", {std::to_string(least)});
      add("maximum", {std::to_string(1 + least + below(2))});
    } else if (rule.kind != "allowed-countries" && rule.kind != "linked-entities-once" &&
               rule.kind != "document-required") {
      add("minimum", number(0, 4));
    }
    if (rule.kind == "document-required") add("document", {"letter"});
    if (rule.kind == "role-required")
      add("role", {of<std::string>({"coordinator", "partner", "associated-partner", "lead"})});
    if (rule.kind == "capability-required") add("capability", {"c"});
    if (rule.kind == "track-record") add("theme", {"t"});
    if (rule.kind == "allowed-countries" || below(3) == 0) add("countries", {"ES", "EL", "NO"});
    if (below(4) == 0) add("kinds", {"ngo"});
    if (below(3) == 0) {
      add("roles", of<std::vector<std::string>>({{"partner"},
                                                 {"coordinator", "partner"},
                                                 {"coordinator", "partner", "associated-partner"},
                                                 {"associated-partner"}}));
    }
    return rule;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace

TEST_CASE("what is searched for is what is checked", "[consortium][eligibility]") {
  Random random(7);
  std::size_t searched = 0;
  std::size_t broken = 0;
  for (int round = 0; round < 3000; ++round) {
    const bool in_doubt = round % 2 == 1;
    builder::Pool pool = random.pool(in_doubt);
    const std::size_t named = random.below(pool.members.size() * 2);
    if (named < pool.members.size() && pool.members[named].party.other_bids == 0) {
      pool.members[named].fixed = true;
      pool.members[named].party.roles = {"coordinator"};
    }
    std::vector<EligibilityRule> rules;
    for (std::size_t i = 1 + random.below(4); i > 0; --i) rules.push_back(random.rule());
    builder::Wishes wishes{0, 8, 0.5, 0.25};
    const bool counts = random.below(2) == 0;
    if (counts) wishes.doubt = builder::Doubt::Counts;
    const builder::Mapped mapped = builder::map_problem(rules, pool, wishes, 0);
    REQUIRE_NOTHROW(search::validate(mapped.problem));

    // Any team with somebody who may coordinate.
    search::Plan plan;
    for (std::uint32_t i = 0; i < pool.members.size(); ++i) {
      if (random.below(2) == 0 && !pool.members[i].fixed) continue;
      plan.members.push_back({i, 0});
      const bool named_is_in =
          plan.coordinator != search::nobody && pool.members[plan.coordinator].fixed;
      if (mapped.problem.candidates[i].may_coordinate && !named_is_in) plan.coordinator = i;
    }
    if (plan.coordinator == search::nobody) continue;
    std::set<std::size_t> defects;
    for (const search::Defect& defect : search::check_plan(mapped.problem, plan)) {
      if (defect.rule != search::nobody) defects.insert(mapped.source[defect.rule]);
    }

    BidFacts bid;
    bid.grant = bid.budget = 0;
    bid.currency = "EUR";
    for (const search::Member& member : plan.members) {
      const builder::PoolMember& one = pool.members[member.candidate];
      bid.parties.push_back(one.party);
      bid.parties.back().roles =
          builder::planned_roles(one.party, member.candidate == plan.coordinator);
      *bid.grant += *one.grant;
      *bid.budget += *one.budget;
    }
    for (const builder::PoolMember& one : pool.beside) {
      bid.parties.push_back(one.party);
      *bid.grant += one.grant.value_or(0);
      *bid.budget += one.budget.value_or(0);
    }
    const EligibilityReport report = check_rules(rules, bid, 0);
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!mapped.rules[i].searched) continue;
      CAPTURE(round, i, rules[i].kind, mapped.rules[i].words, report.findings[i].reason);
      ++searched;
      broken += defects.count(i);
      const bool fails = report.findings[i].state == RuleState::Fails;
      // What is held to those of whom all is known keeps out some who may keep the rule as well.
      if (in_doubt && !counts && !fails) continue;
      REQUIRE(fails == (defects.count(i) > 0));
    }
  }
  // That it was put to the test at all.
  CHECK(searched > 2000);
  CHECK(broken > 400);
}
