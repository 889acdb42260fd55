// SPDX-License-Identifier: Apache-2.0
//
// The search view: records in, answers out. The index behind it lies in a folder beside the
// catalogue.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "index/index.hpp"
#include "koinon/progress.hpp"
#include "koinon/records.hpp"
#include "koinon/search.hpp"
#include "search/document_source.hpp"
#include "search/related_records.hpp"
#include "text/analyse.hpp"

namespace koinon::search {

/// Keeps the index of a catalogue and answers questions to it.
///
/// Threads: search() and the other const methods from any thread, at any time; the others one at a
/// time.
class SearchCore {
 public:
  /// In memory, or in a folder: what lies there of the same rules is taken up.
  explicit SearchCore(const std::string& folder = {}, bool read_only = false);

  /// Takes a record under a number of the caller's, in the place of the one it had there. A match
  /// decision is not indexed: it only takes away what was there. Unseen until index().commit().
  /// Throws what index::Index::put() does. O(length of its texts).
  void put(index::DocKey key, const Record& record, RelatedRecords& related);

  /// Nothing happens when there is no such document.
  void erase(index::DocKey key);

  /// The documents with words of the record of this id, as of the last commit.
  std::vector<index::DocKey> dependents(std::string_view id) const;

  /// Answers a question to a state of index(); `change` of the answer is left for the caller to
  /// fill. Throws Error(InvalidArgument) for a facet field that does not exist, Error(Cancelled),
  /// and what `source` throws. O(postings of the words + documents), then the texts of the hits.
  SearchResults search(const SearchRequest& request, const index::Snapshot& snapshot,
                       DocumentSource& source, const CancelToken& cancel) const;

  index::Index& index() { return index_; }
  const index::Index& index() const { return index_; }

 private:
  index::Index index_;
  text::Analyser analyser_;  // of put()
  index::Document document_;
};

}  // namespace koinon::search
