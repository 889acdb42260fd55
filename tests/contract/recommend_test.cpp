// SPDX-License-Identifier: Apache-2.0
//
// Recommendation, through the C API alone.
#include <array>
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

void put_organisation(kn_catalogue* catalogue, const std::string& id, const std::string& country) {
  put(catalogue, KN_KIND_ORGANISATION, id,
      R"({"names":[{"language":"en","text":"The )" + id +
          R"("}],"kind":"ngo","addresses":[{"country":")" + country + R"("}]})");
}

void put_project(kn_catalogue* catalogue, const std::string& id, const std::string& from,
                 const std::string& one, const std::string& other) {
  put(catalogue, KN_KIND_PROJECT, id,
      R"({"titles":[{"language":"en","text":"Project )" + id + R"("}],"period":{"from":")" + from +
          R"("},"themes":["housing"],"participations":[{"organisation":")" + one +
          R"(","role":"coordinator"},{"organisation":")" + other + R"(","role":"partner"}]})");
}

// a - b - c, and b - d later.
Catalogue bridged() {
  Catalogue catalogue = open(":memory:");
  for (const char* id : {"a", "b", "c", "d"}) put_organisation(catalogue.get(), id, "NL");
  put_project(catalogue.get(), "p1", "2016-01-01", "a", "b");
  put_project(catalogue.get(), "p2", "2017-01-01", "b", "c");
  put_project(catalogue.get(), "p3", "2020-01-01", "d", "b");
  return catalogue;
}

kn_recommend_options defaults() {
  kn_recommend_options options;
  REQUIRE(kn_recommend_options_init(&options, sizeof(options)) == KN_OK);
  return options;
}

std::string recommended(const Catalogue& catalogue, const kn_recommend_options& options) {
  kn_text* json = nullptr;
  REQUIRE(kn_recommend(catalogue.get(), &options, nullptr, &json, nullptr) == KN_OK);
  return take(json);
}

bool has(const std::string& json, const std::string& part) {
  return json.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("new partners come with their bridge") {
  const Catalogue catalogue = bridged();
  kn_recommend_options options = defaults();
  options.organisation = string_of("a");
  const std::string json = recommended(catalogue, options);
  CHECK(has(json,
            R"({"change":7,"candidates":2,"kept_out":0,"kept_out_by":[],"recommendations":[{)"));
  CHECK(has(json, R"("id":"c","name":"The c","country":"NL","kind":"ngo")"));
  CHECK(has(json, R"("code":"bridges")"));
  CHECK(has(json, R"("bridges":[{"id":"b","name":"The b","country":"NL"}])"));
  CHECK(has(json, R"("countries":[{"country":"NL","candidates":2,"named":2,"passed_over":0,)"));
}

TEST_CASE("those who know a member are named for a gap, with the records they share") {
  const Catalogue catalogue = bridged();
  kn_recommend_options options = defaults();
  const std::array<kn_string, 2> members = {string_of("a"), string_of("c")};
  options.members = members.data();
  options.member_count = members.size();
  options.as_of = {2019, 0, 0};
  const std::string json = recommended(catalogue, options);
  CHECK(has(json, R"("candidates":1,"kept_out":0,"kept_out_by":[],"recommendations":[{"id":"b")"));
  CHECK(has(json, R"("code":"shared-records")"));
  CHECK(has(json, R"({"id":"p2","kind":"project","title":"Project p2")"));
  CHECK(!has(json, R"("id":"p3")"));
}

TEST_CASE("whom a call keeps out is counted, and what it requires is a reason") {
  const Catalogue catalogue = bridged();
  put_organisation(catalogue.get(), "e", "BE");
  put(catalogue.get(), KN_KIND_ORGANISATION, "f",
      R"({"names":[{"language":"en","text":"The f"}],"tags":[{"scheme":"capability","value":"co-funder"}]})");
  put(catalogue.get(), KN_KIND_CALL, "call",
      R"({"titles":[{"language":"en","text":"A call"}],"themes":["housing"],"rules":[
         {"kind":"allowed-countries","parameters":{"countries":["NL"]}},
         {"kind":"capability-required","parameters":{"capability":"co-funder"}}]})");
  kn_recommend_options options = defaults();
  options.call = string_of("call");
  const std::string json = recommended(catalogue, options);
  CHECK(has(
      json,
      R"("candidates":5,"kept_out":1,"kept_out_by":[{"country":"BE","kind":"ngo","count":1}])"));
  CHECK(has(
      json,
      R"({"code":"capabilities","contribution":1.0,"count":1,"lift":0.0,"codes":["co-funder"])"));
  const std::array<kn_string, 1> capabilities = {string_of("Co-Funder")};
  options.capabilities = capabilities.data();
  options.capability_count = capabilities.size();
  CHECK(has(recommended(catalogue, options), R"("candidates":1,)"));
  options.capability_count = 0;
  options.capabilities_sought = capabilities.data();
  options.capability_sought_count = capabilities.size();
  CHECK(has(recommended(catalogue, options), R"("code":"capabilities")"));
}

