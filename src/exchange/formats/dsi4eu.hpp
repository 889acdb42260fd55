// SPDX-License-Identifier: Apache-2.0
//
// What projects and organisations of Digital Social Innovation for Europe share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/draft_tools.hpp"
#include "exchange/object_rows.hpp"
#include "koinon/records.hpp"

namespace koinon::exchange {

inline constexpr const char* dsi4eu_portal = "dsi4eu";

/// Texts come in many languages and none says which.
inline constexpr const char* dsi4eu_language = "und";

std::string dsi4eu_organisation_id(std::string_view portal, std::string_view local_id);

/// Adds the names of a list of {id, name} or of texts.
void add_dsi4eu_tags(std::vector<Tag>& tags, const char* scheme, const Json& object,
                     const char* key);

/// Country, place and point, or nothing when none is told.
bool read_dsi4eu_place(const Json& object, CodeFinder& countries, Place& place);

/// Adds the text without HTML. A text of punctuation alone says nothing and is left out.
void add_dsi4eu_text(LangText& texts, const Json& object, const char* key);

/// Adds the day on which the portal took in the record; 1970-01-01 there means unknown.
void add_dsi4eu_created(std::vector<Tag>& tags, const Json& object, const char* key);

}  // namespace koinon::exchange
