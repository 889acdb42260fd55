// SPDX-License-Identifier: Apache-2.0
//
// Lives of records, designs of experiments and versions side by side through the C API.
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

constexpr std::int64_t day = 24 * 3600 * 1000;
constexpr std::int64_t second_of_march = 20514 * day;  // 2026-03-02T00:00:00Z

std::int64_t host_clock(void* context) {
  return *static_cast<std::int64_t*>(context);
}

Catalogue with_clock(std::int64_t* now) {
  kn_open_options options;
  REQUIRE(kn_open_options_init(&options, sizeof(options)) == KN_OK);
  options.clock = host_clock;
  options.clock_context = now;
  kn_catalogue* catalogue = nullptr;
  REQUIRE(kn_open(":memory:", 8, &options, &catalogue, nullptr) == KN_OK);
  return Catalogue(catalogue);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string next_steps(kn_catalogue* catalogue, const std::string& id, const std::string& by,
                       const std::string& country, const std::string& language = "") {
  kn_text* json = nullptr;
  REQUIRE(kn_next_steps(catalogue, id.data(), id.size(), by.data(), by.size(), country.data(),
                        country.size(), language.data(), language.size(), &json, nullptr) == KN_OK);
  return take(json);
}

int32_t move(kn_catalogue* catalogue, const std::string& request, std::string& answer) {
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  const int32_t code = kn_transition(catalogue, request.data(), request.size(), &json, &error);
  answer.clear();
  if (code == KN_OK) {
    answer = take(json);
    return code;
  }
  CHECK(json == nullptr);
  for (std::uint64_t i = 0; i < kn_error_violation_count(error); ++i) {
    answer += kn_error_violation_path(error, i) + std::string(" ") +
              kn_error_violation_code(error, i) + ";";
  }
  message_of(code, error);
  return code;
}

std::string advance(kn_catalogue* catalogue, std::int64_t now) {
  kn_text* json = nullptr;
  REQUIRE(kn_advance_calls(catalogue, now, nullptr, &json, nullptr) == KN_OK);
  return take(json);
}

void put_case(kn_catalogue* catalogue) {
  put(catalogue, KN_KIND_INITIATIVE, "ini-1", R"({"names":[{"language":"en","text":"Homes"}]})");
  put(catalogue, KN_KIND_CASE_STUDY, "case-1",
      R"({"initiative":"ini-1","state":"draft","locations":[{"country":"FI"}]})");
}

}  // namespace

TEST_CASE("a record moves by the host's clock, and each step is told") {
  std::int64_t now = second_of_march;
  const Catalogue catalogue = with_clock(&now);
  put_case(catalogue.get());
  std::string answer;
  REQUIRE(move(catalogue.get(), R"({"id":"case-1","to":"submitted","by":"ann"})", answer) == KN_OK);
  CHECK(has(answer, R"("version":2)"));
  CHECK(has(answer, R"("from":"draft","to":"submitted","at":"2026-03-02T00:00:00.000Z")"));
  now += day;
  const std::string next = next_steps(catalogue.get(), "case-1", "niina", "SE", "de");
  CHECK(has(next, R"("state":"submitted")"));
  CHECK(has(next, R"("allowed":false)"));
  CHECK(has(next, R"("guard":"own-country","code":"other_country")"));
  CHECK(has(next, "nationale Prüfung"));
  REQUIRE(move(catalogue.get(),
               R"({"id":"case-1","to":"national-review","by":"niina","country":"FI"})",
               answer) == KN_OK);
  const std::string record = get(catalogue.get(), "case-1");
  CHECK(has(record, R"("state":"national-review")"));
  CHECK(has(record, R"("at":"2026-03-03T00:00:00.000Z","by":"niina","country":"FI")"));
}

