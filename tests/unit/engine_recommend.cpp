// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "catch.hpp"
#include "errors.hpp"
#include "recommend_world.hpp"

using namespace koinon;
using namespace koinon::test;

TEST_CASE("new partners are those not yet worked with, with the partners in common", "[engine]") {
  const Catalogue catalogue = world();
  const Recommendations found = catalogue.recommend(for_organisation("a"));
  CHECK(sorted(named(found)) == Ids{"c", "d", "e", "f", "g"});
  CHECK(found.candidates == 5);
  CHECK(found.change == 11);
  const RecommendReason* bridges = reason(of(found, "c"), "bridges");
  REQUIRE(bridges);
  CHECK(bridges->count == 1);
  REQUIRE(bridges->bridges.size() == 1);
  CHECK(bridges->bridges[0].id == "b");
  CHECK(bridges->bridges[0].name == "Organisation b");
  CHECK(bridges->contribution > 0);
  CHECK(!reason(of(found, "e"), "bridges"));
  CHECK(!reason(of(found, "c"), "shared-records"));
  const RecommendReason* themes = reason(of(found, "c"), "themes");
  REQUIRE(themes);
  CHECK(themes->codes == Ids{"housing"});
  const RecommendReason* country = reason(of(found, "c"), "country");
  REQUIRE(country);
  CHECK(country->codes == Ids{"NL"});
  CHECK(country->lift > 0);
}

TEST_CASE("scores fall, and reasons stand by what they contribute", "[engine]") {
  const Recommendations found = world().recommend(for_organisation("a"));
  for (std::size_t i = 1; i < found.recommendations.size(); ++i)
    CHECK(found.recommendations[i - 1].score >= found.recommendations[i].score);
  for (const Recommendation& one : found.recommendations) {
    CHECK(std::isfinite(one.score));
    for (std::size_t i = 1; i < one.reasons.size(); ++i)
      CHECK(one.reasons[i - 1].contribution >= one.reasons[i].contribution);
  }
}

TEST_CASE("who was worked with is named when asked for", "[engine]") {
  const Catalogue catalogue = world();
  RecommendRequest request = for_organisation("a");
  request.known = true;
  const Recommendations found = catalogue.recommend(request);
  CHECK(sorted(named(found)) == Ids{"b", "c", "d", "e", "f", "g"});
  const RecommendReason* shared = reason(of(found, "b"), "shared-records");
  REQUIRE(shared);
  REQUIRE(shared->works.size() == 1);
  CHECK(shared->works[0].id == "p1");
  CHECK(shared->works[0].own_roles == Ids{"coordinator"});
}

TEST_CASE("a gap is filled by those who know the members first", "[engine]") {
  const Catalogue catalogue = world();
  const Recommendations found = catalogue.recommend(for_members({"a", "c"}));
  CHECK(found.recommendations.front().organisation.id == "b");
  const RecommendReason* shared = reason(of(found, "b"), "shared-records");
  REQUIRE(shared);
  CHECK(shared->count == 2);
  CHECK(shared->works[0].id == "p2");
  CHECK(shared->works[1].id == "p1");
  CHECK(sorted(named(found)) == Ids{"b", "d", "e", "f", "g"});
}

TEST_CASE("in a gap an organisation's own partners are left out, those of the others are not",
          "[engine]") {
  const Catalogue catalogue = world();
  RecommendRequest request = for_organisation("a");
  request.members = {"c"};
  // b has worked with both: it is new to neither, and only `organisation` asks for somebody new.
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"d", "e", "f", "g"});
  request = for_organisation("e");
  request.members = {"c"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"a", "b", "d", "g"});
  CHECK(reason(of(catalogue.recommend(request), "b"), "shared-records"));
  request.known = true;
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"a", "b", "d", "f", "g"});
}

TEST_CASE("as of a day nothing of the future is known", "[engine]") {
  Catalogue catalogue = world();
  RecommendRequest request = for_organisation("a");
  request.as_of = {2019, 0, 0};
  const Recommendations before = catalogue.recommend(request);
  // d comes in 2020; g has no dated work, and nobody knows since when it offers what it offers.
  CHECK(sorted(named(before)) == Ids{"c", "e", "f"});
  catalogue.put({"p5", dated("Fifth", {"a", "c", "e", "x1", "x2"}, 2020, {"health"}), {}});
  catalogue.put({"p6", project("Undated", {"c", "f"}), {}});
  const Recommendations after = catalogue.recommend(request);
  REQUIRE(named(after) == named(before));
  for (std::size_t i = 0; i < after.recommendations.size(); ++i)
    CHECK(after.recommendations[i].score == before.recommendations[i].score);
  CHECK(sorted(named(catalogue.recommend(for_organisation("a")))) ==
        Ids{"d", "f", "g"});  // x1 and x2 are partners, of whom there are no records
}

