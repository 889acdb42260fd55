// SPDX-License-Identifier: Apache-2.0
//
// What a call offered when it opened, until it is awarded or cancelled.
#include "catch.hpp"
#include "funding.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::call_of;
using test::date;
using test::euro;
using test::evaluate;
using test::LivingCatalogue;
using test::put_call;
using Codes = std::vector<std::string>;
using Dates = std::vector<std::string>;

namespace {

template <class F>
Codes change(LivingCatalogue& living, F&& how) {
  return test::refusal([&] { living.change<Call>("call-1", how); });
}

Codes deadlines(LivingCatalogue& living, const Dates& days) {
  return change(living, [&](Call& call) {
    call.deadlines.clear();
    for (const std::string& day : days) call.deadlines.push_back(date(day));
  });
}

}  // namespace

TEST_CASE("deadlines of an open call move later alone", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);  // until 2026-06-30 and 2026-04-30
  CHECK(deadlines(living, {"2026-06-29", "2026-04-30"}) == Codes{"deadlines deadline_shortened"});
  CHECK(deadlines(living, {"2026-06-30"}) == Codes{"deadlines deadline_shortened"});
  CHECK(deadlines(living, {}) == Codes{"deadlines deadline_shortened"});
  CHECK(deadlines(living, {"2026-04-30", "2026-06"}) == Codes{});  // the same days
  CHECK(deadlines(living, {"2026-07-15", "2026-04-30"}) == Codes{});
  CHECK(deadlines(living, {"2026-07-15", "2026-05-31"}) == Codes{});
  CHECK(deadlines(living, {"2026-07-15", "2026-05-31", "2026-03-11"}) == Codes{});  // one more
  living.on("2026-03-20");
  CHECK(deadlines(living, {"2026-07-15", "2026-05-31", "2026-03-11", "2026-03-19"}) ==
        Codes{"deadlines deadline_passed"});
}

TEST_CASE("deadlines that have passed stay", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  living.on("2026-05-01");
  CHECK(deadlines(living, {"2026-06-30", "2026-05-31"}) == Codes{"deadlines deadline_passed"});
  CHECK(deadlines(living, {"2026-06-30"}) == Codes{"deadlines deadline_passed"});
  CHECK(deadlines(living, {"2026-07-31", "2026-04-30"}) == Codes{});
  living.on("2026-08-01");  // over, though no clock has closed it yet
  CHECK(deadlines(living, {"2026-09-30", "2026-04-30"}) == Codes{"deadlines deadline_passed"});
  CHECK(deadlines(living, {"2026-07-31", "2026-04-30", "2026-09-30"}) ==
        Codes{"deadlines deadline_passed"});
  living.catalogue.advance_calls();
  CHECK(deadlines(living, {"2026-09-30", "2026-04-30"}) == Codes{"deadlines content_fixed"});
}

TEST_CASE("rules of a call stay from its opening until it is over", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  const auto hold = [&] {
    CHECK(change(living, [](Call& call) { call.rules.pop_back(); }) ==
          Codes{"rules content_fixed"});
    CHECK(change(living, [](Call& call) { call.rules[0].parameters[0].values = {"3"}; }) ==
          Codes{"rules content_fixed"});
    CHECK(change(living, [](Call& call) {
            call.opening = date("2026-03-09");
            call.model = "two-stage";
          }) == Codes{"opening content_fixed", "model content_fixed"});
    CHECK(change(living, [](Call& call) { std::swap(call.rules[0], call.rules[1]); }) == Codes{});
    CHECK(change(living, [](Call& call) { call.links = {"https://example.org"}; }) == Codes{});
  };
  hold();
  living.on("2026-07-01");
  living.catalogue.advance_calls();
  hold();
  living.move("call-1", "evaluating");
  hold();
  // Neither by removing the call and writing it again.
  Call again = living.get<Call>("call-1");
  living.catalogue.remove("call-1");
  again.rules.clear();
  CHECK(test::refusal([&] { living.put("call-1", again); }) == Codes{"rules content_fixed"});
  again = call_of("upcoming");
  CHECK(test::refusal([&] { living.put("call-1", again); }) == Codes{"steps steps_lost"});
}

