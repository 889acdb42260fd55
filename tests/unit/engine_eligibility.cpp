// SPDX-License-Identifier: Apache-2.0
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

constexpr const char* centres = "call-competence-centres-2020";
constexpr const char* unemployment = "call-long-term-unemployment-2024";
constexpr const char* youth = "call-vulnerable-youth-2023";

Catalogue sample() {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.import_sample();
  return catalogue;
}

ConsortiumMember member(const std::string& id, const std::string& role = "partner") {
  ConsortiumMember made;
  made.organisation = id;
  made.roles = {role};
  return made;
}

ConsortiumMember from(const std::string& country, const std::string& role = "partner") {
  ConsortiumMember made;
  made.name = "One from " + country;
  made.country = country;
  made.roles = {role};
  return made;
}

EligibilityReport asked(const Catalogue& catalogue, const std::string& call,
                        const std::vector<ConsortiumMember>& members) {
  EligibilityRequest request;
  request.call = call;
  request.members = members;
  return catalogue.check_eligibility(request);
}

const RuleFinding& finding(const EligibilityReport& report, const std::string& kind) {
  for (const RuleFinding& each : report.findings) {
    if (each.rule.kind == kind) return each;
  }
  throw std::out_of_range(kind);
}

std::vector<ConsortiumMember> members_of(const Catalogue& catalogue, const std::string& id) {
  std::vector<ConsortiumMember> members;
  const auto told = std::get<Project>(catalogue.get(id).record);
  for (const Participation& each : told.participations)
    members.push_back(member(each.organisation, each.role));
  return members;
}

}  // namespace

TEST_CASE("the six consortia that were selected keep the rules of the competence-centre call",
          "[eligibility]") {
  const Catalogue catalogue = sample();
  for (const char* project :
       {"prj-buicasus", "prj-esia", "prj-fuse", "prj-si-plus", "prj-pencil"}) {
    CAPTURE(project);
    const EligibilityReport report = asked(catalogue, centres, members_of(catalogue, project));
    CHECK(finding(report, "minimum-partners").state == RuleState::Passes);
    CHECK(finding(report, "minimum-countries").state == RuleState::Passes);
    // The catalogue has no letters.
    CHECK(finding(report, "document-required").state == RuleState::Unknown);
    CHECK(report.state == RuleState::Unknown);
  }
  // The sources of SEED name members of two countries alone; a third was in it.
  const EligibilityReport seed = asked(catalogue, centres, members_of(catalogue, "prj-seed"));
  CHECK(finding(seed, "minimum-countries").state == RuleState::Fails);
  CHECK(finding(seed, "minimum-countries").advice.find("add one more member from ") == 0);
}

TEST_CASE("the United Kingdom counted as a member state until it left", "[eligibility]") {
  const Catalogue catalogue = sample();
  EligibilityRequest request;
  request.call = centres;
  request.members = {from("DE", "coordinator"), from("EE"), from("GB")};
  request.on = {2019, 6, 0};
  CHECK(finding(catalogue.check_eligibility(request), "minimum-countries").state ==
        RuleState::Passes);
  request.on = {2020, 2, 1};
  CHECK(finding(catalogue.check_eligibility(request), "minimum-countries").state ==
        RuleState::Fails);
}

TEST_CASE("the long-term unemployment call is open to IS, ME, NO and RS, and wants a track record",
          "[eligibility]") {
  const Catalogue catalogue = sample();
  EligibilityRequest request;
  request.call = unemployment;
  request.members = {member("org-lr-sozialforschung", "coordinator"), from("RS"), from("GR")};
  request.eu_share = Share{800000};
  EligibilityReport report = catalogue.check_eligibility(request);
  CHECK(finding(report, "allowed-countries").state == RuleState::Passes);
  CHECK(finding(report, "minimum-countries").state == RuleState::Passes);
  CHECK(finding(report, "track-record").state == RuleState::Passes);
  CHECK(finding(report, "rate-cap").state == RuleState::Passes);
  CHECK(finding(report, "coordinator-once").state == RuleState::Unknown);
  CHECK(report.on.year == 2024);
  request.members[0].other_bids = 0;
  report = catalogue.check_eligibility(request);
  CHECK(report.state == RuleState::Passes);
  request.members[0].other_bids = 1;
  request.members[1].country = "CH";
  report = catalogue.check_eligibility(request);
  CHECK(finding(report, "coordinator-once").state == RuleState::Fails);
  CHECK(finding(report, "allowed-countries").members == std::vector<std::size_t>{1});
  CHECK(finding(report, "allowed-countries").rule.legal_text.find("Serbia") != std::string::npos);
}

