// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::initiative;
using test::organisation;
using test::text;

namespace {

using Codes = std::vector<std::string>;

CaseStudy study_of(const std::string& initiative, const Codes& methods = {}) {
  CaseStudy made;
  made.initiative = initiative;
  made.state = "published";
  made.problem = {text("People sleep rough")};
  made.solution = {text("A home first, and help after that")};
  made.locations.emplace_back().country = "FI";
  for (const std::string& method : methods)
    made.methods.push_back({method, "1.0", {text("Half as many evictions")}});
  return made;
}

Evidence measured(const std::string& about, const Codes& features,
                  const std::string& independence = "") {
  Evidence made;
  made.about = about;
  made.titles = {text("A study of " + about)};
  made.features = features;
  made.independence = independence;
  Effect& effect = made.effects.emplace_back();
  effect.indicator = "housed after a year";
  effect.baseline = 0.3;
  effect.value = 0.8;
  return made;
}

Method method(const std::string& name, const Codes& themes = {}) {
  Method made;
  made.names = {text(name)};
  made.description = {text("How " + name + " is done")};
  made.problem = {text("People who sleep rough lose their homes again")};
  made.themes = themes;
  made.versions.emplace_back().label = "1.0";
  made.versions[0].languages = {"en", "fi"};
  return made;
}

Catalogue world() {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"ini-1", initiative("Home First"), {}});
  catalogue.put({"ini-2", initiative("Koti ensin"), {}});
  catalogue.put({"meth-1", method("Housing first", {"housing"}), {}});
  catalogue.put({"case-1", study_of("ini-1", {"meth-1"}), {}});
  catalogue.put({"case-2", study_of("ini-2"), {}});
  return catalogue;
}

}  // namespace

TEST_CASE("the standard of an initiative rises with its cases, studies, replicas and manuals") {
  Catalogue catalogue = world();
  const auto standard = [&] { return catalogue.evidence("ini-1").standard.value().grade; };
  CHECK(standard() == "1");
  catalogue.put({"evid-1", measured("case-1", {"before-after"}), {}});
  CHECK(standard() == "2");
  catalogue.put({"evid-2", measured("ini-1", {"matched-comparison"}), {}});
  CHECK(standard() == "3");
  Replication replication;
  replication.parent = "ini-1";
  replication.child = "ini-2";
  catalogue.put({"rep-1", replication, {}});
  catalogue.put({"evid-3", measured("case-2", {"random-assignment"}, "independent"), {}});
  CHECK(standard() == "4");
  Method manual = method("Housing first", {"housing"});
  manual.versions[0].manual = "https://example.org/manual";
  catalogue.put({"meth-1", manual, {}});
  const EvidenceReport report = catalogue.evidence("ini-1");
  CHECK(report.standard->grade == "5");
  CHECK(report.replicas == Codes{"ini-2"});
  CHECK(report.cases == Codes{"case-1", "case-2"});
  REQUIRE(report.studies.size() == 3);
  CHECK(report.studies[0].id == "evid-3");
  CHECK(report.studies[0].maryland.grade == "5");
  // Of the case it is that of its initiative.
  CHECK(catalogue.evidence("case-1").initiative == "ini-1");
  CHECK(catalogue.evidence("case-1").standard->grade == "5");
}

TEST_CASE("what is removed no longer speaks for anything") {
  Catalogue catalogue = world();
  catalogue.put({"evid-1", measured("case-1", {"before-after"}), {}});
  CHECK(catalogue.evidence("ini-1").standard->derived == "2");
  catalogue.remove("evid-1");
  CHECK(catalogue.evidence("ini-1").standard->derived == "1");
}

TEST_CASE("a standard that a person set counts, and the derived one is shown beside it") {
  Catalogue catalogue = world();
  Initiative told = initiative("Home First");
  told.standard = GradeOverride{"3", "the study is not in the catalogue", "host-7", {2026, 1, 1}};
  catalogue.put({"ini-1", told, {}});
  const Grade grade = catalogue.evidence("ini-1").standard.value();
  CHECK(grade.grade == "3");
  CHECK(grade.derived == "1");
  CHECK(to_json(catalogue.evidence("ini-1")).find("\"by\":\"host-7\"") != std::string::npos);
}

