// SPDX-License-Identifier: Apache-2.0
//
// The part of a record's texts that answers a question best.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "index/query.hpp"
#include "koinon/records.hpp"
#include "koinon/search.hpp"
#include "search/match_finder.hpp"
#include "search/related_records.hpp"

namespace koinon::search {

/// How long a snippet is at most, the marks of cuts not counted. A longer word is not cut.
inline constexpr std::size_t snippet_bytes = 200;

/// Finds snippets for one question. Built once, asked for each hit.
///
/// Threads: one object per thread.
class Snippets {
 public:
  /// With the thesaurus that the concepts of the clauses are of; null where there are none.
  explicit Snippets(std::span<const index::Clause> clauses,
                    const text::Thesaurus* thesaurus = nullptr)
      : finder_(clauses, thesaurus) {}

  /// The best window of the best text of the record. Where no text has a word of the question, as
  /// where a hit was found by its meaning, the beginning of its first text beside title, names,
  /// tags and codes, without marks; an empty snippet where there is none. A text is better for more
  /// distinct clauses in it, then for being in `language`, then for not being the title (the hit
  /// shows that anyway), then for standing earlier. The window has the most distinct clauses, then
  /// the most matched words, then comes first. "…" stands where the text was cut, at borders of
  /// words. O(length of the texts).
  Snippet best(const Record& record, RelatedRecords& related, std::string_view language);

  /// The same of one text; `field` of the answer is left empty.
  Snippet of_text(const TextPart& part);

 private:
  MatchFinder finder_;
};

}  // namespace koinon::search
