// SPDX-License-Identifier: Apache-2.0
//
// Lineage and times to replication, through the C API alone.
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

void put_initiative(kn_catalogue* catalogue, const std::string& id, const std::string& country) {
  put(catalogue, KN_KIND_INITIATIVE, id,
      R"({"names":[{"language":"en","text":"The )" + id + R"("}],"origin":{"country":")" + country +
          R"("}})");
}

// a → b → c, of 2010 and 2012.
Catalogue line_of_three() {
  Catalogue catalogue = open(":memory:");
  put_initiative(catalogue.get(), "a", "FI");
  put_initiative(catalogue.get(), "b", "SE");
  put_initiative(catalogue.get(), "c", "SE");
  put(catalogue.get(), KN_KIND_REPLICATION, "ab",
      R"({"parent":"a","child":"b","kind":"adapt","date":"2010",)"
      R"("changes":[{"language":"en","text":"Shorter","origin":"machine"}],"fidelity":"0.25"})");
  put(catalogue.get(), KN_KIND_REPLICATION, "bc", R"({"parent":"b","child":"c","date":"2012-06"})");
  put(catalogue.get(), KN_KIND_CASE_STUDY, "case-a",
      R"({"initiative":"a","period":{"from":"2000-01-01"}})");
  return catalogue;
}

std::string lineage_of(const Catalogue& catalogue, const std::string& id,
                       const kn_lineage_options* options = nullptr) {
  kn_text* json = nullptr;
  REQUIRE(kn_lineage(catalogue.get(), id.data(), id.size(), options, nullptr, &json, nullptr) ==
          KN_OK);
  return take(json);
}

int32_t lineage_fails(const Catalogue& catalogue, const std::string& id,
                      const kn_lineage_options* options = nullptr) {
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  const int32_t code =
      kn_lineage(catalogue.get(), id.data(), id.size(), options, nullptr, &json, &error);
  CHECK(json == nullptr);
  message_of(code, error);
  return code;
}

bool has(const std::string& json, const std::string& part) {
  return json.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a lineage comes as JSON") {
  const Catalogue catalogue = line_of_three();
  const std::string json = lineage_of(catalogue, "a");
  CHECK(has(json, R"({"change":6,"initiative":{"id":"a","name":"The a","present":true,)"));
  CHECK(has(json, R"("direct":1,"total":2,"depth":2,"countries":["SE"])"));
  CHECK(has(json, R"({"generation":1,"initiatives":1,"countries":["SE"],"new_countries":["SE"]})"));
  CHECK(has(json, R"({"generation":2,"initiatives":1,"countries":["SE"],"new_countries":[]})"));
  CHECK(has(json, R"("partnerships":{"unknown":2,"none":0,"same":0,"earlier":0},)"
                  R"("along_partnership":null)"));
  CHECK(has(json, R"("changes":[{"language":"en","text":"Shorter","origin":"machine"}])"));
  CHECK(has(json, R"("fidelity":0.25,"confidence":null)"));
  CHECK(has(lineage_of(catalogue, "c"), R"("ancestors":[{"id":"b")"));
}

TEST_CASE("a lineage as of a day, of a kind, or with its dates alone") {
  const Catalogue catalogue = line_of_three();
  put(catalogue.get(), KN_KIND_REPLICATION, "ac", R"({"parent":"a","child":"c"})");
  kn_lineage_options options;
  REQUIRE(kn_lineage_options_init(&options, sizeof(options)) == KN_OK);
  options.as_of = {2010, 0, 0};
  CHECK(has(lineage_of(catalogue, "a", &options), R"("total":2)"));
  options.undated = 0;
  CHECK(has(lineage_of(catalogue, "a", &options), R"("total":1)"));
  options.as_of = {1, 1, 1};
  CHECK(has(lineage_of(catalogue, "a", &options), R"("total":0)"));
  options.as_of = {};
  options.undated = 1;
  const kn_string kind = string_of("adapt");
  options.kinds = &kind;
  options.kind_count = 1;
  CHECK(has(lineage_of(catalogue, "a", &options), R"("total":1)"));
}

