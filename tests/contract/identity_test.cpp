// SPDX-License-Identifier: Apache-2.0
//
// Who is who through the C API.
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

// Two names of one university, each with a partner.
Catalogue two_names() {
  Catalogue catalogue = open(":memory:");
  const auto organisation = [&](const char* id, const std::string& name) {
    put(catalogue.get(), KN_KIND_ORGANISATION, id,
        R"({"names":[{"language":"de","text":")" + name +
            R"("}],"identifiers":[{"scheme":"pic","value":"999979888"}]})");
  };
  organisation("tu1", "TU Wien");
  organisation("tu2", "Technische Universität Wien");
  put(catalogue.get(), KN_KIND_ORGANISATION, "x", R"({"names":[{"language":"en","text":"X"}]})");
  put(catalogue.get(), KN_KIND_PROJECT, "p",
      R"({"titles":[{"language":"en","text":"Work"}],"participations":[)"
      R"({"organisation":"tu2","role":"coordinator"},{"organisation":"x","role":"partner"}]})");
  return catalogue;
}

template <class Ask>
std::string answer_of(Ask ask) {
  kn_text* text = nullptr;
  REQUIRE(ask(&text) == KN_OK);
  return take(text);
}

std::string identity_of(kn_catalogue* catalogue, const std::string& id) {
  return answer_of([&](kn_text** json) {
    return kn_identity(catalogue, id.data(), id.size(), nullptr, json, nullptr);
  });
}

std::string decided(kn_catalogue* catalogue, const std::string& verdict) {
  return answer_of([&](kn_text** id) {
    return kn_decide(catalogue, "tu1", 3, "tu2", 3, verdict.data(), verdict.size(), "seen", 4, "me",
                     2, id, nullptr);
  });
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a decision makes two one, and its undo makes them two") {
  const Catalogue catalogue = two_names();
  const std::string id = decided(catalogue.get(), "same");
  CHECK(has(identity_of(catalogue.get(), "tu2"), R"("members":["tu1","tu2"])"));
  CHECK(has(identity_of(catalogue.get(), "tu2"), R"("scheme":"pic","conflict":false)"));
  const std::string undone = answer_of([&](kn_text** made) {
    return kn_undo_decision(catalogue.get(), id.data(), id.size(), nullptr, 0, nullptr, 0, made,
                            nullptr);
  });
  CHECK(undone != id);
  CHECK(has(identity_of(catalogue.get(), "tu2"), R"("members":["tu2"])"));
  CHECK(kn_undo_decision(catalogue.get(), id.data(), id.size(), nullptr, 0, nullptr, 0, nullptr,
                         nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_decide(catalogue.get(), "tu1", 3, "no", 2, "same", 4, nullptr, 0, nullptr, 0, nullptr,
                  nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("partners and networks are as merged, and as told where that is asked") {
  const Catalogue catalogue = two_names();
  decided(catalogue.get(), "same");
  const auto organisations = [&](std::uint8_t as_told) {
    kn_network_options options;
    REQUIRE(kn_network_options_init(&options, sizeof(options)) == KN_OK);
    CHECK(options.as_told == 0);
    options.as_told = as_told;
    kn_network* made = nullptr;
    const int32_t opened = kn_network_open(catalogue.get(), &options, nullptr, &made, nullptr);
    if (opened != KN_OK) return opened;
    const Owned<kn_network, kn_network_free> network(made);
    uint64_t number = 0;
    return kn_network_find(network.get(), "tu1", 3, &number, nullptr);
  };
  CHECK(organisations(0) == KN_OK);
  CHECK(organisations(1) == KN_E_NOT_FOUND);
  CHECK(organisations(2) == KN_E_INVALID_ARGUMENT);
  kn_partner_options options;
  REQUIRE(kn_partner_options_init(&options, sizeof(options)) == KN_OK);
  CHECK(options.as_told == 0);
}

TEST_CASE("the rule reports what it found, and a dry run writes nothing") {
  const Catalogue catalogue = two_names();
  kn_match_options options;
  REQUIRE(kn_match_options_init(&options, sizeof(options)) == KN_OK);
  CHECK(options.threshold == 0.9);
  CHECK(options.support == 0.5);
  CHECK(options.review == 1000);
  options.dry_run = 1;
  const auto match = [&] {
    return answer_of([&](kn_text** json) {
      return kn_match(catalogue.get(), &options, nullptr, 0, nullptr, json, nullptr);
    });
  };
  const std::string dry = match();
  CHECK(has(dry, R"("organisations":3)"));
  CHECK(has(dry, R"("decided_by":"rule:organisation-match")"));
  CHECK(has(identity_of(catalogue.get(), "tu1"), R"("members":["tu1"])"));
  options.dry_run = 0;
  CHECK(has(match(), R"("added":1)"));
  CHECK(has(match(), R"("added":0)"));
  CHECK(has(identity_of(catalogue.get(), "tu1"), R"("members":["tu1","tu2"])"));
  options.threshold = 7;
  CHECK(kn_match(catalogue.get(), &options, nullptr, 0, nullptr, nullptr, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  const std::string queue = answer_of(
      [&](kn_text** json) { return kn_review(catalogue.get(), 5, 0, nullptr, json, nullptr); });
  CHECK(has(queue, R"("items":)"));
  const std::string conflicts = answer_of([&](kn_text** json) {
    return kn_identity_conflicts(catalogue.get(), nullptr, json, nullptr);
  });
  CHECK(conflicts == "[]");
}
