// SPDX-License-Identifier: Apache-2.0
#include "text/analyse.hpp"

#include <bit>
#include <functional>
#include <utility>

#include "text/fold.hpp"
#include "text/language.hpp"
#include "text/tokens.hpp"
#include "text/transliterate.hpp"

namespace koinon::text {

// One way, direct mapped: a word that comes along throws out the one in its place. Words follow
// Zipf's law, so the frequent ones are nearly always there.
struct Analyser::Cache {
  struct Entry {
    std::string language;  // "" while unused, and for words without a stem
    std::string word;
    std::string forms;  // one after the other
    Spans spans;        // in them
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
Analyser::Spans Analyser::append_forms(std::string_view word, const Language* language) {
  const std::string_view key = language != nullptr ? language->tag() : std::string_view();
  Cache::Entry* entry = cache_ ? &cache_->at(word, key) : nullptr;
  const bool held = entry != nullptr && entry->word == word && entry->language == key;
  const std::size_t begin = bytes_.size();
  if (held) {
    bytes_ += entry->forms;
    return entry->spans.from(begin);
  }
  const Spans spans = make_forms(word, language);
  if (entry != nullptr) {
    entry->language = key;
    entry->word = word;
    entry->forms.assign(bytes_, begin);
    entry->spans = spans;
  }
  return spans.from(begin);
}

// Appends the forms to bytes_; the spans count from the first.
Analyser::Spans Analyser::make_forms(std::string_view word, const Language* language) {
  const std::size_t begin = bytes_.size();
  Spans spans;
  append_folded(bytes_, word);
  const std::string surface(bytes_, begin);
  spans.stem = bytes_.size() - begin;
  if (language != nullptr) {
    lower_.clear();
    language->append_prepared(lower_, word);
    append_folded(bytes_, language->stem(lower_));
  }
  spans.accented = bytes_.size() - begin;
  lower_.clear();
  append_lower(lower_, word);
  if (lower_ != surface) bytes_ += lower_;
  spans.skeleton = bytes_.size() - begin;
  append_skeleton(bytes_, surface);
  spans.parts = bytes_.size() - begin;
  if (language != nullptr && splits_compounds(language->tag())) append_parts(*language);
  spans.end = bytes_.size() - begin;
  return spans;
}

// Of the word in lower_.
void Analyser::append_parts(const Language& language) {
  split_compound(lower_, language.tag(), parts_);
  if (parts_.size() < 2) return;
  // A part of three letters is more often an ending that looks like a word.
  constexpr std::size_t fewest_bytes = 4;
  const std::size_t begin = bytes_.size();
  for (const CompoundPart& part : parts_) {
    const std::size_t at = bytes_.size();
    append_folded(bytes_, language.stem(part.form));
    if (bytes_.size() - at < fewest_bytes) return bytes_.resize(begin);
    bytes_ += '\0';
  }
}

std::span<const AnalysedToken> Analyser::run(std::string_view text, std::string_view language) {
  bytes_.clear();
  spans_.clear();
  tokens_.clear();
  const Language* known = find_language(language);
  if (known != nullptr && !known->has_stemmer()) known = nullptr;
  Tokens walker(text);
  Token token;
  while (walker.next(token)) {
    const std::string_view word = text.substr(token.begin, token.end - token.begin);
    const Spans spans = append_forms(word, known);
    // A word whose folding is empty (a filler letter, say) cannot be looked for.
    if (spans.stem == spans.surface) continue;
    spans_.push_back(spans);
    tokens_.push_back({{}, {}, {}, {}, {}, token.begin, token.end, token.position});
  }
  const std::string_view bytes = bytes_;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Spans& spans = spans_[i];
    const auto form = [&](std::size_t from, std::size_t to) {
      return bytes.substr(from, to - from);
    };
    tokens_[i].surface = form(spans.surface, spans.stem);
    tokens_[i].stem = form(spans.stem, spans.accented);
    tokens_[i].accented = form(spans.accented, spans.skeleton);
    tokens_[i].skeleton = form(spans.skeleton, spans.parts);
    tokens_[i].parts = form(spans.parts, spans.end);
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
