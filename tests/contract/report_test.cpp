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

TEST_CASE("what came of a call comes as JSON") {
  const Catalogue catalogue = small_catalogue();
  put(catalogue.get(), KN_KIND_CALL, "call-1", R"({"titles":[{"language":"en","text":"Homes"}]})");
  put(catalogue.get(), KN_KIND_BID, "bid-1", R"({"call":"call-1","consortium":"cons-1"})");
  put(catalogue.get(), KN_KIND_AWARD, "award-1",
      R"({"bid":"bid-1","amount":{"amount":"10.00","currency":"EUR"},"project":"prj-1"})");
  kn_text* text = nullptr;
  REQUIRE(kn_outcome(catalogue.get(), "call-1", 6, nullptr, &text, nullptr) == KN_OK);
  const std::string json = take(text);
  CHECK(json.find(R"("awarded":[{"currency":"EUR","amount":"10.00","awards":1}])") !=
        std::string::npos);
  CHECK(json.find(R"("projects":[{"id":"prj-1","title":"Homes first","countries":[]}])") !=
        std::string::npos);
  CHECK(kn_outcome(catalogue.get(), "prj-1", 5, nullptr, &text, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_outcome(nullptr, "prj-1", 5, nullptr, &text, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("each kind says what it is reported by") {
  kn_text* text = nullptr;
  REQUIRE(kn_report_dimensions(KN_KIND_AWARD, &text, nullptr) == KN_OK);
  CHECK(take(text) ==
        R"({"dimensions":["country","theme","year","programme","call"],"measures":["awarded"]})");
  CHECK(kn_report_dimensions(27, &text, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_report_dimensions(-1, &text, nullptr) == KN_E_INVALID_ARGUMENT);
}
