// SPDX-License-Identifier: Apache-2.0
#include "programme/guards.hpp"

#include "catalogue.hpp"
#include "catch.hpp"
#include "domain/date.hpp"

using namespace koinon;
using programme::Facts;

namespace {

using Codes = std::vector<std::string>;

// The codes of what a guard says; each says why, and what would help.
Codes said(const char* guard, const Facts& facts) {
  Codes codes;
  for (const Refusal& refusal : programme::guard(guard)->refusals(facts)) {
    CHECK(refusal.guard == guard);
    CHECK_FALSE(refusal.reason.empty());
    CHECK_FALSE(refusal.help.empty());
    codes.push_back(refusal.code);
  }
  return codes;
}

std::int32_t day(const char* date) {
  return domain::first_day(*domain::parse_date(date));
}
PartialDate date(const char* text) {
  return *domain::parse_date(text);
}
Money euro(std::int64_t cents) {
  return {cents, "EUR", ""};
}

Facts with_call(Call call, const char* today) {
  Facts facts;
  facts.actor = "officer";
  facts.today = day(today);
  facts.call_id = "call-1";
  facts.call = std::optional<Call>(std::move(call));
  return facts;
}

programme::ProgrammeMoney programme_of(std::vector<Money> lines,
                                       std::vector<programme::CallMoney> calls) {
  programme::ProgrammeMoney money;
  money.id = "prog-1";
  for (Money& line : lines) money.lines.push_back({date("2026"), std::move(line)});
  money.calls = std::move(calls);
  return money;
}

}  // namespace

TEST_CASE("who wrote a record does not judge it", "[guards]") {
  Facts facts;
  CHECK(said("not-the-author", facts) == Codes{"actor_unknown"});
  facts.actor = "ann";
  CHECK(said("not-the-author", facts) == Codes{});
  facts.actor_wrote_it = true;
  CHECK(said("not-the-author", facts) == Codes{"author"});
}

TEST_CASE("a case is validated by its own country", "[guards]") {
  Facts facts;
  facts.country = "FI";
  CHECK(said("own-country", facts) == Codes{"country_unknown"});
  facts.countries = Codes{"FI", "SE"};
  CHECK(said("own-country", facts) == Codes{});
  facts.country = "DE";
  CHECK(said("own-country", facts) == Codes{"other_country"});
  facts.country = "";
  CHECK(said("own-country", facts) == Codes{"actor_country_unknown"});
}

TEST_CASE("each of the four items of the checklist is asked for", "[guards]") {
  CaseStudy study;
  Record record = study;
  Facts facts;
  facts.record = &record;
  CHECK(said("checklist", facts) == Codes{"checklist_problem", "checklist_approach",
                                          "checklist_results", "checklist_transfer"});
  auto& told = std::get<CaseStudy>(record);
  told.problem = told.results = {test::text("x")};
  CHECK(said("checklist", facts) == Codes{"checklist_approach", "checklist_transfer"});
  told.solution = told.transferability = {test::text("x")};
  CHECK(said("checklist", facts) == Codes{});
}

TEST_CASE("a method is assessed, piloted with evidence, licensed and succeeded", "[guards]") {
  Record record = Method{};
  auto& method = std::get<Method>(record);
  Facts facts;
  facts.record = &record;
  facts.id = "meth-1";
  CHECK(said("assessed", facts) == Codes{"assessment_missing"});
  facts.assessments = 1;
  CHECK(said("assessed", facts) == Codes{});
  CHECK(said("pilot-evidence", facts) == Codes{"pilot_missing"});
  facts.pilots = 2;
  CHECK(said("pilot-evidence", facts) == Codes{"evidence_missing"});
  facts.pilots_with_evidence = 1;
  CHECK(said("pilot-evidence", facts) == Codes{});
  CHECK(said("licence", facts) == Codes{"licence_missing"});
  method.versions = {{"1", {}, {}, {}, "CC-BY-4.0", {}, ""}, {"2", {}, {}, {}, "", {}, ""}};
  CHECK(said("licence", facts) == Codes{"licence_missing"});  // the latest version has none
  method.versions.pop_back();
  CHECK(said("licence", facts) == Codes{});
  CHECK(said("successor", facts) == Codes{"successor_missing"});
  method.superseded_by = "meth-2";
  CHECK(said("successor", facts) == Codes{"successor_unknown"});
  facts.successor_there = true;
  CHECK(said("successor", facts) == Codes{});
  method.superseded_by = "meth-1";
  CHECK(said("successor", facts) == Codes{"successor_unknown"});
}