TEST_CASE("lists leave in only who passes all of them", "[engine]") {
  const Catalogue catalogue = world();
  RecommendRequest request = for_organisation("a");
  request.countries = {"FI"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"d", "e", "f", "g"});
  request.kinds = {"ngo", "network"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"e", "f"});
  request.exclude = {"e"};
  CHECK(named(catalogue.recommend(request)) == Ids{"f"});
  request.countries = {"MT"};
  const Recommendations none = catalogue.recommend(request);
  CHECK(none.recommendations.empty());
  CHECK(none.candidates == 0);
  CHECK(none.countries.empty());
  RecommendRequest themes = for_organisation("a");
  themes.themes = {"health"};
  CHECK(sorted(named(catalogue.recommend(themes))) == Ids{"e", "f", "g"});
}

TEST_CASE("who is left out is somebody, or it is said that there is nobody of that id",
          "[engine]") {
  Catalogue catalogue = world();
  catalogue.put({"p5", dated("Fifth", {"d", "x1"}, 2020), {}});
  RecommendRequest request = for_organisation("a");
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"c", "d", "e", "f", "g", "x1"});
  request.exclude = {"x1", "e"};  // of x1 there is no record: one names it
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"c", "d", "f", "g"});
  request.exclude = {"e", "nobody"};
  CHECK_THROWS_WITH(catalogue.recommend(request), "exclude: there is no organisation 'nobody'");
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::NotFound);
  request.exclude = {"p1"};
  CHECK_THROWS_WITH(catalogue.recommend(request),
                    "exclude: 'p1' is a project, not an organisation");
  catalogue.remove("e");
  request.exclude = {"e"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"c", "d", "f", "g", "x1"});
}

TEST_CASE("an organisation that only records name is asked for like any other", "[engine]") {
  Catalogue catalogue = world();
  catalogue.put({"p5", dated("Fifth", {"d", "x1"}, 2020), {}});
  const Recommendations found = catalogue.recommend(for_organisation("x1"));
  CHECK(sorted(named(found)) == Ids{"a", "b", "c", "e", "f", "g"});
  CHECK(reason(of(found, "b"), "bridges"));
  CHECK(reason(of(catalogue.recommend(for_members({"x1"})), "d"), "shared-records"));
}

TEST_CASE("each country's exposure is told, and capped only when asked for", "[engine]") {
  const Catalogue catalogue = world();
  RecommendRequest request = for_organisation("a");
  const Recommendations free = catalogue.recommend(request);
  double whole = 0;
  for (const CountryExposure& one : free.countries) {
    whole += one.exposure;
    CHECK(one.passed_over == 0);
    CHECK(one.candidates == (one.country == "FI" ? 4U : 1U));
    CHECK(one.named == one.candidates);
  }
  CHECK(whole == Approx(1));
  request.most_per_country = 1;
  request.limit = 3;
  const Recommendations capped = catalogue.recommend(request);
  CHECK(capped.recommendations.size() == 2);
  for (const CountryExposure& one : capped.countries) {
    CHECK(one.named == 1);
    CHECK(one.passed_over == (one.country == "FI" ? 3U : 0U));
  }
}

TEST_CASE("a call is for those at home in its themes, newcomers among them", "[engine]") {
  Catalogue catalogue = world();
  Call call;
  call.titles = {test::text("Health for all")};
  call.themes = {"health"};
  catalogue.put({"call-1", call, {}});
  RecommendRequest request;
  request.call = "call-1";
  const Recommendations found = catalogue.recommend(request);
  CHECK(found.candidates == 7);
  for (const char* id : {"e", "f", "g"}) {
    const RecommendReason* themes = reason(of(found, id), "themes");
    REQUIRE(themes);
    CHECK(themes->codes == Ids{"health"});
    CHECK(themes->contribution > 0);
  }
  CHECK(!reason(of(found, "a"), "themes"));
  // Joined with an organisation: new partners of it for the call.
  request.organisation = "a";
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"c", "d", "e", "f", "g"});
  CHECK(reason(of(catalogue.recommend(request), "e"), "themes"));
}

