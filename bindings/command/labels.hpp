// SPDX-License-Identifier: Apache-2.0
//
// Names for people: fields, facets and the codes in them.
#pragma once

#include <string>
#include <string_view>

namespace koinon::command {

/// What kn_label says.
std::string label(std::string_view vocabulary, std::string_view code, std::string_view language);

/// "Finland (FI)"; the code alone where its label says no more.
std::string labelled(std::string_view vocabulary, std::string_view code, std::string_view language);

/// The vocabulary of a facet field; "" when its values are their own names.
const char* facet_vocabulary(std::string_view field);

struct FieldLabel {
  const char* field;  // as in the JSON of a record
  const char* label;
  const char* vocabulary;  // of its codes, or ""
  bool reference;          // holds record ids
};

/// A label for any field: one that is not in the table gets its own name.
FieldLabel field_label(std::string_view field);

/// "case study" of "case-study"
std::string kind_label(std::string_view kind);

}  // namespace koinon::command
