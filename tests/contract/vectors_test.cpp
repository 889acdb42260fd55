// SPDX-License-Identifier: Apache-2.0
//
// Ready vectors through the C API.
#include <limits>
#include <string>
#include <vector>

#include "fixtures.hpp"

using namespace contract;

namespace {

constexpr std::uint64_t numbers = 64;
constexpr std::size_t crowd = 30;

kn_open_options for_a_model() {
  kn_open_options options;
  REQUIRE(kn_open_options_init(&options, sizeof options) == KN_OK);
  options.thesaurus = 0;
  options.vector_model = string_of("big-model");
  options.vector_dimension = numbers;
  return options;
}

// A catalogue in memory for a model, with calls "call-0" and on.
Catalogue opened() {
  const kn_open_options options = for_a_model();
  kn_catalogue* made = nullptr;
  REQUIRE(kn_open(":memory:", 8, &options, &made, nullptr) == KN_OK);
  Catalogue catalogue(made);
  for (std::size_t i = 0; i < crowd; ++i) {
    put(catalogue.get(), KN_KIND_CALL, "call-" + std::to_string(i),
        R"({"titles":[{"language":"fi","text":"kala ja vene"}]})");
  }
  return catalogue;
}

std::vector<float> towards(std::size_t place) {
  std::vector<float> made(numbers, 0.05F);
  for (std::size_t i = 0; i < 8; ++i) made[place * 8 + i] = 1;
  return made;
}

struct Given {
  std::vector<std::string> names;
  std::vector<float> all;

  void add(const std::string& id, const std::vector<float>& vector) {
    names.push_back(id);
    all.insert(all.end(), vector.begin(), vector.end());
  }
  int32_t put(kn_catalogue* catalogue, std::uint64_t* refused, kn_text** json,
              kn_error** error = nullptr) const {
    std::vector<kn_string> ids;
    for (const std::string& name : names) ids.push_back(string_of(name));
    return kn_put_vectors(catalogue, "big-model", 9, ids.data(), ids.size(), all.data(), numbers,
                          nullptr, nullptr, refused, json, error);
  }
};

// A crowd that means one thing, and call-7, which means another.
Given crowd_and_one() {
  Given given;
  for (std::size_t i = 0; i < crowd; ++i)
    given.add("call-" + std::to_string(i), towards(i == 7 ? 3 : 0));
  return given;
}

}  // namespace

TEST_CASE("ready vectors are kept, and a question with its own vector finds them", "[vectors]") {
  const Catalogue catalogue = opened();
  const Given given = crowd_and_one();
  std::uint64_t refused = 99;
  kn_text* json = nullptr;
  REQUIRE(given.put(catalogue.get(), &refused, &json) == KN_OK);
  CHECK(refused == 0);
  CHECK(take(json) == R"({"rows":30,"stored":30,"unchanged":0,"change":60,"refused":[]})");
  REQUIRE(given.put(catalogue.get(), nullptr, nullptr) == KN_OK);

  kn_search_options asked;
  REQUIRE(kn_search_options_init(&asked, sizeof asked) == KN_OK);
  const std::vector<float> wanted = towards(3);
  asked.vector = wanted.data();
  asked.vector_length = wanted.size();
  kn_results* answer = nullptr;
  REQUIRE(kn_search(catalogue.get(), &asked, nullptr, &answer, nullptr) == KN_OK);
  const Results results(answer);
  auto summary = sized<kn_results_summary>();
  REQUIRE(kn_results_summarise(answer, &summary, nullptr) == KN_OK);
  REQUIRE(summary.total == 1);
  auto hit = sized<kn_hit>();
  REQUIRE(kn_results_hit(answer, 0, &hit, nullptr) == KN_OK);
  CHECK(text_of(hit.id) == "call-7");
  REQUIRE(hit.found_through_count == 1);
  CHECK(text_of(hit.found_through[0].signal) == "meaning");

  // The same in JSON.
  std::string request = "{\"vector\":[";
  for (std::size_t i = 0; i < wanted.size(); ++i)
    request += (i == 0 ? "" : ",") + std::to_string(wanted[i]);
  request += "]}";
  kn_results* again = nullptr;
  REQUIRE(kn_search_json(catalogue.get(), string_of(request), nullptr, &again, nullptr) == KN_OK);
  const Results owned(again);
  REQUIRE(kn_results_summarise(again, &summary, nullptr) == KN_OK);
  CHECK(summary.total == 1);
}

TEST_CASE("statistics and journal tell of vectors, which can be dropped", "[vectors]") {
  const Catalogue catalogue = opened();
  REQUIRE(crowd_and_one().put(catalogue.get(), nullptr, nullptr) == KN_OK);
  kn_text* json = nullptr;
  REQUIRE(kn_statistics(catalogue.get(), &json, nullptr) == KN_OK);
  CHECK(take(json).find(R"("vectors":[{"model":"big-model","dimension":64,"records":30}])") !=
        std::string::npos);
  kn_changes* told = nullptr;
  REQUIRE(kn_follow(catalogue.get(), 59, 0, &told, nullptr) == KN_OK);
  const Changes changes(told);
  auto change = sized<kn_change>();
  REQUIRE(kn_changes_get(told, 0, &change, nullptr) == KN_OK);
  CHECK(change.what == KN_CHANGE_VECTORS);
  CHECK(change.body.length == 0);
  REQUIRE(kn_changes_json(told, &json, nullptr) == KN_OK);
  const std::string listed = take(json);
  CHECK(listed.find(R"("what":"vectors")") != std::string::npos);
  CHECK(listed.find(R"("record":null)") != std::string::npos);
  std::uint64_t records = 0;
  REQUIRE(kn_drop_vectors(catalogue.get(), "big-model", 9, nullptr, nullptr, &records, nullptr) ==
          KN_OK);
  CHECK(records == crowd);
}

