// SPDX-License-Identifier: Apache-2.0
//
// What was handed in to be judged stays as it was judged.
#include "catch.hpp"
#include "funding.hpp"

using namespace koinon;
using test::euro;
using test::evaluate;
using test::LivingCatalogue;
using test::put_call;
using Codes = std::vector<std::string>;

namespace {

template <class F>
Codes change(LivingCatalogue& living, F&& how) {
  return test::refusal([&] { living.change<Bid>("bid-1", how); });
}

void ask_for_more(Bid& bid) {
  bid.requested = euro(400'000'01);
}

}  // namespace

TEST_CASE("what a bid asks for stays once it is judged", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  evaluate(living);
  CHECK(change(living, ask_for_more) == Codes{"requested content_fixed"});
  CHECK(change(living, [](Bid& bid) { bid.documents.clear(); }) ==
        Codes{"documents content_fixed"});
  CHECK(change(living, [](Bid& bid) {
          bid.consortium = "cons-2";
          bid.call = "call-2";
        }) == Codes{"call content_fixed", "consortium content_fixed"});
  CHECK(change(living, [](Bid& bid) { bid.titles = {test::text("Us")}; }) == Codes{});
  CHECK(change(living, [](Bid& bid) { bid.titles.push_back({"fi", "Me", {}}); }) == Codes{});
  CHECK(change(living, [](Bid& bid) { bid.titles.pop_back(); }) == Codes{"titles content_fixed"});
  // It does not go by removing the bid and writing it again.
  Bid again = living.get<Bid>("bid-1");
  living.catalogue.remove("bid-1");
  ask_for_more(again);
  CHECK(test::refusal([&] { living.put("bid-1", again); }) == Codes{"requested content_fixed"});
}

TEST_CASE("a submitted bid is handed in anew until the last deadline", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  CHECK(change(living, ask_for_more) == Codes{});  // a draft is free
  CHECK(change(living, [](Bid& bid) { bid.requested = euro(400'000'00); }) == Codes{});
  living.change<Consortium>("cons-1", [](Consortium& one) {
    one.members = test::consortium_of({"org-1", "org-2"}).members;
  });
  living.move("cons-1", "checked");
  living.move("bid-1", "submitted");
  CHECK(change(living, [](Bid& bid) { bid.requested = euro(300'000'00); }) == Codes{});
  CHECK(change(living, [](Bid& bid) { bid.documents.clear(); }) ==
        Codes{"documents document_missing"});
  CHECK(change(living, [](Bid& bid) { bid.consortium = "cons-9"; }) ==
        Codes{"consortium-checked consortium_unknown"});
  living.on("2026-07-01");
  CHECK(change(living, ask_for_more) == Codes{"requested content_fixed"});
  living.catalogue.advance_calls();
  CHECK(change(living, ask_for_more) == Codes{"requested content_fixed"});
  // As a draft one may be made ready that came in time, and is entered later.
  living.put("bid-2", test::bid_of());
  living.change<Bid>("bid-2", [](Bid& bid) { bid.requested = euro(1'00); });
}

TEST_CASE("a whole cost that was not told may be told late", "[life-cycle]") {
  LivingCatalogue living;
  put_call(living);
  living.change<Bid>("bid-1", [](Bid& bid) { bid.total_cost = {}; });
  evaluate(living);
  living.put("award-1", test::award_of(400'000'00));
  CHECK(living.refused("bid-1", "selected") == Codes{"total_cost_missing"});
  CHECK(change(living, [](Bid& bid) { bid.total_cost = euro(500'000'00); }) == Codes{});
  CHECK(change(living, [](Bid& bid) { bid.total_cost = euro(500'000'01); }) ==
        Codes{"total_cost content_fixed"});
  living.move("bid-1", "selected");
}

TEST_CASE("a published case that is emptied goes out of date", "[life-cycle]") {
  LivingCatalogue living;
  living.put("ini-1", test::initiative("X"));
  CaseStudy study;
  study.initiative = "ini-1";
  study.problem = study.solution = study.results = study.transferability = {test::text("told")};
  study.locations.resize(1);
  study.locations[0].country = "FI";
  living.put("case-1", study, "ann");
  living.move("case-1", "submitted", "ann");
  living.move("case-1", "national-review", "niina", "FI");
  living.move("case-1", "eu-review", "niina", "FI");
  living.move("case-1", "published", "eva");
  living.change<CaseStudy>("case-1", [](CaseStudy& one) { one.lessons = {test::text("x")}; });
  CHECK(living.get<CaseStudy>("case-1").state == "published");
  living.change<CaseStudy>(
      "case-1", [](CaseStudy& one) { one.results = one.problem = {}; }, "troll");
  const auto emptied = living.get<CaseStudy>("case-1");
  CHECK(emptied.state == "stale");
  CHECK(emptied.steps.back().by == "troll");
  CHECK(emptied.steps.back().reason ==
        "the case does not tell which problem it answers; the case does not tell what came of it");
  living.move("case-1", "submitted", "ann");
  CHECK(living.catalogue.check().findings.empty());
  // One that was published elsewhere without them is as its source tells it.
  study.state = "published";
  study.results.clear();
  living.put("case-2", study);
  living.change<CaseStudy>("case-2", [](CaseStudy& one) { one.problem.clear(); });
  CHECK(living.get<CaseStudy>("case-2").state == "published");
}
