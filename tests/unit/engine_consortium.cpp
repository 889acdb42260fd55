// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
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

const std::vector<std::string> all = {"a", "b", "c", "d", "e", "f"};

// Six organisations of three countries, some with records on housing, and a call on that.
Catalogue small() {
  Catalogue catalogue = Catalogue::open(":memory:");
  const std::map<std::string, std::string> countries = {{"a", "AT"}, {"b", "AT"}, {"c", "DE"},
                                                        {"d", "DE"}, {"e", "SI"}, {"f", "AT"}};
  for (const std::string& id : all) {
    Organisation made = organisation("Organisation " + id);
    made.addresses.emplace_back().country = countries.at(id);
    made.kind = "ngo";
    if (id == "b") made.offers = {"housing"};
    catalogue.put({id, made, {}});
  }
  const auto work = [&](const char* id, const std::vector<std::string>& members,
                        const std::string& theme) {
    Project made = project(std::string("Work ") + id, members);
    made.themes = {theme};
    catalogue.put({id, made, {}});
  };
  work("p1", {"a", "b", "c"}, "housing");
  work("p2", {"a", "c"}, "housing");
  work("p3", {"d", "e"}, "housing");
  work("p4", {"e", "f"}, "skills");
  work("p5", {"b", "d"}, "housing");
  work("p6", {"f"}, "housing");
  Call call;  // without a title, so that no search says who fits
  call.codes.push_back({"X", "1"});
  call.themes = {"housing"};
  call.rules = {{"minimum-countries", {{"minimum", {"2"}}}, "Two countries at least."},
                {"maximum-per-country", {{"maximum", {"1"}}}, "One of each country."},
                {"document-required", {{"document", {"letter"}}}, "A letter."}};
  catalogue.put({"call", call, {}});
  return catalogue;
}

// By the formula of docs/reference/consortium-requests.md.
double fit(const std::string& id) {
  const std::map<std::string, std::pair<double, double>> records = {
      {"a", {2, 2}}, {"b", {2, 2}}, {"c", {2, 2}}, {"d", {2, 2}}, {"e", {1, 2}}, {"f", {1, 2}}};
  const double n = records.at(id).first + (id == "b" ? 2 : 0);
  const double w = records.at(id).second;
  return 0.5 * n / (n + 1) + 0.2 * w / (w + 4);
}

double strength(const Catalogue& catalogue, const std::string& one, const std::string& other) {
  for (const Partner& partner : catalogue.partners(one).partners) {
    if (partner.id == other) return std::min(partner.strength, 1.0);
  }
  return 0;
}

double worth(const Catalogue& catalogue, const std::vector<std::string>& team) {
  double value = 0;
  for (std::size_t i = 0; i < team.size(); ++i) {
    value += fit(team[i]) - 0.25;
    for (std::size_t j = 0; j < i; ++j) {
      value += 0.5 * strength(catalogue, team[i], team[j]) * std::min(fit(team[i]), fit(team[j]));
    }
  }
  return value;
}

bool may(const Catalogue& catalogue, const std::vector<std::string>& team) {
  EligibilityRequest request;
  request.call = "call";
  for (const std::string& id : team) request.members.emplace_back().organisation = id;
  return catalogue.check_eligibility(request).state != RuleState::Fails;
}

std::vector<std::string> ids(const ConsortiumPlan& plan) {
  std::vector<std::string> members;
  for (const PlannedMember& member : plan.members) members.push_back(member.organisation);
  return members;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

ConsortiumMember member(const std::string& organisation) {
  ConsortiumMember made;
  made.organisation = organisation;
  return made;
}

// By facts alone, with what it asks for of what.
ConsortiumMember asking(const char* name, const char* country, std::int64_t grant,
                        std::int64_t budget = 100) {
  ConsortiumMember made;
  made.name = name;
  made.country = country;
  made.grant = {grant, "EUR", ""};
  made.budget = {budget, "EUR", ""};
  return made;
}

std::vector<std::string> names(const ConsortiumPlan& plan) {
  std::vector<std::string> told;
  for (const PlannedMember& one : plan.members) told.push_back(one.name);
  return sorted(told);
}

ConsortiumRequest request() {
  ConsortiumRequest request;
  request.call = "call";
  return request;
}

}  // namespace

