// SPDX-License-Identifier: Apache-2.0
#include "search/fields.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/search.hpp"

namespace koinon {

const std::vector<std::string>& facet_fields() {
  static const std::vector<std::string> fields = {
      "kind",   "country", "language",   "theme", "target-group", "objective", "principle",
      "stage",  "state",   "level",      "year",  "programme",    "fund",      "organisation-kind",
      "source", "concept", "initiative", "nuts",  "nuts-1",       "nuts-2",    "nuts-3"};
  return fields;
}

const std::vector<std::string>& text_fields() {
  static const std::vector<std::string> fields = [] {
    std::vector<std::string> names;
    for (const search::TextFieldInfo& field : search::text_fields) names.emplace_back(field.name);
    return names;
  }();
  return fields;
}

const std::vector<std::string>& number_fields() {
  static const std::vector<std::string> fields = {"date", "start", "end", "deadline", "budget"};
  return fields;
}

}  // namespace koinon

namespace koinon::search {

namespace {

std::size_t place_of(std::string_view name, const std::vector<std::string>& fields,
                     const char* what) {
  const auto found = std::find(fields.begin(), fields.end(), name);
  if (found != fields.end()) return static_cast<std::size_t>(found - fields.begin());
  std::string message =
      "unknown " + std::string(what) + " field \"" + std::string(name.substr(0, 64)) + "\"; known:";
  for (const std::string& field : fields) message += " " + field;
  throw Error(ErrorCode::InvalidArgument, message);
}

}  // namespace

FacetField facet_field(std::string_view name) {
  return static_cast<FacetField>(place_of(name, facet_fields(), "facet"));
}

TextField text_field(std::string_view name) {
  return static_cast<TextField>(place_of(name, koinon::text_fields(), "text"));
}

NumberField number_field(std::string_view name) {
  return static_cast<NumberField>(place_of(name, number_fields(), "number"));
}

index::Schema schema() {
  static_assert(text_fields.size() <= index::max_fields);
  index::Schema fields;
  for (const TextFieldInfo& field : text_fields) fields.field_boosts.push_back(field.boost);
  fields.facet_fields = facet_field_count;
  fields.number_fields = number_field_count;
  return fields;
}

}  // namespace koinon::search
