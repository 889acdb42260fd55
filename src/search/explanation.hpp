// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "index/explain.hpp"
#include "koinon/search.hpp"
#include "search/knowledge.hpp"
#include "search/question.hpp"

namespace koinon::search {

/// Tells people what the index found out about one document: its parts, and if it is no match the
/// reasons. `found` and `score` are filled; change, rank and id are left. `language` is the user's.
Explanation told(const Question& question, const SearchRequest& request,
                 const index::Explained& explained, const index::Snapshot& snapshot,
                 const Knowledge& knowledge, index::DocKey key);

/// Through what a document was found: its score by signal, words by the language that matched.
/// None for one that is not there. O(clauses).
std::vector<FoundThrough> found_through(const Question& question, const SearchRequest& request,
                                        const Knowledge& knowledge,
                                        const index::Explained& explained);

}  // namespace koinon::search