TEST_CASE("limits of an open call change in favour of those who bid alone", "[life-cycle]") {
  LivingCatalogue living;
  Call offered = call_of("upcoming");
  offered.budget = euro(900'000'00);
  offered.grant_min = euro(100'00);
  put_call(living, offered);
  CHECK(change(living,
               [](Call& call) {
                 call.budget = euro(899'999'99);
                 call.grant_min = euro(100'01);
                 call.grant_max = euro(499'999'99);
                 call.rate_cap = Share{799'999};
               }) == Codes{"budget offer_lowered", "grant_min offer_lowered",
                           "grant_max offer_lowered", "rate_cap offer_lowered"});
  CHECK(change(living, [](Call& call) { call.grant_max.currency = "SEK"; }) ==
        Codes{"grant_max offer_lowered"});
  CHECK(change(living, [](Call& call) {
          call.budget = euro(1'000'000'00);
          call.grant_min = euro(99'99);
          call.grant_max = euro(500'000'01);
          call.rate_cap = Share{800'001};
        }) == Codes{});
  CHECK(change(living, [](Call& call) {
          call.grant_max = call.grant_min = {};
          call.rate_cap.reset();
        }) == Codes{});
  CHECK(change(living, [](Call& call) {
          call.grant_max = euro(500'000'00);
          call.rate_cap = Share{900'000};
        }) == Codes{"grant_max content_fixed", "rate_cap content_fixed"});
}

TEST_CASE("what refuses another deadline says what would be allowed", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  CHECK(test::refusal_text([&] {
          living.change<Call>("call-1", [](Call& call) { call.deadlines = {date("2026-05-01")}; });
        }) ==
        "the call is open, and its deadline of 2026-06-30 may move only to a later day; what "
        "helps: let it be 2026-06-30 or later, or cancel the call by a step, and publish "
        "another");
}

TEST_CASE("a call that is not open yet, or is over, may change", "[life-cycle]") {
  LivingCatalogue living;
  living.put("call-1", call_of("draft"));
  living.move("call-1", "upcoming");
  CHECK(deadlines(living, {"2026-03-31"}) == Codes{});
  CHECK(change(living, [](Call& call) { call.rules.clear(); }) == Codes{});
  living.on("2026-03-10");
  living.catalogue.advance_calls();
  CHECK(deadlines(living, {"2026-03-30"}) == Codes{"deadlines deadline_shortened"});
  living.move("call-1", "cancelled", "officer", "", "no money");
  CHECK(deadlines(living, {"2026-03-30"}) == Codes{});
}

TEST_CASE("a call of another portal is held once a bid was handed in here", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living, call_of("open"));
  CHECK(deadlines(living, {"2026-06-15"}) == Codes{});
  CHECK(change(living, [](Call& call) { call.rules.pop_back(); }) == Codes{});
  evaluate(living);
  CHECK(deadlines(living, {"2026-06-14"}) == Codes{"deadlines deadline_shortened"});
  // Whatever state the source tells meanwhile.
  CHECK(change(living, [](Call& call) { call.status = "draft"; }) == Codes{});
  CHECK(change(living, [](Call& call) { call.rules.clear(); }) == Codes{"rules content_fixed"});
  living.move("bid-1", "withdrawn", "lead", "", "no partner");
  CHECK(change(living, [](Call& call) { call.rules.clear(); }) == Codes{});
}

TEST_CASE("a permanent call gets no deadline while it is open", "[life-cycle]") {
  LivingCatalogue living;
  Call call = call_of("upcoming");
  call.model = "permanent";
  call.deadlines.clear();
  put_call(living, call);
  CHECK(change(living, [](Call& one) {
          one.model = "single-stage";
          one.deadlines = {date("2026-12-31")};
        }) == Codes{"model content_fixed"});
}
