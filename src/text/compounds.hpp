// SPDX-License-Identifier: Apache-2.0
//
// Compounds parted by a lexicon that is data: src/data/compounds, one file for each language. The
// rules and their figures are told in docs/reference/compounds.md.
//
// Threads: safe everywhere.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace koinon::text {

/// A part of a word: the bytes from begin to end, a linking element or hyphen after it included,
/// and what the part is by itself: "arbeits" is [0, 7) and "arbeit", Swedish "gatu" is "gata". The
/// last part keeps its inflection. The form points into the word or into the lexicon.
struct CompoundPart {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view form;
};

/// Words of more bytes stay whole.
inline constexpr std::size_t longest_compound = 120;

/// Whether there is a lexicon for the language (a primary tag: "de").
bool splits_compounds(std::string_view language);

/// Parts a word that lower() has prepared, in order and without gaps: one part that is the word
/// when it is no compound, has more than longest_compound bytes, or the language has no lexicon;
/// none for an empty word. Any bytes do no harm. Parts at hyphens first. The first call for a
/// language reads its lexicon, in 3 to 10 ms (2 to 4 MiB stay);
/// then O(n * d) for n bytes and the d at most that a
/// known part is long. Allocates nothing but what the vector does, which is emptied first.
void split_compound(std::string_view word, std::string_view language,
                    std::vector<CompoundPart>& parts);

}  // namespace koinon::text
