// SPDX-License-Identifier: Apache-2.0
//
// Eligibility and the consortium builder through the C API.
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

Catalogue sample() {
  Catalogue catalogue = open(":memory:");
  kn_import_report* report = nullptr;
  REQUIRE(kn_import_sample(catalogue.get(), nullptr, nullptr, &report, nullptr) == KN_OK);
  kn_import_report_free(report);
  return catalogue;
}

std::string checked(kn_catalogue* catalogue, const std::string& request) {
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  const int32_t code =
      kn_check_eligibility(catalogue, request.data(), request.size(), nullptr, &json, &error);
  INFO((error == nullptr ? "" : kn_error_message(error)));
  REQUIRE(code == KN_OK);
  return take(json);
}

std::string built(kn_catalogue* catalogue, const std::string& request,
                  const kn_task* task = nullptr) {
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  const int32_t code =
      kn_build_consortium(catalogue, request.data(), request.size(), task, &json, &error);
  INFO((error == nullptr ? "" : kn_error_message(error)));
  REQUIRE(code == KN_OK);
  return take(json);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a consortium is held to the rules of its call") {
  const Catalogue catalogue = sample();
  const std::string report =
      checked(catalogue.get(), R"({"call":"call-competence-centres-2020","members":[)"
                               R"({"organisation":"org-tu-dortmund","roles":["coordinator"]},)"
                               R"({"name":"Elsewhere","country":"GR","role":"partner"}]})");
  CHECK(has(report, R"("state":"fails")"));
  CHECK(has(report, R"("reason":"at least 3 partners, and 2 are known)"));
  CHECK(has(report, R"("advice":"add one more member")"));
  CHECK(has(report, R"("legal_text":"An applicant and at least two co-applicants.")"));
  CHECK(has(report, R"("country":"EL")"));
}

TEST_CASE("a request about a consortium that cannot be understood names all that is wrong") {
  const Catalogue catalogue = sample();
  for (const auto call : {kn_check_eligibility, kn_build_consortium}) {
    kn_text* json = nullptr;
    kn_error* error = nullptr;
    const std::string wrong = R"({"call":7,"colour":"red"})";
    REQUIRE(call(catalogue.get(), wrong.data(), wrong.size(), nullptr, &json, &error) ==
            KN_E_INVALID_ARGUMENT);
    CHECK(json == nullptr);
    const Error owned(error);
    CHECK(kn_error_violation_count(error) == 2);
    const std::string unknown = R"({"call":"nothing"})";
    CHECK(call(catalogue.get(), unknown.data(), unknown.size(), nullptr, &json, nullptr) ==
          KN_E_NOT_FOUND);
    CHECK(call(catalogue.get(), "\xff", 1, nullptr, &json, nullptr) == KN_E_INVALID_UTF8);
    CHECK(call(catalogue.get(), unknown.data(), unknown.size(), nullptr, nullptr, nullptr) ==
          KN_E_INVALID_ARGUMENT);
    CHECK(call(nullptr, unknown.data(), unknown.size(), nullptr, &json, nullptr) ==
          KN_E_INVALID_ARGUMENT);
  }
}

TEST_CASE("a consortium is built for a call, with progress and reasons") {
  const Catalogue catalogue = sample();
  struct Seen {
    int calls = 0;
    bool consortium = false;
  } seen;
  kn_task_options options;
  kn_task_options_init(&options, sizeof(options));
  options.user_data = &seen;
  options.progress = [](void* user_data, const kn_progress* progress) {
    auto& all = *static_cast<Seen*>(user_data);
    ++all.calls;
    all.consortium = all.consortium || text_of(progress->stage) == "consortium";
  };
  kn_task* task = nullptr;
  REQUIRE(kn_task_new(&options, &task, nullptr) == KN_OK);
  const Task owned(task);
  const std::string answer = built(catalogue.get(),
                                   R"({"call":"call-long-term-unemployment-2024","size_most":4,)"
                                   R"("fixed":[{"organisation":"org-lr-sozialforschung",)"
                                   R"("roles":["coordinator"]}],)"
                                   R"("what_if":[{"relax":["track-record"]}]})",
                                   task);
  CHECK(has(answer, R"("status":"optimal")"));
  CHECK(has(answer, R"("gap":0)"));
  CHECK(has(answer, R"("plans":[{"value":)"));
  CHECK(has(answer, R"({"organisation":"org-lr-sozialforschung")"));
  CHECK(has(answer, R"("loss_proved":true)"));
  CHECK(has(answer, R"("conflict":null)"));
  CHECK(has(answer, R"("what_if":[{"status":"optimal")"));
  CHECK(seen.calls > 0);
}

TEST_CASE("a search for a consortium that was cancelled answers with what it has") {
  const Catalogue catalogue = sample();
  kn_cancel_token* token = nullptr;
  REQUIRE(kn_cancel_token_new(&token, nullptr) == KN_OK);
  const Token owned_token(token);
  kn_task_options options;
  kn_task_options_init(&options, sizeof(options));
  options.cancel = token;
  options.user_data = token;
  options.progress = [](void* user_data, const kn_progress* progress) {
    if (text_of(progress->stage) == "consortium")
      kn_cancel_token_cancel(static_cast<kn_cancel_token*>(user_data));
  };
  kn_task* task = nullptr;
  REQUIRE(kn_task_new(&options, &task, nullptr) == KN_OK);
  const Task owned(task);
  const std::string answer =
      built(catalogue.get(),
            R"({"call":"call-competence-centres-2020","size_most":16,"seconds":60})", task);
  // Whether the watch was called at all depends on how long the search took.
  if (kn_cancel_token_is_cancelled(token) == 1) CHECK(has(answer, R"("stopped":true)"));
  CHECK(has(answer, R"("status":)"));
}

TEST_CASE("rules that leave no consortium are named with their legal text") {
  const Catalogue catalogue = sample();
  const std::string answer =
      built(catalogue.get(), R"({"call":"call-competence-centres-2020","countries":["DE","EE"]})");
  CHECK(has(answer, R"("status":"infeasible")"));
  CHECK(has(answer, R"("plans":[])"));
  CHECK(has(answer, R"("conflict":{"rules":[1],"proof":"smallest"})"));
  CHECK(has(answer, "at least three EU member states"));
}
