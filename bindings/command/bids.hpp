// SPDX-License-Identifier: Apache-2.0
//
// What the commands about consortia share: members as words, and what rules say as text.
#pragma once

#include <string>

#include "commands.hpp"

namespace koinon::command {

/// "ID" or "ID:ROLE,ROLE" as a member of a request. An id may hold colons: what names a record as a
/// whole is an id.
Json member_of(kn_catalogue* catalogue, const std::string& text);
/// "NAME:COUNTRY" or "NAME:COUNTRY:ROLE,ROLE": one that the catalogue does not have.
Json other_member(const std::string& text);

/// The JSON of --request FILE, or an empty object.
Json request_file(const Context& context);

/// What each rule says, with its legal text and what to do.
std::string findings_text(const Style& style, const Json& report);
/// "2 rules fail, 1 cannot be told, 3 pass"
std::string verdict_text(const Json& report);

}  // namespace koinon::command
