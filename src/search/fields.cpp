// SPDX-License-Identifier: Apache-2.0
#include "search/fields.hpp"

#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/search.hpp"

namespace koinon {

const std::vector<std::string>& facet_fields() {
  static const std::vector<std::string> fields = {
      "kind",  "country", "language", "theme", "target-group", "objective", "principle",
      "stage", "state",   "level",    "year",  "programme",    "fund",      "organisation-kind",
      "source"};
  return fields;
}

}  // namespace koinon

namespace koinon::search {

FacetField facet_field(std::string_view name) {
  const std::vector<std::string>& fields = facet_fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i] == name) return static_cast<FacetField>(i);
  }
  std::string message = "unknown facet field \"" + std::string(name.substr(0, 64)) + "\"; known:";
  for (const std::string& field : fields) message += " " + field;
  throw Error(ErrorCode::InvalidArgument, message);
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
