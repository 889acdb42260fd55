// SPDX-License-Identifier: Apache-2.0
#include "exchange/formats/dsi4eu.hpp"

#include "exchange/derived_id.hpp"
#include "exchange/plain_text.hpp"

namespace koinon::exchange {

std::string dsi4eu_organisation_id(std::string_view portal, std::string_view local_id) {
  return derived_id(RecordKind::Organisation, {portal, "organisation", local_id});
}

void add_dsi4eu_tags(std::vector<Tag>& tags, const char* scheme, const Json& object,
                     const char* key) {
  const Json* list = list_of(object, key);
  if (!list) return;
  for (const Json& entry : *list) {
    if (entry.is_string()) {
      add_tag(tags, scheme, entry.get_ref<const std::string&>());
    } else if (entry.is_object()) {
      add_tag(tags, scheme, text_of(entry, "name"));
    }
  }
}

bool read_dsi4eu_place(const Json& object, CodeFinder& countries, Place& place) {
  const std::string country(trim(text_of(object, "country")));
  place.country = countries.named(country);
  if (place.country.empty()) place.region = country;
  place.locality = trim(text_of(object, "region"));
  const auto latitude = number_of(object, "latitude");
  const auto longitude = number_of(object, "longitude");
  if (latitude && longitude) {
    place.latitude = latitude;
    place.longitude = longitude;
  }
  return !country.empty() || !place.locality.empty() || place.latitude.has_value();
}

void add_dsi4eu_text(LangText& texts, const Json& object, const char* key) {
  const std::string text = plain_text(text_of(object, key));
  constexpr std::string_view says_nothing = ".-_,;:!?*/ \n\t";
  if (text.find_first_not_of(says_nothing) == std::string::npos) return;
  add_text(texts, dsi4eu_language, text);
}

void add_dsi4eu_created(std::vector<Tag>& tags, const Json& object, const char* key) {
  const std::string day = text_of(object, key);
  if (day != "1970-01-01") add_tag(tags, "dsi4eu:created", day);
}

}  // namespace koinon::exchange
