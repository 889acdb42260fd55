// SPDX-License-Identifier: Apache-2.0
//
// The search view: records in, answers out. The index behind it lies in a folder beside the
// catalogue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/index.hpp"
#include "koinon/progress.hpp"
#include "koinon/records.hpp"
#include "koinon/search.hpp"
#include "search/document_of.hpp"
#include "search/document_source.hpp"
#include "search/knowledge.hpp"
#include "search/question.hpp"
#include "search/related_records.hpp"

namespace koinon::search {

struct Answer {
  SearchResults results;
  /// Behind the last hit; none where there is no other.
  std::optional<index::After> next;
};

/// The best of a question, of which no record has been read.
struct Ranked {
  Question question;
  std::vector<index::Hit> hits;  // in the order of search()
};

/// Keeps the index of a catalogue and answers questions to it.
///
/// Threads: search() and the other const methods from any thread, at any time; the others one at a
/// time.
class SearchCore {
 public:
  /// In memory, or in a folder: what lies there of the same rules and knowledge is taken up.
  explicit SearchCore(const std::string& folder = {}, bool read_only = false,
                      const Knowledge& knowledge = {});

  /// Takes a record under a number of the caller's, in the place of the one it had there. A match
  /// decision is not indexed: it only takes away what was there. Unseen until index().commit().
  /// `brought` are ready vectors of the record, as DocumentMaker::make() takes them. Throws what
  /// index::Index::put() does. O(length of its texts).
  void put(index::DocKey key, const Record& record, RelatedRecords& related,
           std::span<const std::int8_t> brought = {});

  /// Nothing happens when there is no such document.
  void erase(index::DocKey key);

  /// The documents with words of the record of this id, as of the last commit.
  std::vector<index::DocKey> dependents(std::string_view id) const;

  /// Answers a question to a state of index(), from behind `after` where that is given; `change`
  /// and `next` of the answer are left for the caller to fill. Throws Error(InvalidArgument) for a
  /// field, range or point that there is not, Error(NotFound) for a record that others shall be
  /// like, Error(Cancelled), and what `source` throws. O(postings of the words + documents), then
  /// the texts of the hits.
  Answer search(const SearchRequest& request, const index::Snapshot& snapshot,
                DocumentSource& source, const CancelToken& cancel,
                const std::optional<index::After>& after = {}) const;

  /// The hits that search() would find, as many as it would show on the first page, by numbers
  /// alone: for who weighs many and shows few. Groups, pages, deadlines and what else an answer
  /// tells are not for it. Throws as search() does. O(postings of the words).
  Ranked rank(const SearchRequest& request, const index::Snapshot& snapshot, DocumentSource& source,
              const CancelToken& cancel) const;
  /// Some of them, by their places, as search() tells them. The request, the state and `source` are
  /// those of rank(). O(texts of these).
  std::vector<Hit> tell(const Ranked& ranked, const std::vector<std::size_t>& places,
                        const SearchRequest& request, const index::Snapshot& snapshot,
                        DocumentSource& source, const CancelToken& cancel) const;

  /// Why a record is in the answer to a question or is not; `id` and `change` are left to fill.
  /// O(what its answer costs).
  Explanation explain(const SearchRequest& request, index::DocKey key,
                      const index::Snapshot& snapshot, DocumentSource& source,
                      const CancelToken& cancel) const;

  /// Those of `keys`, as many as there are, that the question finds. O(keys * segments), and what a
  /// search costs in the worst case.
  std::vector<index::DocKey> matches(const SearchRequest& request, std::vector<index::DocKey> keys,
                                     const index::Snapshot& snapshot, DocumentSource& source,
                                     const CancelToken& cancel) const;

  index::Index& index() { return index_; }
  const index::Index& index() const { return index_; }

 private:
  Knowledge knowledge_;
  index::Index index_;
  DocumentMaker maker_;  // of put()
  index::Document document_;
};

}  // namespace koinon::search