TEST_CASE("rows that cannot be are reported, and the others go in", "[vectors]") {
  const Catalogue catalogue = opened();
  Given given = crowd_and_one();
  given.all[5] = std::numeric_limits<float>::quiet_NaN();
  given.add("call-99", towards(1));
  std::uint64_t refused = 0;
  kn_text* json = nullptr;
  REQUIRE(given.put(catalogue.get(), &refused, &json) == KN_OK);
  CHECK(refused == 2);
  CHECK(take(json) ==
        R"({"rows":31,"stored":29,"unchanged":0,"change":59,"refused":[{"row":0,"id":"call-0",)"
        R"("code":"not_finite","message":"row 0 ('call-0') has a number that is not finite at )"
        R"(place 5"},{"row":30,"id":"call-99","code":"not_found",)"
        R"("message":"row 30 ('call-99') is of a record that is not there"}]})");
}

TEST_CASE("vectors that are none at all are refused", "[vectors]") {
  const Catalogue catalogue = opened();
  const std::vector<float> all(8192, 1.0F);
  const kn_string id = string_of("call-1");
  const kn_string bad = {not_utf8.data(), not_utf8.size()};
  const auto code = [&](std::uint64_t dimension, const kn_string* ids, std::uint64_t count,
                        const float* from, const char* model, std::uint64_t length) {
    kn_error* error = nullptr;
    const int32_t told = kn_put_vectors(catalogue.get(), model, length, ids, count, from, dimension,
                                        nullptr, nullptr, nullptr, nullptr, &error);
    if (told != KN_OK) CHECK_FALSE(message_of(told, error).empty());
    return told;
  };
  for (const std::uint64_t dimension : {std::uint64_t{0}, std::uint64_t{63}, std::uint64_t{4160},
                                        std::numeric_limits<std::uint64_t>::max()}) {
    CAPTURE(dimension);
    CHECK(code(dimension, &id, 1, all.data(), "m", 1) == KN_E_INVALID_ARGUMENT);
  }
  CHECK(code(64, nullptr, 1, all.data(), "m", 1) == KN_E_INVALID_ARGUMENT);
  CHECK(code(64, &id, 1, nullptr, "m", 1) == KN_E_INVALID_ARGUMENT);
  CHECK(code(64, &id, 1, all.data(), "", 0) == KN_E_INVALID_ARGUMENT);
  CHECK(code(64, &bad, 1, all.data(), "m", 1) == KN_E_INVALID_UTF8);
  CHECK(code(64, &id, 1, all.data(), bad.data, bad.length) == KN_E_INVALID_UTF8);
  CHECK(code(64, nullptr, 0, nullptr, "m", 1) == KN_OK);
  CHECK(code(64, &id, 1, all.data(), "m", 1) == KN_OK);
  // The model has a dimension now.
  CHECK(code(128, &id, 1, all.data(), "m", 1) == KN_E_INVALID_ARGUMENT);
  kn_write_options write;
  REQUIRE(kn_write_options_init(&write, sizeof write) == KN_OK);
  write.expected_version = 1;
  CHECK(kn_put_vectors(catalogue.get(), "m", 1, &id, 1, all.data(), 64, &write, nullptr, nullptr,
                       nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("a question's vector that cannot be one is refused", "[vectors]") {
  const Catalogue catalogue = opened();
  kn_search_options asked;
  REQUIRE(kn_search_options_init(&asked, sizeof asked) == KN_OK);
  std::vector<float> wanted(5000, 1.0F);
  const auto refused = [&](const float* from, std::uint64_t length) {
    asked.vector = from;
    asked.vector_length = length;
    kn_results* results = nullptr;
    kn_error* error = nullptr;
    const int32_t code = kn_search(catalogue.get(), &asked, nullptr, &results, &error);
    kn_results_free(results);
    if (code == KN_OK) return false;
    CHECK_FALSE(message_of(code, error).empty());
    return code == KN_E_INVALID_ARGUMENT;
  };
  CHECK(refused(wanted.data(), 63));
  CHECK(refused(wanted.data(), 5000));
  CHECK(refused(nullptr, 64));
  CHECK_FALSE(refused(wanted.data(), 64));
  CHECK_FALSE(refused(nullptr, 0));
  wanted[9] = std::numeric_limits<float>::infinity();
  CHECK(refused(wanted.data(), 64));
  wanted.assign(64, 0);
  CHECK(refused(wanted.data(), 64));
}

TEST_CASE("a catalogue is not opened for a model that cannot be", "[vectors]") {
  const auto code = [](const kn_open_options& options) {
    kn_catalogue* made = nullptr;
    const int32_t told = kn_open(":memory:", 8, &options, &made, nullptr);
    kn_close(made);
    return told;
  };
  kn_open_options options = for_a_model();
  CHECK(code(options) == KN_OK);
  options.vector_dimension = 0;
  CHECK(code(options) == KN_E_INVALID_ARGUMENT);
  options = for_a_model();
  options.vector_model = string_of("");
  CHECK(code(options) == KN_E_INVALID_ARGUMENT);
  options.vector_model = {not_utf8.data(), not_utf8.size()};
  CHECK(code(options) == KN_E_INVALID_UTF8);
}
