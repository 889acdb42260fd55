// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/completeness.hpp"
#include "domain/date.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"
#include "errors.hpp"
#include "koinon/catalogue.hpp"
#include "programme/completeness.hpp"
#include "programme/membership.hpp"
#include "programme/staleness.hpp"

using namespace koinon;
using namespace koinon::programme;
using test::error_of;

namespace {

using Codes = std::vector<std::string>;

StaleRequest as_of(PartialDate day) {
  StaleRequest request;
  request.as_of = day;
  return request;
}

// Codes of what is wrong as of a day.
Codes wrong(const CaseFacts& facts, const StaleRequest& request = as_of({2026, 11, 26})) {
  const StaleLimits limits = limits_of(request);
  const std::uint32_t bits = stale_bits(facts, limits) & codes_wanted(request);
  Codes codes;
  for (std::size_t i = 0; i < stale_codes.size(); ++i) {
    if ((bits >> i & 1U) == 0) continue;
    const StaleFinding finding = stale_finding(static_cast<Stale>(i), facts, limits);
    CHECK(finding.code == stale_codes[i]);
    CHECK_FALSE(finding.field.empty());
    CHECK_FALSE(finding.reason.empty());
    codes.push_back(finding.code);
  }
  return codes;
}

CaseFacts dated(PartialDate from, PartialDate to, Running running) {
  CaseFacts facts;
  facts.period = {from, to};
  facts.running = running;
  return facts;
}

std::int32_t day(PartialDate date) {
  return domain::first_day(date);
}

}  // namespace

TEST_CASE("what goes on past its end, or was planned past its beginning, is found") {
  CHECK(wrong(dated({2020, 0, 0}, {2023, 6, 30}, Running::Going)) == Codes{"ended-but-running"});
  CHECK(wrong(dated({2024, 0, 0}, {2028, 0, 0}, Running::Planned)) == Codes{"begun-but-planned"});
  CHECK(wrong(dated({2027, 0, 0}, {}, Running::Going)) == Codes{"not-begun-but-running"});
  CHECK(wrong(dated({2020, 0, 0}, {2027, 0, 0}, Running::Ended)) == Codes{"not-over-but-ended"});
  CHECK(wrong(dated({2020, 0, 0}, {2027, 0, 0}, Running::Going)).empty());
}

TEST_CASE("a date that may still hold is no finding") {
  // The year of the end is this one: it may not have come.
  CHECK(wrong(dated({2020, 0, 0}, {2026, 0, 0}, Running::Going)).empty());
  CHECK(wrong(dated({2026, 0, 0}, {}, Running::Planned)).empty());
  CHECK(wrong(dated({}, {}, Running::Going)).empty());
}

TEST_CASE("the day that is asked about decides, and not today") {
  const CaseFacts facts = dated({2020, 0, 0}, {2023, 6, 30}, Running::Going);
  CHECK(wrong(facts, as_of({2023, 6, 30})).empty());
  CHECK(wrong(facts, as_of({2023, 7, 1})) == Codes{"ended-but-running"});
}

TEST_CASE("a period that is long over, or backwards, is found") {
  CHECK(wrong(dated({2012, 0, 0}, {2014, 0, 0}, Running::NotTold)) == Codes{"dead-period"});
  CHECK(wrong(dated({2022, 0, 0}, {2024, 0, 0}, Running::NotTold)).empty());
  CHECK(wrong(dated({2026, 5, 0}, {2026, 4, 0}, Running::NotTold)) == Codes{"period-backwards"});
}

TEST_CASE("published and untouched, or long in review, is found after the days that are asked") {
  CaseFacts facts;
  facts.published = true;
  facts.updated = day({2024, 1, 1});
  CHECK(wrong(facts) == Codes{"not-updated"});
  StaleRequest patient = as_of({2026, 11, 26});
  patient.not_updated_days = 2000;
  CHECK(wrong(facts, patient).empty());
  facts.published = false;
  CHECK(wrong(facts).empty());
  facts.in_review = true;
  CHECK(wrong(facts).empty());
  facts.in_state = day({2026, 1, 1});
  CHECK(wrong(facts) == Codes{"in-review"});
}

TEST_CASE(
    "a lead or a project that went, and a project at another time, are found with their ids") {
  const NamedRecord gone{"org-1", false, {}};
  const NamedRecord there{"org-2", true, {}};
  const NamedRecord outside{"prj-1", true, {{2010, 0, 0}, {2013, 0, 0}}};
  const NamedRecord inside{"prj-2", true, {{2021, 0, 0}, {2022, 0, 0}}};
  CaseFacts facts = dated({2020, 0, 0}, {2027, 0, 0}, Running::Going);
  facts.lead = &there;
  facts.projects = {&inside};
  CHECK(wrong(facts).empty());
  facts.lead = &gone;
  facts.projects = {&inside, &gone, &outside};
  CHECK(wrong(facts) == Codes{"lead-removed", "project-removed", "project-outside"});
  CHECK(stale_finding(Stale::ProjectOutside, facts, {}).other == "prj-1");
}

