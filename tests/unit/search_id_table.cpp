// SPDX-License-Identifier: Apache-2.0
#include "search/id_table.hpp"

#include <string>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;

TEST_CASE("ids are kept by number and replaced without leaking", "[search]") {
  search::IdTable ids;
  CHECK(ids.id(5).empty());
  for (std::uint32_t round = 0; round < 200; ++round) {
    for (std::uint32_t key = 0; key < 50; ++key) {
      ids.put(key, "record-" + std::to_string(key) + "-" + std::to_string(round));
    }
  }
  for (std::uint32_t key = 0; key < 50; ++key) {
    CHECK(ids.id(key) == "record-" + std::to_string(key) + "-199");
  }
  CHECK(ids.memory_bytes() < 20000);
  ids.put(1000, std::string(255, 'x'));
  CHECK(ids.id(1000).size() == 255);
  CHECK(ids.id(999).empty());
  CHECK_THROWS_AS(ids.put(1, std::string(256, 'x')), Error);
}
