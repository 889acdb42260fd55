// SPDX-License-Identifier: Apache-2.0
//
// Methods, care, communities, peers and centres, through the C API alone.
#include <array>
#include <cmath>
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

bool has(const std::string& json, const std::string& part) {
  return json.find(part) != std::string::npos;
}

void put_organisation(kn_catalogue* catalogue, const std::string& id, const std::string& country,
                      const std::string& more) {
  put(catalogue, KN_KIND_ORGANISATION, id,
      R"({"names":[{"language":"en","text":"The )" + id + R"("}],"addresses":[{"country":")" +
          country + R"("}],"languages":["en"])" + more + "}");
}

Catalogue world() {
  Catalogue catalogue = open(":memory:");
  kn_catalogue* c = catalogue.get();
  put_organisation(c, "a", "FI", R"(,"offers":["housing"])");
  put_organisation(c, "b", "SE", R"(,"seeks":["housing"])");
  put(c, KN_KIND_INITIATIVE, "ini-1", R"({"names":[{"language":"en","text":"Home First"}]})");
  put(c, KN_KIND_METHOD, "meth-1",
      R"({"names":[{"language":"en","text":"Housing first"}],"themes":["housing"]})");
  put(c, KN_KIND_CASE_STUDY, "case-1",
      R"({"initiative":"ini-1","state":"published","problem":[{"language":"en","text":"Rough sleeping"}],)"
      R"("solution":[{"language":"en","text":"A home first"}],"themes":["housing"],)"
      R"("period":{"from":"2019","to":"2022"},"running":"running","lead_organisation":"a",)"
      R"("methods":[{"method":"meth-1","effect":[{"language":"en","text":"Fewer evictions"}]}]})");
  put(c, KN_KIND_EVIDENCE, "evid-1",
      R"({"about":"case-1","features":["random-assignment"],)"
      R"("effects":[{"indicator":"housed","baseline":0.3,"value":0.8}]})");
  put(c, KN_KIND_COMMUNITY, "com-1",
      R"({"names":[{"language":"en","text":"Homes"}],"members":[{"organisation":"a","role":"member"}]})");
  put(c, KN_KIND_EXCHANGE, "exch-1",
      R"({"within":"com-1","kind":"event","author":"b","period":{"from":"2025-03-01"}})");
  put(c, KN_KIND_COMPETENCE_CENTRE, "centre-1",
      R"({"names":[{"language":"en","text":"Centre of Finland"}],"countries":["FI"]})");
  put(c, KN_KIND_COLLECTION, "coll-1",
      R"({"titles":[{"language":"en","text":"Good practices"}],"cases":["case-1"]})");
  return catalogue;
}

template <class Call>
std::string told(Call&& call) {
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  const int32_t code = call(&json, &error);
  INFO((error != nullptr ? kn_error_message(error) : ""));
  REQUIRE(code == KN_OK);
  return take(json);
}

template <class Call>
std::string refused(int32_t code, Call&& call) {
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  CHECK(call(&json, &error) == code);
  CHECK(json == nullptr);
  return message_of(code, error);
}

}  // namespace

TEST_CASE("evidence and methods come as JSON, with grades and reasons") {
  const Catalogue catalogue = world();
  kn_catalogue* c = catalogue.get();
  const std::string evidence =
      told([&](kn_text** t, kn_error** e) { return kn_evidence(c, "ini-1", 5, t, e); });
  CHECK(has(evidence, R"("standard":{"scale":"nesta-standards","grade":"3","derived":"3",)"));
  CHECK(has(evidence, R"("maryland":{"scale":"maryland-scale","grade":"5")"));
  const std::string method =
      told([&](kn_text** t, kn_error** e) { return kn_method(c, "meth-1", 6, t, e); });
  CHECK(has(method, R"("uses":[{"case":"case-1","title":"Home First")"));
  CHECK(has(method, R"("effect":[{"language":"en","text":"Fewer evictions"}])"));
  kn_methods_options options;
  kn_methods_options_init(&options, sizeof(options));
  const std::array<kn_string, 1> themes = {string_of("housing")};
  options.themes = themes.data();
  options.theme_count = themes.size();
  const std::string found =
      told([&](kn_text** t, kn_error** e) { return kn_methods_for(c, &options, nullptr, t, e); });
  CHECK(has(found, R"("methods":[{"id":"meth-1")"));
  CHECK(has(
      refused(KN_E_INVALID_ARGUMENT,
              [&](kn_text** t, kn_error** e) { return kn_methods_for(c, nullptr, nullptr, t, e); }),
      "nothing is asked"));
  refused(KN_E_NOT_FOUND,
          [&](kn_text** t, kn_error** e) { return kn_evidence(c, "none", 4, t, e); });
  refused(KN_E_INVALID_ARGUMENT,
          [&](kn_text** t, kn_error** e) { return kn_method(c, "ini-1", 5, t, e); });
}