TEST_CASE("the consortium is the best of all that keep the rules", "[consortium]") {
  const Catalogue catalogue = small();
  double best = -1e9;
  std::vector<std::string> team;
  for (unsigned mask = 1; mask < 1U << all.size(); ++mask) {
    std::vector<std::string> members;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((mask >> i & 1U) != 0) members.push_back(all[i]);
    }
    if (!may(catalogue, members) || worth(catalogue, members) <= best) continue;
    best = worth(catalogue, members);
    team = members;
  }
  const ConsortiumAnswer answer = catalogue.build_consortium(request());
  CHECK(answer.status == "optimal");
  CHECK(answer.candidates == 6);
  CHECK(answer.scope == "candidates");
  CHECK(answer.value == Approx(best));
  CHECK(answer.bound == Approx(best));
  REQUIRE(answer.plans.size() == 1);
  CHECK(sorted(ids(answer.plans[0])) == team);
  for (const PlannedMember& member : answer.plans[0].members)
    CHECK(member.fit.fit == Approx(fit(member.organisation)));
}

TEST_CASE("each member says what ties it, what only it keeps, and who could stand in",
          "[consortium]") {
  const Catalogue catalogue = small();
  const ConsortiumAnswer answer = catalogue.build_consortium(request());
  const ConsortiumPlan& plan = answer.plans.at(0);
  CHECK(plan.members[0].roles == std::vector<std::string>{"coordinator"});
  for (std::size_t i = 0; i < plan.members.size(); ++i) {
    const PlannedMember& member = plan.members[i];
    CHECK(member.loss_proved);
    for (const ConsortiumTie& tie : member.ties) {
      const auto expected =
          strength(catalogue, member.organisation, plan.members[tie.other].organisation);
      CHECK(tie.strength == Approx(expected));
      CHECK_FALSE(tie.works.empty());
    }
    // Without it: the best of the others.
    ConsortiumRequest without = request();
    without.forbidden = {member.organisation};
    const ConsortiumAnswer other = catalogue.build_consortium(without);
    REQUIRE(other.status == "optimal");
    CHECK(member.loss == Approx(answer.value - other.value).margin(1e-9));
    if (!member.substitute) continue;
    std::vector<std::string> replaced = ids(plan);
    replaced[i] = member.substitute->organisation;
    CHECK(may(catalogue, replaced));
    CHECK(member.substitute->loss ==
          Approx(answer.value - worth(catalogue, replaced)).margin(1e-9));
  }
}

TEST_CASE("what no search can decide is told by the check of the plan", "[consortium]") {
  const Catalogue catalogue = small();
  ConsortiumRequest asked = request();
  asked.rules = {{"gender-balance", {}, "Article 9"},
                 {"minimum-partners", {{"minimum", {"-3"}}}, ""}};
  ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.rules.size() >= 5);
  CHECK(answer.rules[0].searched);
  CHECK(answer.rules[0].source == "call");
  CHECK_FALSE(answer.rules[2].searched);
  CHECK(answer.rules[3].source == "request");
  CHECK_FALSE(answer.rules[3].searched);
  CHECK(answer.rules.back().source == "builder");
  const auto& findings = answer.plans.at(0).eligibility.findings;
  REQUIRE(findings.size() == 5);
  CHECK(findings[2].problem == "not_told");
  CHECK(findings[3].problem == "unknown_kind");
  CHECK(findings[4].problem == "bad_parameter");
  asked.rules.clear();
  asked.documents = std::vector<std::string>{"letter"};
  answer = catalogue.build_consortium(asked);
  CHECK(answer.plans.at(0).eligibility.state == RuleState::Passes);
}

TEST_CASE("fixed members stay, also where the rules leave none", "[consortium]") {
  const Catalogue catalogue = small();
  ConsortiumRequest asked = request();
  ConsortiumMember f;
  f.organisation = "f";
  f.roles = {"coordinator"};
  asked.fixed = {f};
  ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.status == "optimal");
  CHECK(answer.plans[0].members[0].organisation == "f");
  CHECK(answer.plans[0].members[0].fixed);
  ConsortiumMember a;
  a.organisation = "a";
  asked.fixed.push_back(a);  // of the same country
  answer = catalogue.build_consortium(asked);
  CHECK(answer.status == "infeasible");
  REQUIRE(answer.conflict);
  CHECK(answer.conflict->proof == "smallest");
  std::set<std::string> why;
  for (const std::size_t place : answer.conflict->rules) {
    const SearchedRule& rule = answer.rules[place];
    why.insert(rule.source == "builder" ? rule.words : rule.rule.kind);
  }
  // That f coordinates and that f is in leave as little: either is a smallest set.
  why.erase("Organisation f is in");
  why.erase("Organisation f coordinates");
  CHECK(why == std::set<std::string>{"maximum-per-country", "Organisation a is in"});
  CHECK(answer.conflict->rules.size() == 3);
}

