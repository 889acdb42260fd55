// SPDX-License-Identifier: Apache-2.0
//
// Names for people: fields, facets and the codes in them.
#pragma once

#include <string>
#include <string_view>

#include "session.hpp"

namespace koinon::command {

/// What kn_label says.
std::string label(std::string_view vocabulary, std::string_view code, std::string_view language);

/// What kn_facet_label says.
std::string facet_label(kn_catalogue* catalogue, std::string_view field, std::string_view code,
                        std::string_view language);

/// "Finland (FI)"; the name alone where the code says no more.
std::string with_code(const std::string& name, std::string_view code);
std::string labelled(std::string_view vocabulary, std::string_view code, std::string_view language);

/// What people call a field of a record's JSON: "Places" for "locations".
std::string field_title(std::string_view field);

/// "case study" of "case-study"
std::string kind_label(std::string_view kind);

}  // namespace koinon::command