TEST_CASE("the co-funder of the vulnerable youth call may be an associated partner",
          "[eligibility]") {
  const Catalogue catalogue = sample();
  ConsortiumMember foundation = from("FR", "associated-partner");
  EligibilityReport report =
      asked(catalogue, youth, {from("DE", "coordinator"), from("IT"), foundation});
  CHECK(finding(report, "minimum-partners").state == RuleState::Passes);
  CHECK(finding(report, "capability-required").state == RuleState::Unknown);
  foundation.capabilities = std::vector<std::string>{"potential-co-funder"};
  report = asked(catalogue, youth, {from("DE", "coordinator"), from("IT"), foundation});
  CHECK(finding(report, "capability-required").state == RuleState::Passes);
  // Without a partner from another country it does not make up for one.
  report = asked(catalogue, youth, {from("DE", "coordinator"), foundation});
  CHECK(finding(report, "minimum-partners").state == RuleState::Fails);
  CHECK(finding(report, "minimum-countries").state == RuleState::Fails);
}

TEST_CASE("records that decisions make one are one entity, and parents link", "[eligibility]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  const auto put = [&](const char* id, const char* name, const char* parent) {
    Organisation made = organisation(name);
    made.addresses.emplace_back().country = "AT";
    made.parent = parent;
    catalogue.put({id, made, {}});
  };
  put("tu1", "TU Wien", "");
  put("tu2", "Vienna University of Technology", "");
  put("inst", "Institute", "tu2");
  put("spin", "Spin-off", "inst");
  EligibilityRequest request;
  request.rules = {{"minimum-partners", {{"minimum", {"2"}}}, ""},
                   {"linked-entities-once", {}, ""}};
  request.members = {member("tu1", "coordinator"), member("tu2")};
  CHECK(catalogue.check_eligibility(request).findings[0].state == RuleState::Passes);
  catalogue.decide({"tu1", "tu2", "same", "its own web site"});
  const EligibilityReport report = catalogue.check_eligibility(request);
  CHECK(report.findings[0].state == RuleState::Fails);
  CHECK(report.members[0].entity == report.members[1].entity);
  request.as_told = true;
  CHECK(catalogue.check_eligibility(request).findings[0].state == RuleState::Passes);
  request.as_told = false;
  request.members = {member("tu1", "coordinator"), member("spin")};
  const EligibilityReport linked = catalogue.check_eligibility(request);
  CHECK(linked.findings[0].state == RuleState::Passes);
  CHECK(linked.findings[1].state == RuleState::Fails);
  CHECK(linked.findings[1].members == std::vector<std::size_t>{0, 1});
}

TEST_CASE("parents that go in a circle link all of them", "[eligibility]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const auto& [id, parent] : {std::pair{"a", "b"}, std::pair{"b", "c"}, std::pair{"c", "a"}}) {
    Organisation made = organisation(id);
    made.parent = parent;
    catalogue.put({id, made, {}});
  }
  EligibilityRequest request;
  request.rules = {{"linked-entities-once", {}, ""}};
  request.members = {member("a"), member("c")};
  CHECK(catalogue.check_eligibility(request).state == RuleState::Fails);
}

TEST_CASE("who took part in a record is no newcomer, and of others it cannot be told",
          "[eligibility]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const char* id : {"old", "new"}) catalogue.put({id, organisation(id), {}});
  catalogue.put({"p", project("Work", {"old"}), {}});
  EligibilityRequest request;
  request.rules = {{"newcomers", {}, ""}};
  request.members = {member("old")};
  CHECK(catalogue.check_eligibility(request).state == RuleState::Fails);
  request.members = {member("new")};
  CHECK(catalogue.check_eligibility(request).state == RuleState::Unknown);
  request.members[0].newcomer = true;
  CHECK(catalogue.check_eligibility(request).state == RuleState::Passes);
}

TEST_CASE("the rate cap of a call counts where no rule says one", "[eligibility]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Call call;
  call.titles = {test::text("A call")};
  call.rate_cap = Share{750000};
  catalogue.put({"call", call, {}});
  EligibilityRequest request;
  request.call = "call";
  request.members = {from("ES")};
  request.members[0].grant = {std::int64_t{80}, "EUR", ""};
  request.members[0].budget = {std::int64_t{100}, "EUR", ""};
  const EligibilityReport report = catalogue.check_eligibility(request);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].state == RuleState::Fails);
  CHECK(report.findings[0].advice == "lower the EU share to 75 %");
  // Sums never cross currencies.
  request.members.push_back(from("SE"));
  request.members[1].grant = {std::int64_t{10}, "SEK", ""};
  request.members[1].budget = {std::int64_t{100}, "SEK", ""};
  CHECK(catalogue.check_eligibility(request).state == RuleState::Unknown);
}

TEST_CASE("a condition that a portal has in words alone is shown and cannot be told",
          "[eligibility]") {
  Catalogue catalogue = sample();
  catalogue.import_file(std::string(KOINON_TEST_DIR) +
                        "/fixtures/calls/esf-2026-se-incubation.jsonl");
  const EligibilityReport report =
      asked(catalogue, "call-esf-2026-se-incubation", {from("NO", "coordinator"), from("UA")});
  CHECK(finding(report, "allowed-countries").state == RuleState::Passes);
  CHECK(finding(report, "as-written").state == RuleState::Unknown);
  CHECK(finding(report, "as-written").problem == "in_words");
}

