// SPDX-License-Identifier: Apache-2.0
//
// Reports through the C API alone.
#include <string>

#include "fixtures.hpp"

using namespace contract;

TEST_CASE("a report comes as JSON and as a page, drawn from one state") {
  const Catalogue catalogue = small_catalogue();
  const std::string request = R"({"of":"organisation","by":["country"]})";
  kn_text* text = nullptr;
  REQUIRE(kn_report(catalogue.get(), request.data(), request.size(), nullptr, &text, nullptr) ==
          KN_OK);
  const std::string json = take(text);
  CHECK(
      json.find(
          R"("of":"organisation","by":["country"],"rows":[{"codes":[""],"labels":[""],"records":1,"sums":[]})") !=
      std::string::npos);
  CHECK(json.find(R"({"codes":["FI"],"labels":["Finland"],"records":1,"sums":[]})") !=
        std::string::npos);
  CHECK(json.find(R"("total":{"records":2,"sums":[]})") != std::string::npos);
  REQUIRE(kn_report_page(catalogue.get(), request.data(), request.size(), nullptr, &text,
                         nullptr) == KN_OK);
  CHECK(take(text).find("| Finland | 1 |") != std::string::npos);
}

TEST_CASE("what cannot be reported is refused with what is wrong") {
  const Catalogue catalogue = small_catalogue();
  kn_text* text = nullptr;
  kn_error* error = nullptr;
  for (const std::string& request :
       {std::string(R"({"of":"poem"})"), std::string(R"({"by":["colour"]})"), std::string("[]"),
        std::string(R"({"only":{"state":7}})"), std::string(R"({"change":1000000})"),
        std::string(R"({"period":{"from":"2024-13"}})"), std::string("")}) {
    CAPTURE(request);
    const int32_t code =
        kn_report(catalogue.get(), request.data(), request.size(), nullptr, &text, &error);
    CHECK(code == KN_E_INVALID_ARGUMENT);
    CHECK_FALSE(message_of(code, error).empty());
    CHECK(text == nullptr);
  }
}

TEST_CASE("each kind says what it is reported by") {
  kn_text* text = nullptr;
  REQUIRE(kn_report_dimensions(KN_KIND_AWARD, &text, nullptr) == KN_OK);
  CHECK(take(text) == R"({"dimensions":["year","call"],"measures":["awarded"]})");
  CHECK(kn_report_dimensions(27, &text, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_report_dimensions(-1, &text, nullptr) == KN_E_INVALID_ARGUMENT);
}
