// SPDX-License-Identifier: Apache-2.0
//
// The terms under which a document can be found, besides its folded words: each begins with a byte
// that no word has, so that no beginning or fuzzy word stands for it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyse.hpp"

namespace koinon::search {

enum class TermKind : char {
  Surface = 0,    // a folded word: begins with no such byte
  Word = 1,       // of a text in a language: "hr:stambe"
  Reference = 2,  // to another record
  Accented = 3,   // a word in lower case with its accents
  Concept = 4,    // of a thesaurus
  Gram = 5,       // letters of a word's skeleton
  Language = 6,   // of a text that the document has
  Number = 7,     // or date, in canonical form
};

TermKind kind_of_term(std::string_view term);

/// A word of a text in a language: its stem, or the folded word where the language has no stemmer.
/// Terms of one language are counted among its documents. `language` is a primary subtag.
void append_word_term(std::string& out, std::string_view language,
                      const text::AnalysedToken& token);
void append_word_term(std::string& out, std::string_view language, std::string_view stem);

/// The term of another kind.
std::string term_of(TermKind kind, std::string_view what);

/// What a term stands for, without what tells its kind: "stambe", a concept's id.
std::string_view content_of_term(std::string_view term);

/// The language of a word's term; "" for others.
std::string_view language_of_term(std::string_view term);

/// The grams of words: four letters each, of "_skeleton_". Words that are spelt alike in two
/// languages share some. A text is indexed under those that begin at letter 0, 2 and 4, and looked
/// for under those from 0 to 6: that is a third of the postings of all, for a tenth less found.
///
/// Threads: one object per thread.
class Grams {
 public:
  /// As terms; none for words of fewer than three letters. They hold until the next call.
  std::span<const std::string> of_text(std::string_view skeleton) { return of(skeleton, 2, 4); }
  std::span<const std::string> of_question(std::string_view skeleton) { return of(skeleton, 1, 6); }

 private:
  std::span<const std::string> of(std::string_view skeleton, std::size_t step, std::size_t last);

  std::string padded_;
  std::vector<std::size_t> letters_;  // where each begins, and the end
  std::vector<std::string> terms_;
};

}  // namespace koinon::search
