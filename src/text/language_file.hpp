// SPDX-License-Identifier: Apache-2.0
//
// How a language file is read: each function gives what stands at a place, or throws Error with
// InvalidInput that names the place. Shared by language.cpp and light_stemmer.cpp.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace koinon::text {

using Json = nlohmann::json;

/// Throws "language file: PLACE: WANTED".
[[noreturn]] void refuse(const std::string& place, const std::string& wanted);

/// The member of an object that must be there. `path` is what its name is appended to.
const Json& member(const Json& object, const std::string& path, const char* key);

/// The member as a list with something in it.
const Json& list(const Json& object, const std::string& path, const char* key);

/// The value as a text.
std::string text_of(const Json& value, const std::string& place);

/// The value as words with blanks between them, at least one.
std::vector<std::string> words_of(const Json& value, const std::string& place);

/// The value as pairs of texts; the first of a pair is never empty.
std::vector<std::pair<std::string, std::string>> pairs_of(const Json& value,
                                                          const std::string& place);

}  // namespace koinon::text
