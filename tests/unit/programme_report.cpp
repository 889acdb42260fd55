// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "fill.hpp"
#include "koinon/koinon.hpp"
#include "programme/report.hpp"

using namespace koinon;

namespace {

using Texts = std::vector<std::string>;

Award award(std::int64_t minor, const char* currency, const char* bid = "b") {
  Award made;
  made.bid = bid;
  made.amount = {minor, currency, ""};
  return made;
}

}  // namespace

TEST_CASE("each kind is reported by what its records can tell", "[programme]") {
  CHECK(report_dimensions(RecordKind::CaseStudy) ==
        Texts{"country", "theme", "target-group", "objective", "principle", "state", "stage",
              "level", "type", "running", "year", "programme", "evidence"});
  CHECK(report_dimensions(RecordKind::Award) ==
        Texts{"country", "theme", "year", "programme", "call"});
  CHECK(report_dimensions(RecordKind::MatchDecision).empty());
  CHECK(report_measures(RecordKind::Bid) == Texts{"requested", "total cost"});
  for (const RecordKind kind : test::all_kinds()) {
    CHECK(report_measures(kind).size() <= programme::most_measures);
    for (const std::string& name : report_dimensions(kind)) {
      CAPTURE(name);
      CHECK(programme::dimension_named(name));
    }
  }
}

TEST_CASE("a sum that 64 bits do not hold is left out and the others stand", "[programme]") {
  programme::ReportColumns columns;
  const auto put = [&](std::int64_t number, const Award& told) {
    const Record record = told;
    columns.set(number, "a" + std::to_string(number), &record);
  };
  put(1, award(std::numeric_limits<std::int64_t>::max(), "EUR"));
  put(2, award(1, "EUR"));
  put(3, award(250, "SEK"));
  ReportRequest request;
  request.of = RecordKind::Award;
  const Report report = programme::report(
      columns, request, [] {}, [](const std::string&) { return std::nullopt; });
  REQUIRE(report.total.sums.size() == 2);
  CHECK(report.total.sums[0].currency == "EUR");
  CHECK_FALSE(report.total.sums[0].minor);
  CHECK(report.total.sums[0].records == 2);
  CHECK(report.total.sums[1].minor == 250);
  CHECK(to_markdown(report).find("more than 64 bits hold") != std::string::npos);
}

TEST_CASE("a case has the stage of its initiative, whichever came first", "[programme]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  CaseStudy study;
  study.initiative = "i";
  catalogue.put({"c", study, {}});
  ReportRequest request;
  request.by = {"stage"};
  CHECK(catalogue.report(request).rows[0].codes == Texts{""});
  Initiative initiative;
  initiative.names = {{"en", "One", TextOrigin::Original}};
  initiative.stage = "scaling";
  catalogue.put({"i", initiative, {}});
  CHECK(catalogue.report(request).rows[0].codes == Texts{"scaling"});
  catalogue.remove("i");
  CHECK(catalogue.report(request).rows[0].codes == Texts{""});
}

TEST_CASE("a programme's record counts once, however calls and projects name it", "[programme]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Project project;
  project.titles = {{"en", "Homes", TextOrigin::Original}};
  project.programme = "ESF+ Finland";
  project.call = "c";
  catalogue.put({"p", project, {}});
  ReportRequest request;
  request.of = RecordKind::Project;
  request.by = {"programme"};
  CHECK(catalogue.report(request).rows[0].codes == Texts{"ESF+ Finland"});
  Call call;
  call.titles = {{"en", "Homes first", TextOrigin::Original}};
  call.programme = "ESF";
  call.programme_record = "prog";
  catalogue.put({"c", call, {}});
  Report report = catalogue.report(request);
  REQUIRE(report.rows.size() == 2);
  CHECK(report.rows[0].codes == Texts{"ESF+ Finland"});
  CHECK(report.rows[1].codes == Texts{"prog"});
  CHECK(report.total.records == 1);
  Programme programme;
  programme.names = {{"en", "ESF+ Finland", TextOrigin::Original}};
  catalogue.put({"prog", programme, {}});
  report = catalogue.report(request);
  REQUIRE(report.rows.size() == 1);
  CHECK(report.rows[0].codes == Texts{"prog"});
  CHECK(report.rows[0].labels == Texts{"ESF+ Finland"});
  // Two of one name are not told apart.
  catalogue.put({"other", programme, {}});
  CHECK(catalogue.report(request).rows.size() == 2);
  request.of = RecordKind::Call;
  CHECK(catalogue.report(request).rows[0].codes == Texts{"prog"});
}

