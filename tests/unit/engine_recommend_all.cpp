// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "catch.hpp"
#include "errors.hpp"
#include "recommend_world.hpp"

using namespace koinon;
using namespace koinon::test;

namespace {

// Some tens of organisations of five countries that have worked together at random.
Catalogue large_catalogue() {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::uint32_t state = 7;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8U) % n;
  };
  const Ids countries = {"NL", "FI", "AT", "PT", "EL"};
  for (std::uint32_t i = 0; i < 60; ++i) {
    Organisation made = organisation("Organisation " + std::to_string(i));
    made.addresses.emplace_back().country = countries[below(5)];
    made.kind = below(2) == 0 ? "ngo" : "company";
    if (below(4) == 0) made.seeks = {"health"};
    if (below(5) == 0) made.offers = {"health", "housing"};
    catalogue.put({"o" + std::to_string(i), made, {}});
  }
  for (std::uint32_t i = 0; i < 50; ++i) {
    Ids members;
    for (std::uint32_t n = 2 + below(4); n > 0; --n) {
      const std::string id = "o" + std::to_string(below(55));
      if (std::find(members.begin(), members.end(), id) == members.end()) members.push_back(id);
    }
    catalogue.put({"p" + std::to_string(i),
                   dated("P", members, static_cast<std::int16_t>(2014 + below(6)),
                         {below(2) == 0 ? "health" : "housing"}),
                   {}});
  }
  return catalogue;
}

// Each row against the answer for its organisation alone.
void check_rows(const Catalogue& catalogue, const RecommendAllRequest& request,
                std::size_t rows_expected) {
  const RecommendationTable table = catalogue.recommend_all(request);
  REQUIRE(table.asked.size() == rows_expected);
  REQUIRE(table.partners.size() == rows_expected * table.width);
  REQUIRE(table.scores.size() == table.partners.size());
  for (std::size_t row = 0; row < table.asked.size(); ++row) {
    RecommendRequest one = request.each;
    one.organisation = table.organisations[table.asked[row]].id;
    CAPTURE(one.organisation);
    const Recommendations found = catalogue.recommend(one);
    REQUIRE(found.change == table.change);
    REQUIRE(found.recommendations.size() <= table.width);
    for (std::size_t i = 0; i < table.width; ++i) {
      const std::uint32_t partner = table.partners[row * table.width + i];
      const float score = table.scores[row * table.width + i];
      if (i >= found.recommendations.size()) {
        REQUIRE(partner == RecommendationTable::nobody);
        REQUIRE(std::isnan(score));
        continue;
      }
      const Recommendation& expected = found.recommendations[i];
      REQUIRE(partner < table.organisations.size());
      REQUIRE(table.organisations[partner].id == expected.organisation.id);
      REQUIRE(table.organisations[partner].country == expected.organisation.country);
      REQUIRE(table.kinds[partner] == expected.kind);
      REQUIRE(double(score) == expected.score);
    }
  }
}

}  // namespace

TEST_CASE("the partners of all are those of each by itself", "[engine]") {
  Catalogue catalogue = large_catalogue();
  RecommendAllRequest request;
  request.each.limit = 7;
  check_rows(catalogue, request, 60);
  request.each.limit = 100;  // more than there are
  check_rows(catalogue, request, 60);
  request.each.most_per_country = 2;
  check_rows(catalogue, request, 60);
  request.each = {};
  request.each.known = true;
  check_rows(catalogue, request, 60);
  request.each = {};
  request.each.as_of = {2016, 0, 0};
  const std::size_t known = catalogue.recommend_all(request).asked.size();
  CHECK(known < 60);
  check_rows(catalogue, request, known);
  request.each = {};
  request.each.countries = {"Finland", "GR"};
  request.each.exclude = {"o1", "o2"};
  request.each.themes_sought = {"health"};
  request.each.capabilities_sought = {"housing"};
  check_rows(catalogue, request, 60);
  Call call;
  call.titles = {test::text("Homes")};
  call.themes = {"housing"};
  call.rules = {{"allowed-countries", {{"countries", {"NL", "FI", "AT"}}}, ""},
                {"capability-required", {{"capability", {"health"}}}, ""}};
  catalogue.put({"call-1", call, {}});
  request.each = {};
  request.each.call = "call-1";
  check_rows(catalogue, request, 60);
  (void)catalogue.decide({"o3", "o9", "same", ""}, "a person");
  request.each = {};
  check_rows(catalogue, request, 59);
  request.each.as_told = true;
  check_rows(catalogue, request, 60);
}

TEST_CASE("those asked for are chosen by id, country, kind and theme", "[engine]") {
  const Catalogue catalogue = world();
  const auto asked = [&](auto&& change) {
    RecommendAllRequest request;
    change(request);
    const RecommendationTable table = catalogue.recommend_all(request);
    Ids ids;
    for (const std::uint32_t place : table.asked) ids.push_back(table.organisations[place].id);
    CHECK(table.organisations.size() == 7);
    return ids;
  };
  CHECK(asked([](auto&) {}) == Ids{"a", "b", "c", "d", "e", "f", "g"});
  CHECK(asked([](auto& r) { r.of_countries = {"Finland"}; }) == Ids{"d", "e", "f", "g"});
  CHECK(asked([](auto& r) { r.of_kinds = {"company"}; }) == Ids{"d"});
  CHECK(asked([](auto& r) { r.of_themes = {"Health"}; }) == Ids{"e", "f", "g"});
  CHECK(asked([](auto& r) { r.organisations = {"f", "c", "f"}; }) == Ids{"c", "f"});
  CHECK(asked([](auto& r) {
          r.organisations = {"f", "c"};
          r.of_countries = {"FI"};
        }) == Ids{"f"});
}

TEST_CASE("a table for many says what it cannot be asked", "[engine]") {
  const Catalogue catalogue = world();
  const auto refused = [&](auto&& change) {
    RecommendAllRequest request;
    change(request);
    return error_of([&] { catalogue.recommend_all(request); });
  };
  CHECK(refused([](auto& r) { r.each.organisation = "a"; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](auto& r) { r.each.members = {"a"}; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](auto& r) { r.each.replicate = "p1"; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](auto& r) { r.each.lead = true; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](auto& r) { r.of_countries = {"XX"}; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](auto& r) { r.organisations = {"p1"}; }) == ErrorCode::InvalidArgument);
  CHECK(refused([](auto& r) { r.organisations = {"nobody"}; }) == ErrorCode::NotFound);
  CHECK(refused([](auto& r) { r.each.exclude = {"nobody"}; }) == ErrorCode::NotFound);
  CHECK(!refused([](auto& r) { r.each.limit = 0; }));
  const RecommendationTable none = Catalogue::open(":memory:").recommend_all({});
  CHECK(none.asked.empty());
  CHECK(none.width == 0);
}

TEST_CASE("a table for many tells how far it is, and can be stopped", "[engine]") {
  const Catalogue catalogue = large_catalogue();
  Task task;
  std::uint64_t total = 0;
  task.progress = [&](const Progress& progress) {
    if (progress.stage == std::string("recommendations")) total = progress.total;
  };
  CHECK(catalogue.recommend_all({}, task).asked.size() == 60);
  CHECK(total == 60);
  task.progress = [&](const Progress& progress) {
    if (progress.stage == std::string("recommendations")) task.cancel.cancel();
  };
  CHECK(error_of([&] { catalogue.recommend_all({}, task); }) == ErrorCode::Cancelled);
}
