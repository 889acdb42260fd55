// SPDX-License-Identifier: Apache-2.0
//
// Lives of records in a catalogue: steps, who may take them, and what a write may not do.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "errors.hpp"
#include "lives.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"

using namespace koinon;
using test::date;
using test::euro;
using test::LivingCatalogue;
using Codes = std::vector<std::string>;

namespace {

CaseStudy finnish_case() {
  CaseStudy study;
  study.initiative = "ini-1";
  study.title = {test::text("Homes first")};
  study.problem = study.solution = study.results = study.transferability = {test::text("told")};
  study.locations.resize(1);
  study.locations[0].country = "FI";
  return study;
}

void put_case(LivingCatalogue& living) {
  living.put("ini-1", test::initiative("Homes first"));
  living.put("case-1", finnish_case(), "ann");
}

std::vector<std::string> states_of(const std::vector<LifeStep>& steps) {
  std::vector<std::string> states;
  for (const LifeStep& step : steps) states.push_back(step.from + '>' + step.to);
  return states;
}

}  // namespace

TEST_CASE("a case study goes from draft to published, every step logged", "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  living.move("case-1", "submitted", "ann");
  living.on("2026-03-03");
  living.move("case-1", "national-review", "niina", "Finland");
  living.move("case-1", "eu-review", "niina", "FI");
  const Moved published = living.move("case-1", "published", "eva", "", "a good case");
  CHECK(published.step.from == "eu-review");
  CHECK(published.version == 5);
  const auto study = living.get<CaseStudy>("case-1");
  CHECK(study.state == "published");
  CHECK(states_of(study.steps) == Codes{"draft>submitted", "submitted>national-review",
                                        "national-review>eu-review", "eu-review>published"});
  CHECK(study.steps[0].at.at == test::noon("2026-03-02"));
  CHECK(study.steps[1].country == "FI");
  CHECK(study.steps[3].by == "eva");
  CHECK(study.steps[3].reason == "a good case");
  CHECK(living.catalogue.history("case-1").back().by == "eva");
  CHECK(living.catalogue.check().findings.empty());
}

TEST_CASE("who wrote or submitted a case does not validate it; who took a step may take the next",
          "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  living.move("case-1", "submitted", "sam");
  CHECK(living.refused("case-1", "national-review", "ann", "FI") == Codes{"author"});
  CHECK(living.refused("case-1", "national-review", "sam", "FI") == Codes{"author"});
  CHECK(living.refused("case-1", "national-review", "niina", "FI") == Codes{});
  CHECK(living.refused("case-1", "draft", "niina", "FI", "say more") == Codes{});
  // A validator who writes in the case becomes an author of it.
  living.change<CaseStudy>(
      "case-1", [](CaseStudy& study) { study.lessons = {test::text("hers")}; }, "niina");
  living.move("case-1", "submitted", "sam");
  CHECK(living.refused("case-1", "national-review", "niina", "FI") == Codes{"author"});
  CHECK(living.refused("case-1", "national-review", "noora", "FI") == Codes{});
}

TEST_CASE("the country of a case is that of its places and of its lead organisation",
          "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  Organisation lead = test::organisation("Asuntosäätiö");
  lead.addresses.resize(1);
  lead.addresses[0].country = "EL";
  living.put("org-1", lead);
  living.change<CaseStudy>("case-1", [](CaseStudy& study) { study.lead_organisation = "org-1"; });
  living.move("case-1", "submitted", "ann");
  CHECK(living.refused("case-1", "national-review", "niina", "SE") == Codes{"other_country"});
  CHECK(living.refused("case-1", "national-review", "niina", "") == Codes{"actor_country_unknown"});
  CHECK(living.refused("case-1", "national-review", "niina", "Atlantis") == Codes{"unknown_code"});
  CHECK(living.refused("case-1", "national-review", "nikos", "GR") == Codes{});
  CHECK(living.get<CaseStudy>("case-1").steps.back().country == "EL");
}

