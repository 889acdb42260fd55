// SPDX-License-Identifier: Apache-2.0
//
// Questions around one or two organisations through the C API.
#include <string>

#include "fixtures.hpp"

using namespace contract;

namespace {

// a and b share p1, b and c p2; d is in nothing.
Catalogue partners() {
  Catalogue catalogue = open(":memory:");
  for (const char* id : {"a", "b", "c", "d"}) {
    put(catalogue.get(), KN_KIND_ORGANISATION, id,
        std::string(R"({"names":[{"language":"en","text":"Organisation )") + id +
            R"("}],"kind":"ngo","addresses":[{"country":"FI"}]})");
  }
  const auto share = [&](const char* id, const std::string& x, const std::string& y) {
    put(catalogue.get(), KN_KIND_PROJECT, id,
        R"({"titles":[{"language":"en","text":"Work"}],"participations":[{"organisation":")" + x +
            R"(","role":"coordinator"},{"organisation":")" + y + R"(","role":"partner"}]})");
  };
  share("p1", "a", "b");
  share("p2", "b", "c");
  return catalogue;
}

kn_local_options options() {
  kn_local_options made;
  REQUIRE(kn_local_options_init(&made, sizeof made) == KN_OK);
  return made;
}

}  // namespace

TEST_CASE("a path names organisations and the records between them") {
  const Catalogue catalogue = partners();
  kn_text* json = nullptr;
  REQUIRE(kn_path(catalogue.get(), "a", 1, "c", 1, nullptr, nullptr, &json, nullptr) == KN_OK);
  CHECK(
      take(json) ==
      R"({"change":6,"organisations":[{"id":"a","name":"Organisation a","country":"FI"},)"
      R"({"id":"b","name":"Organisation b","country":"FI"},)"
      R"({"id":"c","name":"Organisation c","country":"FI"}],)"
      R"("works":[{"id":"p1","kind":"project","title":"Work","from":"","to":"",)"
      R"("own_roles":["coordinator"],"partner_roles":["partner"],"own_share":null,"partner_share":null},)"
      R"({"id":"p2","kind":"project","title":"Work","from":"","to":"",)"
      R"("own_roles":["coordinator"],"partner_roles":["partner"],"own_share":null,"partner_share":null}]})");
  REQUIRE(kn_path(catalogue.get(), "a", 1, "d", 1, nullptr, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json) == R"({"change":6,"organisations":[],"works":[]})");
  CHECK(kn_path(catalogue.get(), "a", 1, "x", 1, nullptr, nullptr, &json, nullptr) ==
        KN_E_NOT_FOUND);
  CHECK(kn_path(catalogue.get(), "a", 1, "p1", 2, nullptr, nullptr, &json, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_path(catalogue.get(), "a", 1, "", 0, nullptr, nullptr, &json, nullptr) ==
        KN_E_INVALID_ARGUMENT);
}

TEST_CASE("what lies around an organisation is cut at the limit and says so") {
  const Catalogue catalogue = partners();
  kn_local_options asked = options();
  CHECK(asked.wait == 1);
  CHECK(asked.hops == 1);
  CHECK(asked.around_limit == 500);
  CHECK(asked.limit == 20);
  asked.hops = 2;
  kn_text* json = nullptr;
  REQUIRE(kn_around(catalogue.get(), "a", 1, &asked, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json) ==
        R"({"change":6,"complete":true,)"
        R"("organisations":[{"id":"a","name":"Organisation a","country":"FI","hops":0},)"
        R"({"id":"b","name":"Organisation b","country":"FI","hops":1},)"
        R"({"id":"c","name":"Organisation c","country":"FI","hops":2}],)"
        R"("ties":[{"from":0,"to":1,"strength":1.0},{"from":1,"to":2,"strength":1.0}]})");
  asked.around_limit = 2;
  REQUIRE(kn_around(catalogue.get(), "a", 1, &asked, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json).find("\"complete\":false") != std::string::npos);
  asked.around_limit = 0;  // all
  REQUIRE(kn_around(catalogue.get(), "a", 1, &asked, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json).find("\"complete\":true") != std::string::npos);
}

TEST_CASE("common partners come with the records shared with either") {
  const Catalogue catalogue = partners();
  kn_local_options asked = options();
  asked.works = 1;
  kn_text* json = nullptr;
  REQUIRE(kn_common_partners(catalogue.get(), "a", 1, "c", 1, &asked, nullptr, &json, nullptr) ==
          KN_OK);
  const std::string found = take(json);
  CHECK(found.find(R"("total":1,"partners":[{"id":"b")") != std::string::npos);
  CHECK(found.find(R"("works":[{"id":"p1")") != std::string::npos);
  CHECK(found.find(R"("works_other":[{"id":"p2")") != std::string::npos);
  asked.limit = 0;
  REQUIRE(kn_common_partners(catalogue.get(), "a", 1, "c", 1, &asked, nullptr, &json, nullptr) ==
          KN_OK);
  CHECK(take(json) == R"({"change":6,"total":1,"partners":[]})");
  asked.limit = 20;
  asked.offset = 1;
  REQUIRE(kn_common_partners(catalogue.get(), "a", 1, "c", 1, &asked, nullptr, &json, nullptr) ==
          KN_OK);
  CHECK(take(json) == R"({"change":6,"total":1,"partners":[]})");
}

TEST_CASE("near organisations come with the bound of their error") {
  const Catalogue catalogue = partners();
  const kn_string seed = string_of("a");
  kn_text* json = nullptr;
  REQUIRE(kn_nearby(catalogue.get(), &seed, 1, nullptr, nullptr, &json, nullptr) == KN_OK);
  const std::string found = take(json);
  CHECK(found.find("\"error_bound\":") != std::string::npos);
  CHECK(found.find(R"("organisations":[{"id":"b")") != std::string::npos);
  kn_local_options asked = options();
  asked.damping = 1;
  CHECK(kn_nearby(catalogue.get(), &seed, 1, &asked, nullptr, &json, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_nearby(catalogue.get(), &seed, 0, nullptr, nullptr, &json, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_nearby(catalogue.get(), nullptr, 1, nullptr, nullptr, &json, nullptr) ==
        KN_E_INVALID_ARGUMENT);
}
