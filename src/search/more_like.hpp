// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/query.hpp"
#include "index/snapshot.hpp"
#include "koinon/records.hpp"
#include "search/related_records.hpp"

namespace koinon::search {

/// Words of a record that a clause for its like looks for at most.
inline constexpr std::size_t telling_words = 25;

/// A clause for the records that have the telling words of this one: those that are frequent in it
/// and rare in the index, each with the weight of its frequency here. Never `key` itself. Of a word
/// with a stem the stem counts. O(length of its texts * log terms).
index::Clause more_like(const Record& record, index::DocKey key, RelatedRecords& related,
                        const index::Snapshot& snapshot);

}  // namespace koinon::search
