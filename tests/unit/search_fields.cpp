// SPDX-License-Identifier: Apache-2.0
#include "search/fields.hpp"

#include <string>

#include "catch.hpp"
#include "koinon/error.hpp"
#include "koinon/search.hpp"

using namespace koinon;

TEST_CASE("facet fields have names and numbers", "[search]") {
  CHECK(facet_fields().size() == search::facet_field_count - 2);
  for (std::size_t i = 0; i < facet_fields().size(); ++i) {
    CHECK(search::id_of(search::facet_field(facet_fields()[i])) == i);
  }
  CHECK(number_fields().size() == search::number_field_count - 1);
  CHECK(search::number_field("budget") == search::NumberField::Budget);
  CHECK(search::text_field("codes") == search::TextField::Codes);
  CHECK(facet_fields()[search::id_of(search::FacetField::Nuts3)] == "nuts-3");
  CHECK(facet_fields()[search::id_of(search::FacetField::Source)] == "source");
  CHECK(facet_fields()[search::id_of(search::FacetField::TargetGroup)] == "target-group");
}

TEST_CASE("an unknown facet field is refused with the names of the known", "[search]") {
  try {
    search::facet_field("colour");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidArgument);
    const std::string message = error.what();
    CHECK(message.find("colour") != std::string::npos);
    for (const std::string& field : facet_fields()) {
      CHECK(message.find(field) != std::string::npos);
    }
  }
  CHECK_THROWS_AS(search::facet_field(""), Error);
}

TEST_CASE("every text field has a boost", "[search]") {
  CHECK(search::schema().field_boosts.size() == search::text_fields.size());
  CHECK(search::schema().field_boosts[search::id_of(search::TextField::Summary)] == 1.5);
  CHECK(search::text_fields[search::id_of(search::TextField::Codes)].name == "codes");
}
