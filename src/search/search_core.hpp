// SPDX-License-Identifier: Apache-2.0
//
// The search view: records in, answers out. The index behind it is in memory and made anew by each
// process.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "index/memory_index.hpp"
#include "koinon/progress.hpp"
#include "koinon/records.hpp"
#include "koinon/search.hpp"
#include "search/document_source.hpp"
#include "search/id_table.hpp"
#include "search/related_records.hpp"
#include "text/analyse.hpp"

namespace koinon::search {

/// Keeps the index of a catalogue and answers questions to it.
///
/// Threads: search() and the other const methods may run in parallel; put() and erase() must be
/// alone. The caller holds the lock, over the whole of a search().
class SearchCore {
 public:
  SearchCore();

  /// Takes a record under a dense number of the caller's, in the place of the one it had there. A
  /// match decision is not indexed: it only takes away what was there. An id has at most 255 bytes.
  /// Throws std::bad_alloc or Error(OutOfMemory): then this view must be thrown away. O(length of
  /// its texts), and now and then a compaction of the index, O(postings).
  void put(index::DocKey key, std::string_view id, const Record& record, RelatedRecords& related);

  /// Nothing happens when there is no such document.
  void erase(index::DocKey key);

  /// Answers a question; `change` of the answer is left for the caller to fill. Throws
  /// Error(InvalidArgument) for a facet field that does not exist, Error(Cancelled), and what
  /// `source` throws. O(postings of the words + documents), then the texts of the hits.
  SearchResults search(const SearchRequest& request, DocumentSource& source,
                       const CancelToken& cancel) const;

  std::size_t size() const { return index_.size(); }

  /// What the view takes, within a few per cent.
  std::size_t memory_bytes() const;

  const index::MemoryIndex& index() const { return index_; }

 private:
  index::Query query_of(const SearchRequest& request, std::vector<std::string>& ignored) const;
  std::vector<std::string> query_languages(std::string_view of_user) const;

  index::MemoryIndex index_;
  IdTable ids_;
  std::set<std::string> languages_;  // of all texts that there ever were
  text::Analyser analyser_;          // of put()
  index::Document document_;
};

}  // namespace koinon::search