TEST_CASE("a call opens when the day of its opening has come", "[guards]") {
  Call call;
  CHECK(said("opening-reached", with_call(call, "2026-03-01")) == Codes{"opening_unknown"});
  call.opening = date("2026-03-01");
  CHECK(said("opening-reached", with_call(call, "2026-02-28")) == Codes{"too_early"});
  CHECK(said("opening-reached", with_call(call, "2026-03-01")) == Codes{});
  // Of a month that is known alone it surely has come on the last day.
  call.opening = date("2026-03");
  CHECK(said("opening-reached", with_call(call, "2026-03-30")) == Codes{"too_early"});
  CHECK(said("opening-reached", with_call(call, "2026-03-31")) == Codes{});
}

TEST_CASE("a call closes after the last of its deadlines, in whatever order", "[guards]") {
  Call call;
  CHECK(said("deadlines-passed", with_call(call, "2026-12-01")) == Codes{"deadline_unknown"});
  call.deadlines = {date("2026-09-30"), date("2026-03-31")};
  CHECK(said("deadlines-passed", with_call(call, "2026-04-01")) == Codes{"too_early"});
  CHECK(said("deadlines-passed", with_call(call, "2026-09-30")) == Codes{"too_early"});
  CHECK(said("deadlines-passed", with_call(call, "2026-10-01")) == Codes{});
}

TEST_CASE("a call of which the last deadline has passed is not announced", "[guards]") {
  Call call;
  CHECK(said("deadline-ahead", with_call(call, "2026-04-01")) == Codes{});
  call.deadlines = {date("2026-09"), date("2026-03-31")};
  CHECK(said("deadline-ahead", with_call(call, "2026-09-30")) == Codes{});
  CHECK(said("deadline-ahead", with_call(call, "2026-10-01")) == Codes{"deadline_passed"});
  Facts late = with_call(call, "2026-10-01");
  late.actor = programme::clock_actor;  // it was announced in time
  CHECK(said("deadline-ahead", late) == Codes{});
  call.model = "permanent";
  CHECK(said("deadline-ahead", with_call(call, "2026-10-01")) == Codes{});
}

TEST_CASE("a permanent call is closed by a person and never by the clock", "[guards]") {
  Call call;
  call.model = "permanent";
  Facts facts = with_call(call, "2026-12-01");
  CHECK(said("not-permanent", facts) == Codes{});
  CHECK(said("deadlines-passed", facts) == Codes{});
  facts.actor = programme::clock_actor;
  CHECK(said("not-permanent", facts) == Codes{"permanent"});
  call.model = "single-stage";
  facts.call = std::optional<Call>(call);
  CHECK(said("not-permanent", facts) == Codes{});
}

TEST_CASE("a call wants no more than its programme has beside other calls", "[guards]") {
  Call call;
  call.budget = euro(60'000'00);
  Facts facts = with_call(call, "2026-01-01");
  CHECK(said("budget-covers-call", facts) == Codes{});  // draws on no programme here
  const auto on = [&](programme::ProgrammeMoney money) {
    facts.programme = std::optional<programme::ProgrammeMoney>(std::move(money));
    return said("budget-covers-call", facts);
  };
  CHECK(on(programme_of({}, {})) == Codes{"budget_unknown"});
  CHECK(on(programme_of({euro(60'000'00)}, {})) == Codes{});
  CHECK(on(programme_of({euro(59'999'99)}, {})) == Codes{"over_budget"});
  CHECK(on(programme_of({euro(30'000'00), euro(30'000'00)}, {})) == Codes{});
  CHECK(on(programme_of({{60'000'00, "SEK", ""}}, {})) == Codes{"other_currency"});
  // Its own awards are part of its own budget; those of others, and what others plan, are not.
  const programme::CallMoney own{"call-1", "open", euro(60'000'00), {euro(10'000'00)}};
  CHECK(on(programme_of({euro(60'000'00)}, {own})) == Codes{});
  const programme::CallMoney planned{"call-2", "open", euro(1), {}};
  CHECK(on(programme_of({euro(60'000'00)}, {own, planned})) == Codes{"over_budget"});
  const programme::CallMoney draft{"call-3", "draft", euro(1), {}};
  CHECK(on(programme_of({euro(60'000'00)}, {own, draft})) == Codes{});
  const programme::CallMoney over{"call-4", "awarded", euro(99'000'00), {euro(2)}};
  CHECK(on(programme_of({euro(60'000'01)}, {own, over})) == Codes{"over_budget"});
  CHECK(on(programme_of({euro(60'000'02)}, {own, over})) == Codes{});
}

