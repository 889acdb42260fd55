// SPDX-License-Identifier: Apache-2.0
#include "search/suggestion.hpp"

#include <algorithm>

#include "index/search.hpp"
#include "search/fields.hpp"
#include "search/terms.hpp"
#include "text/analyse.hpp"
#include "text/edit_distance.hpp"

namespace koinon::search {

namespace {

constexpr std::size_t most_words = 8;
constexpr std::size_t most_tried = 8;  // of the nearest words, until one may be shown
constexpr std::size_t shortest_word = 3;
// Two letters that changed places are two errors.
constexpr std::size_t letters_for_two_errors = 5;

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Speller {
 public:
  Speller(const std::vector<QueryLanguage>& languages, const index::Snapshot& snapshot,
          bool unpublished)
      : languages_(languages), snapshot_(snapshot), unpublished_(unpublished) {}

  // Whether some record has the word itself or an inflection of it.
  bool knows(std::string_view word) {
    const auto is_there = [&](const std::string& term) { return may_show(term); };
    text::Analyser analyser;
    std::string term;
    for (const text::AnalysedToken& token : analyser.run(word, "und")) {
      term = token.surface;
      if (is_there(term)) return true;
    }
    for (const QueryLanguage& language : languages_) {
      for (const text::AnalysedToken& token : analyser.run(word, language.tag)) {
        term.clear();
        append_word_term(term, language.tag, token);
        if (is_there(term)) return true;
      }
    }
    return false;
  }

  // The nearest word, or "".
  std::string nearest(const std::string& word) {
    const std::size_t letters = text::character_count(word);
    if (letters < shortest_word || has_digit(word)) return {};
    index::Pattern pattern;
    pattern.kind = index::Pattern::Kind::Fuzzy;
    pattern.text = word;
    for (pattern.distance = 1; pattern.distance <= (letters < letters_for_two_errors ? 1U : 2U);
         ++pattern.distance) {
      auto spellings = snapshot_.spellings(pattern);
      std::erase_if(spellings, [](const auto& each) { return has_digit(each.word); });
      std::stable_sort(spellings.begin(), spellings.end(),
                       [](const auto& a, const auto& b) { return a.documents > b.documents; });
      if (spellings.size() > most_tried) spellings.resize(most_tried);
      for (const auto& spelling : spellings) {
        if (may_show(spelling.word)) return spelling.word;
      }
    }
    return {};
  }

 private:
  // What only hidden records say must not come to light here.
  bool may_show(const std::string& term) const {
    if (snapshot_.documents_with(term) == 0) return false;
    if (unpublished_) return true;
    index::Query query;
    index::Clause clause;
    clause.groups = {{{term}}};
    query.clauses.push_back(std::move(clause));
    query.facet_filters.push_back({id_of(FacetField::Hidden), {"1"}, true, false});
    query.limit = 1;
    query.count = false;
    return !index::search(snapshot_, query, {}).hits.empty();
  }

  const std::vector<QueryLanguage>& languages_;
  const index::Snapshot& snapshot_;
  bool unpublished_;
};

}  // namespace

std::string better_spelling(std::string_view text, std::span<const QuerySpan> words,
                            const std::vector<QueryLanguage>& languages,
                            const index::Snapshot& snapshot, bool unpublished) {
  Speller speller(languages, snapshot, unpublished);
  text::Analyser analyser;
  std::string better;
  std::size_t copied = 0;
  std::size_t looked_at = 0;
  for (const QuerySpan& span : words) {
    const std::string_view piece = text.substr(span.begin, span.end - span.begin);
    for (const text::AnalysedToken& token : analyser.run(piece, "und")) {
      if (looked_at == most_words) break;
      if (speller.knows(piece.substr(token.begin, token.end - token.begin))) continue;
      ++looked_at;
      const std::string nearest = speller.nearest(std::string(token.surface));
      if (nearest.empty()) continue;
      better += text.substr(copied, span.begin + token.begin - copied);
      better += nearest;
      copied = span.begin + token.end;
    }
  }
  if (copied == 0) return {};
  better += text.substr(copied);
  return better;
}

}  // namespace koinon::search