TEST_CASE("evidence is asked of what can have any") {
  Catalogue catalogue = world();
  catalogue.put({"org-1", organisation("Y"), {}});
  CHECK(error_of([&] { catalogue.evidence("org-1"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.evidence("nothing"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.method("ini-1"); }) == ErrorCode::InvalidArgument);
  catalogue.remove("case-2");
  CHECK(error_of([&] { catalogue.evidence("case-2"); }) == ErrorCode::NotFound);
}

TEST_CASE("a method tells its assessments, users, who handed it on, and its successor") {
  Catalogue catalogue = world();
  Method old = method("Staircase");
  old.superseded_by = "meth-1";
  old.state = "superseded";
  catalogue.put({"meth-0", old, {}});
  Method oldest = method("Shelter");
  oldest.superseded_by = "meth-0";
  catalogue.put({"meth-00", oldest, {}});
  CHECK(catalogue.method("meth-00").successor == "meth-1");
  CHECK(catalogue.method("meth-00").successor_title == "Housing first");
  CHECK(catalogue.method("meth-1").supersedes == Codes{"meth-0"});
  CHECK(catalogue.method("meth-1").successor.empty());

  for (const char* assessor : {"a", "b"}) {
    Assessment assessment;
    assessment.method = "meth-1";
    assessment.version = "1.0";
    assessment.assessor = assessor;
    assessment.grades = {{"relevance", "5", ""}, {"usability", "2", ""}};
    catalogue.put({std::string("assess-") + assessor, assessment, {}});
  }
  catalogue.put({"org-1", organisation("Y-Foundation"), {}});
  Dissemination handed;
  handed.method = "meth-1";
  handed.from = "org-1";
  handed.to = {"org-2"};
  handed.date = {2025, 3, 0};
  catalogue.put({"diss-1", handed, {}});
  const MethodReport report = catalogue.method("meth-1");
  REQUIRE(report.assessments.size() == 1);
  CHECK(report.assessments[0].agreement.value() == Approx(1));
  REQUIRE(report.uses.size() == 1);
  CHECK(report.uses[0].case_study == "case-1");
  CHECK(report.uses[0].countries == Codes{"FI"});
  CHECK(report.uses[0].effect[0].text == "Half as many evictions");
  REQUIRE(report.disseminations.size() == 1);
  CHECK(report.disseminations[0].from_name == "Y-Foundation");
}

TEST_CASE("methods that supersede each other in a circle have no successor") {
  Catalogue catalogue = world();
  Method one = method("One");
  one.superseded_by = "meth-b";
  Method other = method("Other");
  other.superseded_by = "meth-a";
  catalogue.put_all({{"meth-a", one, {}}, {"meth-b", other, {}}});
  CHECK(catalogue.method("meth-a").successor.empty());
}

TEST_CASE(
    "methods for a problem are ranked with reasons, the superseded last with their successor") {
  Catalogue catalogue = world();
  Method old = method("Staircase to housing", {"housing"});
  old.superseded_by = "meth-1";
  catalogue.put({"meth-0", old, {}});
  catalogue.put({"meth-2", method("Debt advice", {"debt"}), {}});
  MethodsRequest request;
  request.text = "people who sleep rough";
  request.themes = {"housing"};
  request.country = "FI";
  request.language = "fi";
  const MethodsFound found = catalogue.methods_for(request);
  REQUIRE(found.methods.size() == 3);
  CHECK(found.methods[0].id == "meth-1");
  CHECK(found.methods[0].standard == "1");
  CHECK(found.methods[0].score > found.methods[1].score);
  Codes reasons;
  for (const FitReason& reason : found.methods[0].reasons) reasons.push_back(reason.code);
  CHECK(reasons == Codes{"text", "themes", "country", "language", "evidence"});
  CHECK(found.methods[0].uses.size() == 1);
  CHECK(found.methods[2].id == "meth-0");
  CHECK(found.methods[2].successor == "meth-1");
}

TEST_CASE("methods for nothing, or for codes that there are not, are refused") {
  const Catalogue catalogue = world();
  CHECK(error_of([&] { catalogue.methods_for({}); }) == ErrorCode::InvalidArgument);
  MethodsRequest request;
  request.text = "homes";
  request.target_groups = {"martians"};
  CHECK(error_of([&] { catalogue.methods_for(request); }) == ErrorCode::InvalidArgument);
  request.target_groups = {};
  request.limit = 0;
  CHECK(catalogue.methods_for(request).methods.empty());
  Task cancelled;
  cancelled.cancel.cancel();
  CHECK(error_of([&] { catalogue.methods_for(request, cancelled); }) == ErrorCode::Cancelled);
  const Catalogue empty = Catalogue::open(":memory:");
  request.limit = 10;
  CHECK(empty.methods_for(request).methods.empty());
}

TEST_CASE("themes, target groups and countries are asked for by code or name, and slips are told") {
  const Catalogue catalogue = world();
  const auto refused = [](auto&& ask) {
    Codes told;
    try {
      ask();
    } catch (const Error& error) {
      for (const Violation& each : error.violations()) told.push_back(each.path + ' ' + each.code);
    }
    return told;
  };
  MethodsRequest methods;
  methods.text = "homes";
  methods.themes = {"hausing"};
  methods.target_groups = {"martians"};
  methods.country = "Atlantis";
  CHECK(refused([&] { catalogue.methods_for(methods); }) ==
        Codes{"themes unknown_code", "target_groups unknown_code", "country unknown_code"});
  SolvedRequest solved;
  solved.themes = {"hausing"};
  solved.countries = {"FI", "Atlantis"};
  CHECK(refused([&] { catalogue.who_solved(solved); }) ==
        Codes{"themes unknown_code", "countries unknown_code"});
  PeersRequest peers;
  peers.themes = {"hausing"};
  CHECK(refused([&] { catalogue.peers(peers); }) == Codes{"themes unknown_code"});
  // A code, what a record writes, a name.
  methods.themes = {"homelessness", "housing"};
  methods.target_groups = {};
  methods.country = "Finland";
  const MethodsFound found = catalogue.methods_for(methods);
  methods.country = "FI";
  CHECK(to_json(found) == to_json(catalogue.methods_for(methods)));
}

TEST_CASE("who has solved something is found through their cases, authorities apart") {
  Catalogue catalogue = world();
  Organisation authority = organisation("Ministry");
  authority.addresses.emplace_back().country = "FI";
  catalogue.put({"org-ma", authority, {}});
  Organisation lead = organisation("Y-Foundation");
  lead.addresses.emplace_back().country = "FI";
  catalogue.put({"org-y", lead, {}});
  CaseStudy told = study_of("ini-1", {"meth-1"});
  told.themes = {"housing"};
  told.lead_organisation = "org-y";
  Participation& part = told.participations.emplace_back();
  part.organisation = "org-ma";
  part.role = "managing-authority";
  catalogue.put({"case-1", told, {}});
  SolvedRequest request;
  request.text = "sleep rough";
  request.themes = {"housing"};
  const SolvedAnswer answer = catalogue.who_solved(request);
  REQUIRE(answer.organisations.size() == 2);
  CHECK(answer.cases[0].id == "case-1");
  CHECK(answer.methods[0].id == "meth-1");
  CHECK(answer.organisations[0].works[0].id == "case-1");
  request.authorities = true;
  const SolvedAnswer authorities = catalogue.who_solved(request);
  REQUIRE(authorities.organisations.size() == 1);
  CHECK(authorities.organisations[0].id == "org-ma");
  CHECK(authorities.organisations[0].works[0].roles == Codes{"managing-authority"});
  request.countries = {"SE"};
  CHECK(catalogue.who_solved(request).organisations.empty());
  CHECK(error_of([&] { catalogue.who_solved({}); }) == ErrorCode::InvalidArgument);
}
