// SPDX-License-Identifier: Apache-2.0
#include "exchange/told_twice.hpp"

#include <random>
#include <string>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using exchange::told_twice;

TEST_CASE("a name that an object has twice is found with its place", "[exchange]") {
  CHECK(told_twice(R"({"a": 1, "b": {"a": [1, 2]}, "c": [{"a": 1}, {"a": 2}]})").empty());
  CHECK(told_twice(R"({"a": 1, "a": 2})") == "a");
  CHECK(told_twice(R"({"rules": [{"kind": "x"}, {"parameters": {"m": "3", "m": "4"}}]})") ==
        "rules[1].parameters.m");
  CHECK(told_twice(R"([[0, {"a" : "a, {\"a\": 1}", "a"
: 1}]])") == "[0][1].a");
  CHECK(told_twice(R"({"name": 1, "n\u0061me": 2})") == "name");
  // Values that look like names are none.
  CHECK(told_twice(R"({"a": "b", "b": "a", "c": ["a", "a", "b"]})").empty());
}

TEST_CASE("names told twice are found among many", "[exchange]") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 2 + random() % 200;
    const std::size_t twice = random() % 2 == 0 ? random() % (count - 1) : count;
    std::string json = "{";
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t name = i + 1 == count && twice < count ? twice : i;
      json += (i == 0 ? "" : ",") + ('"' + std::to_string(name)) +
              "\":{\"x\":" + std::to_string(i) + "}";
    }
    CHECK(told_twice(json + "}") == (twice < count ? std::to_string(twice) : ""));
  }
}

TEST_CASE("a record that tells a field twice is refused", "[exchange]") {
  try {
    (void)record_from_json(
        RecordKind::Call,
        R"({"titles": [{"text": "T", "language": "en"}], "rules": [], "rules": []})");
    FAIL("it was taken");
  } catch (const Error& error) {
    REQUIRE(error.violations().size() == 1);
    CHECK(error.violations()[0].path == "rules");
    CHECK(error.violations()[0].code == "duplicate");
  }
}
