// SPDX-License-Identifier: Apache-2.0
#include "text/stem.hpp"

#include "text/language.hpp"

namespace koinon::text {

std::string primary_language(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find_first_of("-_"));
  if (primary.empty() || primary.size() > 8) return "und";
  std::string out;
  for (const char c : primary) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (c >= 'a' && c <= 'z') {
      out += c;
    } else {
      return "und";
    }
  }
  return out;
}

bool has_stemmer(std::string_view language) {
  const Language* found = find_language(language);
  return found != nullptr && found->has_stemmer();
}

std::string stem(std::string_view word, std::string_view language) {
  const Language* found = find_language(language);
  return found != nullptr ? found->stem(word) : std::string(word);
}

}  // namespace koinon::text
