// SPDX-License-Identifier: Apache-2.0
#include "text/language_file.hpp"

#include <string>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;
using namespace koinon::text;

namespace {

template <class Call>
std::string complaint_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidInput);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a place of a language file is read or named", "[text]") {
  const Json file = Json::parse(R"({"a": " one  two ", "b": [], "c": {"x": "y"}, "d": {"x": 1}})");
  CHECK(words_of(file["a"], "a") == std::vector<std::string>{"one", "two"});
  CHECK(pairs_of(file["c"], "c").at(0).second == "y");
  CHECK(text_of(file["a"], "a") == " one  two ");
  CHECK(complaint_of([&] { member(file, "in.", "z"); }) == "language file: in.z: is missing");
  CHECK(complaint_of([&] { member(file["b"], "b.", "z"); }) == "language file: b.z: is missing");
  CHECK(complaint_of([&] { list(file, "", "b"); }).find("b: a list") != std::string::npos);
  CHECK(complaint_of([&] { words_of(Json("  "), "p"); }).find("p: words") != std::string::npos);
  CHECK(complaint_of([&] { words_of(file["c"], "c"); }) == "language file: c: a text is wanted");
  CHECK(complaint_of([&] { pairs_of(file["a"], "a"); }) == "language file: a: pairs are wanted");
  CHECK(complaint_of([&] { pairs_of(file["d"], "d"); }) == "language file: d.x: a text is wanted");
}
