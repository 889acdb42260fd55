// SPDX-License-Identifier: Apache-2.0
//
// Concepts in a text: the labels of a thesaurus, found by longest match over stems.
//
// Threads: one object per thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/analyse.hpp"
#include "text/thesaurus.hpp"

namespace koinon::text {

/// What the text is. A person who types "neet" or "law" means it; in a text of many words, labels
/// of so little are mostly something else.
enum class TextKind : std::uint8_t {
  Document,  // a label of one word fires from four letters on; one all in capitals wants capitals
  Question,  // every label fires
};

/// How the words of a label were met.
enum class FoundBy : std::uint8_t {
  Stem,    // the same stems (the folded words, in a language without a stemmer)
  Prefix,  // the same first seven letters of each of two or more words, or one long word but for
           // its end
};

/// A concept where it stands. Of a label that several concepts share there are several, with the
/// same place.
struct FoundConcept {
  ConceptId id = 0;
  std::size_t first = 0;  // tokens [first, last] of the span that was given, by index
  std::size_t last = 0;
  std::size_t begin = 0;  // bytes [begin, end) of the text
  std::size_t end = 0;
  FoundBy by = FoundBy::Stem;
  bool preferred = false;  // by its preferred label
};

class ConceptFinder {
 public:
  /// `thesaurus` must outlive the finder.
  explicit ConceptFinder(const Thesaurus& thesaurus) : thesaurus_(&thesaurus) {}

  /// The concepts of a text, from left to right. At each word the longest label wins and the search
  /// goes on behind it, so places do not overlap; by stems if any label matches so, else by prefix.
  /// A label does not reach over the end of a sentence or an empty line. `tokens` are those of
  /// `text` by Analyser::run in `language` (a BCP 47 tag); a language without labels finds nothing.
  /// The result holds until the next call. Never throws but for want of memory. O(tokens), with a
  /// factor of at most 16 and a logarithm.
  std::span<const FoundConcept> run(std::string_view text, std::span<const AnalysedToken> tokens,
                                    std::string_view language, TextKind kind);

 private:
  struct Match {
    std::size_t words = 0;
    std::uint32_t hits = 0;
  };
  struct Terms {
    std::uint32_t stem = 0;
    std::uint32_t surface = 0;
    std::uint32_t prefix = 0;
    bool ends = false;  // nothing reaches over what stands behind it
  };

  Match longest(std::uint32_t root, std::size_t from, std::uint32_t Terms::*kind) const;
  Match by_beginning(std::uint32_t root, std::string_view surface) const;
  static bool fires(std::uint32_t hit, std::string_view word, TextKind kind);
  bool add(const Match& match, std::size_t from, FoundBy by, std::string_view text,
           std::span<const AnalysedToken> tokens, TextKind kind);

  const Thesaurus* thesaurus_;
  std::vector<Terms> terms_;
  std::vector<FoundConcept> found_;
};

}  // namespace koinon::text
