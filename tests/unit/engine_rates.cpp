// SPDX-License-Identifier: Apache-2.0
//
// Money in several currencies: by the rates that a programme tells, and not without.
#include "catch.hpp"
#include "funding.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::award_of;
using test::bid_of;
using test::call_of;
using test::euro;
using test::LivingCatalogue;
using test::programme_of;
using test::put_call;
using Codes = std::vector<std::string>;

namespace {

Money crowns(std::int64_t minor) {
  return {minor, "SEK", ""};
}

ExchangeRate rate_of(const char* rate) {
  return {"SEK", "EUR", rate, test::date("2026-01-02"),
          "ECB euro foreign exchange reference rates"};
}

Programme rated(const char* rate, std::int64_t cents = 1'000'000'00) {
  Programme made = programme_of(cents);
  made.rates = {rate_of(rate)};
  return made;
}

Codes put(LivingCatalogue& living, const std::string& id, const Record& record) {
  return test::refusal([&] { living.put(id, record); });
}

// A call of 1,000.00 EUR, open, that grants 500.00 at most, of a programme of 1,000.00; a bid.
void put_small(LivingCatalogue& living) {
  Call call = call_of("open");
  call.budget = euro(1'000'00);
  call.grant_max = euro(500'00);
  put_call(living, call);
  living.put("prog-1", rated("11.5", 1'000'00));
}

Award award_in(Money amount, const std::string& bid = "bid-1") {
  Award made = award_of(0, bid);
  made.amount = std::move(amount);
  return made;
}

}  // namespace

TEST_CASE("awards in another currency draw on the budget by the rate", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("awarded");
  call.budget = call.grant_max = {};
  put_call(living, call);
  living.change<Bid>("bid-1", [](Bid& bid) { bid.requested = bid.total_cost = {}; });
  CHECK(put(living, "award-1", award_in(crowns(11'500'00))) == Codes{"amount other_currency"});
  CHECK(put(living, "prog-1", rated("11.5", 1'000'00)) == Codes{});
  CHECK(put(living, "award-1", award_in(crowns(11'500'01))) == Codes{"amount over_budget"});
  CHECK(put(living, "award-1", award_in(crowns(11'500'00))) == Codes{});
  CHECK(put(living, "award-2", award_in(euro(1))) == Codes{"amount over_budget"});
  CHECK(put(living, "award-1", award_in(crowns(5'750'00))) == Codes{});
  CHECK(put(living, "award-2", award_in(euro(500'00))) == Codes{});
  CHECK(put(living, "award-2", award_in(euro(500'01))) == Codes{"amount over_budget"});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("a line of the budget in the currency goes before the rate", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("awarded");
  call.budget = call.grant_max = {};
  put_call(living, call);
  living.change<Bid>("bid-1", [](Bid& bid) { bid.requested = bid.total_cost = {}; });
  Programme both = rated("11.5");
  both.budget.push_back({test::date("2026"), crowns(100'00)});
  CHECK(put(living, "prog-1", both) == Codes{});
  CHECK(put(living, "award-1", award_in(crowns(100'01))) == Codes{"amount over_budget"});
  CHECK(put(living, "award-1", award_in(crowns(100'00))) == Codes{});
}

TEST_CASE("a rate stays as long as what was promised by it holds", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("awarded");
  call.budget = call.grant_max = {};
  put_call(living, call);
  living.change<Bid>("bid-1", [](Bid& bid) { bid.requested = bid.total_cost = {}; });
  living.put("prog-1", rated("11.5", 1'000'00));
  living.put("award-1", award_in(crowns(11'500'00)));
  CHECK(put(living, "prog-1", rated("11.4999", 1'000'00)) == Codes{"amount over_budget"});
  CHECK(put(living, "prog-1", rated("11.6", 1'000'00)) == Codes{});
  CHECK(put(living, "prog-1", programme_of(1'000'00)) == Codes{"amount other_currency"});
}

TEST_CASE("the limits of a call hold by the rate of its programme", "[life-cycle]") {
  LivingCatalogue living;
  put_small(living);
  Bid swedish = bid_of();
  swedish.requested = crowns(4'600'00);  // 400.00 EUR
  swedish.total_cost = crowns(5'750'00);
  CHECK(put(living, "bid-1", swedish) == Codes{});
  CHECK(put(living, "award-1", award_in(crowns(4'600'00))) == Codes{});
  CHECK(put(living, "award-1", award_in(crowns(4'600'01))) ==
        Codes{"amount above_rate", "amount above_request"});
  CHECK(put(living, "award-1", award_in(euro(400'00))) == Codes{});
  CHECK(put(living, "award-1", award_in(euro(400'01))) ==
        Codes{"amount above_rate", "amount above_request"});
  // A part in each.
  CHECK(living.catalogue
            .put_all({{"award-1", award_in(euro(200'00)), {}},
                      {"award-2", award_in(crowns(2'300'00)), {}}})
            .size() == 2);
  CHECK(put(living, "award-2", award_in(crowns(2'300'01))) ==
        Codes{"amount above_rate", "amount above_request"});
  // Another rate takes more from what was asked for than from what was awarded, half of it in
  // euros.
  CHECK(put(living, "prog-1", rated("11.6", 1'000'00)) ==
        Codes{"rates above_rate", "rates above_request"});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("a call in another currency has the room that the rate leaves", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living, call_of("draft"));
  Call swedish = call_of("upcoming");
  swedish.grant_max = {};
  swedish.budget = crowns(11'500'000'00);
  CHECK(put(living, "call-2", swedish) == Codes{"budget other_currency"});
  living.put("prog-1", rated("11.5"));
  CHECK(put(living, "call-2", swedish) == Codes{});
  swedish.budget = crowns(11'500'000'01);
  CHECK(put(living, "call-2", swedish) == Codes{"budget over_budget"});
  Call other = call_of("open");
  other.budget = euro(1);
  CHECK(put(living, "call-3", other) == Codes{"budget over_budget"});
}

TEST_CASE("awards count in what their call plans, by the rate", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("open");
  call.budget = euro(600'00);
  call.grant_max = {};
  put_call(living, call);
  living.change<Bid>("bid-1", [](Bid& bid) { bid.requested = bid.total_cost = {}; });
  living.put("prog-1", rated("11.5", 1'000'00));
  CHECK(put(living, "award-1", award_in(crowns(6'900'00))) == Codes{});  // 600.00 EUR
  Call other = call;
  other.budget = euro(400'00);
  CHECK(put(living, "call-2", other) == Codes{});
  CHECK(put(living, "prog-1", rated("11.5", 999'99)) == Codes{"budget over_budget"});
  other.budget = euro(400'01);
  CHECK(put(living, "call-2", other) == Codes{"budget over_budget"});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("rates and what they make possible may be written together", "[life-cycle]") {
  LivingCatalogue living;
  put_small(living);
  living.put("prog-1", programme_of(1'000'00));
  Bid swedish = bid_of();
  swedish.requested = crowns(4'600'00);
  swedish.total_cost = {};
  CHECK(put(living, "bid-1", swedish) == Codes{"requested other_currency"});
  CHECK(
      test::refusal([&] {
        living.catalogue.put_all({{"bid-1", swedish, {}}, {"prog-1", rated("11.5", 1'000'00), {}}});
      }) == Codes{});
  // A bid that goes to another call asks there.
  Call poor = call_of("open");
  poor.programme_record.clear();
  living.put("call-9", poor);
  living.put("award-1", award_in(crowns(4'000'00)));
  CHECK(test::refusal([&] {
          living.change<Bid>("bid-1", [](Bid& bid) { bid.call = "call-9"; });
        }).front() == "requested other_currency");
}

TEST_CASE("a programme that comes back with another rate makes nothing worse", "[life-cycle]") {
  LivingCatalogue living;
  put_small(living);
  Bid swedish = bid_of();
  swedish.requested = crowns(4'600'00);
  swedish.total_cost = {};
  living.put("bid-1", swedish);
  living.put("award-1", award_in(euro(400'00)));
  living.catalogue.remove("prog-1");
  CHECK(put(living, "prog-1", rated("11.6", 1'000'00)) == Codes{"rates above_request"});
  CHECK(put(living, "prog-1", rated("11.5", 1'000'00)) == Codes{});
}

TEST_CASE("an award that is made less is not refused for the currency of what is left",
          "[life-cycle]") {
  LivingCatalogue living;
  test::Scratch scratch;
  put_small(living);
  Bid swedish = bid_of();
  swedish.requested = crowns(4'000'00);
  swedish.total_cost = {};
  living.put("bid-1", swedish);
  const std::string file = scratch / "awards.jsonl";
  test::put_bytes(file, test::line("award-1", award_in(crowns(5'000'00))) +
                            test::line("award-2", award_in(euro(1'00))));
  REQUIRE(living.catalogue.import_file(file).stored == 2);
  CHECK(living.catalogue.check().findings.size() == 1);
  CHECK(put(living, "award-2", award_in(euro(2'00))) == Codes{"amount above_request"});
  CHECK(put(living, "award-2", award_in(euro(0))) == Codes{});  // the rest is in crowns alone
  CHECK(put(living, "award-1", award_in(crowns(4'000'00))) == Codes{});
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("a bid is selected by the line of the budget that its award draws on", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("upcoming");
  call.budget = call.grant_max = {};
  call.rate_cap = {};
  put_call(living, call);
  Programme both = rated("11.5", 1'00);
  both.budget.push_back({test::date("2026"), crowns(100'00)});
  living.put("prog-1", both);
  living.change<Bid>("bid-1", [](Bid& bid) {
    bid.requested = crowns(100'00);
    bid.total_cost = {};
  });
  // Elsewhere the euros were overdrawn, by an import.
  test::Scratch scratch;
  Bid elsewhere = bid_of();
  elsewhere.requested = {};
  const std::string file = scratch / "awards.jsonl";
  test::put_bytes(file,
                  test::line("bid-2", elsewhere) + test::line("award-2", award_of(5'00, "bid-2")));
  REQUIRE(living.catalogue.import_file(file).stored == 2);
  test::evaluate(living);
  living.put("award-1", award_in(crowns(100'00)));
  CHECK(test::refusal([&] { living.move("bid-1", "selected"); }) == Codes{});
}

TEST_CASE("what exceeds a limit of another currency says by which rate", "[life-cycle]") {
  LivingCatalogue living;
  put_small(living);
  Bid swedish = bid_of();
  swedish.requested = crowns(4'600'00);
  swedish.total_cost = {};
  living.put("bid-1", swedish);
  CHECK(test::refusal_text([&] { living.put("award-1", award_in(euro(450'00))); }) ==
        "bid 'bid-1': 450.00 EUR is more than what the bid asks for, 400.00 EUR (4,600.00 SEK at "
        "11.5 SEK for 1 EUR); what helps: award at most 400.00 EUR");
}

TEST_CASE("rates are told whole, once for each currency and per one", "[life-cycle]") {
  LivingCatalogue living;
  const auto with = [&](std::vector<ExchangeRate> rates) {
    Programme programme = programme_of(1);
    programme.rates = std::move(rates);
    return put(living, "prog-1", programme);
  };
  CHECK(with({rate_of("11.5")}) == Codes{});
  for (const char* bad : {"0", "-1", "11,5", "1.1234567", "1000000000", "x", "1e3"}) {
    CAPTURE(bad);
    CHECK(with({rate_of(bad)}) == Codes{"rates[0].rate bad_rate"});
  }
  CHECK(with({{}}) == Codes{"rates[0].currency missing", "rates[0].per missing",
                            "rates[0].rate missing", "rates[0].source missing",
                            "rates[0].date missing"});
  ExchangeRate other = rate_of("7.46");
  CHECK(with({rate_of("11.5"), other}) == Codes{"rates[1].currency duplicate"});
  other.currency = "DKK";
  CHECK(with({rate_of("11.5"), other}) == Codes{});
  other.per = "SEK";
  CHECK(with({rate_of("11.5"), other}) == Codes{"rates[1].per other_currency"});
  other.per = "eur";
  CHECK(with({other}) == Codes{"rates[0].per bad_currency"});
  other.per = "DKK";
  CHECK(with({other}) == Codes{"rates[0].per self_reference"});
}
