// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/snapshot.hpp"
#include "search/query_compiler.hpp"
#include "search/query_parser.hpp"

namespace koinon::search {

/// Did you mean: the question with each word that no record has, in any inflection, replaced by the
/// nearest word that some record has, the most frequent of the nearest. "" where every word is
/// known, or none has a near one. With `unpublished` false no word comes from hidden records alone.
/// Words of up to two letters, and words with a digit, are left as they are.
/// O(what a fuzzy pattern costs) for each unknown word, at most eight of them.
std::string better_spelling(std::string_view text, std::span<const QuerySpan> words,
                            const std::vector<QueryLanguage>& languages,
                            const index::Snapshot& snapshot, bool unpublished);

}  // namespace koinon::search