TEST_CASE("whom the rules of a call keep out is not recommended for it", "[engine]") {
  Catalogue catalogue = world();
  catalogue.put({"h", organisation("From nowhere"), {}});
  Call call;
  call.titles = {test::text("Homes")};
  call.themes = {"housing"};
  call.rules = {{"allowed-countries", {{"countries", {"NL", "Greece"}}}, ""}};
  catalogue.put({"call-1", call, {}});
  RecommendRequest request;
  request.call = "call-1";
  // Of h the country is not told: nobody can say that it may not.
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"a", "b", "c", "h"});
  request.members = {"d"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"a", "b", "c", "h"});
  request.countries = {"FI", "NL"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"a", "b", "c"});
  CHECK(catalogue.recommend(request).kept_out == 3);
  // That nobody can be found is said, and not answered with nobody.
  request.countries = {"FI"};
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::InvalidArgument);

  // Rules may be of some kinds or roles alone; what cannot be read keeps nobody out.
  request = {};
  request.call = "call-1";
  const auto left_out = [&](std::vector<EligibilityRule> rules) {
    call.rules = std::move(rules);
    catalogue.put({"call-1", call, {}});
    return 8 - catalogue.recommend(request).candidates;
  };
  CHECK(left_out({}) == 0);
  CHECK(left_out({{"minimum-countries", {{"minimum", {"3"}}, {"countries", {"NL"}}}, ""}}) == 0);
  CHECK(left_out({{"allowed-countries", {{"groups", {"EU"}}}, ""}}) == 0);
  CHECK(left_out({{"allowed-countries", {{"countries", {"NL"}}, {"kinds", {"company"}}}, ""}}) ==
        1);
  CHECK(left_out({{"allowed-countries", {{"countries", {"Atlantis"}}}, ""}}) == 0);
  const std::vector<EligibilityRule> of_leaders = {
      {"allowed-countries", {{"countries", {"NL"}}, {"roles", {"coordinator"}}}, ""}};
  CHECK(left_out(of_leaders) == 0);
  request.lead = true;
  CHECK(left_out(of_leaders) == 4);
}

TEST_CASE("whom the rules of a call keep out is counted, by country and kind", "[engine]") {
  Catalogue catalogue = world();
  Call call;
  call.titles = {test::text("Homes")};
  call.themes = {"housing"};
  call.rules = {{"allowed-countries", {{"countries", {"NL"}}}, ""}};
  catalogue.put({"call-1", call, {}});
  RecommendRequest request;
  request.call = "call-1";
  const Recommendations found = catalogue.recommend(request);
  CHECK(found.candidates == 3);
  CHECK(found.kept_out == 4);
  REQUIRE(found.kept_out_by.size() == 3);
  CHECK(found.kept_out_by[0].country == "FI");
  CHECK(found.kept_out_by[0].kind == "ngo");
  CHECK(found.kept_out_by[0].count == 2);
  CHECK(found.kept_out_by[1].kind.empty());
  CHECK(found.kept_out_by[2].kind == "company");
  CHECK(found.kept_out_by[2].count == 1);

  // Only who would be a candidate else: not who is asked for, worked with, left out or filtered.
  request.organisation = "e";  // which has worked with f
  CHECK(catalogue.recommend(request).kept_out == 2);
  request.exclude = {"d"};
  CHECK(catalogue.recommend(request).kept_out == 1);
  request.exclude = {};
  request.kinds = {"company"};
  CHECK(catalogue.recommend(request).kept_out == 1);
  request.countries = {"NL", "EE"};
  CHECK(catalogue.recommend(request).kept_out == 0);

  call.rules = {{"allowed-countries", {{"countries", {"NL"}}, {"kinds", {"company"}}}, ""}};
  catalogue.put({"call-1", call, {}});
  request = {};
  request.call = "call-1";
  CHECK(catalogue.recommend(request).kept_out == 1);
  CHECK(catalogue.recommend(for_organisation("a")).kept_out == 0);
}