TEST_CASE("a step that asks for a reason, or for who takes it, is told so", "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  CHECK(living.refused("case-1", "submitted", "") == Codes{"missing"});
  CHECK(living.refused("case-1", "") == Codes{"missing"});
  CHECK(living.refused("case-1", "published") == Codes{"no_such_step"});
  CHECK(living.refused("case-1", "nowhere") == Codes{"no_such_step"});
  CHECK(living.refused("ini-1", "submitted") == Codes{"error 1"});
  CHECK(living.refused("case-9", "submitted") == Codes{"error 2"});
  living.move("case-1", "submitted", "ann");
  living.move("case-1", "national-review", "niina", "FI");
  CHECK(living.refused("case-1", "rejected", "niina", "FI") == Codes{"missing"});
  CHECK(living.refused("case-1", "rejected", "niina", "FI", "no case") == Codes{});
  CHECK(living.refused("case-1", "draft", "niina", "FI", "x") == Codes{"no_such_step"});
}

TEST_CASE("next steps say what is allowed, and what would help where it is not", "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  living.move("case-1", "submitted", "ann");
  living.move("case-1", "national-review", "niina", "FI");
  living.change<CaseStudy>("case-1", [](CaseStudy& study) { study.results.clear(); });
  const NextSteps next = living.catalogue.next_steps("case-1", {"niina", "FI"}, "de");
  CHECK(next.life_cycle == "case-study");
  CHECK(next.states == "case-states");
  CHECK(next.state == "national-review");
  CHECK(next.version == 4);
  REQUIRE(next.steps.size() == 3);
  CHECK(next.steps[0].to == "eu-review");
  CHECK(next.steps[0].label == "an die EU-Prüfung weitergeben");
  CHECK_FALSE(next.steps[0].allowed);
  REQUIRE(next.steps[0].refusals.size() == 1);
  CHECK(next.steps[0].refusals[0].code == "checklist_results");
  CHECK(next.steps[0].refusals[0].help == "fill in `results`");
  CHECK(next.steps[1].allowed);
  CHECK(next.steps[1].asks == Codes{"reason"});
  const NextSteps nobody = living.catalogue.next_steps("case-1");
  CHECK(nobody.steps[1].refusals[0].code == "actor_unknown");
  living.put("case-2", finnish_case());
  CHECK(living.catalogue.next_steps("case-2").state == "draft");  // none was told
  CHECK(test::error_of([&] { living.catalogue.next_steps("ini-1"); }) ==
        ErrorCode::InvalidArgument);
  CHECK(test::error_of([&] { living.catalogue.next_steps("case-9"); }) == ErrorCode::NotFound);
  const auto json = nlohmann::json::parse(to_json(next));
  CHECK(json["steps"][0]["refusals"][0]["guard"] == "checklist");
}

TEST_CASE("a step may be told later than it was taken, in order", "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  const auto take = [&](const char* to, Timestamp at) {
    return test::refusal([&] {
      living.catalogue.transition({"case-1", to, "niina", "FI", "", {}, at});
    });
  };
  CHECK(take("submitted", test::noon("2026-03-03")) == Codes{"at bad_date"});
  CHECK(take("submitted", test::noon("2026-02-20")) == Codes{});
  CHECK(living.get<CaseStudy>("case-1").steps[0].at.at == test::noon("2026-02-20"));
  living.move("case-1", "national-review", "noora", "FI");
  CHECK(test::refusal([&] {
          living.catalogue.transition(
              {"case-1", "eu-review", "noora", "FI", "", {}, test::noon("2026-02-21")});
        }) == Codes{"at reversed_time"});
  // A clock that was put back keeps steps in order.
  living.on("2026-03-01");
  living.move("case-1", "eu-review", "noora", "FI");
  CHECK(living.get<CaseStudy>("case-1").steps.back().at.at == test::noon("2026-03-02"));
}