TEST_CASE("a lineage that cannot be says why") {
  const Catalogue catalogue = line_of_three();
  CHECK(lineage_fails(catalogue, "nobody") == KN_E_NOT_FOUND);
  CHECK(lineage_fails(catalogue, "case-a") == KN_E_INVALID_ARGUMENT);
  CHECK(lineage_fails(catalogue, "") == KN_E_INVALID_ARGUMENT);
  CHECK(lineage_fails(catalogue, std::string(not_utf8)) == KN_E_INVALID_UTF8);
  kn_lineage_options options;
  REQUIRE(kn_lineage_options_init(&options, sizeof(options)) == KN_OK);
  options.as_of = {2010, 2, 30};
  CHECK(lineage_fails(catalogue, "a", &options) == KN_E_INVALID_ARGUMENT);
  options.as_of = {};
  options.kind_count = 1;
  CHECK(lineage_fails(catalogue, "a", &options) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_lineage(nullptr, "a", 1, nullptr, nullptr, nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("a replication that cannot be is refused with the path") {
  const Catalogue catalogue = line_of_three();
  const std::string body = R"({"parent":"c","child":"a"})";
  kn_error* error = nullptr;
  const int32_t code = kn_put_json(catalogue.get(), KN_KIND_REPLICATION, "ca", 2, body.data(),
                                   body.size(), nullptr, nullptr, &error);
  REQUIRE(code == KN_E_INVALID_RECORD);
  CHECK(kn_error_violation_count(error) == 1);
  CHECK(std::string(kn_error_violation_code(error, 0)) == "cycle");
  CHECK(has(kn_error_violation_message(error, 0), "The c (c) → The a (a) → The b (b) → The c (c)"));
  message_of(code, error);
}

TEST_CASE("times to replication come as JSON, censored where the caller says") {
  const Catalogue catalogue = line_of_three();
  kn_replication_times_options options;
  REQUIRE(kn_replication_times_options_init(&options, sizeof(options)) == KN_OK);
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  const int32_t code = kn_replication_times(catalogue.get(), &options, nullptr, &json, &error);
  CHECK(code == KN_E_INVALID_ARGUMENT);
  CHECK(has(message_of(code, error), "as_of"));
  options.as_of = {2020, 0, 0};
  REQUIRE(kn_replication_times(catalogue.get(), &options, nullptr, &json, nullptr) == KN_OK);
  const std::string all = take(json);
  CHECK(
      has(all, R"({"id":"a","start":"2000-01-01","first":"2010","days":3653,"replicated":true})"));
  CHECK(has(all, R"({"id":"c","start":"2012-06","first":"","days":3135,"replicated":false})"));
  CHECK(has(all, R"("rough":3)"));
  const kn_string themes[] = {string_of("Homelessness"), string_of("homelesness")};
  options.themes = themes;
  options.theme_count = 1;
  REQUIRE(kn_replication_times(catalogue.get(), &options, nullptr, &json, nullptr) == KN_OK);
  CHECK(has(take(json), R"("times":[],)"));  // a theme that there is, and no case of it
  options.theme_count = 2;
  REQUIRE(kn_replication_times(catalogue.get(), &options, nullptr, &json, &error) ==
          KN_E_INVALID_ARGUMENT);
  CHECK(std::string(kn_error_violation_path(error, 0)) == "themes");
  CHECK(std::string(kn_error_violation_code(error, 0)) == "unknown_code");
  CHECK(has(message_of(KN_E_INVALID_ARGUMENT, error), "did you mean homelessness?"));
  options.theme_count = 0;
  const kn_string country = string_of("FI");
  options.countries = &country;
  options.country_count = 1;
  REQUIRE(kn_replication_times(catalogue.get(), &options, nullptr, &json, nullptr) == KN_OK);
  const std::string one = take(json);
  CHECK(has(one, R"("survival":0.0,"variance":null,"lower":null,"upper":null)"));
  CHECK(has(one, R"("median":3653)"));
}
