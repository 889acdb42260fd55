// SPDX-License-Identifier: Apache-2.0
#include "data/nuts.hpp"

#include "catch.hpp"
#include "data/vocabulary.hpp"

using koinon::data::nuts_region;

TEST_CASE("A NUTS code is found with its level, parent, country, version and point") {
  const auto helsinki = nuts_region("FI1B1");
  REQUIRE(helsinki);
  CHECK(helsinki->level == 3);
  CHECK(helsinki->parent == "FI1B");
  CHECK(helsinki->country == "FI");
  CHECK(helsinki->version == "2024");
  REQUIRE(helsinki->latitude);
  CHECK(*helsinki->latitude == Approx(60.2).margin(0.5));
  CHECK(*helsinki->longitude == Approx(24.9).margin(0.8));
}

TEST_CASE("Every region's parent is in the table, one level up") {
  CHECK(koinon::data::nuts_size() > 2000);
  for (const char* code : {"AT130", "DE300", "EL303", "UKN10", "PL911", "MT001"}) {
    auto region = nuts_region(code);
    INFO(code);
    REQUIRE(region);
    while (region->level > 0) {
      const int level = region->level;
      region = nuts_region(region->parent);
      REQUIRE(region);
      CHECK(region->level == level - 1);
    }
    CHECK(region->parent.empty());
  }
}

TEST_CASE("A code that is no region is not found, and is its own label") {
  CHECK_FALSE(nuts_region("XX999"));
  CHECK_FALSE(nuts_region(""));
  CHECK(koinon::data::label("nuts", "XX999", "en") == "XX999");
  CHECK(koinon::data::label("nuts", "AT130", "en") == "Wien");
}
