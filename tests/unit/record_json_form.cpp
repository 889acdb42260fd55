// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"
#include "exchange/record_json.hpp"

using namespace koinon;
using exchange::from_json;
using exchange::to_json;

namespace {

using Found = std::vector<std::string>;

Found faults(RecordKind kind, const std::string& json) {
  Found found;
  for (const Violation& violation : from_json(kind, json).violations) {
    found.push_back(violation.path + ' ' + violation.code);
    CHECK_FALSE(violation.message.empty());
  }
  return found;
}

Found project_faults(const std::string& json) {
  return faults(RecordKind::Project, json);
}

std::string canonical(RecordKind kind, const std::string& json) {
  const auto read = from_json(kind, json);
  REQUIRE(read.violations.empty());
  return to_json(read.record);
}

}  // namespace

TEST_CASE("the canonical form is known to the byte", "[record_json]") {
  Project p;
  p.codes = {{"EC", "726997"}};
  p.titles = {{"fi", "Koti \"ensin\"\n\x01\\", TextOrigin::Machine}};
  p.period = {{2016, 3, 0}, {2019, 0, 0}};
  p.total_budget = {211199250, "EUR", "2.111.992,50"};
  p.eu_budget = {1500, "ISK", ""};
  p.participations.resize(1);
  p.participations[0].organisation = "org-1";
  p.participations[0].role = "partner";
  p.participations[0].share = Share{250000};
  p.locations.resize(1);
  p.locations[0].latitude = 60.25;
  p.locations[0].longitude = -24;
  CHECK(to_json(p) ==
        R"({"codes":[{"issuer":"EC","value":"726997"}],)"
        R"("titles":[{"language":"fi","text":"Koti \"ensin\"\n\u0001\\","origin":"machine"}],)"
        R"("period":{"from":"2016-03","to":"2019"},)"
        R"("total_budget":{"amount":"2111992.50","currency":"EUR","as_written":"2.111.992,50"},)"
        R"("eu_budget":{"amount":"1500","currency":"ISK"},)"
        R"("locations":[{"latitude":60.25,"longitude":-24}],)"
        R"("participations":[{"organisation":"org-1","role":"partner","share":"0.25"}]})");
  Call call;
  call.rules.resize(1);
  call.rules[0].kind = "minimum-countries";
  call.rules[0].parameters = {{"count", {"3"}}, {"countries", {"IS", "NO"}}, {"none", {}}};
  CHECK(to_json(call) == R"({"rules":[{"kind":"minimum-countries","parameters":)"
                         R"({"count":"3","countries":["IS","NO"],"none":[]}}]})");
}

TEST_CASE("order, blanks and escapes of the input do not show in the canonical form",
          "[record_json]") {
  CHECK(canonical(RecordKind::Project,
                  "{ \"acronym\" : \"\\u00e9\\/\" ,\n \"codes\":[ {\"value\":\"1\", "
                  "\"issuer\":\"EC\"} ] }") ==
        R"({"codes":[{"issuer":"EC","value":"1"}],"acronym":"é/"})");
  CHECK(canonical(RecordKind::Project,
                  R"({"acronym":"","codes":[],"period":{},"total_budget":{}})") == "{}");
  CHECK(canonical(RecordKind::Project,
                  R"({"titles":[{"origin":"original","text":"a","language":"fi"}]})") ==
        R"({"titles":[{"language":"fi","text":"a"}]})");
  CHECK(canonical(RecordKind::Initiative, R"({"origin":{"latitude":-0.0,"longitude":-0}})") ==
        R"({"origin":{"latitude":0,"longitude":0}})");
  CHECK(canonical(RecordKind::Call, R"({"rate_cap":"0.800000"})") == R"({"rate_cap":"0.8"})");
}

TEST_CASE("the largest and smallest amounts come back", "[record_json]") {
  for (const std::int64_t minor :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    for (const char* currency : {"EUR", "ISK", "TND"}) {
      Project p;
      p.total_budget = {minor, currency, ""};
      const auto read = from_json(RecordKind::Project, to_json(p));
      CHECK(read.violations.empty());
      CHECK(std::get<Project>(read.record).total_budget.minor == minor);
    }
  }
}

TEST_CASE("unknown fields are named where they stand", "[record_json]") {
  CHECK(project_faults(R"({"colour":"red","codes":[{"issuer":"a","value":"b"},{"isuer":"a"}]})") ==
        Found{"codes[1].isuer unknown_field", "colour unknown_field"});
  CHECK(project_faults(R"({"titles":[{"lang":"fi"}],"total_budget":{"minor":"1"}})") ==
        Found{"titles[0].lang unknown_field", "total_budget.minor unknown_field"});
}