TEST_CASE("a step that is refused names each guard, and nothing has changed") {
  std::int64_t now = second_of_march;
  const Catalogue catalogue = with_clock(&now);
  put_case(catalogue.get());
  std::string answer;
  CHECK(move(catalogue.get(), R"({"id":"case-1","to":"published","by":"eva"})", answer) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(answer == "to no_such_step;");
  CHECK(move(catalogue.get(), R"({"id":"case-1","to":"submitted"})", answer) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(answer == "by missing;");
  CHECK(move(catalogue.get(), R"({"id":"case-9","to":"submitted","by":"a"})", answer) ==
        KN_E_NOT_FOUND);
  CHECK(move(catalogue.get(), R"({"id":"case-1","to":"submitted","by":"a","expected_version":7})",
             answer) == KN_E_CONFLICT);
  CHECK(move(catalogue.get(), R"({"id":1,"colour":"red"})", answer) == KN_E_INVALID_ARGUMENT);
  CHECK(move(catalogue.get(), R"({"id":"case-1","to":"submitted","by":"ann"})", answer) == KN_OK);
  CHECK(move(catalogue.get(), R"({"id":"case-1","to":"national-review","by":"ann"})", answer) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(answer == "not-the-author author;own-country actor_country_unknown;");
  CHECK(has(get(catalogue.get(), "case-1"), R"("version":2)"));
}

TEST_CASE("calls open and close by the clock, or by a moment that is told") {
  std::int64_t now = second_of_march;
  const Catalogue catalogue = with_clock(&now);
  put(catalogue.get(), KN_KIND_CALL, "call-1",
      R"({"titles":[{"language":"en","text":"A call"}],"status":"upcoming",)"
      R"("opening":"2026-03-10","deadlines":["2026-03-31"]})");
  CHECK(has(advance(catalogue.get(), 0), R"("moved":[])"));
  now += 8 * day;
  CHECK(has(advance(catalogue.get(), 0), R"("to":"open")"));
  const std::string closed = advance(catalogue.get(), second_of_march + 60 * day);
  CHECK(has(closed, R"("now":"2026-05-01T00:00:00.000Z")"));
  CHECK(has(closed, R"("to":"closed")"));
}

TEST_CASE("tables are told by the names of kinds too") {
  kn_text* text = nullptr;
  REQUIRE(kn_life_cycles(&text, nullptr) == KN_OK);
  CHECK(has(take(text), R"("case-study")"));
  REQUIRE(kn_life_cycle("exchange", 8, &text, nullptr) == KN_OK);
  CHECK(has(take(text), R"("exchange-moderation")"));
  REQUIRE(kn_life_cycle_diagram("bid", 3, &text, nullptr) == KN_OK);
  CHECK(has(take(text), "stateDiagram-v2"));
  kn_error* error = nullptr;
  CHECK(kn_life_cycle("project", 7, &text, &error) == KN_E_NOT_FOUND);
  CHECK(text == nullptr);
  CHECK(has(message_of(KN_E_NOT_FOUND, error), "case-study"));
}

TEST_CASE("a design is held to the level that it claims") {
  const Catalogue catalogue = open(":memory:");
  put(catalogue.get(), KN_KIND_EXPERIMENT, "exp-1",
      R"({"titles":[{"language":"en","text":"E"}],"features":["before-after"],)"
      R"("claimed_level":"5"})");
  kn_text* json = nullptr;
  REQUIRE(kn_check_design(catalogue.get(), "exp-1", 5, &json, nullptr) == KN_OK);
  const std::string report = take(json);
  CHECK(has(report, R"("claimed":"5","reachable":"1")"));
  CHECK(has(report, R"("code":"level_out_of_reach")"));
  CHECK(has(report, R"("field":"sample_planned","code":"missing")"));
}

TEST_CASE("versions are told side by side") {
  const Catalogue catalogue = open(":memory:");
  put(catalogue.get(), KN_KIND_INITIATIVE, "ini-1",
      R"({"names":[{"language":"en","text":"Homes"}]})");
  put(catalogue.get(), KN_KIND_INITIATIVE, "ini-1",
      R"({"names":[{"language":"en","text":"Homes first"}],"stage":"scaling"})");
  kn_text* json = nullptr;
  REQUIRE(kn_differences(catalogue.get(), "ini-1", 5, 0, 0, &json, nullptr) == KN_OK);
  const std::string told = take(json);
  CHECK(has(told, R"("path":"names","language":"en","what":"changed","before":"Homes")"));
  CHECK(has(told, R"({"path":"stage","language":"","what":"added","before":"","after":"scaling")"));
  kn_error* error = nullptr;
  CHECK(kn_differences(catalogue.get(), "ini-1", 5, 1, 7, &json, &error) == KN_E_NOT_FOUND);
  CHECK(has(message_of(KN_E_NOT_FOUND, error), "no version 7"));
}
