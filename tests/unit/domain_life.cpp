// SPDX-License-Identifier: Apache-2.0
#include "domain/life.hpp"

#include "catalogue.hpp"
#include "catch.hpp"
#include "domain/date.hpp"
#include "engine/rules.hpp"

using namespace koinon;

namespace {

using Found = std::vector<std::string>;

Found faults(const Record& record) {
  Found found;
  for (const Violation& violation : engine::check_rules(record))
    found.push_back(violation.path + ' ' + violation.code);
  return found;
}

LifeStep step(const char* from, const char* to, Timestamp at = 0) {
  return {from, to, {at}, "ann", "", ""};
}

CaseStudy study(std::vector<LifeStep> steps, const char* state) {
  CaseStudy made;
  made.initiative = "ini-1";
  made.state = state;
  made.steps = std::move(steps);
  return made;
}

PartialDate date(const char* text) {
  return *domain::parse_date(text);
}

Participation member(const char* from, const char* to, const char* role = "member",
                     const char* organisation = "org-1") {
  Participation made;
  made.organisation = organisation;
  made.role = role;
  if (*from != '\0') made.period.from = date(from);
  if (*to != '\0') made.period.to = date(to);
  return made;
}

Found membership_faults(std::vector<Participation> members) {
  Community community;
  community.names = {test::text("Housing")};
  community.members = members;
  CompetenceCentre centre;
  centre.names = community.names;
  centre.members = std::move(members);
  const Found found = faults(community);
  CHECK(faults(centre) == found);
  return found;
}

}  // namespace

TEST_CASE("steps follow each other by the table, up to the state", "[domain][life-cycle]") {
  CHECK(faults(study({}, "published")) == Found{});
  CHECK(faults(study({step("draft", "submitted")}, "submitted")) == Found{});
  // An imported record begins its life here wherever it stood.
  CHECK(faults(study({step("published", "stale")}, "stale")) == Found{});
  CHECK(faults(study({step("draft", "published")}, "published")) ==
        Found{"steps[0].to no_such_step"});
  CHECK(faults(study({step("draft", "submitted")}, "published")) == Found{"state state_mismatch"});
  CHECK(faults(study({step("draft", "submitted")}, "")) == Found{"state state_mismatch"});
  CHECK(faults(study({step("draft", "submitted"), step("eu-review", "published")}, "published")) ==
        Found{"steps[1].from broken_chain"});
  CHECK(faults(study({step("", "submitted")}, "submitted")) == Found{"steps[0].from missing"});
}

TEST_CASE("steps do not go back in time", "[domain][life-cycle]") {
  const auto pair = [](Timestamp first, Timestamp second) {
    return faults(
        study({step("draft", "submitted", first), step("submitted", "national-review", second)},
              "national-review"));
  };
  CHECK(pair(1000, 1000) == Found{});
  CHECK(pair(1000, 2000) == Found{});
  CHECK(pair(2000, 1000) == Found{"steps[1].at reversed_time"});
  CHECK(pair(2000, 0) == Found{});  // not told
}

TEST_CASE("the steps of a call lead to its status", "[domain][life-cycle]") {
  Call call;
  call.titles = {test::text("A call")};
  call.steps = {step("upcoming", "open")};
  call.status = "upcoming";
  CHECK(faults(call) == Found{"status state_mismatch"});
  call.status = "open";
  CHECK(faults(call) == Found{});
}

TEST_CASE("a permanent call has no deadline, and a call that lives here none before it opens",
          "[domain][life-cycle]") {
  Call call;
  call.titles = {test::text("A call")};
  call.model = "permanent";
  CHECK(faults(call) == Found{});
  call.deadlines = {date("2026-01-31")};
  CHECK(faults(call) == Found{"deadlines bad_deadline"});
  call.model = "multiple-cut-off";
  call.opening = date("2026-02");
  CHECK(faults(call) == Found{});  // as its file has it
  call.deadlines = {date("2026-02"), date("2026-01-31"), date("2027")};
  call.steps = {step("upcoming", "open")};
  call.status = "open";
  CHECK(faults(call) == Found{"deadlines[1] bad_deadline"});
}

TEST_CASE("an organisation is a member in a role once at a time", "[domain]") {
  const Found over = {"members[1].period overlapping_membership"};
  CHECK(membership_faults({member("2021", "2022"), member("2023", "")}) == Found{});
  CHECK(membership_faults({member("2021", ""), member("2023", "")}) == over);
  CHECK(membership_faults({member("", ""), member("", "")}) == over);
  CHECK(membership_faults({member("2021-05-01", "2023-04-30"), member("2023-04-30", "")}) == over);
  CHECK(membership_faults({member("2021-05-01", "2023-04-30"), member("2023-05-01", "")}) ==
        Found{});
  // Rough dates that may lie side by side.
  CHECK(membership_faults({member("2021", "2023"), member("2023", "2024")}) == Found{});
  CHECK(membership_faults({member("2021", ""), member("2023", "", "organiser")}) == Found{});
  CHECK(membership_faults({member("2021", ""), member("2023", "", "member", "org-2")}) == Found{});
  CHECK(membership_faults({member("2023", "2021")}) == Found{"members[0].period reversed_period"});
  CHECK(membership_faults({member("2021", ""), member("2010", "2012"), member("2022", "")}) ==
        Found{"members[2].period overlapping_membership"});
}

TEST_CASE("an award is of an amount that is not below nothing", "[domain]") {
  Award award;
  award.bid = "bid-1";
  award.amount = {-1, "EUR", ""};
  CHECK(faults(award) == Found{"amount bad_amount"});
  award.amount.minor = 0;
  CHECK(faults(award) == Found{});
}
