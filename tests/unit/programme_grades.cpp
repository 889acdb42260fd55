// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "catch.hpp"
#include "programme/agreement.hpp"
#include "programme/grades.hpp"

using namespace koinon;
using namespace koinon::programme;

namespace {

using Codes = std::vector<std::string>;

Evidence study(const Codes& features) {
  Evidence made;
  made.about = "case-1";
  made.features = features;
  return made;
}

std::string level(const Codes& features) {
  return maryland_of(study(features)).derived;
}

Effect effect(std::optional<double> baseline, std::optional<double> value) {
  Effect made;
  made.indicator = "employed";
  made.baseline = baseline;
  made.value = value;
  return made;
}

// A study that shows a change of something.
Study showing(const std::string& id, const std::string& about, const Codes& features,
              const std::string& independence = "") {
  Study made{id, study(features)};
  made.told.about = about;
  made.told.independence = independence;
  made.told.effects = {effect(0.2, 0.5)};
  return made;
}

Codes codes_of(const std::vector<GradeReason>& reasons) {
  Codes codes;
  for (const GradeReason& each : reasons) codes.push_back(each.code);
  return codes;
}

}  // namespace

TEST_CASE("the level of a study follows from the strongest feature of its design") {
  CHECK(level({"before-after"}) == "1");
  CHECK(level({"comparison-group"}) == "1");
  CHECK(level({"before-after", "control-variables"}) == "2");
  CHECK(level({"comparison-group", "control-variables"}) == "2");
  CHECK(level({"comparison-group", "before-after"}) == "3");
  CHECK(level({"matched-comparison"}) == "3");
  CHECK(level({"difference-in-differences", "qualitative"}) == "3");
  CHECK(level({"instrument", "control-variables"}) == "4");
  CHECK(level({"discontinuity"}) == "4");
  CHECK(level({"random-assignment", "before-after", "qualitative"}) == "5");
  CHECK(maryland_level({"comparison-group", "before-after"}) == 3);
  CHECK(maryland_level({"qualitative"}) == 0);
}

TEST_CASE("a study that measures nothing has no level, and is told why") {
  const Grade untold = maryland_of(study({}));
  CHECK(untold.derived.empty());
  CHECK(codes_of(untold.missing) == Codes{"features"});
  CHECK(codes_of(maryland_of(study({"qualitative"})).missing) == Codes{"measurement"});
  CHECK(codes_of(maryland_of(study({"control-variables"})).missing) == Codes{"measurement"});
}

TEST_CASE("each level says what the next one wants, the last nothing") {
  CHECK(codes_of(maryland_of(study({"before-after"})).missing) == Codes{"control-variables"});
  CHECK(codes_of(maryland_of(study({"before-after", "control-variables"})).missing) ==
        Codes{"comparison-group"});
  CHECK(codes_of(maryland_of(study({"matched-comparison"})).missing) == Codes{"quasi-random"});
  CHECK(maryland_of(study({"random-assignment"})).missing.empty());
}

TEST_CASE("an override counts, and the derived level stays beside it") {
  Evidence told = study({"random-assignment"});
  told.maryland = GradeOverride{"3", "a third of the sample was lost", "reviewer-7", {2026, 5, 1}};
  const Grade grade = maryland_of(told);
  CHECK(grade.derived == "5");
  CHECK(grade.grade == "3");
  REQUIRE(grade.overridden);
  CHECK(grade.overridden->reason == "a third of the sample was lost");
}

TEST_CASE("a change lies off the baseline, and off the interval where one is told") {
  Evidence told = study({"before-after"});
  CHECK_FALSE(shows_change(told));
  told.effects = {effect(0.4, 0.4)};
  CHECK_FALSE(shows_change(told));
  told.effects = {effect(0.4, 0.5)};
  CHECK(shows_change(told));
  told.effects[0].low = 0.3;
  told.effects[0].high = 0.7;
  CHECK_FALSE(shows_change(told));
  told.effects[0].low = 0.45;
  CHECK(shows_change(told));
  told.effects = {effect({}, {})};
  CHECK_FALSE(shows_change(told));
}

