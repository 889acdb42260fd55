// SPDX-License-Identifier: Apache-2.0
//
// What else than its words speaks for a document: concepts, spelling, meaning. How they are weighed
// is told in docs/reference/search-across-languages.md.
#pragma once

#include "index/search.hpp"
#include "index/snapshot.hpp"
#include "koinon/search.hpp"
#include "search/knowledge.hpp"
#include "search/question.hpp"

namespace koinon::search {

/// Adds to the question's clauses those of other signals, as far as the request asks for them, and
/// tells which they are in Question::signals. What a signal alone finds matches too, unless the
/// question says what must occur. Throws what a search does. O(what two searches cost).
void add_signals(const SearchRequest& request, const Knowledge& knowledge,
                 const index::Snapshot& snapshot, const index::SearchControl& control,
                 Question& question);

/// The same, but only those that a document has or has not whatever others there are: concepts.
void add_steady_signals(const SearchRequest& request, const Knowledge& knowledge,
                        const index::Snapshot& snapshot, Question& question);

}  // namespace koinon::search