TEST_CASE("linked entities and those that are one come in once", "[consortium]") {
  Catalogue catalogue = small();
  auto record = std::get<Organisation>(catalogue.get("e").record);
  record.parent = "c";
  catalogue.put({"e", record, {}});
  catalogue.decide({"a", "d", "same", "an example"});
  ConsortiumRequest asked = request();
  asked.rules = {{"linked-entities-once", {}, "Linked entities once."}};
  asked.answers = 4;
  asked.explain = false;
  for (const ConsortiumPlan& plan : catalogue.build_consortium(asked).plans) {
    const auto members = ids(plan);
    CHECK(std::count(members.begin(), members.end(), "d") == 0);  // it goes by the name of a
    CHECK(std::count(members.begin(), members.end(), "c") +
              std::count(members.begin(), members.end(), "e") <=
          1);
    CHECK(plan.eligibility.state != RuleState::Fails);
  }
}

TEST_CASE("plans differ, the best first, and a change is compared with it", "[consortium]") {
  const Catalogue catalogue = small();
  ConsortiumRequest asked = request();
  asked.answers = 3;
  asked.what_if = {{{}, {}, {"maximum-per-country"}}, {{"f"}, {}, {}}, {{}, {"c"}, {}}};
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.plans.size() == 3);
  CHECK(answer.plans[0].value >= answer.plans[1].value);
  CHECK(answer.plans[1].value >= answer.plans[2].value);
  CHECK(sorted(ids(answer.plans[0])) != sorted(ids(answer.plans[1])));
  REQUIRE(answer.what_if.size() == 3);
  CHECK(answer.what_if[0].difference >= 0);
  CHECK(std::count(answer.what_if[1].members.begin(), answer.what_if[1].members.end(), "f") == 1);
  CHECK(answer.what_if[1].difference <= 0);
  ConsortiumRequest without = request();
  without.forbidden = {"c"};
  CHECK(answer.what_if[2].value == Approx(catalogue.build_consortium(without).value));
  CHECK(answer.further.empty());
}

TEST_CASE("fewer plans than were asked for say why", "[consortium]") {
  const Catalogue catalogue = small();
  ConsortiumRequest asked = request();
  asked.candidates = {member("a"), member("c")};
  asked.answers = 3;
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.plans.size() == 1);
  CHECK(answer.further == "none");
}

TEST_CASE("who only paid for a record is no candidate for its theme", "[consortium]") {
  Catalogue catalogue = small();
  catalogue.put({"g", organisation("Giver"), {}});
  Project paid = project("Work p7", {"a", "g"});
  paid.themes = {"housing"};
  paid.participations[1].role = "funder";
  catalogue.put({"p7", paid, {}});
  CHECK(catalogue.build_consortium(request()).found == all.size());
}

TEST_CASE("work for several plans is counted once, and within the limit", "[consortium]") {
  const Catalogue catalogue = small();
  ConsortiumRequest asked = request();
  asked.rules = {};
  asked.nodes = 3;
  asked.answers = 3;
  CHECK(catalogue.build_consortium(asked).nodes <= 3);
}

TEST_CASE("a change that costs the plan nothing is not searched for", "[consortium]") {
  const Catalogue catalogue = small();
  ConsortiumRequest asked = request();
  const auto first = catalogue.build_consortium(asked);
  REQUIRE(first.status == "optimal");
  const auto members = ids(first.plans[0]);
  std::string other = "a";
  while (std::count(members.begin(), members.end(), other) > 0) ++other[0];
  asked.what_if = {{{}, {other}, {}}, {{}, {members[0]}, {}}};
  const auto answer = catalogue.build_consortium(asked);
  CHECK(answer.what_if[0].nodes == 0);
  CHECK(answer.what_if[0].difference == Approx(0));
  CHECK(answer.what_if[1].nodes > 0);
}

