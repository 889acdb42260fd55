// SPDX-License-Identifier: Apache-2.0
#include "text/concept_finder.hpp"

#include <algorithm>

#include "text/fold.hpp"
#include "text/thesaurus_format.hpp"
#include "text/thesaurus_keys.hpp"

namespace koinon::text {

using namespace thesaurus_format;

namespace {

// A sentence that ends, or an empty line, between two words. A full stop without a blank behind it
// is part of an abbreviation or a number.
bool ends_sentence(std::string_view gap) {
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const char c = gap[i];
    const bool stop = c == '.' || c == '!' || c == '?' || c == ';' || c == ':';
    if (stop && i + 1 < gap.size() && (gap[i + 1] == ' ' || gap[i + 1] == '\n')) return true;
    if (c == '\n' && gap.find('\n', i + 1) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

ConceptFinder::Match ConceptFinder::longest(std::uint32_t root, std::size_t from,
                                            std::uint32_t Terms::*kind) const {
  Match best;
  std::uint32_t node = root;
  const std::size_t last = std::min(terms_.size(), from + max_label_words);
  for (std::size_t i = from; i < last; ++i) {
    node = thesaurus_->child(node, terms_[i].*kind);
    if (node == Thesaurus::none) break;
    const std::uint32_t hits = thesaurus_->first_hit(node);
    if (hits != Thesaurus::none) best = {i - from + 1, hits};
    if (terms_[i].ends) break;
  }
  return best;
}

ConceptFinder::Match ConceptFinder::by_beginning(std::uint32_t root,
                                                 std::string_view surface) const {
  for (std::size_t without = last_letters; without <= most_last_letters; ++without) {
    const std::string_view start = beginning(surface, without);
    if (start.empty()) break;
    const std::uint32_t node = thesaurus_->child(root, thesaurus_->term(long_kind, start));
    const std::uint32_t hits = thesaurus_->first_hit(node);
    if (hits != Thesaurus::none) return {1, hits};
  }
  return {};
}

bool ConceptFinder::fires(std::uint32_t hit, std::string_view word, TextKind kind) {
  if (kind == TextKind::Question) return true;
  if ((hit & hit_short) != 0) return false;
  if ((hit & hit_capital) == 0) return true;
  // Some letter is there that its small form would not be, and none that its large form would not.
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t size = decode(word, at).size;
    const std::string_view letter = word.substr(at, size);
    const bool digit = letter[0] >= '0' && letter[0] <= '9';
    if (!digit && lower(letter) == letter) return false;
    at += size;
  }
  return true;
}

bool ConceptFinder::add(const Match& match, std::size_t from, FoundBy by, std::string_view text,
                        std::span<const AnalysedToken> tokens, TextKind kind) {
  if (match.words == 0) return false;
  const std::size_t before = found_.size();
  const std::size_t last = from + match.words - 1;
  const std::size_t begin = tokens[from].begin;
  const std::size_t end = tokens[last].end;
  const std::size_t letters = count_characters(tokens[from].surface);
  const std::size_t stem = count_characters(stem_term(tokens[from]));
  const std::size_t ending = letters - std::min(stem, letters) + shorter_ending;
  // A silent word leaves labels in capitals, which then want capitals in a question too. Its mark
  // is the largest of its list, and so the last.
  for (std::uint32_t at = match.hits; kind == TextKind::Question; ++at) {
    const std::uint32_t hit = thesaurus_->hit(at);
    if ((hit & hit_concept) == hit_silent) kind = TextKind::Document;
    if ((hit & hit_last) != 0) break;
  }
  for (std::uint32_t at = match.hits;; ++at) {
    const std::uint32_t hit = thesaurus_->hit(at);
    const ConceptId id = hit & hit_concept;
    if (id < thesaurus_->size() && ending >= (hit & hit_ending) >> hit_ending_shift &&
        fires(hit, text.substr(begin, end - begin), kind))
      found_.push_back({id, from, last, begin, end, by, (hit & hit_preferred) != 0});
    if ((hit & hit_last) != 0) break;
  }
  return found_.size() > before;
}

std::span<const FoundConcept> ConceptFinder::run(std::string_view text,
                                                 std::span<const AnalysedToken> tokens,
                                                 std::string_view language, TextKind kind) {
  found_.clear();
  const std::uint32_t root = thesaurus_->root(language);
  if (root == Thesaurus::none) return found_;
  terms_.clear();
  terms_.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const AnalysedToken& token = tokens[i];
    Terms terms;
    terms.stem = thesaurus_->term(stem_kind, stem_term(token));
    terms.surface = thesaurus_->term(surface_kind, token.surface);
    terms.prefix = thesaurus_->term(prefix_kind, prefix_term(token));
    terms.ends = i + 1 < tokens.size() &&
                 ends_sentence(text.substr(token.end, tokens[i + 1].begin - token.end));
    terms_.push_back(terms);
  }
  for (std::size_t i = 0; i < tokens.size();) {
    Match match = longest(root, i, &Terms::stem);
    // A word by itself: as the label has it goes before its stem, and some words are silent.
    if (match.words <= 1) {
      const std::uint32_t hits = thesaurus_->first_hit(thesaurus_->child(root, terms_[i].surface));
      if (hits != Thesaurus::none) match = {1, hits};
    }
    if (add(match, i, FoundBy::Stem, text, tokens, kind)) {
      i += match.words;
      continue;
    }
    match = longest(root, i, &Terms::prefix);
    if (match.words == 0 && terms_[i].surface == Thesaurus::none)
      match = by_beginning(root, tokens[i].surface);
    i += add(match, i, FoundBy::Prefix, text, tokens, kind) ? match.words : 1;
  }
  return found_;
}

}  // namespace koinon::text
