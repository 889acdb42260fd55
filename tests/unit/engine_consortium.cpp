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
  const auto member = [](const char* name, const char* country, std::int64_t grant) {
    ConsortiumMember made;
    made.name = name;
    made.country = country;
    made.grant = {grant, "EUR", ""};
    made.budget = {std::int64_t{100}, "EUR", ""};
    return made;
  };
  asked.candidates = {member("A", "ES", 70), member("B", "FR", 85), member("C", "FR", 100)};
  const ConsortiumAnswer answer = catalogue.build_consortium(asked);
  REQUIRE(answer.status == "optimal");
  std::vector<std::string> names;
  for (const PlannedMember& one : answer.plans[0].members) names.push_back(one.name);
  CHECK(sorted(names) == std::vector<std::string>{"A", "B"});
  CHECK(answer.plans[0].eligibility.state == RuleState::Passes);
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