TEST_CASE("bids come in while the call is open", "[guards]") {
  Facts none;
  none.call = std::optional<Call>();
  CHECK(said("call-named", none) == Codes{"call_unknown"});
  CHECK(said("call-open", none) == Codes{"call_unknown"});
  Call call;
  CHECK(said("call-open", with_call(call, "2026-01-01")) == Codes{"call_not_open"});
  call.status = "closed";
  CHECK(said("call-open", with_call(call, "2026-01-01")) == Codes{"call_not_open"});
  call.status = "open";
  call.deadlines = {date("2026-01-31")};
  CHECK(said("call-open", with_call(call, "2026-01-31")) == Codes{});
  CHECK(said("call-open", with_call(call, "2026-02-01")) == Codes{"deadline_passed"});
  CHECK(said("call-named", with_call(call, "2026-02-01")) == Codes{});
}

TEST_CASE("each rule that fails holds a consortium back, what cannot be told does not",
          "[guards]") {
  Facts facts;
  CHECK(said("eligible", facts) == Codes{"call_unknown"});
  EligibilityReport report;
  for (const RuleState state : {RuleState::Passes, RuleState::Unknown, RuleState::Fails}) {
    RuleFinding finding;
    finding.state = state;
    finding.reason = "because";
    report.findings.push_back(finding);
  }
  facts.eligibility = std::optional<EligibilityReport>(report);
  CHECK(said("eligible", facts) == Codes{"rule_fails"});
  report.findings.pop_back();
  facts.eligibility = std::optional<EligibilityReport>(report);
  CHECK(said("eligible", facts) == Codes{});
}

TEST_CASE("a bid has a checked consortium, its documents and an amount", "[guards]") {
  Record record = Bid{};
  auto& bid = std::get<Bid>(record);
  Call call;
  call.rules = {{"document-required", {{"document", {"letter of endorsement"}}}, ""},
                {"minimum-partners", {{"minimum", {"3"}}}, ""}};
  Facts facts = with_call(call, "2026-01-01");
  facts.record = &record;
  CHECK(said("consortium-checked", facts) == Codes{"consortium_unknown"});
  Consortium consortium;
  const auto in = [&](const char* state) {
    consortium.state = state;
    facts.consortium = std::optional<Consortium>(consortium);
    return said("consortium-checked", facts);
  };
  CHECK(in("") == Codes{"consortium_not_checked"});
  CHECK(in("forming") == Codes{"consortium_not_checked"});
  CHECK(in("checked") == Codes{});
  CHECK(in("submitted") == Codes{});
  consortium.call = "call-2";
  CHECK(in("submitted") == Codes{"consortium_of_other_call"});
  bid.call = "call-2";
  CHECK(in("submitted") == Codes{});
  consortium.call.clear();
  CHECK(in("submitted") == Codes{"consortium_of_other_call"});
  CHECK(said("documents", facts) == Codes{"document_missing"});
  bid.documents = {{"letter of endorsement", "", "", "", {}}};
  CHECK(said("documents", facts) == Codes{});
  CHECK(said("requested", facts) == Codes{"requested_missing"});
  bid.requested = euro(0);
  CHECK(said("requested", facts) == Codes{"requested_missing"});
  bid.requested = euro(1);
  CHECK(said("requested", facts) == Codes{});
}