TEST_CASE("a wrong type is named where it stands", "[record_json]") {
  for (const char* json : {"[]", "null", "1", "\"a\"", "true"}) {
    CAPTURE(json);
    CHECK(project_faults(json) == Found{" wrong_type"});
  }
  CHECK(project_faults(R"({"acronym":1})") == Found{"acronym wrong_type"});
  CHECK(project_faults(R"({"acronym":null})") == Found{"acronym wrong_type"});
  CHECK(project_faults(R"({"codes":{}})") == Found{"codes wrong_type"});
  CHECK(project_faults(R"({"codes":[1]})") == Found{"codes[0] wrong_type"});
  CHECK(project_faults(R"({"period":"2016"})") == Found{"period wrong_type"});
  CHECK(project_faults(R"({"period":{"from":2016}})") == Found{"period.from wrong_type"});
  CHECK(project_faults(R"({"total_budget":{"amount":5}})") ==
        Found{"total_budget.amount wrong_type"});
  CHECK(project_faults(R"({"locations":[{"latitude":"60"}]})") ==
        Found{"locations[0].latitude wrong_type"});
  CHECK(project_faults(R"({"participations":[{"share":0.5}]})") ==
        Found{"participations[0].share wrong_type"});
  CHECK(project_faults(R"({"titles":["a"]})") == Found{"titles[0] wrong_type"});
  CHECK(project_faults(R"({"themes":["a",["b"]]})") == Found{"themes[1] wrong_type"});
  CHECK(faults(RecordKind::Call, R"({"rules":[{"parameters":[]}]})") ==
        Found{"rules[0].parameters wrong_type"});
  CHECK(faults(RecordKind::Call, R"({"rules":[{"parameters":{"a":["b",3]}}]})") ==
        Found{"rules[0].parameters.a[1] wrong_type"});
}

TEST_CASE("dates, shares, amounts and origins that cannot be are named", "[record_json]") {
  CHECK(project_faults(R"({"period":{"from":"31.3.2016","to":"2016-02-30"}})") ==
        Found{"period.from bad_date", "period.to bad_date"});
  CHECK(
      project_faults(R"({"participations":[{"share":"1.5"},{"share":"-0.1"},{"share":"0.0000001"},)"
                     R"({"share":""}]})") ==
      Found{"participations[0].share bad_share", "participations[1].share bad_share",
            "participations[2].share bad_share", "participations[3].share bad_share"});
  CHECK(project_faults(R"({"total_budget":{"amount":"1,50","currency":"EUR"},)"
                       R"("eu_budget":{"amount":"1.5","currency":"ISK"}})") ==
        Found{"total_budget.amount bad_amount", "eu_budget.amount bad_amount"});
  CHECK(project_faults(R"({"total_budget":{"amount":"92233720368547758.08","currency":"EUR"}})") ==
        Found{"total_budget.amount bad_amount"});
  CHECK(project_faults(R"({"total_budget":{"amount":"","currency":"EUR"}})") ==
        Found{"total_budget.amount bad_amount"});
  CHECK(project_faults(R"({"titles":[{"origin":"robot"},{"origin":1}]})") ==
        Found{"titles[0].origin unknown_code", "titles[1].origin unknown_code"});
  CHECK(faults(RecordKind::Call, R"({"deadlines":["2016","soon"]})") ==
        Found{"deadlines[1] bad_date"});
}

TEST_CASE("an amount is read in its currency wherever that stands", "[record_json]") {
  const auto read =
      from_json(RecordKind::Project, R"({"total_budget":{"amount":"1.234","currency":"TND"}})");
  CHECK(std::get<Project>(read.record).total_budget.minor == 1234);
  const auto turned =
      from_json(RecordKind::Project, R"({"total_budget":{"currency":"TND","amount":"1.234"}})");
  CHECK(std::get<Project>(turned.record).total_budget.minor == 1234);
}

TEST_CASE("every fault of form is told at once", "[record_json]") {
  CHECK(project_faults(R"({"codes":[1],"acronym":[],"period":{"from":"x"},"oops":1})") ==
        Found{"codes[0] wrong_type", "acronym wrong_type", "period.from bad_date",
              "oops unknown_field"});
}

TEST_CASE("what is no JSON is bad_json", "[record_json]") {
  for (const char* json : {"", " ", "{", "{}}", "{\"a\":}", "{'a':1}", "{\"acronym\":\"a\nb\"}",
                           "{\"acronym\":\"\\ud800\"}", "{\"locations\":[{\"latitude\":1e999}]}",
                           "nul", "{\"acronym\":\"a\"},"}) {
    CAPTURE(json);
    CHECK(project_faults(json) == Found{" bad_json"});
  }
  CHECK(project_faults("{\"acronym\":\"\xFF\"}") == Found{" bad_json"});
  CHECK(project_faults("{\"acronym\":\"\xC0\x80\"}") == Found{" bad_json"});
  CHECK(project_faults("{\"acronym\":\"\xED\xA0\x80\"}") == Found{" bad_json"});
  CHECK(project_faults(std::string("{\"acronym\":\"a\0b\"}", 17)) == Found{" bad_json"});
}

TEST_CASE("nesting ends at 64 levels, brackets in texts not counted", "[record_json]") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(project_faults(nested(64)) == Found{" wrong_type"});
  CHECK(project_faults(nested(65)) == Found{" too_deep"});
  CHECK(project_faults(std::string(100000, '[')) == Found{" too_deep"});
  CHECK(project_faults(std::string(100000, '{')) == Found{" too_deep"});
  std::string open;
  for (int i = 0; i < 100000; ++i) open += "{\"a\":";
  CHECK(project_faults(open) == Found{" too_deep"});
  CHECK(project_faults("{\"acronym\":\"\\\"" + std::string(1000, '[') + "\"}") == Found{});
}

TEST_CASE("of a field told twice the last one counts, as with every reader of JSON",
          "[record_json]") {
  CHECK(canonical(RecordKind::Project, R"({"acronym":"a","fund":"esf","acronym":"b"})") ==
        R"({"acronym":"b","fund":"esf"})");
  CHECK(canonical(RecordKind::Call,
                  R"({"rules":[{"parameters":{"a":"1","b":"x","a":["2","3"]}}]})") ==
        R"({"rules":[{"parameters":{"a":["2","3"],"b":"x"}}]})");
}
