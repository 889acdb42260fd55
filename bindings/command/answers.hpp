// SPDX-License-Identifier: Apache-2.0
//
// Parts of answers in JSON, as text for a terminal.
#pragma once

#include <string>

#include "commands.hpp"

namespace koinon::command {

/// A member that is a text, without control characters.
std::string plain_at(const Json& json, const char* name);
/// "a, b, c", plain.
std::string plain_list(const Json& texts);
/// "0.25"
std::string real_text(const Json& number, const char* format = "%.2f");
/// "83 %"
std::string percent(const Json& share);
/// "2021-05 to 2023-04", "2021 to …"; "" where neither end is told.
std::string span_text(const Json& period);
/// The text in English, else the first one.
std::string told_text(const Json& texts);
/// "Name (id)", the id dim.
std::string titled(const Context& context, const Json& json, const char* title = "title");

}  // namespace koinon::command
