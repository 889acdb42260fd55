// SPDX-License-Identifier: Apache-2.0
//
// From a structured question to a query of the index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/query.hpp"
#include "index/snapshot.hpp"
#include "koinon/query.hpp"

namespace koinon::search {

inline constexpr std::size_t max_clauses = 64;       // words, phrases, patterns, conditions
inline constexpr std::size_t max_query_words = 128;  // over all clauses
/// Queries inside queries that a host may build.
inline constexpr std::size_t max_built_depth = 100;

struct CompiledQuery {
  /// Its clauses, and the filters that hold for all of them; nothing else of it is set.
  index::Query query;
  std::vector<std::string> ignored;  // parts without a word, or too many
  std::vector<std::string> cut;      // patterns in certain fields that stand for too many words
  bool scores = false;               // whether any clause does
};

/// A language of the catalogue, in which words of a question may be meant.
struct QueryLanguage {
  QueryLanguage(std::string subtag, std::uint64_t count = 0, bool may_be = true, double worth = 1)
      : tag(std::move(subtag)), documents(count), likely(may_be), worth_of_words(worth) {}
  QueryLanguage(const char* subtag) : tag(subtag) {}

  std::string tag;              // primary subtag; "und"
  std::uint64_t documents = 0;  // with a text in it; 0: not known
  bool likely = true;           // the question may be written in it
  double worth_of_words = 1;    // what its words count, as against those of the question's own
};

/// What a question means depends on these.
struct QueryWorld {
  /// A word stands for its stems in all of them: so a document is found by the inflections of its
  /// own language, whatever that of the user, and weighed among the documents in that. With none,
  /// a word stands for its folded form.
  std::vector<QueryLanguage> languages;
  /// Where patterns that must stand in certain fields take their words from; null: there are none.
  const index::Snapshot* snapshot = nullptr;
  /// The clause for records like the one of an id.
  std::function<index::Clause(std::string_view id)> like;
};

/// Everything in `parts` must hold. A word or phrase that is said twice counts once. Conditions
/// that the whole question is bound by become filters, which are cheaper. Throws
/// Error(InvalidArgument) for a field, range, point or boost that there is not, and for too deep a
/// question; what `like` throws. O(length of the texts), and what patterns in fields cost.
CompiledQuery compile_query(const std::vector<Query>& parts, const QueryWorld& world);

}  // namespace koinon::search
