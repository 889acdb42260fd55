// SPDX-License-Identifier: Apache-2.0
#include "text/language_file.hpp"

#include <algorithm>
#include <cstddef>

#include "koinon/error.hpp"

namespace koinon::text {

void refuse(const std::string& place, const std::string& wanted) {
  throw Error(ErrorCode::InvalidInput, "language file: " + place + ": " + wanted);
}

const Json& member(const Json& object, const std::string& path, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  if (!object.is_object() || found == object.end()) refuse(path + key, "is missing");
  return *found;
}

const Json& list(const Json& object, const std::string& path, const char* key) {
  const Json& found = member(object, path, key);
  if (!found.is_array() || found.empty())
    refuse(path + key, "a list with something in it is wanted");
  return found;
}

std::string text_of(const Json& value, const std::string& place) {
  if (!value.is_string()) refuse(place, "a text is wanted");
  return value.get<std::string>();
}

std::vector<std::string> words_of(const Json& value, const std::string& place) {
  const std::string told = text_of(value, place);
  std::vector<std::string> found;
  for (std::size_t at = 0; at < told.size();) {
    const std::size_t end = std::min(told.find(' ', at), told.size());
    if (end > at) found.push_back(told.substr(at, end - at));
    at = end + 1;
  }
  if (found.empty()) refuse(place, "words or endings with blanks between them are wanted");
  return found;
}

std::vector<std::pair<std::string, std::string>> pairs_of(const Json& value,
                                                          const std::string& place) {
  if (!value.is_object()) refuse(place, "pairs are wanted");
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& [from, to] : value.items()) {
    std::string name = place;
    name += '.';
    name += from;
    if (from.empty()) refuse(name, "has nothing to look for");
    found.emplace_back(from, text_of(to, name));
  }
  return found;
}

}  // namespace koinon::text
