// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "koinon/koinon.hpp"

using namespace koinon;

namespace {

using Ids = std::vector<std::string>;

LangText text(const char* told) {
  return {{"en", told, TextOrigin::Original}};
}

Place place(const char* country, const char* role = "implementation") {
  Place made;
  made.country = country;
  made.role = role;
  return made;
}

Ids ids(const std::vector<OutcomeRecord>& records) {
  Ids found;
  for (const OutcomeRecord& each : records) found.push_back(each.id);
  return found;
}

// A call of a programme with two bids, of which one became a project; its initiative has a case and
// was replicated twice, one after the other.
Catalogue funded() {
  Catalogue catalogue = Catalogue::open(":memory:");
  Programme programme;
  programme.names = text("Social Innovation");
  catalogue.put({"prog", programme, {}});
  Call call;
  call.titles = text("Homes first");
  call.programme_record = "prog";
  catalogue.put({"call", call, {}});
  for (const char* id : {"bid-a", "bid-b"}) {
    Bid bid;
    bid.call = "call";
    bid.consortium = "cons";
    catalogue.put({id, bid, {}});
  }
  Award award;
  award.bid = "bid-a";
  award.amount = {100'000'01, "EUR", ""};
  award.project = "prj";
  catalogue.put({"award", award, {}});
  Project project;
  project.titles = text("Homes in two towns");
  project.initiatives = {"ini"};
  project.locations = {place("FI"), place("SE", "partner")};
  catalogue.put({"prj", project, {}});
  for (const char* id : {"ini", "ini-2", "ini-3"}) {
    Initiative initiative;
    initiative.names = text(id);
    initiative.origin.country = std::string(id) == "ini" ? "FI" : "NL";
    catalogue.put({id, initiative, {}});
  }
  CaseStudy study;
  study.initiative = "ini";
  study.title = text("A home first");
  study.locations = {place("EE")};
  catalogue.put({"case", study, {}});
  for (const auto& [id, parent, child] :
       {std::tuple("rep-1", "ini", "ini-2"), std::tuple("rep-2", "ini-2", "ini-3")}) {
    Replication replication;
    replication.parent = parent;
    replication.child = child;
    catalogue.put({id, replication, {}});
  }
  Uptake uptake;
  uptake.of = "case";
  uptake.measure = text("A law");
  uptake.country = "FI";
  catalogue.put({"upt", uptake, {}});
  return catalogue;
}

}  // namespace

TEST_CASE("what came of a call is followed over awards, projects and initiatives") {
  const Catalogue catalogue = funded();
  const Outcome outcome = catalogue.outcome("call");
  CHECK(outcome.title == "Homes first");
  REQUIRE(outcome.bids.size() == 1);
  CHECK(outcome.bids[0].count == 2);
  REQUIRE(outcome.awarded.size() == 1);
  CHECK(outcome.awarded[0].minor == 100'000'01);
  CHECK(ids(outcome.projects) == Ids{"prj"});
  CHECK(ids(outcome.initiatives) == Ids{"ini"});
  CHECK(ids(outcome.cases) == Ids{"case"});
  CHECK(ids(outcome.uptakes) == Ids{"upt"});
  CHECK(outcome.replicas == Ids{"ini-2", "ini-3"});
  CHECK(outcome.countries == Ids{"EE", "FI"});
  CHECK(outcome.reached == Ids{"NL"});
  CHECK(outcome.costs.size() == 5);
  CHECK(outcome.costs[3].result == "replication");
  CHECK(outcome.costs[3].minor == 50'000'01);  // half a cent goes up
  CHECK(outcome.costs[4].results == 3);
  CHECK(outcome.costs[4].minor == 33'333'34);
  CHECK(outcome.change == catalogue.statistics().change);
}

TEST_CASE("the outcome of a programme is that of its calls, each record once") {
  Catalogue catalogue = funded();
  Call call;
  call.titles = text("Homes again");
  call.programme_record = "prog";
  catalogue.put({"call-2", call, {}});
  Project project;
  project.acronym = "AGAIN";
  project.call = "call-2";
  project.initiatives = {"ini-2"};
  catalogue.put({"prj-2", project, {}});
  const Outcome outcome = catalogue.outcome("prog");
  CHECK(outcome.calls == Ids{"call", "call-2"});
  CHECK(ids(outcome.projects) == Ids{"prj", "prj-2"});
  CHECK(ids(outcome.initiatives) == Ids{"ini", "ini-2"});
  CHECK(outcome.replicas == Ids{"ini-3"});
}

TEST_CASE("sums of awards keep to their currency, and say when 64 bits do not hold them") {
  Catalogue catalogue = funded();
  Award award;
  award.bid = "bid-b";
  award.amount = {std::numeric_limits<std::int64_t>::max(), "EUR", ""};
  catalogue.put({"award-2", award, {}});
  award.amount = {700, "SEK", ""};
  catalogue.put({"award-3", award, {}});
  const Outcome outcome = catalogue.outcome("call");
  REQUIRE(outcome.awarded.size() == 2);
  CHECK(outcome.awarded[0].awards == 2);
  CHECK_FALSE(outcome.awarded[0].minor);
  CHECK(outcome.awarded[1].minor == 700);
  for (const OutcomeCost& cost : outcome.costs) CHECK(cost.currency == "SEK");
}

TEST_CASE("an outcome is asked of calls and programmes, and may be of nothing") {
  Catalogue catalogue = funded();
  const auto error = [&](const char* id) { return test::error_of([&] { catalogue.outcome(id); }); };
  CHECK(error("nobody") == ErrorCode::NotFound);
  CHECK(error("prj") == ErrorCode::InvalidArgument);
  Call call;
  call.titles = text("Nothing yet");
  catalogue.put({"call-0", call, {}});
  const Outcome outcome = catalogue.outcome("call-0");
  CHECK(outcome.projects.empty());
  CHECK(outcome.costs.empty());
  catalogue.erase("call-0");
  CHECK(error("call-0") == ErrorCode::Erased);
  Task task;
  task.cancel.cancel();
  CHECK(test::error_of([&] { catalogue.outcome("call", task); }) == ErrorCode::Cancelled);
}
