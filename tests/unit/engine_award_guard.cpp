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
void put_small_call(LivingCatalogue& living) {
  put_call(living);
  living.change<Call>("call-1", [](Call& call) {
    call.grant_max = euro(100'00);
    call.budget = euro(500'00);
  });
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
  try {
    living.put("award-1", award_of(95'00));
    FAIL("an award above what was asked for");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidRecord);
    REQUIRE(error.violations().size() == 1);
    CHECK(error.violations()[0].message ==
          "bid 'bid-1': 95.00 EUR is more than what the bid asks for, 90.00 EUR; what helps: award "
          "at most 90.00 EUR");
  }
}

TEST_CASE("awards are held by changes of their bid and of their call too", "[life-cycle]") {
  LivingCatalogue living;
  put_small_call(living);
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
  put_call(living);
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
