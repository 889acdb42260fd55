// SPDX-License-Identifier: Apache-2.0
//
// Lives around money: programmes, calls by the clock, consortia, bids and awards; and those of
// methods, experiments and contributions.
#include "catch.hpp"
#include "errors.hpp"
#include "funding.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"

using namespace koinon;
using test::award_of;
using test::bid_of;
using test::call_of;
using test::consortium_of;
using test::date;
using test::euro;
using test::evaluate;
using test::lift_limits;
using test::LivingCatalogue;
using test::programme_of;
using test::put_call;
using Codes = std::vector<std::string>;

TEST_CASE("calls open and close by the clock, after the last deadline", "[life-cycle]") {
  LivingCatalogue living;
  living.put("prog-1", programme_of(1'000'000'00));
  living.put("call-1", call_of("draft"));
  Call permanent = call_of("open");
  permanent.model = "permanent";
  permanent.deadlines.clear();
  permanent.budget = {};
  living.put("call-2", permanent);
  living.move("call-1", "upcoming");
  CHECK(living.refused("call-1", "open") == Codes{"too_early"});
  CHECK(living.catalogue.advance_calls().moved.empty());
  living.on("2026-03-10");
  const AdvancedCalls opened = living.catalogue.advance_calls();
  REQUIRE(opened.moved.size() == 1);
  CHECK(opened.moved[0].step.by == "clock");
  CHECK(opened.moved[0].step.at.at == *living.time);
  CHECK(opened.change == living.catalogue.history("call-1").back().n);
  living.on("2026-05-01");
  CHECK(living.catalogue.advance_calls().moved.empty());  // the first deadline is not the last
  CHECK(living.refused("call-1", "closed") == Codes{"too_early"});
  living.on("2026-06-30");
  CHECK(living.catalogue.advance_calls().moved.empty());  // the day itself counts whole
  living.on("2029-01-01");
  CHECK(living.catalogue.advance_calls().moved.size() == 1);
  CHECK(living.get<Call>("call-1").status == "closed");
  CHECK(living.get<Call>("call-2").status == "open");
  CHECK(living.refused("call-2", "closed", "clock") == Codes{"permanent"});
  CHECK(living.refused("call-2", "closed", "an officer") == Codes{});
  CHECK(living.catalogue.advance_calls().change == 0);
}

TEST_CASE("a call of which both days have come opens and closes at once", "[life-cycle]") {
  LivingCatalogue living;
  living.put("prog-1", programme_of(1'000'000'00));
  living.put("call-1", call_of("upcoming"));
  const AdvancedCalls advanced = living.catalogue.advance_calls(test::noon("2027-01-01"));
  REQUIRE(advanced.moved.size() == 2);
  CHECK(advanced.moved[0].step.to == "open");
  CHECK(advanced.moved[1].step.to == "closed");
  CHECK(advanced.moved[0].version == 2);
  CHECK(living.get<Call>("call-1").steps.size() == 2);
}

TEST_CASE("a call that is over is neither announced nor opened", "[life-cycle]") {
  LivingCatalogue living;
  Call past = call_of("draft");
  past.programme_record.clear();
  past.opening = date("2025-01-01");
  past.deadlines = {date("2025-12-01"), date("2025-06-01")};
  living.put("call-1", past);
  CHECK(living.refused("call-1", "upcoming") == Codes{"deadline_passed"});
  past.status = "upcoming";
  living.put("call-2", past);
  CHECK(living.refused("call-2", "open") == Codes{"deadline_passed"});
  past.model = "permanent";
  past.deadlines.clear();
  living.put("call-2", past);
  CHECK(living.refused("call-2", "open") == Codes{});
  living.change<Call>("call-1", [](Call& call) { call.deadlines[1] = date("2026-03-02"); });
  CHECK(living.refused("call-1", "upcoming") == Codes{});  // the day itself counts whole
}

TEST_CASE("a call past the budget of its programme is held", "[life-cycle]") {
  test::Scratch scratch;
  LivingCatalogue living;
  living.put("call-1", call_of("upcoming"));
  const std::string file = scratch / "programme.jsonl";  // comes after what draws on it
  test::put_bytes(file, test::line("prog-1", programme_of(999'999'99)));
  CHECK(living.catalogue.import_file(file).stored == 1);
  const AdvancedCalls advanced = living.catalogue.advance_calls(test::noon("2026-03-10"));
  CHECK(advanced.moved.empty());
  REQUIRE(advanced.held.size() == 1);
  CHECK(advanced.held[0].to == "open");
  CHECK(advanced.held[0].refusals[0].code == "over_budget");
  CHECK(living.get<Call>("call-1").steps.empty());
}

TEST_CASE("a call whose file tells days that cannot be is held until they are mended",
          "[life-cycle]") {
  LivingCatalogue living;
  Call call;
  call.titles = {test::text("A call")};
  call.status = "open";
  call.opening = date("2026-03-01");
  call.deadlines = {date("2026-02-01")};
  living.put("call-1", call);
  const AdvancedCalls held = living.catalogue.advance_calls();
  CHECK(held.moved.empty());
  REQUIRE(held.held.size() == 1);
  CHECK(held.held[0].refusals[0].code == "bad_deadline");
  living.change<Call>("call-1", [](Call& one) { one.opening = date("2026-01-01"); });
  CHECK(living.catalogue.advance_calls().moved.size() == 1);
}

TEST_CASE("a consortium of which a member is erased forms anew", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  evaluate(living);
  living.catalogue.erase("org-2", "officer");
  const auto formed = living.get<Consortium>("cons-1");
  CHECK(formed.members.size() == 1);
  CHECK(formed.state == "forming");
  CHECK(formed.steps.back().by == "officer");
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("advancing calls can be cancelled, and nothing has moved then", "[life-cycle]") {
  LivingCatalogue living;
  living.put("prog-1", programme_of(1'000'000'00));
  for (int i = 0; i < 300; ++i) {
    Call call = call_of("upcoming");
    call.budget = {};
    living.put("call-" + std::to_string(i), call);
  }
  Task task;
  task.cancel.cancel();
  CHECK(test::error_of([&] { living.catalogue.advance_calls(test::noon("2026-03-10"), task); }) ==
        ErrorCode::Cancelled);
  CHECK(living.get<Call>("call-1").status == "upcoming");
  CHECK(living.catalogue.advance_calls(test::noon("2026-03-10")).moved.size() == 300);
}

TEST_CASE("a consortium is checked against the rules of its call, and keeps the answer",
          "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  CHECK(living.refused("cons-1", "checked") == Codes{"rule_fails"});
  const NextSteps next = living.catalogue.next_steps("cons-1", {"bob", ""});
  CHECK(next.steps[0].refusals[0].help.find("add") != std::string::npos);
  living.change<Consortium>("cons-1", [](Consortium& one) {
    one.members = consortium_of({"org-1", "org-2"}).members;
  });
  living.move("cons-1", "checked");
  const auto checked = living.get<Consortium>("cons-1");
  REQUIRE(checked.check.size() == 3);
  CHECK(checked.check[0].kind == "minimum-partners");
  CHECK(checked.check[0].outcome == "passes");
  CHECK(checked.check[1].outcome == "open");  // which documents there are is told by no record
  CHECK(checked.check[2].kind == "rate-cap");
  CHECK(checked.check[2].outcome == "passes");  // 400,000 of 500,000, as its bid tells
  living.move("cons-1", "submitted");
  CHECK(living.refused("cons-1", "funded") == Codes{"award_missing"});
  Consortium nowhere = consortium_of({"org-1"});
  nowhere.call = "";
  living.put("cons-2", nowhere);
  CHECK(living.refused("cons-2", "checked") == Codes{"call_unknown", "call_unknown"});
  Consortium gone = consortium_of({"org-9", "org-1"});
  living.put("cons-3", gone);
  CHECK(living.refused("cons-3", "checked") == Codes{"rule_fails"});
}

TEST_CASE("a consortium of which the members change forms anew", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  evaluate(living);
  living.change<Consortium>("cons-1", [](Consortium& one) { one.names = {test::text("Us")}; });
  CHECK(living.get<Consortium>("cons-1").state == "submitted");
  living.change<Consortium>("cons-1",
                            [](Consortium& one) { std::swap(one.members[0], one.members[1]); });
  CHECK(living.get<Consortium>("cons-1").state == "submitted");  // the same members
  living.change<Consortium>(
      "cons-1", [](Consortium& one) { one.members[0].role = "associated-partner"; }, "carol");
  auto formed = living.get<Consortium>("cons-1");
  CHECK(formed.state == "forming");
  CHECK(formed.steps.back().from == "submitted");
  CHECK(formed.steps.back().by == "carol");
  CHECK(formed.steps.back().reason == "its members changed");
  living.move("cons-1", "dissolved", "carol", "", "no agreement");
  CHECK(test::refusal([&] {
          living.change<Consortium>("cons-1", [](Consortium& one) { one.members.pop_back(); });
        }) == Codes{"members life_ended"});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("a consortium is checked for the call of its bid", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  Call second = call_of("open");
  second.budget = {};
  living.put("call-2", second);
  Consortium other = consortium_of({"org-1", "org-2"});
  living.put("cons-1", other);
  living.move("cons-1", "checked");
  living.change<Bid>("bid-1", [](Bid& bid) { bid.call = "call-2"; });
  CHECK(living.refused("bid-1", "submitted") == Codes{"consortium_of_other_call"});
  other = living.get<Consortium>("cons-1");
  other.call = "call-2";
  living.put("cons-1", other, "carol");
  const auto formed = living.get<Consortium>("cons-1");
  CHECK(formed.state == "forming");
  CHECK(formed.steps.back().by == "carol");
  CHECK(formed.steps.back().reason == "its call changed");
  CHECK(living.refused("bid-1", "submitted") == Codes{"consortium_not_checked"});
  living.move("cons-1", "dissolved", "carol", "", "no agreement");
  CHECK(test::refusal([&] {
          living.change<Consortium>("cons-1", [](Consortium& one) { one.call = "call-1"; });
        }) == Codes{"call life_ended"});
}

TEST_CASE("a bid is submitted while its call is open, with all that the call asks for",
          "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  living.change<Bid>("bid-1", [](Bid& bid) {
    bid.documents.clear();
    bid.requested = {};
  });
  CHECK(living.refused("bid-1", "submitted") ==
        Codes{"consortium_not_checked", "document_missing", "requested_missing"});
  living.put("bid-1", bid_of());
  living.change<Consortium>("cons-1", [](Consortium& one) {
    one.members = consortium_of({"org-1", "org-2"}).members;
  });
  living.move("cons-1", "checked");
  living.on("2026-07-01");
  CHECK(living.refused("bid-1", "submitted") == Codes{"deadline_passed"});
  living.catalogue.advance_calls();
  CHECK(living.refused("bid-1", "submitted") == Codes{"call_not_open"});
  // One that came in time is put in later; guards look at the call as it was then.
  const auto entered = [&](const char* day) {
    return test::refusal([&] {
      living.catalogue.transition({"bid-1", "submitted", "ann", "", "", {}, test::noon(day)});
    });
  };
  CHECK(entered("2026-07-01") == Codes{"call-open call_not_open"});
  CHECK(entered("2026-03-09") == Codes{"call-open call_not_open"});  // not yet open
  CHECK(entered("2026-06-30") == Codes{});
  CHECK(living.get<Bid>("bid-1").steps.back().at.at == test::noon("2026-06-30"));
}

TEST_CASE("a bid is selected with an award within grant, rate and budget", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  evaluate(living);
  CHECK(living.refused("bid-1", "selected") == Codes{"award_missing"});
  living.put("award-1", award_of(0));
  CHECK(living.refused("bid-1", "selected") == Codes{"award_empty"});
  living.move("bid-1", "reserve");
  living.put("award-1", award_of(400'000'00));
  living.move("bid-1", "selected");
  living.move("cons-1", "funded");
  CHECK(living.get<Consortium>("cons-1").state == "funded");
  CHECK(living.catalogue.next_steps("bid-1").steps.empty());
}

TEST_CASE("no write promises more than a programme has, to the cent", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  lift_limits(living);
  living.put("award-1", award_of(600'000'00));
  Bid second = bid_of();
  second.requested = second.total_cost = {};
  living.put("bid-2", second);
  const auto put = [&](std::int64_t cents) {
    return test::refusal([&] { living.put("award-2", award_of(cents, "bid-2")); });
  };
  CHECK(put(400'000'01) == Codes{"amount over_budget"});
  CHECK(test::error_of([&] { living.catalogue.get("award-2"); }) == ErrorCode::NotFound);
  CHECK(put(400'000'00) == Codes{});
  // Nor by two awards of one call, by a smaller budget, or by a call that moves.
  CHECK(test::refusal([&] {
          living.catalogue.put_all({{"award-3", award_of(1), {}}, {"award-4", award_of(0), {}}});
        }) == Codes{"amount over_budget"});
  CHECK(test::refusal([&] { living.put("prog-1", programme_of(999'999'99)); }) ==
        Codes{"amount over_budget"});
  Award crowns = award_of(0);
  crowns.amount = {1, "SEK", ""};
  CHECK(test::refusal([&] { living.put("award-3", crowns); }) == Codes{"amount other_currency"});
  living.put("prog-2", programme_of(1));
  CHECK(test::refusal([&] {
          living.change<Call>("call-1", [](Call& call) { call.programme_record = "prog-2"; });
        }) == Codes{"amount over_budget"});
  // Nor by a bid or a call that comes after its award.
  living.put("award-9", award_of(1, "bid-9"));
  CHECK(test::refusal([&] { living.put("bid-9", bid_of()); }) == Codes{"amount over_budget"});
  Bid elsewhere = bid_of();
  elsewhere.call = "call-9";
  living.put("bid-9", elsewhere);
  CHECK(test::refusal([&] { living.put("call-9", call_of("draft")); }) ==
        Codes{"amount over_budget"});
  CHECK(test::refusal([&] { living.put("bid-9", bid_of()); }) == Codes{"amount over_budget"});
  living.catalogue.remove("bid-9");
  living.catalogue.remove("award-9");
  // An exchange of awards in one write counts as a whole.
  living.catalogue.put_all(
      {{"award-1", award_of(700'000'00), {}}, {"award-2", award_of(300'000'00, "bid-2"), {}}});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("a check tells of sums that are not those of the awards", "[life-cycle]") {
  test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  LivingCatalogue living(path);
  put_call(living);
  living.put("award-1", award_of(400'000'00));
  CHECK(living.catalogue.check().findings.empty());
  test::Sqlite(path).run("UPDATE committed SET awarded_low = 1 WHERE target = 'prog-1'");
  CheckReport report = living.catalogue.check();
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].where == "prog-1");
  test::Sqlite(path).run("DELETE FROM funding WHERE amount = 40000000");
  report = living.catalogue.check();
  REQUIRE(report.findings.size() == 4);  // the award, and what its bid and its call have of it
  CHECK(report.findings[0].where == "award-1");
}

TEST_CASE("two processes cannot overspend a programme", "[life-cycle]") {
  test::Scratch scratch;
  const std::string path = scratch / "two.koinon";
  LivingCatalogue one(path);
  put_call(one);
  lift_limits(one);
  LivingCatalogue other(path);
  one.put("award-1", award_of(600'000'00));
  CHECK(test::refusal([&] { other.put("award-2", award_of(600'000'00)); }) ==
        Codes{"amount over_budget"});
}

TEST_CASE("what a file promised too much is told by a check, and made no worse", "[life-cycle]") {
  test::Scratch scratch;
  LivingCatalogue living;
  put_call(living);
  lift_limits(living);
  const std::string file = scratch / "awards.jsonl";
  test::put_bytes(file, test::line("award-1", award_of(1'500'000'00)));
  CHECK(living.catalogue.import_file(file).stored == 1);
  const CheckReport report = living.catalogue.check();
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].where == "prog-1.budget");
  living.put("award-1", award_of(1'400'000'00));  // better, if not good
  CHECK(test::refusal([&] { living.put("award-1", award_of(1'400'000'01)); }) ==
        Codes{"amount over_budget"});
  living.change<Call>("call-1", [](Call& call) { call.links = {"https://example.org"}; });
}

TEST_CASE("a method is assessed, piloted with evidence, and followed by another", "[life-cycle]") {
  LivingCatalogue living;
  Method method;
  method.names = {test::text("Peer support")};
  living.put("meth-1", method);
  living.put("meth-2", method);
  living.move("meth-1", "assessing");
  CHECK(living.refused("meth-1", "developing") == Codes{"assessment_missing"});
  Assessment assessment;
  assessment.method = "meth-1";
  assessment.assessor = "a-1";
  living.put("assess-1", assessment);
  living.move("meth-1", "developing");
  living.move("meth-1", "validating");
  CHECK(living.refused("meth-1", "validated") == Codes{"pilot_missing", "licence_missing"});
  Pilot pilot;
  pilot.method = "meth-1";
  living.put("pilot-1", pilot);
  living.change<Method>("meth-1", [](Method& one) { one.licence = "CC-BY-4.0"; });
  CHECK(living.refused("meth-1", "validated") == Codes{"evidence_missing"});
  Evidence evidence;
  evidence.about = "pilot-1";
  living.put("evid-1", evidence);
  living.move("meth-1", "validated");
  living.move("meth-1", "disseminated");
  CHECK(living.refused("meth-1", "superseded") == Codes{"successor_missing"});
  living.change<Method>("meth-1", [](Method& one) { one.superseded_by = "meth-9"; });
  CHECK(living.refused("meth-1", "superseded") == Codes{"successor_unknown"});
  living.change<Method>("meth-1", [](Method& one) { one.superseded_by = "meth-2"; });
  living.move("meth-1", "superseded");
  CHECK(living.get<Method>("meth-1").steps.size() == 6);
}

TEST_CASE("an experiment runs, reports every outcome, and is taken up", "[life-cycle]") {
  LivingCatalogue living;
  Experiment experiment;
  experiment.titles = {test::text("Basic income")};
  experiment.question = experiment.intervention = {test::text("told")};
  experiment.comparison = {test::text("those who were not drawn")};
  experiment.features = {"before-after"};
  experiment.claimed_level = "5";
  experiment.outcomes = {{"days in work", "days", {}}};
  experiment.sample_planned = 2000;
  experiment.planned = {date("2026-01"), date("2027-12")};
  living.put("exp-1", experiment);
  CHECK(living.refused("exp-1", "running") == Codes{"level_out_of_reach"});
  const DesignReport design = living.catalogue.check_design("exp-1");
  CHECK(design.claimed == "5");
  CHECK(design.reachable == "1");
  REQUIRE(design.findings.size() == 1);
  CHECK(design.findings[0].code == "level_out_of_reach");
  CHECK(to_json(design).find("\"reachable\":\"1\"") != std::string::npos);
  living.change<Experiment>("exp-1", [](Experiment& one) { one.features = {"random-assignment"}; });
  CHECK(living.catalogue.check_design("exp-1").findings.empty());
  living.move("exp-1", "running");
  living.move("exp-1", "ended");
  CHECK(living.refused("exp-1", "reported") == Codes{"no_result"});
  living.change<Experiment>("exp-1", [](Experiment& one) {
    one.effects.resize(1);
    one.effects[0].indicator = "days in work";
    one.effects[0].value = 6;
  });
  living.move("exp-1", "reported");
  CHECK(living.refused("exp-1", "taken-up") == Codes{"uptake_missing"});
  Uptake uptake;
  uptake.of = "exp-1";
  living.put("upt-1", uptake);
  living.move("exp-1", "taken-up");
  living.put("org-1", test::organisation("One"));
  CHECK(test::error_of([&] { living.catalogue.check_design("org-1"); }) ==
        ErrorCode::InvalidArgument);
}

TEST_CASE("what is said in an exchange is moderated by somebody else", "[life-cycle]") {
  LivingCatalogue living;
  Contribution contribution;
  contribution.exchange = "exch-1";
  contribution.text = {test::text("We did this in Turku.")};
  living.put("contr-1", contribution, "ann");
  CHECK(living.refused("contr-1", "approved", "ann") == Codes{"author"});
  living.move("contr-1", "approved", "mod");
  CHECK(living.refused("contr-1", "hidden", "mod") == Codes{"missing"});
  living.move("contr-1", "hidden", "mod", "", "names a person");
  living.move("contr-1", "approved", "mod");
  living.put("exch-1", Exchange{}, "ann");
  CHECK(living.refused("exch-1", "refused", "mod", "", "off topic") == Codes{});
}
