// SPDX-License-Identifier: Apache-2.0
//
// What awards are held to by every write, and not by the selection of their bid alone.
#include "catch.hpp"
#include "funding.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::award_of;
using test::bid_of;
using test::call_of;
using test::euro;
using test::evaluate;
using test::LivingCatalogue;
using test::programme_of;
using test::put_call;
using Codes = std::vector<std::string>;

namespace {

Codes put(LivingCatalogue& living, const std::string& id, const Record& record) {
  return test::refusal([&] { living.put(id, record); });
}

template <class T, class F>
Codes change(LivingCatalogue& living, const std::string& id, F&& how) {
  return test::refusal([&] { living.change<T>(id, how); });
}

// A call that grants 100.00 at most, 80 % of the cost and 500.00 in all; a bid for 90.00 of 200.00.
void put_small_call(LivingCatalogue& living, const char* status = "upcoming") {
  Call call = call_of(status);
  call.grant_max = euro(100'00);
  call.budget = euro(500'00);
  put_call(living, call);
  living.change<Bid>("bid-1", [](Bid& bid) {
    bid.requested = euro(90'00);
    bid.total_cost = euro(200'00);
  });
}

}  // namespace

TEST_CASE("an award of a selected bid stays within what allowed its selection", "[life-cycle]") {
  LivingCatalogue living;
  put_small_call(living);
  evaluate(living);
  living.put("award-1", award_of(90'00));
  living.move("bid-1", "selected");
  CHECK(put(living, "award-1", award_of(900'00)) == Codes{"amount above_grant", "amount above_rate",
                                                          "amount above_request",
                                                          "amount over_call_budget"});
  CHECK(put(living, "award-1", award_of(90'01)) == Codes{"amount above_request"});
  CHECK(put(living, "award-2", award_of(50'00)) ==
        Codes{"amount above_grant", "amount above_request"});
  CHECK(put(living, "award-1", award_of(80'00)) == Codes{});
  CHECK(put(living, "award-2", award_of(10'00)) == Codes{});  // 90.00 in all
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("what refuses an award says what would be allowed", "[life-cycle]") {
  LivingCatalogue living;
  put_small_call(living);
  CHECK(test::refusal_text([&] { living.put("award-1", award_of(95'00)); }) ==
        "bid 'bid-1': 95.00 EUR is more than what the bid asks for, 90.00 EUR; what helps: award "
        "at most 90.00 EUR");
}

TEST_CASE("awards are held by changes of their bid and of their call too", "[life-cycle]") {
  LivingCatalogue living;
  put_small_call(living, "open");
  living.put("award-1", award_of(90'00));
  CHECK(change<Bid>(living, "bid-1", [](Bid& bid) { bid.requested = euro(89'99); }) ==
        Codes{"amount above_request"});
  CHECK(change<Bid>(living, "bid-1", [](Bid& bid) { bid.total_cost = euro(112'49); }) ==
        Codes{"amount above_rate"});
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.grant_max = euro(89'99); }) ==
        Codes{"amount above_grant"});
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.rate_cap = Share{449'999}; }) ==
        Codes{"amount above_rate"});
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.budget = euro(89'99); }) ==
        Codes{"amount over_call_budget"});
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.budget = euro(90'00); }) == Codes{});
  // Nor by an award of another bid, or by a bid that is new with its award.
  CHECK(
      test::refusal([&] {
        living.catalogue.put_all({{"bid-2", bid_of(), {}}, {"award-2", award_of(1, "bid-2"), {}}});
      }) == Codes{"amount over_call_budget"});
  Award crowns = award_of(0);
  crowns.amount = {1, "SEK", ""};
  living.change<Call>("call-1", [](Call& call) { call.programme_record.clear(); });
  CHECK(put(living, "award-2", crowns) == Codes{"amount other_currency", "amount other_currency"});
}

TEST_CASE("a selected bid keeps an award", "[life-cycle]") {
  LivingCatalogue living;
  put_small_call(living);
  evaluate(living);
  living.put("award-1", award_of(90'00));
  const auto remove = [&](const char* id) {
    return test::refusal([&] { living.catalogue.remove(id); });
  };
  CHECK(remove("award-1") == Codes{});
  living.put("award-1", award_of(90'00));
  living.move("bid-1", "selected");
  CHECK(remove("award-1") == Codes{"amount award_missing"});
  CHECK(put(living, "award-1", award_of(0)) == Codes{"amount award_missing"});
  CHECK(put(living, "award-1", award_of(90'00, "bid-2")) == Codes{"amount award_missing"});
  // One takes the place of another.
  living.catalogue.put_all({{"award-1", award_of(40'00), {}}, {"award-2", award_of(50'00), {}}});
  CHECK(remove("award-1") == Codes{});
}

TEST_CASE("a check tells of awards that a file brought in past a limit", "[life-cycle]") {
  test::Scratch scratch;
  LivingCatalogue living;
  put_small_call(living);
  const std::string file = scratch / "awards.jsonl";
  Bid selected = bid_of();
  selected.state = "selected";
  test::put_bytes(file, test::line("award-1", award_of(600'00)) + test::line("bid-2", selected));
  CHECK(living.catalogue.import_file(file).stored == 2);
  Codes found;
  for (const Finding& finding : living.catalogue.check().findings)
    found.push_back(finding.where + ": " + finding.message.substr(0, 25));
  CHECK(found == Codes{"call-1: its awards: the awards of", "bid-1: its awards: 600.00 EUR is",
                       "bid-1: its awards: 600.00 EUR is", "bid-1: its awards: 600.00 EUR is",
                       "bid-2: is selected, and has no a"});
  CHECK(put(living, "award-1", award_of(599'00)) == Codes{});  // better, if not good
  CHECK(put(living, "award-1", award_of(599'01)).size() == 4);
  CHECK(put(living, "award-1", award_of(90'00)) == Codes{});
}

TEST_CASE("a call under way wants no more than its programme has", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living, call_of("open"));
  const auto want = [&](std::int64_t cents) {
    return change<Call>(living, "call-1", [&](Call& call) { call.budget = euro(cents); });
  };
  CHECK(want(1'000'000'01) == Codes{"budget over_budget"});
  CHECK(want(900'000'00) == Codes{});
  CHECK(want(1'000'000'00) == Codes{});
  CHECK(put(living, "call-2", call_of("open")) == Codes{"budget over_budget"});
  CHECK(put(living, "call-2", call_of("draft")) == Codes{});  // held when it is announced
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.budget.currency = "SEK"; }) ==
        Codes{"budget other_currency"});
  living.put("prog-2", programme_of(1));
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.programme_record = "prog-2"; }) ==
        Codes{"budget over_budget"});
  CHECK(change<Call>(living, "call-1", [](Call& call) { call.links = {"https://example.org"}; }) ==
        Codes{});
}

TEST_CASE("a bid asks in the currency of its call", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  Bid dollars = bid_of();
  dollars.requested.currency = dollars.total_cost.currency = "USD";
  CHECK(put(living, "bid-2", dollars) == Codes{"requested other_currency"});
  living.change<Call>("call-1", [](Call& call) { call.grant_max = call.budget = {}; });
  CHECK(put(living, "bid-2", dollars) == Codes{});
}

TEST_CASE("a programme keeps the budget that it has promised", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("upcoming");
  call.budget = euro(600'000'00);
  put_call(living, call);
  Call over = call_of("evaluating");
  over.budget = euro(100'000'00);
  living.put("call-2", over);
  const auto budget = [&](std::int64_t cents) {
    return put(living, "prog-1", programme_of(cents));
  };
  CHECK(budget(699'999'99) == Codes{"budget over_budget"});
  CHECK(budget(700'000'00) == Codes{});
  CHECK(budget(900'000'00) == Codes{});
  // Nor by another currency, or by telling none any more.
  Programme crowns = programme_of(1'000'000'00);
  crowns.budget[0].amount.currency = "SEK";
  CHECK(put(living, "prog-1", crowns) == Codes{"budget other_currency"});
  Programme untold = programme_of(1);
  untold.budget.clear();
  CHECK(put(living, "prog-1", untold) == Codes{"budget budget_unknown"});
  // A draft is promised nothing, and a call that is over what it awarded.
  living.put("call-3", call_of("draft"));
  living.change<Call>("call-2", [](Call& one) { one.status = "awarded"; });
  CHECK(budget(600'000'00) == Codes{});
  living.move("call-1", "cancelled", "officer", "", "no money");
  CHECK(put(living, "prog-1", untold) == Codes{});
}

TEST_CASE("what refuses a smaller budget says what would be allowed", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  CHECK(test::refusal_text([&] { living.put("prog-1", programme_of(900'000'00)); }) ==
        "the programme 'prog-1' would have promised 1,000,000.00 EUR by awards and calls under "
        "way, and a budget of 900,000.00 EUR; what helps: let the budget be at least "
        "1,000,000.00 EUR, or promise 100,000.00 EUR less");
}

TEST_CASE("no award takes what is promised to another call", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);  // which is promised all there is
  Call done = call_of("awarded");
  done.budget = done.grant_max = {};
  living.put("call-2", done);
  Bid bid = bid_of();
  bid.call = "call-2";
  living.put("bid-2", bid);
  CHECK(put(living, "award-2", award_of(1, "bid-2")) == Codes{"amount over_budget"});
  CHECK(put(living, "award-1", award_of(400'000'00)) == Codes{});  // it is within its own
  // Nor by a bid, or by a call, that comes from elsewhere with its awards.
  living.put("prog-2", programme_of(1'000'000'00));
  done.programme_record = "prog-2";
  living.put("call-3", done);
  bid.call = "call-3";
  living.put("bid-3", bid);
  living.put("award-3", award_of(100'00, "bid-3"));
  bid.call = "call-2";
  CHECK(put(living, "bid-3", bid) == Codes{"amount over_budget"});
  done.programme_record = "prog-1";
  CHECK(put(living, "call-3", done) == Codes{"amount over_budget"});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("a check tells of calls that a file let promise too much", "[life-cycle]") {
  test::Scratch scratch;
  LivingCatalogue living;
  put_call(living);
  const std::string file = scratch / "programme.jsonl";
  test::put_bytes(file, test::line("prog-1", programme_of(900'000'00)));
  CHECK(living.catalogue.import_file(file).stored == 1);
  const CheckReport report = living.catalogue.check();
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].where == "prog-1.budget");
  CHECK(report.findings[0].message ==
        "its awards and what its calls under way plan to give, 1,000,000.00 EUR, exceed "
        "900,000.00 EUR");
  CHECK(put(living, "prog-1", programme_of(950'000'00)) == Codes{});  // better, if not good
  CHECK(put(living, "prog-1", programme_of(949'999'99)) == Codes{"budget over_budget"});
}
