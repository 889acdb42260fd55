// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::initiative;
using test::organisation;
using test::project;
using test::text;

namespace {

using Codes = std::vector<std::string>;

StaleRequest as_of(PartialDate day) {
  StaleRequest request;
  request.as_of = day;
  return request;
}

CaseStudy told(const std::string& running, PartialDate from, PartialDate to) {
  CaseStudy made;
  made.initiative = "ini-1";
  made.state = "published";
  made.running = running;
  made.period = {from, to};
  return made;
}

Codes findings(const Catalogue& catalogue, const StaleRequest& request = as_of({2026, 11, 26})) {
  Codes list;
  for (const StaleFinding& each : catalogue.stale(request).findings)
    list.push_back(each.id + " " + each.code + (each.other.empty() ? "" : " " + each.other));
  return list;
}

Catalogue world() {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"ini-1", initiative("Home First"), {}});
  catalogue.put({"case-1", told("running", {2019, 0, 0}, {2022, 0, 0}), {}});
  catalogue.put({"case-2", told("running", {2019, 0, 0}, {}), {}});
  return catalogue;
}

}  // namespace

TEST_CASE("stale cases are told with title, field and reason, and follow each write") {
  Catalogue catalogue = world();
  CHECK(findings(catalogue) == Codes{"case-1 ended-but-running"});
  const StaleFinding finding = catalogue.stale(as_of({2026, 11, 26})).findings[0];
  CHECK(finding.title == "Home First");
  CHECK(finding.field == "running");
  CHECK(finding.since.year == 2022);
  catalogue.put({"case-1", told("ended", {2019, 0, 0}, {2022, 0, 0}), {}});
  CHECK(findings(catalogue).empty());
  catalogue.put({"case-2", told("planned", {2019, 0, 0}, {}), {}});
  CHECK(findings(catalogue) == Codes{"case-2 begun-but-planned"});
  catalogue.remove("case-2");
  CHECK(findings(catalogue).empty());
  CHECK(catalogue.stale(as_of({2026, 11, 26})).records == 1);
}

TEST_CASE(
    "a lead and a project are followed wherever they were written, before the case or after") {
  for (const bool asked_between : {false, true}) {
    Catalogue catalogue = world();
    catalogue.put({"org-1", organisation("Lead"), {}});
    Project early = project("Early");
    early.period = {{2010, 0, 0}, {2012, 0, 0}};
    catalogue.put({"prj-1", early, {}});
    if (asked_between) findings(catalogue);
    CaseStudy named = told("running", {2019, 0, 0}, {});
    named.lead_organisation = "org-1";
    named.projects = {"prj-1"};
    catalogue.put({"case-1", named, {}});
    CHECK(findings(catalogue) == Codes{"case-1 project-outside prj-1"});
    early.period = {{2020, 0, 0}, {2021, 0, 0}};
    catalogue.put({"prj-1", early, {}});
    CHECK(findings(catalogue).empty());
    catalogue.remove("org-1");
    catalogue.remove("prj-1");
    CHECK(findings(catalogue) ==
          Codes{"case-1 lead-removed org-1", "case-1 project-removed prj-1"});
    catalogue.put({"org-1", organisation("Lead again"), {}});
    CHECK(findings(catalogue) == Codes{"case-1 project-removed prj-1"});
  }
}

TEST_CASE("pages of findings are parts of the whole, and counts those of all") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"ini-1", initiative("Home First"), {}});
  for (int i = 0; i < 30; ++i) {
    catalogue.put({"case-" + std::to_string(i), told("running", {2019, 0, 0}, {2022, 0, 0}), {}});
  }
  const Codes all = findings(catalogue);
  CHECK(all.size() == 30);
  Codes pages;
  for (std::size_t offset = 0; offset < 35; offset += 7) {
    StaleRequest request = as_of({2026, 11, 26});
    request.limit = 7;
    request.offset = offset;
    const StaleAnswer answer = catalogue.stale(request);
    CHECK(answer.total == 30);
    CHECK(answer.counts[0].findings == 30);
    for (const StaleFinding& each : answer.findings) pages.push_back(each.id + " " + each.code);
  }
  CHECK(pages == all);
}