TEST_CASE("stale records need a day that there is, and codes that there are") {
  CHECK(error_of([] { limits_of({}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([] { limits_of(as_of({2026, 2, 30})); }) == ErrorCode::InvalidArgument);
  StaleRequest request = as_of({2026, 11, 26});
  request.codes = {"not-updated", "mouldy"};
  CHECK(error_of([&] { limits_of(request); }) == ErrorCode::InvalidArgument);
  request.codes = {"not-updated"};
  CHECK(codes_wanted(request) == 1U << static_cast<unsigned>(Stale::NotUpdated));
}

TEST_CASE("the fields that make a record complete are fields of its kind") {
  for (const std::string& kind : data::completeness_kinds()) {
    const auto known = kind_from_name(kind);
    REQUIRE(known);
    Codes fields;
    const Record record = domain::make_record(*known);
    std::visit(
        [&](const auto& each) {
          domain::visit_fields(each, [&](const domain::Field& field, const auto&) {
            fields.emplace_back(field.name);
          });
        },
        record);
    for (const data::WeighedGroup& group : data::completeness_of(kind)) {
      CHECK(group.weight > 0);
      for (const data::WeighedField& field : group.fields) {
        INFO(kind << "." << field.field);
        CHECK(field.weight > 0);
        CHECK(std::find(fields.begin(), fields.end(), field.field) != fields.end());
      }
    }
  }
}

TEST_CASE("completeness is the weighed share of what is answered, and names what is missing") {
  CaseStudy study;
  CHECK(completeness_share(study) == 0);
  study.initiative = "ini-1";
  study.problem = {{"en", "Rough sleeping", {}}};
  study.solution = {{"en", "", {}}};  // says nothing
  const Completeness complete = completeness_of(study);
  const auto checklist =
      std::find_if(complete.groups.begin(), complete.groups.end(),
                   [](const FieldGroup& group) { return group.group == "checklist"; });
  REQUIRE(checklist != complete.groups.end());
  CHECK(checklist->share == Approx(0.25));
  CHECK(checklist->answered == Codes{"problem"});
  CHECK(checklist->missing == Codes{"solution", "results", "transferability"});
  CHECK(complete.share > 0);
  CHECK(complete.share < 0.25);
  CHECK(completeness_of(Award{}).groups.empty());
}

TEST_CASE("a language is whole, in part, or by machine") {
  CaseStudy study;
  study.title = {{"fi", "Koti", {}}, {"en", "Home", TextOrigin::Machine}, {"sv", "Hem", {}}};
  study.summary = {{"fi", "Ensin koti", {}}, {"en", "Home first", TextOrigin::Machine}};
  const auto languages = languages_of(study);
  REQUIRE(languages.size() == 3);
  CHECK(languages[0].language == "en");
  CHECK(languages[0].state == "machine");
  CHECK(languages[1].state == "whole");
  CHECK(languages[2].state == "part");
  CHECK(languages[2].lacking == Codes{"summary"});
  CHECK(languages_of(CaseStudy{}).empty());
}

TEST_CASE("what is open at an end holds, and a part is bound by its whole") {
  CHECK(holds({}, day({2026, 1, 1})));
  CHECK(holds({{2020, 0, 0}, {}}, day({2026, 1, 1})));
  CHECK_FALSE(holds({{2020, 0, 0}, {2025, 12, 31}}, day({2026, 1, 1})));
  CHECK(holds({{2020, 0, 0}, {2026, 0, 0}}, day({2026, 12, 31})));
  CHECK_FALSE(holds({{2026, 1, 2}, {}}, day({2026, 1, 1})));
  CHECK(holds({{2020, 0, 0}, {2021, 0, 0}}, std::nullopt));
  const Period part = within({{2022, 0, 0}, {}}, {{2021, 5, 0}, {2023, 4, 0}});
  CHECK(part.from.year == 2022);
  CHECK(part.to.month == 4);
  CHECK(period_label({2024, 5, 0}, "quarter") == "2024-Q2");
  CHECK(period_label({2024, 0, 0}, "month") == "2024");
  CHECK(period_label({}, "year").empty());
  CHECK(day_at(-1) == -1);
  CHECK(date_of(day({2024, 2, 29})).day == 29);
}