TEST_CASE("a write keeps the steps that are stored, and the state they led to", "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  // Without steps, as imported, a state is what is told.
  living.change<CaseStudy>("case-1", [](CaseStudy& study) { study.state = "submitted"; });
  living.move("case-1", "national-review", "niina", "FI");
  const auto change = [&](const std::function<void(CaseStudy&)>& how) {
    return test::refusal([&] { living.change<CaseStudy>("case-1", how); });
  };
  CHECK(change([](CaseStudy& study) { study.state = "published"; }) ==
        Codes{"state state_mismatch"});
  CHECK(change([](CaseStudy& study) { study.steps.clear(); }) == Codes{"steps steps_lost"});
  CHECK(change([](CaseStudy& study) { study.steps[0].by = "me"; }) == Codes{"steps steps_lost"});
  CHECK(change([](CaseStudy& study) {
          study.steps.push_back({"national-review", "eu-review", {}, "me", "", ""});
          study.state = "eu-review";
        }) == Codes{"steps use_transition"});
  CHECK(change([](CaseStudy& study) { study.lessons = {test::text("more")}; }) == Codes{});
  // Nor does the log begin anew by way of a removal.
  const auto whole = living.get<CaseStudy>("case-1");
  living.catalogue.remove("case-1");
  CHECK(test::refusal([&] { living.put("case-1", finnish_case()); }) == Codes{"steps steps_lost"});
  living.put("case-1", whole);
  CHECK(living.get<CaseStudy>("case-1").steps.size() == 1);
}

TEST_CASE("a mirror follows steps and takes none back", "[life-cycle]") {
  test::Scratch scratch;
  LivingCatalogue origin;
  put_case(origin);
  origin.move("case-1", "submitted", "ann");
  const std::string early = scratch / "early.jsonl";
  origin.catalogue.export_file(early);
  origin.move("case-1", "national-review", "niina", "FI");
  const std::string late = scratch / "late.jsonl";
  origin.catalogue.export_file(late);
  LivingCatalogue mirror;
  CHECK(mirror.catalogue.import_file(early).quarantined == 0);
  CHECK(mirror.catalogue.import_file(late).quarantined == 0);
  CHECK(mirror.get<CaseStudy>("case-1").state == "national-review");
  const ImportReport back = mirror.catalogue.import_file(early);
  CHECK(back.quarantined == 1);
  CHECK(back.reasons.at(0).code == "steps_lost");
  CHECK(mirror.get<CaseStudy>("case-1").steps.size() == 2);
}

TEST_CASE("a call that its portal tells anew keeps the life that it has here", "[life-cycle]") {
  test::Scratch scratch;
  const auto row = [](const char* title) {
    return std::string(
               "{\"topicId\":\"T-1\",\"callIdentifier\":\"C-1\",\"deadlineModel\":"
               "\"single-stage\",\"callStatus\":\"open\",\"deadline\":\"2026-02-01\","
               "\"reference\":\"R-1\",\"title\":\"") +
           title + "\"}\n";
  };
  LivingCatalogue living;
  const std::string file = scratch / "calls.jsonl";
  test::put_bytes(file, row("First"));
  REQUIRE(living.catalogue.import_file(file).stored == 1);
  const AdvancedCalls advanced = living.catalogue.advance_calls();
  REQUIRE(advanced.moved.size() == 1);
  const std::string id = advanced.moved[0].id;
  test::put_bytes(file, row("Second"));
  CHECK(living.catalogue.import_file(file).records_updated == 1);
  const auto call = living.get<Call>(id);
  CHECK(call.titles[0].text == "Second");
  CHECK(call.status == "closed");
  CHECK(call.steps.size() == 1);
  CHECK(living.catalogue.import_file(file).unchanged == 1);
}