TEST_CASE("stale wants a day, and codes narrow what is looked for") {
  Catalogue catalogue = world();
  CHECK(error_of([&] { catalogue.stale({}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.stale(as_of({2026, 13, 0})); }) == ErrorCode::InvalidArgument);
  StaleRequest request = as_of({2026, 11, 26});
  request.codes = {"lead-removed"};
  const StaleAnswer answer = catalogue.stale(request);
  CHECK(answer.total == 0);
  REQUIRE(answer.counts.size() == 1);
  CHECK(answer.counts[0].code == "lead-removed");
  const Catalogue empty = Catalogue::open(":memory:");
  CHECK(empty.stale(as_of({2026, 11, 26})).total == 0);
  Task cancelled;
  cancelled.cancel.cancel();
  Catalogue other = world();
  std::vector<Write> many;
  for (int i = 0; i < 300; ++i)
    many.push_back({"org-" + std::to_string(i), organisation("One"), {}});
  other.put_all(many);
  CHECK(error_of([&] { other.stale(as_of({2026, 0, 0}), cancelled); }) == ErrorCode::Cancelled);
}

TEST_CASE("the least complete cases come first") {
  Catalogue catalogue = world();
  CaseStudy fuller = told("running", {2019, 0, 0}, {});
  for (LangText* each : {&fuller.problem, &fuller.solution, &fuller.results, &fuller.summary})
    *each = {text("Told")};
  catalogue.put({"case-0", fuller, {}});
  const IncompleteAnswer answer = catalogue.incomplete();
  CHECK(answer.records == 3);
  CHECK(answer.total == 3);
  REQUIRE(answer.cases.size() == 3);
  CHECK(answer.cases[0].id == "case-1");  // as complete as the other: by id
  CHECK(answer.cases[2].id == "case-0");
  CHECK(answer.cases[2].share == Approx(catalogue.completeness("case-0").share).margin(1e-6));
  CHECK(answer.mean > answer.cases[0].share);
  IncompleteRequest request;
  request.below = answer.cases[2].share / 2 + answer.cases[1].share / 2;
  CHECK(catalogue.incomplete(request).total == 2);
  request.offset = 5;
  CHECK(catalogue.incomplete(request).cases.empty());
  request.below = 1.5;
  CHECK(error_of([&] { catalogue.incomplete(request); }) == ErrorCode::InvalidArgument);
  CHECK(Catalogue::open(":memory:").incomplete().mean == 0);
}

TEST_CASE("completeness is measured of kinds that can be complete") {
  Catalogue catalogue = world();
  CHECK(catalogue.completeness("ini-1").share > 0);
  CHECK(catalogue.completeness("case-1").title == "Home First");
  Concept idea;
  idea.scheme = "own";
  idea.labels = {text("An idea")};
  catalogue.put({"con-1", idea, {}});
  CHECK(error_of([&] { catalogue.completeness("con-1"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.completeness("nothing"); }) == ErrorCode::NotFound);
}

TEST_CASE("a collection tells its cases in their order, and which of them are gone") {
  Catalogue catalogue = world();
  Collection good;
  good.titles = {text("Good practices")};
  good.cases = {"case-2", "case-9", "case-1"};
  catalogue.put({"coll-1", good, {}});
  catalogue.put({"coll-2", good, {}});
  const Collections first = catalogue.collections({}, 1);
  REQUIRE(first.collections.size() == 1);
  CHECK(first.collections[0].cases[0].id == "case-2");
  CHECK(first.collections[0].cases[0].title == "Home First");
  CHECK_FALSE(first.collections[0].cases[1].present);
  CHECK(first.next == "coll-1");
  CHECK(catalogue.collections(first.next, 10).collections[0].id == "coll-2");
  CHECK(catalogue.collections(first.next, 10).next.empty());
}

TEST_CASE("what is erased leaves the care of cases, with its name") {
  Catalogue catalogue = world();
  catalogue.put({"org-1", organisation("Lead"), {}});
  CaseStudy named = told("running", {2019, 0, 0}, {});
  named.lead_organisation = "org-1";
  catalogue.put({"case-1", named, {}});
  CHECK(findings(catalogue).empty());
  catalogue.erase("org-1");
  CHECK(findings(catalogue).empty());  // the case no longer names it
  catalogue.erase("case-1");
  CHECK(catalogue.incomplete().records == 1);
}