TEST_CASE("the partners of all come as arrays") {
  const Catalogue catalogue = bridged();
  kn_recommend_options each = defaults();
  each.limit = 2;
  kn_recommend_all_options of;
  REQUIRE(kn_recommend_all_options_init(&of, sizeof(of)) == KN_OK);
  const std::array<kn_string, 2> asked = {string_of("c"), string_of("a")};
  of.organisations = asked.data();
  of.organisation_count = asked.size();
  kn_recommendations* made = nullptr;
  REQUIRE(kn_recommend_all(catalogue.get(), &each, &of, nullptr, &made, nullptr) == KN_OK);
  const Owned<kn_recommendations, kn_recommendations_free> table(made);
  auto rows = sized<kn_recommendation_rows>();
  REQUIRE(kn_recommendations_rows(table.get(), &rows, nullptr) == KN_OK);
  CHECK(rows.change == 7);
  CHECK(rows.organisation_count == 4);
  REQUIRE(rows.row_count == 2);
  REQUIRE(rows.width == 2);
  const auto id_of = [&](std::uint32_t number) {
    auto organisation = sized<kn_network_organisation>();
    REQUIRE(kn_recommendations_get(table.get(), number, &organisation, nullptr) == KN_OK);
    CHECK(text_of(organisation.kind) == "ngo");
    return text_of(organisation.id);
  };
  for (std::uint64_t row = 0; row < 2; ++row) {
    const std::string id = id_of(rows.asked[row]);
    CHECK(id == (row == 0 ? "a" : "c"));
    kn_recommend_options options = defaults();
    options.organisation = string_of(id);
    const std::string json = recommended(catalogue, options);
    // In the order of the answer for it alone; b is a partner of both, so that two are left.
    const std::string first = id_of(rows.partners[row * 2]);
    const std::string second = id_of(rows.partners[row * 2 + 1]);
    CHECK(json.find("\"id\":\"" + first + "\",\"name\"") <
          json.find("\"id\":\"" + second + "\",\"name\""));
    CHECK(rows.scores[row * 2] >= rows.scores[row * 2 + 1]);
  }
  auto organisation = sized<kn_network_organisation>();
  CHECK(kn_recommendations_get(table.get(), 4, &organisation, nullptr) == KN_E_NOT_FOUND);
  REQUIRE(kn_recommend_all(catalogue.get(), nullptr, nullptr, nullptr, &made, nullptr) == KN_OK);
  const Owned<kn_recommendations, kn_recommendations_free> all(made);
  REQUIRE(kn_recommendations_rows(all.get(), &rows, nullptr) == KN_OK);
  CHECK(rows.row_count == 4);

  kn_error* error = nullptr;
  each.organisation = string_of("a");
  CHECK(kn_recommend_all(catalogue.get(), &each, nullptr, nullptr, &made, &error) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(made == nullptr);
  CHECK(has(message_of(KN_E_INVALID_ARGUMENT, error), "organisation: is of one question"));
  kn_recommendations_free(nullptr);
}

TEST_CASE("recommendation says what it wants") {
  const Catalogue catalogue = bridged();
  const auto fails = [&](const kn_recommend_options& options, int32_t code) {
    kn_text* json = nullptr;
    kn_error* error = nullptr;
    CHECK(kn_recommend(catalogue.get(), &options, nullptr, &json, &error) == code);
    CHECK(json == nullptr);
    return message_of(code, error);
  };
  kn_recommend_options options = defaults();
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "nothing to recommend for"));
  options.organisation = string_of("nobody");
  CHECK(has(fails(options, KN_E_NOT_FOUND), "nobody"));
  options.organisation = string_of("p1");
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "not an organisation"));
  options = defaults();
  options.call = string_of("p1");
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "not a call"));
  options = defaults();
  options.organisation = string_of("a");
  options.as_of = {2019, 2, 30};
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "as_of"));
  options = defaults();
  options.organisation = string_of("a");
  const std::array<kn_string, 1> countries = {string_of("XX")};
  options.countries = countries.data();
  options.country_count = countries.size();
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "countries: 'XX' is no country"));
  options = defaults();
  options.organisation = string_of("a");
  options.themes_sought = countries.data();
  options.theme_sought_count = countries.size();
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "themes_sought: 'XX' is no theme"));
  options = defaults();
  options.organisation = string_of("a");
  options.exclude = countries.data();
  options.exclude_count = countries.size();
  CHECK(has(fails(options, KN_E_NOT_FOUND), "exclude: there is no organisation 'XX'"));
  options = defaults();
  options.organisation = string_of("a");
  options.capabilities = countries.data();
  options.capability_count = countries.size();
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "capabilities: 'XX' is no capability"));
  options = defaults();
  options.organisation = string_of("a");
  options.known = 2;
  CHECK(has(fails(options, KN_E_INVALID_ARGUMENT), "known"));
  CHECK(kn_recommend(nullptr, nullptr, nullptr, nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
}
