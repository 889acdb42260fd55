// SPDX-License-Identifier: Apache-2.0
#include "text/analyse.hpp"

#include <bit>
#include <functional>
#include <utility>

#include "text/fold.hpp"
#include "text/stem.hpp"
#include "text/tokens.hpp"

namespace koinon::text {

// One way, direct mapped: a word that comes along throws out the one in its place. Words follow
// Zipf's law, so the frequent ones are nearly always there.
struct Analyser::Cache {
  struct Entry {
    std::string language;  // "" while unused, and for words without a stem
    std::string word;
    std::string surface;
    std::string stem;
  };
  std::vector<Entry> entries;

  Entry& at(std::string_view word, std::string_view language) {
    const std::size_t hash =
        std::hash<std::string_view>{}(word)*31 + std::hash<std::string_view>{}(language);
    return entries[hash & (entries.size() - 1)];
  }
};

Analyser::Analyser(std::size_t cached_words) {
  if (cached_words == 0) return;
  cache_ = std::make_unique<Cache>();
  cache_->entries.resize(std::bit_ceil(cached_words));
}

Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

// Appends both forms to bytes_.
Analyser::Spans Analyser::append_forms(std::string_view word, std::string_view language,
                                       bool stems) {
  const std::string_view key = stems ? language : std::string_view();
  Cache::Entry* entry = cache_ ? &cache_->at(word, key) : nullptr;
  const bool held = entry != nullptr && entry->word == word && entry->language == key;
  Spans spans;
  spans.surface = bytes_.size();
  if (held) {
    bytes_ += entry->surface;
    spans.stem = bytes_.size();
    bytes_ += entry->stem;
    spans.end = bytes_.size();
    return spans;
  }
  append_folded(bytes_, word);
  spans.stem = bytes_.size();
  if (stems) {
    lower_.clear();
    append_lower(lower_, word);
    append_folded(bytes_, stem(lower_, language));
  }
  spans.end = bytes_.size();
  if (entry != nullptr) {
    entry->language = key;
    entry->word = word;
    entry->surface.assign(bytes_, spans.surface, spans.stem - spans.surface);
    entry->stem.assign(bytes_, spans.stem, spans.end - spans.stem);
  }
  return spans;
}

std::span<const AnalysedToken> Analyser::run(std::string_view text, std::string_view language) {
  bytes_.clear();
  spans_.clear();
  tokens_.clear();
  const bool stems = has_stemmer(language);
  Tokens walker(text);
  Token token;
  while (walker.next(token)) {
    const std::string_view word = text.substr(token.begin, token.end - token.begin);
    const Spans spans = append_forms(word, language, stems);
    // A word whose folding is empty (a filler letter, say) cannot be looked for.
    if (spans.stem == spans.surface) continue;
    spans_.push_back(spans);
    tokens_.push_back({{}, {}, token.begin, token.end, token.position});
  }
  const std::string_view bytes = bytes_;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Spans& spans = spans_[i];
    tokens_[i].surface = bytes.substr(spans.surface, spans.stem - spans.surface);
    tokens_[i].stem = bytes.substr(spans.stem, spans.end - spans.stem);
  }
  return tokens_;
}

std::vector<OwnedToken> analyse(std::string_view text, std::string_view language) {
  Analyser analyser;
  std::vector<OwnedToken> owned;
  for (const AnalysedToken& token : analyser.run(text, language)) {
    owned.push_back({std::string(token.surface), std::string(token.stem), token.begin, token.end,
                     token.position});
  }
  return owned;
}

}  // namespace koinon::text
