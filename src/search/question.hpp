// SPDX-License-Identifier: Apache-2.0
//
// A request made ready for the index: what all ways of answering it share.
#pragma once

#include <string>
#include <vector>

#include "index/query.hpp"
#include "index/snapshot.hpp"
#include "koinon/search.hpp"
#include "search/document_source.hpp"
#include "search/query_compiler.hpp"
#include "search/query_parser.hpp"

namespace koinon::search {

/// A clause of another signal than words.
struct SignalClause {
  std::string signal;      // as FoundThrough::signal
  std::size_t clause = 0;  // place in Question::query.clauses
};

struct Question {
  index::Query query;
  std::vector<QueryLanguage> languages;  // that words may be in
  std::string positive;                  // what is asked for in free words
  bool understood = false;               // names a concept, spelt as its label
  std::vector<SignalClause> signals;     // which of its clauses are no words
  std::vector<QuerySpan> words;          // of SearchRequest::text
  std::vector<std::string> ignored;
  std::vector<std::string> cut;
  /// Of query.facet_filters the place of the one that hides what is not published; its size where
  /// there is none.
  std::size_t hiding = 0;
};

/// Whether the question brings a vector that is to be looked for.
inline bool asks_by_vector(const SearchRequest& request) {
  return request.signals.meaning && !request.vector.empty();
}

/// Throws Error(InvalidArgument) for a field, range, point, boost, sort or group that there is not,
/// Error(NotFound) for a record that others shall be like, and what `source` throws.
Question prepare(const SearchRequest& request, const index::Snapshot& snapshot,
                 DocumentSource& source);

}  // namespace koinon::search