TEST_CASE("as many members are looked for as the rules need or allow", "[consortium]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  const auto sized = [&](std::vector<EligibilityRule> rules, std::size_t most = 0) {
    ConsortiumRequest asked;
    asked.rules = std::move(rules);
    asked.member_price = -1;  // the more, the better
    asked.size_most = most;
    for (int i = 0; i < 14; ++i) {
      ConsortiumMember& one = asked.candidates.emplace_back();
      one.name = "O" + std::to_string(i);
      one.country = std::vector<std::string>{"AT", "BE", "BG", "CZ", "DE", "DK", "EE"}[i % 7];
    }
    return catalogue.build_consortium(asked);
  };
  const auto size = [](const ConsortiumAnswer& answer) {
    REQUIRE(answer.plans.size() == 1);
    return answer.plans[0].members.size();
  };
  const EligibilityRule nine{"minimum-partners", {{"minimum", {"9"}}}, ""};
  CHECK(size(sized({{"minimum-countries", {{"minimum", {"2"}}}, ""}})) == 8);
  CHECK(size(sized({nine})) == 9);
  CHECK(size(sized({{"size-range", {{"minimum", {"2"}}, {"maximum", {"12"}}}, ""}})) == 12);
  CHECK(size(sized({nine}, 11)) == 11);

  // The rules that contradict each other are named, and nothing that nobody asked for.
  const auto none = sized({nine, {"size-range", {{"minimum", {"1"}}, {"maximum", {"4"}}}, ""}});
  REQUIRE(none.status == "infeasible");
  REQUIRE(none.conflict);
  CHECK(none.conflict->rules == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a cancelled search answers with what it has, and says so", "[consortium]") {
  const Catalogue catalogue = small();
  Task task;
  task.progress = [&](const Progress& progress) {
    if (std::string(progress.stage) == "consortium") task.cancel.cancel();
  };
  const ConsortiumAnswer answer = catalogue.build_consortium(request(), task);
  CHECK(answer.stopped == task.cancel.cancelled());
}

TEST_CASE("facts alone make a consortium without a call", "[consortium]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  ConsortiumRequest asked;
  asked.rules = {{"minimum-countries", {{"minimum", {"2"}}}, ""},
                 {"rate-cap", {{"percent", {"80"}}}, ""}};
  asked.member_price = -1;
  asked.candidates = {asking("A", "ES", 70), asking("B", "FR", 85), asking("C", "FR", 100)};
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.status == "optimal");
  CHECK(names(answer.plans[0]) == std::vector<std::string>{"A", "B"});
  CHECK(answer.plans[0].eligibility.state == RuleState::Passes);
}

TEST_CASE("what those beside ask for counts for the rate of all", "[consortium]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  ConsortiumRequest asked;
  asked.rules = {{"rate-cap", {{"percent", {"80"}}}, ""}};
  asked.member_price = -1;
  asked.size_least = asked.size_most = 2;
  asked.candidates = {asking("A", "ES", 100), asking("B", "FR", 75), asking("C", "FR", 50)};
  asked.tie_weight = 0;
  asked.fixed = {asking("F", "DE", 90)};
  asked.fixed[0].roles = {"associated-partner"};
  auto answer = catalogue.build_consortium(asked);
  REQUIRE(answer.status == "optimal");
  CHECK(answer.rules[0].searched);
  // (100 + 50 + 90) / 300 is 80 %; (100 + 75 + 90) / 300 is not.
  CHECK(names(answer.plans[0]) != std::vector<std::string>{"A", "B", "F"});
  CHECK(answer.plans[0].eligibility.state == RuleState::Passes);
  EligibilityRequest check;
  check.rules = asked.rules;
  check.members = {asked.candidates[0], asked.candidates[1], asked.fixed[0]};
  CHECK(catalogue.check_eligibility(check).state == RuleState::Fails);

  // One who does not apply asks for nothing unless it says so.
  asked.fixed[0].grant = asked.fixed[0].budget = {};
  answer = catalogue.build_consortium(asked);
  CHECK(answer.rules[0].searched);
  CHECK(answer.plans[0].eligibility.state == RuleState::Passes);
  check.members = {asked.candidates[1], asked.candidates[2], asked.fixed[0]};
  CHECK(catalogue.check_eligibility(check).state == RuleState::Passes);
}