TEST_CASE("a check finds a record whose steps do not follow each other", "[life-cycle]") {
  test::Scratch scratch;
  const std::string path = scratch / "broken.koinon";
  {
    LivingCatalogue living(path);
    put_case(living);
    living.move("case-1", "submitted", "ann");
  }
  test::Sqlite(path).run(
      "UPDATE journal SET body = replace(body, '\"from\":\"draft\"', "
      "'\"from\":\"published\"')");
  const CheckReport report = Catalogue::open(path).check();
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].where == "case-1.steps[0].to");
}

TEST_CASE("differences name the fields between two versions", "[life-cycle]") {
  LivingCatalogue living;
  put_case(living);
  living.change<CaseStudy>("case-1",
                           [](CaseStudy& study) { study.title[0].text = "Homes for all first"; });
  living.move("case-1", "submitted", "sam");
  const Differences last = living.catalogue.differences("case-1");
  CHECK(last.from.version == 2);
  CHECK(last.to.version == 3);
  CHECK(last.to.by == "sam");
  REQUIRE(last.fields.size() == 2);
  CHECK(last.fields[0].path == "state");
  CHECK(last.fields[1].path == "steps[0]");
  const Differences title = living.catalogue.differences("case-1", 1, 2);
  REQUIRE(title.fields.size() == 1);
  CHECK(title.fields[0].language == "en");
  REQUIRE(title.fields[0].words.size() == 3);
  CHECK(title.fields[0].words[1].what == "added");
  CHECK(title.fields[0].words[1].text == "for all ");
  CHECK(living.catalogue.differences("case-1", 3, 1).fields.size() == 3);  // backwards too
  CHECK(living.catalogue.differences("case-1", 2, 2).fields.empty());
  CHECK(test::error_of([&] { living.catalogue.differences("case-1", 1, 9); }) ==
        ErrorCode::NotFound);
  CHECK(test::error_of([&] { living.catalogue.differences("ini-1"); }) == ErrorCode::NotFound);
  const auto json = nlohmann::json::parse(to_json(title));
  CHECK(json["fields"][0]["words"][1]["what"] == "added");
}

TEST_CASE("two handles that move one record: one of them is told of the other", "[life-cycle]") {
  test::Scratch scratch;
  const std::string path = scratch / "two.koinon";
  LivingCatalogue one(path);
  LivingCatalogue other(path);
  put_case(one);
  const Transition step = {"case-1", "submitted", "ann", "", "", 1, {}};
  one.catalogue.transition(step);
  CHECK(test::error_of([&] { other.catalogue.transition(step); }) == ErrorCode::Conflict);
  const auto study = other.get<CaseStudy>("case-1");
  CHECK(study.state == "submitted");
  CHECK(study.steps.size() == 1);
  CHECK(other.catalogue.history("case-1").size() == 2);
}

TEST_CASE("tables are told as JSON and as diagrams", "[life-cycle]") {
  const auto table = nlohmann::json::parse(life_cycle("bid"));
  CHECK(table["initial"] == "drafted");
  CHECK(life_cycle("contribution") == life_cycle("exchange-moderation"));
  CHECK(life_cycle_diagram("call").find("upcoming --> open: open") != std::string::npos);
  CHECK(life_cycle_names().size() == 7);
  CHECK(test::error_of([] { life_cycle("organisation"); }) == ErrorCode::NotFound);
}

TEST_CASE("a transition is read from JSON, with every fault", "[life-cycle]") {
  const Transition request = transition_from_json(
      R"({"id":"a","to":"b","by":"c","country":"FI","reason":"d","expected_version":7,)"
      R"("at":"2026-03-02T12:00:00.000Z"})");
  CHECK(request.id == "a");
  CHECK(request.expected_version == 7);
  CHECK(request.at == test::noon("2026-03-02"));
  CHECK(test::refusal([] { transition_from_json(R"({"at":"soon","too":1,"by":3})"); }).size() == 3);
  CHECK(test::refusal([] { transition_from_json("[]"); }).size() == 1);
}
