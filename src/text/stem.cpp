// SPDX-License-Identifier: Apache-2.0
#include "text/stem.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

#include "text/light_stemmer.hpp"

namespace koinon::text {

namespace {

struct StemmerDelete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

// By the names that every libstemmer knows, sorted by language.
constexpr std::array<const char*, 15> languages = {"da", "de", "el", "en", "es", "fi", "fr", "ga",
                                                   "hu", "it", "lt", "nl", "pt", "ro", "sv"};

constexpr std::size_t none = languages.size();

std::size_t slot_of(std::string_view primary) {
  const auto* const found = std::find(languages.begin(), languages.end(), primary);
  return static_cast<std::size_t>(found - languages.begin());
}

// An sb_stemmer keeps the word in itself, so every thread has its own.
sb_stemmer* stemmer_of(std::size_t slot) {
  thread_local std::array<std::unique_ptr<sb_stemmer, StemmerDelete>, languages.size()> stemmers;
  auto& stemmer = stemmers[slot];
  if (!stemmer) stemmer.reset(sb_stemmer_new(languages[slot], "UTF_8"));
  return stemmer.get();
}

// Snowball below 3 knows the Romanian letters with cedilla only, later ones take both: ș (C8 99)
// becomes ş (C5 9F), ț (C8 9B) becomes ţ (C5 A3).
std::string with_cedillas(std::string_view word) {
  std::string out(word);
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i] != '\xC8' || (out[i + 1] != '\x99' && out[i + 1] != '\x9B')) continue;
    out[i + 1] = out[i + 1] == '\x99' ? '\x9F' : '\xA3';
    out[i] = '\xC5';
  }
  return out;
}

std::string stem_in(std::string_view word, std::size_t slot) {
  sb_stemmer* stemmer = stemmer_of(slot);
  if (stemmer == nullptr || word.empty()) return std::string(word);
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stemmed = sb_stemmer_stem(stemmer, bytes, static_cast<int>(word.size()));
  if (stemmed == nullptr) return std::string(word);
  const auto size = static_cast<std::size_t>(sb_stemmer_length(stemmer));
  return {reinterpret_cast<const char*>(stemmed), size};
}

}  // namespace

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
  const std::string primary = primary_language(language);
  return slot_of(primary) != none || light_stemmer(primary) != nullptr;
}

std::string stem(std::string_view word, std::string_view language) {
  const std::string primary = primary_language(language);
  const std::size_t slot = slot_of(primary);
  if (primary == "ro") return stem_in(with_cedillas(word), slot);
  if (slot != none) return stem_in(word, slot);
  const LightStemmer* light = light_stemmer(primary);
  return light != nullptr ? light->stem(word) : std::string(word);
}

}  // namespace koinon::text