TEST_CASE("an award keeps to grant, rate and budget, to the cent", "[guards]") {
  Record record = Bid{};
  auto& bid = std::get<Bid>(record);
  bid.total_cost = euro(100'000'01);
  Call call;
  Facts facts = with_call(call, "2026-01-01");
  facts.record = &record;
  const auto award = [&](std::vector<Money> awards) {
    facts.call = std::optional<Call>(call);
    facts.awards = std::move(awards);
    return said("award-within-limits", facts);
  };
  CHECK(award({}) == Codes{"award_missing"});
  CHECK(award({euro(0)}) == Codes{"award_empty"});
  CHECK(award({euro(80'000'00)}) == Codes{});
  call.grant_max = euro(79'999'99);
  CHECK(award({euro(80'000'00)}) == Codes{"above_grant"});
  CHECK(award({euro(40'000'00), euro(39'999'99)}) == Codes{});
  CHECK(award({euro(40'000'00), euro(40'000'00)}) == Codes{"above_grant"});
  CHECK(award({{1, "SEK", ""}}) == Codes{"other_currency"});
  call.grant_max = {};
  call.rate_cap = Share{800000};  // 80 % of 100,000.01 are 80,000.008
  CHECK(award({euro(80'000'00)}) == Codes{});
  CHECK(award({euro(80'000'01)}) == Codes{"above_rate"});
  bid.total_cost = {};
  CHECK(award({euro(1)}) == Codes{"total_cost_missing"});
  bid.total_cost = euro(100);
  call.rate_cap.reset();
  call.rules = {{"rate-cap", {{"percent", {"50"}}}, ""}, {"rate-cap", {{"rate", {"0.8"}}}, ""}};
  CHECK(award({euro(50)}) == Codes{});
  CHECK(award({euro(51)}) == Codes{"above_rate"});
  call.rules.clear();
  bid.requested = euro(50);
  CHECK(award({euro(50)}) == Codes{});
  CHECK(award({euro(51)}) == Codes{"above_request"});
  CHECK(award({{1, "SEK", ""}}) == Codes{"other_currency"});  // told once
  bid.requested = {};
  call.budget = euro(100);
  programme::Sums all;
  all.add(euro(101));
  facts.awarded_in_call = all;
  CHECK(award({euro(51)}) == Codes{"over_call_budget"});
  facts.awarded_in_call = programme::Sums();
  const programme::CallMoney own{"call-1", "evaluating", {}, {euro(50), euro(51)}};
  facts.programme = std::optional<programme::ProgrammeMoney>(programme_of({euro(100)}, {own}));
  CHECK(award({euro(51)}) == Codes{"over_budget"});
  facts.programme = std::optional<programme::ProgrammeMoney>(programme_of({euro(101)}, {own}));
  CHECK(award({euro(51)}) == Codes{});
  facts.call = std::optional<Call>();
  CHECK(said("award-within-limits", facts) == Codes{"call_unknown"});
}

TEST_CASE("a consortium is funded by an award", "[guards]") {
  Facts facts;
  CHECK(said("award-exists", facts) == Codes{"award_missing"});
  facts.awards = std::vector<Money>{euro(1)};
  CHECK(said("award-exists", facts) == Codes{});
}

TEST_CASE("an experiment runs by a whole design, and reports what it planned", "[guards]") {
  Record record = Experiment{};
  auto& experiment = std::get<Experiment>(record);
  Facts facts;
  facts.record = &record;
  CHECK(said("design-complete", facts) == Codes{"question_missing", "intervention_missing",
                                                "features_missing", "claimed_level_missing",
                                                "outcomes_missing", "sample_planned_missing",
                                                "planned_missing"});
  experiment.question = experiment.intervention = {test::text("x")};
  experiment.features = {"random-assignment"};
  experiment.claimed_level = "5";
  experiment.outcomes = {{"employed after a year", "%", {}}, {"income", "EUR", {}}};
  experiment.sample_planned = 400;
  experiment.planned = {date("2026-01"), date("2027-12")};
  CHECK(said("design-complete", facts) == Codes{"comparison_missing"});
  experiment.comparison = {test::text("no offer")};
  CHECK(said("design-complete", facts) == Codes{});
  CHECK(said("level-reachable", facts) == Codes{});
  experiment.features = {"before-after"};
  CHECK(said("level-reachable", facts) == Codes{"level_out_of_reach"});
  CHECK(said("outcomes-reported", facts) == Codes{"no_result", "no_result"});
  Effect employed;
  employed.indicator = "employed after a year";
  experiment.effects = {employed};
  CHECK(said("outcomes-reported", facts) == Codes{"no_result", "no_result"});  // without a value
  experiment.effects[0].value = 41.5;
  CHECK(said("outcomes-reported", facts) == Codes{"no_result"});
  experiment.outcomes.pop_back();
  CHECK(said("outcomes-reported", facts) == Codes{});
  CHECK(said("uptake", facts) == Codes{"uptake_missing"});
  facts.uptakes = 1;
  CHECK(said("uptake", facts) == Codes{});
}