TEST_CASE("what is no call, no organisation or no code is refused with its place",
          "[eligibility]") {
  const Catalogue catalogue = sample();
  EligibilityRequest request;
  CHECK(error_of([&] { catalogue.check_eligibility(request); }) == ErrorCode::InvalidArgument);
  request.call = "nothing";
  CHECK(error_of([&] { catalogue.check_eligibility(request); }) == ErrorCode::NotFound);
  request.call = "prj-esia";
  CHECK(error_of([&] { catalogue.check_eligibility(request); }) == ErrorCode::InvalidArgument);
  request.call = centres;
  request.members = {member("nobody")};
  CHECK(error_of([&] { catalogue.check_eligibility(request); }) == ErrorCode::NotFound);
  request.members = {from("XX", "boss")};
  request.members[0].budget = {std::int64_t{-1}, "EUR", ""};
  request.on = {2021, 2, 30};
  try {
    catalogue.check_eligibility(request);
    FAIL("it was taken");
  } catch (const Error& e) {
    REQUIRE(e.violations().size() == 1);
    CHECK(e.violations()[0].path == "on");
  }
  request.on = {};
  try {
    catalogue.check_eligibility(request);
    FAIL("it was taken");
  } catch (const Error& e) {
    REQUIRE(e.violations().size() == 3);
    CHECK(e.violations()[0].path == "members[0].roles");
    CHECK(e.violations()[1].path == "members[0].budget");
    CHECK(e.violations()[2].path == "members[0].country");
  }
}

TEST_CASE("a request in JSON says what is wrong with it, and a report becomes JSON",
          "[eligibility]") {
  const EligibilityRequest request = eligibility_request_from_json(
      R"({"rules":[{"kind":"minimum-countries","parameters":{"minimum":2}}],)"
      R"("members":["a",{"name":"B","country":"ES","role":"partner"}],"eu_share":0.75,)"
      R"("documents":[],"on":"2024-09","budget":{"amount":"10.00","currency":"EUR"}})");
  CHECK(request.rules[0].parameters[0].values == std::vector<std::string>{"2"});
  CHECK(request.members[0].organisation == "a");
  CHECK(request.members[1].roles == std::vector<std::string>{"partner"});
  CHECK(request.eu_share->millionths == 750000);
  CHECK(request.documents->empty());
  CHECK(request.budget.minor == 1000);
  try {
    eligibility_request_from_json(
        R"({"members":[{"organisation":1,"colour":"red"}],"eu_share":2,"on":"soon","rules":{}})");
    FAIL("it was taken");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::InvalidArgument);
    CHECK(e.violations().size() == 5);
  }
  CHECK(error_of([] { eligibility_request_from_json("[]"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([] { eligibility_request_from_json("{"); }) == ErrorCode::InvalidArgument);
  const Catalogue catalogue = Catalogue::open(":memory:");
  EligibilityRequest plain = request;
  plain.members.erase(plain.members.begin());
  const std::string json = to_json(catalogue.check_eligibility(plain));
  CHECK(json.find(R"("state":"fails")") != std::string::npos);
  CHECK(json.find(R"("action":"add","count":1,"not_countries":["ES"])") != std::string::npos);
}

TEST_CASE("what is told of one organisation in two places counts as told in one", "[eligibility]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"o", organisation("O"), {}});
  catalogue.put({"p", project("Work", {"o"}), {}});
  EligibilityRequest request;
  request.rules = {{"newcomers", {{"minimum", {"1"}}}, ""}, {"linked-entities-once", {}, ""}};
  ConsortiumMember again = member("o");
  again.newcomer = true;
  again.group = "x";
  ConsortiumMember other = from("AT");
  other.group = "x";
  request.members = {member("o"), again, other};
  const EligibilityReport report = catalogue.check_eligibility(request);
  CHECK(report.findings[0].state == RuleState::Passes);
  CHECK(report.findings[1].state == RuleState::Fails);
  CHECK(report.findings[1].members == std::vector<std::size_t>{0, 1, 2});
  // Both go, for they are one.
  std::swap(request.members[0], request.members[1]);
  const EligibilityReport swapped = catalogue.check_eligibility(request);
  CHECK(swapped.findings[0].state == RuleState::Passes);
  CHECK(swapped.findings[1].state == RuleState::Fails);
}

TEST_CASE("who asks for money without a budget makes the share unknown", "[eligibility]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  EligibilityRequest request;
  request.rules = {{"rate-cap", {{"rate", {"0.8"}}}, ""}};
  request.members = {from("AT", "coordinator"), from("DE", "associated-partner")};
  request.members[0].grant = {8000, "EUR", ""};
  request.members[0].budget = {10000, "EUR", ""};
  CHECK(catalogue.check_eligibility(request).state == RuleState::Passes);
  request.members[1].grant = {1000, "EUR", ""};
  CHECK(catalogue.check_eligibility(request).state == RuleState::Unknown);
  request.members[1].budget = {2000, "SEK", ""};
  const std::string reason = catalogue.check_eligibility(request).findings[0].reason;
  CHECK(reason == "the EU share is at most 80 %, and amounts are told in EUR and in SEK");
}