TEST_CASE("a grant above its budget is refused, and a report has its currency", "[consortium]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  ConsortiumRequest asked;
  asked.rules = {{"rate-cap", {{"percent", {"80"}}}, ""}};
  asked.candidates = {asking("A", "ES", 500), asking("B", "FR", 50)};
  CHECK(error_of([&] { catalogue.build_consortium(asked); }) == ErrorCode::InvalidArgument);
  asked.candidates[0].grant.minor = 90;
  asked.fixed = {asked.candidates[0]};
  asked.fixed[0].name = "Z";
  asked.eu_share = Share{950'000};
  asked.member_price = -1;
  const auto answer = catalogue.build_consortium(asked);
  REQUIRE(answer.plans.size() == 1);
  CHECK(answer.plans[0].eligibility.findings[0].reason.find("EUR") != std::string::npos);
}

TEST_CASE("a role beside the team that a rule asks for is filled from the candidates",
          "[consortium]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  ConsortiumRequest asked;
  asked.rules = {{"role-required", {{"role", {"associated-partner"}}}, ""}};
  asked.candidates = {asking("A", "ES", 50), asking("B", "FR", 50), asking("Y", "DE", 0),
                      asking("Z", "DE", 0)};
  asked.candidates[2].roles = asked.candidates[3].roles = {"associated-partner"};
  asked.member_price = -1;
  const auto answer = catalogue.build_consortium(asked);
  REQUIRE(answer.plans.size() == 1);
  CHECK(names(answer.plans[0]) == std::vector<std::string>{"A", "B", "Y"});
  CHECK(answer.plans[0].members[2].beside);
  CHECK_FALSE(answer.plans[0].members[2].fixed);
  CHECK(answer.plans[0].eligibility.state == RuleState::Passes);
}

TEST_CASE("what is wrong with a member is told with its place in the request", "[consortium]") {
  const Catalogue catalogue = small();
  const auto told = [&](auto change) {
    ConsortiumRequest asked = request();
    change(asked);
    try {
      catalogue.build_consortium(asked);
    } catch (const Error& error) {
      return std::string(error.what()) +
             (error.violations().empty() ? "" : '|' + error.violations()[0].path);
    }
    return std::string();
  };
  using Request = ConsortiumRequest;
  CHECK(told([](Request& r) { r.fixed.emplace_back().organisation = "x"; }) ==
        "fixed[0].organisation: there is no record 'x'");
  const auto members = [](Request& r) {
    r.candidates = {asking("A", "ES", 70), asking("B", "FR", 85), asking("C", "FR", 100)};
  };
  CHECK(told([&](Request& r) {
          members(r);
          r.candidates[1].organisation = "x";
        }) == "candidates[1].organisation: there is no record 'x'");
  // The place in the request, though another one before it is left out.
  const std::string code = told([&](Request& r) {
    members(r);
    r.candidates[0].organisation = r.candidates[1].organisation = "a";
    r.candidates[2].roles = {"conductor"};
  });
  CHECK(code.substr(code.find('|')) == "|candidates[2].roles");
}

TEST_CASE("a request for a consortium that cannot be is refused before any search",
          "[consortium]") {
  const Catalogue catalogue = small();
  const auto refused = [&](auto change) {
    ConsortiumRequest asked = request();
    change(asked);
    return error_of([&] { catalogue.build_consortium(asked); });
  };
  using Request = ConsortiumRequest;
  CHECK(refused([](Request& r) { r.answers = 0; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) { r.size_most = 65; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) { r.seconds = -1; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) { r.countries = {"Atlantis"}; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) { r.concepts = {"no concept"}; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) { r.call = "p1"; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) { r.call = "x"; }) == ErrorCode::NotFound);
  CHECK(refused([](Request& r) { r.fixed.emplace_back().organisation = "x"; }) ==
        ErrorCode::NotFound);
  CHECK(refused([](Request& r) { r.what_if = {{{"x"}, {}, {}}}; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](Request& r) {
          r.what_if = {{{}, {}, {"rate-cap"}}};
        }) == ErrorCode::InvalidArgument);
  CHECK(error_of([] { consortium_request_from_json(R"({"size_most":"many"})"); }) ==
        ErrorCode::InvalidArgument);
}

TEST_CASE("a request that is no JSON says where, and a name told twice is refused",
          "[consortium]") {
  const auto told = [](const char* json) {
    try {
      (void)consortium_request_from_json(json);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(told("{\n \"call\": \"ä\", }") ==
        "the request cannot be understood; it is not JSON from line 2, column 15 on");
  CHECK(told(R"({"call": "a", "call": "b"})") ==
        "the request cannot be understood; call is told twice; leave one out");
  CHECK(told(R"({"gap": 1e400})").find("past all range") != std::string::npos);
  CHECK(told(R"({"call": "a", "rules": [{"kind": "x"}, {"kind": "y"}]})").empty());
}
