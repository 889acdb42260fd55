// SPDX-License-Identifier: Apache-2.0
#include "text/snowball.hpp"

#include <libstemmer.h>

#include <limits>
#include <memory>

namespace koinon::text {

namespace {

struct StemmerDelete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

// An sb_stemmer keeps the word in itself, so every thread has its own.
sb_stemmer* stemmer_of(std::size_t algorithm) {
  thread_local std::vector<std::unique_ptr<sb_stemmer, StemmerDelete>> stemmers;
  if (stemmers.size() <= algorithm) stemmers.resize(algorithm + 1);
  auto& stemmer = stemmers[algorithm];
  if (!stemmer) stemmer.reset(sb_stemmer_new(sb_stemmer_list()[algorithm], "UTF_8"));
  return stemmer.get();
}

}  // namespace

std::optional<std::size_t> snowball_algorithm(std::string_view name) {
  const char** names = sb_stemmer_list();
  for (std::size_t i = 0; names[i] != nullptr; ++i)
    if (name == names[i]) return i;
  return std::nullopt;
}

std::vector<std::string> snowball_algorithms() {
  std::vector<std::string> found;
  for (const char** name = sb_stemmer_list(); *name != nullptr; ++name) found.emplace_back(*name);
  return found;
}

std::string snowball_stem(std::string_view word, std::size_t algorithm) {
  if (word.empty() || word.size() > std::numeric_limits<int>::max()) return std::string(word);
  sb_stemmer* stemmer = stemmer_of(algorithm);
  if (stemmer == nullptr) return std::string(word);
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stemmed = sb_stemmer_stem(stemmer, bytes, static_cast<int>(word.size()));
  if (stemmed == nullptr) return std::string(word);
  const auto size = static_cast<std::size_t>(sb_stemmer_length(stemmer));
  return {reinterpret_cast<const char*>(stemmed), size};
}

}  // namespace koinon::text