TEST_CASE("ids and codes of programmes that are no UTF-8 are refused") {
  const Catalogue catalogue = world();
  kn_catalogue* c = catalogue.get();
  const char* bad = not_utf8.data();
  const std::uint64_t size = not_utf8.size();
  refused(KN_E_INVALID_UTF8,
          [&](kn_text** t, kn_error** e) { return kn_evidence(c, bad, size, t, e); });
  refused(KN_E_INVALID_UTF8, [&](kn_text** t, kn_error** e) {
    return kn_community(c, bad, size, nullptr, nullptr, t, e);
  });
  kn_solved_options solved;
  kn_solved_options_init(&solved, sizeof(solved));
  solved.text = string_of(not_utf8);
  refused(KN_E_INVALID_UTF8,
          [&](kn_text** t, kn_error** e) { return kn_who_solved(c, &solved, nullptr, t, e); });
  kn_peers_options peers;
  kn_peers_options_init(&peers, sizeof(peers));
  peers.theme_count = 1;
  refused(KN_E_INVALID_ARGUMENT,
          [&](kn_text** t, kn_error** e) { return kn_peers(c, &peers, nullptr, t, e); });
}

TEST_CASE("care of cases comes as JSON") {
  const Catalogue catalogue = world();
  kn_catalogue* c = catalogue.get();
  const std::string complete =
      told([&](kn_text** t, kn_error** e) { return kn_completeness(c, "case-1", 6, t, e); });
  CHECK(has(complete, R"("group":"checklist","weight":4.0,"share":0.5)"));
  CHECK(has(complete, R"("languages":[{"language":"en","state":"whole")"));
  CHECK(
      has(told([&](kn_text** t, kn_error** e) { return kn_incomplete(c, nullptr, nullptr, t, e); }),
          R"("records":1,"total":1)"));
  kn_stale_options options;
  kn_stale_options_init(&options, sizeof(options));
  CHECK(
      has(refused(KN_E_INVALID_ARGUMENT,
                  [&](kn_text** t, kn_error** e) { return kn_stale(c, &options, nullptr, t, e); }),
          "as_of"));
  options.as_of = {2023, 0, 0};
  const std::string stale =
      told([&](kn_text** t, kn_error** e) { return kn_stale(c, &options, nullptr, t, e); });
  CHECK(has(stale, R"("total":1)"));
  CHECK(has(stale, R"("code":"ended-but-running","field":"running")"));
  kn_incomplete_options below;
  kn_incomplete_options_init(&below, sizeof(below));
  below.below = std::nan("");
  refused(KN_E_INVALID_ARGUMENT,
          [&](kn_text** t, kn_error** e) { return kn_incomplete(c, &below, nullptr, t, e); });
  CHECK(
      has(told([&](kn_text** t, kn_error** e) { return kn_collections(c, "", 0, 10, t, e); }),
          R"("cases":[{"id":"case-1","title":"Home First","state":"published","present":true}])"));
}

TEST_CASE("communities and centres come as JSON") {
  const Catalogue catalogue = world();
  kn_catalogue* c = catalogue.get();
  const std::string community = told([&](kn_text** t, kn_error** e) {
    return kn_community(c, "com-1", 5, nullptr, nullptr, t, e);
  });
  CHECK(has(community, R"("periods":[{"period":"2025","exchanges":[{"code":"event","count":1}])"));
  CHECK(has(community, R"("reached":["SE"])"));
  kn_community_options options;
  kn_community_options_init(&options, sizeof(options));
  options.by = string_of("decade");
  refused(KN_E_INVALID_ARGUMENT, [&](kn_text** t, kn_error** e) {
    return kn_community(c, "com-1", 5, &options, nullptr, t, e);
  });
  const std::string centres =
      told([&](kn_text** t, kn_error** e) { return kn_centres(c, nullptr, t, e); });
  CHECK(has(centres, R"("covered":[{"country":"FI","centres":["centre-1"]}])"));
  CHECK(has(told([&](kn_text** t, kn_error** e) {
              return kn_centre(c, "centre-1", 8, nullptr, nullptr, t, e);
            }),
            R"("title":"Centre of Finland")"));
  kn_solved_options solved;
  kn_solved_options_init(&solved, sizeof(solved));
  solved.text = string_of("rough sleeping");
  CHECK(
      has(told([&](kn_text** t, kn_error** e) { return kn_who_solved(c, &solved, nullptr, t, e); }),
          R"("organisations":[{"id":"a","name":"The a","country":"FI")"));
}

TEST_CASE("peers come as JSON, and odd weights are refused") {
  const Catalogue catalogue = world();
  kn_catalogue* c = catalogue.get();
  CHECK(has(
      told([&](kn_text** t, kn_error** e) { return kn_peers(c, nullptr, nullptr, t, e); }),
      R"("pairs":[{"giver":"a","giver_name":"The a","taker":"b","taker_name":"The b","weight":1.0,)"
      R"("themes":["housing"],"back":[],"languages":["en"],"offers":[]}])"));
  kn_peers_options options;
  kn_peers_options_init(&options, sizeof(options));
  options.theme_weight = std::nan("");
  CHECK(
      has(refused(KN_E_INVALID_ARGUMENT,
                  [&](kn_text** t, kn_error** e) { return kn_peers(c, &options, nullptr, t, e); }),
          "theme_weight"));
  kn_peers_options_init(&options, sizeof(options));
  options.balanced = 7;
  refused(KN_E_INVALID_ARGUMENT,
          [&](kn_text** t, kn_error** e) { return kn_peers(c, &options, nullptr, t, e); });
  CHECK(kn_peers(nullptr, nullptr, nullptr, nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
  const Catalogue empty = open(":memory:");
  CHECK(has(told([&](kn_text** t, kn_error** e) {
              return kn_peers(empty.get(), nullptr, nullptr, t, e);
            }),
            R"("pairs":[],"unpaired":[],"peers":[])"));
}