TEST_CASE("a case is replicated by others than its own, in the country that is told", "[engine]") {
  Catalogue catalogue = world();
  catalogue.put({"ini", test::initiative("Homes"), {}});
  CaseStudy study;
  study.initiative = "ini";
  study.themes = {"health"};
  study.lead_organisation = "b";
  catalogue.put({"case", study, {}});
  RecommendRequest request;
  request.replicate = "case";
  request.countries = {"FI"};
  const Recommendations found = catalogue.recommend(request);
  CHECK(sorted(named(found)) == Ids{"d", "e", "f", "g"});
  CHECK(reason(of(found, "d"), "shared-records"));
  CHECK(reason(of(found, "e"), "themes"));
  request.replicate = "ini";
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a newcomer is served from what it seeks, its country and its kind", "[engine]") {
  Catalogue catalogue = world();
  Organisation newcomer = organisation("Newcomer");
  newcomer.addresses.emplace_back().country = "FI";
  newcomer.kind = "ngo";
  newcomer.seeks = {"health"};
  catalogue.put({"new", newcomer, {}});
  const Recommendations found = catalogue.recommend(for_organisation("new"));
  CHECK(found.candidates == 7);
  CHECK(reason(of(found, "e"), "themes"));
  CHECK(reason(of(found, "e"), "country"));
  CHECK(reason(of(found, "e"), "kind"));
  CHECK(!reason(of(found, "a"), "themes"));
}

TEST_CASE("organisations that are one are recommended as one", "[engine]") {
  Catalogue catalogue = world();
  (void)catalogue.decide({"c", "e", "same", ""}, "a person");
  const Recommendations merged = catalogue.recommend(for_organisation("a"));
  CHECK(sorted(named(merged)) == Ids{"c", "d", "f", "g"});
  RecommendRequest told = for_organisation("a");
  told.as_told = true;
  CHECK(sorted(named(catalogue.recommend(told))) == Ids{"c", "d", "e", "f", "g"});
}

TEST_CASE("a recommendation needs something to go by", "[engine]") {
  const Catalogue catalogue = world();
  CHECK(error_of([&] { catalogue.recommend({}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.recommend(for_organisation("nobody")); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.recommend(for_organisation("p1")); }) ==
        ErrorCode::InvalidArgument);
  CHECK(error_of([&] {
          catalogue.recommend(for_members({"a", ""}));
        }) == ErrorCode::InvalidArgument);
  RecommendRequest request = for_organisation("a");
  request.as_of = {2019, 2, 30};
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::InvalidArgument);
  request = for_organisation("a");
  request.limit = 0;
  CHECK(catalogue.recommend(request).recommendations.empty());
  Task cancelled;
  cancelled.cancel.cancel();
  CHECK(error_of([&] { catalogue.recommend(for_organisation("a"), cancelled); }) ==
        ErrorCode::Cancelled);
}

TEST_CASE("an empty catalogue, or one without works, recommends whom it has", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  RecommendRequest request;
  request.themes_sought = {"health"};
  CHECK(catalogue.recommend(request).recommendations.empty());
  CHECK(catalogue.recommend(request).countries.empty());
  put_organisation(catalogue, "a", "NL");
  put_organisation(catalogue, "b", "NL");
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"a", "b"});
  const Recommendations found = catalogue.recommend(for_organisation("a"));
  REQUIRE(named(found) == Ids{"b"});
  // Nothing speaks for it: how much it works is told, though it is nothing.
  const RecommendReason* activity = reason(found.recommendations[0], "activity");
  REQUIRE(activity);
  CHECK(activity->count == 0);
}

TEST_CASE("what is planned for a later day makes nothing else older", "[engine]") {
  Catalogue catalogue = world();
  const Recommendations before = catalogue.recommend(for_organisation("a"));
  Project planned = dated("Planned", {"g"}, 2099, {});
  catalogue.put({"planned", planned, {}});
  const Recommendations after = catalogue.recommend(for_organisation("a"));
  for (const char* id : {"d", "e", "f"}) {
    if (std::find(named(before).begin(), named(before).end(), id) == named(before).end()) continue;
    CHECK(of(after, id).score == Approx(of(before, id).score).margin(0.2));
  }
}

TEST_CASE("what somebody seeks does not hide what it works on", "[engine]") {
  Catalogue catalogue = world();
  const Recommendations before = catalogue.recommend(for_organisation("a"));
  Organisation seeking = std::get<Organisation>(catalogue.get("a").record);
  seeking.seeks = {"sailing"};
  catalogue.put({"a", seeking, {}});
  const Recommendations after = catalogue.recommend(for_organisation("a"));
  REQUIRE(named(after) == named(before));
  for (std::size_t i = 0; i < after.recommendations.size(); ++i)
    CHECK(after.recommendations[i].score == before.recommendations[i].score);
}
