// SPDX-License-Identifier: Apache-2.0
//
// The language of a text, of its parts, and of a question. docs/reference/language-of-a-text.md has
// the rule and its figures.
//
// Threads: pure functions, safe everywhere; the first call unpacks a table of 3 MB. None throws but
// for want of memory, whatever the bytes.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

/// A language as BCP 47 and how probable it is, 0 to 1: comparable between texts.
struct LanguageGuess {
  std::string language;
  double probability = 0;
};

/// What is known beside the text. It shifts the odds and rules nothing out.
struct LanguagePriors {
  std::string_view stated;              // the language that a record states; empty: none
  std::span<const std::string> portal;  // languages of the portal; empty: the 24 of the Union
};

struct LanguageOfText {
  /// Falling, at least one, adding up to 1 or a little less; "und" stands for what cannot be told
  /// and for languages that are not known.
  std::vector<LanguageGuess> ranked;
  /// The text is so surely in another language that the stated one must be an error.
  bool stated_is_wrong = false;

  const std::string& best() const { return ranked.front().language; }
};

/// The language of most of a text. Bosnian and Serbian in Latin letters are "hr", unless the portal
/// has one of them and not Croatian; Norwegian of both spellings is "no", unless the portal says
/// "nb" or "nn". Of a text past 32 kB eight parts are read. O(n), at most O(32 kB).
LanguageOfText identify_language(std::string_view text, const LanguagePriors& priors = {});

/// Bytes [begin, end) of a text, whole sentences or lines, in one language.
struct LanguageSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string language;
  double probability = 0;  // of the sentences in it, the mean by length
};

/// The parts of a text that are in different languages, in order, without gaps or overlaps; one for
/// a text in one language, none for an empty one. A sentence of another language wants evidence: a
/// borrowed word, a name or a title of two words starts no part. O(n).
std::vector<LanguageSpan> language_spans(std::string_view text, const LanguagePriors& priors = {});

/// What is known beside a question.
struct QueryPriors {
  std::string_view host;                 // the language of the host's page; empty: not known
  std::span<const std::string> present;  // languages that the catalogue has texts in
  /// The share, 0 to 1, of the texts in a language that have a word (folded). May be empty.
  std::function<double(std::string_view word, std::string_view language)> share;
};

/// The languages that a short question may be in, with weights that fall and add up to 1: at most
/// six of those with 0.02 or more. The host's language is always among them, with 0.1 at least, and
/// first where nothing else can be told; the fewer words, the more say has `share`. Empty only for
/// no host and nothing to tell. O(n · languages).
std::vector<LanguageGuess> query_languages(std::string_view query, const QueryPriors& priors);

}  // namespace koinon::text