TEST_CASE("an award does not count in the programme of another of its project", "[programme]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Project project;
  project.titles = {{"en", "Homes", TextOrigin::Original}};
  catalogue.put({"p", project, {}});
  for (const std::string n : {"1", "2"}) {
    Call call;
    call.titles = {{"en", "Call " + n, TextOrigin::Original}};
    call.programme = "Programme " + n;
    catalogue.put({"c" + n, call, {}});
    Bid bid;
    bid.call = "c" + n;
    bid.consortium = "k";
    catalogue.put({"b" + n, bid, {}});
    Award made = award(100, "EUR", ("b" + n).c_str());
    made.project = "p";
    catalogue.put({"a" + n, made, {}});
  }
  ReportRequest request;
  request.by = {"programme"};
  for (const RecordKind of : {RecordKind::Award, RecordKind::Project}) {
    request.of = of;
    const Report report = catalogue.report(request);
    REQUIRE(report.rows.size() == 2);
    CHECK(report.rows[0].records == 1);
    CHECK(report.rows[1].codes == Texts{"Programme 2"});
    CHECK(report.total.records == (of == RecordKind::Award ? 2 : 1));
  }
  request.of = RecordKind::Award;
  CHECK(catalogue.report(request).total.sums[0].minor == 200);
}

TEST_CASE("cases and methods are counted by the best study about them", "[programme]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  CaseStudy study;
  study.initiative = "i";
  catalogue.put({"c", study, {}});
  Method method;
  method.names = {{"en", "One", TextOrigin::Original}};
  catalogue.put({"m", method, {}});
  const auto evidence = [&](const char* id, const char* about, const char* feature) {
    Evidence made;
    made.about = about;
    made.features = {feature};
    catalogue.put({id, made, {}});
  };
  ReportRequest request;
  request.by = {"evidence"};
  CHECK(catalogue.report(request).rows[0].codes == Texts{""});
  evidence("e1", "c", "before-after");
  CHECK(catalogue.report(request).rows[0].codes == Texts{"1"});
  evidence("e2", "i", "random-assignment");
  CHECK(catalogue.report(request).rows[0].codes == Texts{"5"});
  request.of = RecordKind::Method;
  CHECK(catalogue.report(request).rows[0].codes == Texts{""});
  request.of = RecordKind::Evidence;
  CHECK(catalogue.report(request).rows.size() == 2);
  request.of = RecordKind::CaseStudy;
  request.by = {"country"};
  request.only = {{"evidence", {"5"}}};
  CHECK(catalogue.report(request).total.records == 1);
  catalogue.remove("e2");
  CHECK(catalogue.report(request).total.records == 0);
}

TEST_CASE("what was erased is in no report, not of an earlier state either", "[programme]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Organisation organisation;
  organisation.names = {{"en", "Somebody", TextOrigin::Original}};
  organisation.kind = "ngo";
  catalogue.put({"o", organisation, {}});
  ReportRequest request;
  request.of = RecordKind::Organisation;
  request.by = {"type"};
  const Report before = catalogue.report(request);
  CHECK(before.total.records == 1);
  CHECK(before.change == 1);
  catalogue.erase("o");
  CHECK(catalogue.report(request).total.records == 0);
  request.change = 1;
  CHECK(catalogue.report(request).total.records == 0);
  // Nor where the state is so near that it is taken back from the present.
  catalogue.put({"p", organisation, {}});
  catalogue.put({"q", organisation, {}});
  catalogue.erase("q");
  request.change = 4;
  CHECK(catalogue.report(request).total.records == 1);
}

TEST_CASE("a request of a report is refused with all that is wrong", "[programme]") {
  const Catalogue catalogue = Catalogue::open(":memory:");
  ReportRequest request;
  request.by = {"country", "colour", "country", "theme"};
  request.only = {{"size", {"big"}}};
  request.period.from = {2024, 13, 1};
  try {
    catalogue.report(request);
    FAIL("it was not refused");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::InvalidArgument);
    Texts paths;
    for (const Violation& each : e.violations()) paths.push_back(each.path + " " + each.code);
    CHECK(paths == Texts{"by too_many", "by[1] unknown_dimension", "by[2] duplicate",
                         "only[0].dimension unknown_dimension", "period.from bad_date"});
  }
}

TEST_CASE("a report that is cancelled says so", "[programme]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", award(1, "EUR"), {}});
  Task task;
  task.cancel.cancel();
  CHECK(test::error_of([&] { catalogue.report({}, task); }) == ErrorCode::Cancelled);
}