TEST_CASE("an innovation rises step by step, each with the records that lift it") {
  StandardFacts facts;
  CHECK(standard_of(facts, {}).derived.empty());
  CHECK(codes_of(standard_of(facts, {}).missing) == Codes{"account"});
  facts.accounts = {"case-1"};
  CHECK(standard_of(facts, {}).derived == "1");
  facts.confirmed = {"pilot-1"};
  CHECK(standard_of(facts, {}).missing[0].records == Codes{"pilot-1"});
  facts.studies = {showing("e1", "case-1", {"before-after"})};
  CHECK(standard_of(facts, {}).derived == "2");
  facts.studies.push_back(showing("e2", "case-1", {"matched-comparison"}));
  CHECK(standard_of(facts, {}).derived == "3");
  CHECK(codes_of(standard_of(facts, {}).missing) == Codes{"replication", "independent"});
  // The same place again is no replication.
  facts.studies.push_back(showing("e3", "case-1", {"comparison-group"}, "independent"));
  CHECK(codes_of(standard_of(facts, {}).missing) == Codes{"replication"});
  facts.studies.push_back(showing("e4", "case-2", {"random-assignment"}, "independent"));
  const Grade fourth = standard_of(facts, {});
  CHECK(fourth.derived == "4");
  CHECK(fourth.reasons.back().records == Codes{"e2", "e3", "e4"});
  CHECK(codes_of(fourth.missing) == Codes{"manual"});
  facts.manuals = {"meth-1"};
  CHECK(standard_of(facts, {}).derived == "5");
  CHECK(standard_of(facts, {}).missing.empty());
}

TEST_CASE("a manual alone lifts nothing, and neither does the Maryland level") {
  StandardFacts facts;
  facts.accounts = {"case-1"};
  facts.manuals = {"meth-1"};
  CHECK(standard_of(facts, {}).derived == "1");
  // Overridden to level 5, its design still compares with nobody.
  facts.studies = {showing("e1", "case-1", {"before-after"})};
  facts.studies[0].told.maryland = GradeOverride{"5", "said so", "", {}};
  CHECK(standard_of(facts, {}).derived == "2");
}

TEST_CASE("alpha of the example of its author") {
  // K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), data of four observers
  // with missing ones: ordinal alpha 0.815.
  const std::vector<std::vector<int>> units = {
      {1, 1, 1},    {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4},
      {4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {5, 5, 5},    {1, 1},       {3}};
  const Agreement agreement = ordinal_alpha(units);
  REQUIRE(agreement.alpha);
  CHECK(*agreement.alpha == Approx(0.815).margin(0.0005));
}

TEST_CASE("alpha of two observers and two values is that of the author's first example") {
  // The same paper, two observers of ten units: 0.095. Of two values every metric is the same.
  const std::vector<std::vector<int>> units = {{0, 1}, {1, 1}, {0, 1}, {0, 0}, {0, 0},
                                               {0, 1}, {0, 0}, {0, 0}, {1, 0}, {0, 0}};
  CHECK(ordinal_alpha(units).alpha.value() == Approx(0.095).margin(0.0005));
}

TEST_CASE("alpha of nothing to compare is not defined, and says which") {
  CHECK(std::string(ordinal_alpha({}).undefined) == "no-pairs");
  CHECK(std::string(ordinal_alpha({{1}, {2}, {}}).undefined) == "no-pairs");
  CHECK(std::string(ordinal_alpha({{3, 3}, {3, 3, 3}}).undefined) == "no-variation");
  CHECK_FALSE(ordinal_alpha({{3, 3}}).alpha);
  CHECK(*ordinal_alpha({{1, 1}, {5, 5}}).alpha == Approx(1));
  CHECK(*ordinal_alpha({{1, 5}, {5, 1}}).alpha < 0);
}

TEST_CASE("each assessor counts once for a criterion, with the last word") {
  const auto assessment = [](const char* who, std::int16_t year, const char* grade) {
    Assessment made;
    made.method = "meth-1";
    made.version = "1.0";
    made.assessor = who;
    made.date = {year, 0, 0};
    made.grades = {{"relevance", grade, ""}};
    return made;
  };
  const auto results = assessed(
      {assessment("b", 2025, "5"), assessment("a", 2024, "1"), assessment("a", 2026, "3")});
  REQUIRE(results.size() == 1);
  CHECK(results[0].assessors == Codes{"a", "b"});
  REQUIRE(results[0].criteria.size() == 1);
  const CriterionResult& relevance = results[0].criteria[0];
  CHECK(relevance.grades == Codes{"3", "5"});
  CHECK(relevance.mean == Approx(4));
  REQUIRE(relevance.spread);
  CHECK(*relevance.spread == Approx(1.41421356));
  CHECK(assessed({assessment("a", 2024, "2")})[0].undefined == "no-pairs");
  CHECK_FALSE(assessed({assessment("a", 2024, "2")})[0].criteria[0].spread);
  CHECK(assessed({}).empty());
}
