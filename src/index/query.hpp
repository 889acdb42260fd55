// SPDX-License-Identifier: Apache-2.0
//
// Questions to an index and their answers, in documents, fields and terms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "index/document.hpp"

namespace koinon::index {

/// A term that stands for a word of a query.
struct Alternative {
  Alternative(std::string spelling, double worth = 1, std::uint64_t population = 0)
      : term(std::move(spelling)), weight(worth), among(population) {}
  Alternative(const char* spelling) : term(spelling) {}

  std::string term;
  double weight = 1;  // 0 to 1: of its idf
  /// How many documents there are of the kind that may have it, say in its language; 0: all. A term
  /// that half of a small language's texts have is as telling as one of half of a large one's.
  std::uint64_t among = 0;

  friend bool operator==(const Alternative&, const Alternative&) = default;
};

/// One word of a query: the terms that stand for it. It occurs at a position where any of them
/// does, and scores what the best of those scores.
struct TermGroup {
  std::vector<Alternative> alternatives;
  std::string shown = {};  // to people; "": the first alternative
};

/// Terms by their beginning or their likeness.
struct Pattern {
  enum class Kind : std::uint8_t { Prefix, Fuzzy };
  Kind kind = Kind::Prefix;
  std::string text;
  /// Fuzzy: insertions, deletions and substitutions of characters at most, 1 or 2.
  unsigned distance = 1;
  /// The most terms that it may stand for, the most frequent ones; more are said in Results::cut.
  std::size_t most_terms = 20000;
};

/// Holds for a document that has at least one of the codes; with `none`, for one that has none.
struct FacetFilter {
  FacetFieldId field = 0;
  std::vector<std::string> codes;
  bool none = false;
  /// A facet that this filter picks from is counted as if the filter were not there.
  bool multi_select = false;
};

/// Holds for a document with a number in [least, greatest].
struct NumberFilter {
  NumberFieldId field = 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
};

/// Holds for a document with a point (see geo.hpp) at most so far from another.
struct RadiusFilter {
  NumberFieldId field = 0;
  double latitude = 0;   // degrees
  double longitude = 0;  // degrees
  double kilometres = 0;
};

/// A filter as a clause: what holds for a document, and scores nothing.
using Condition = std::variant<FacetFilter, NumberFilter, RadiusFilter>;

enum class Occur : std::uint8_t { Should, Must, MustNot };

/// A bit for each field.
using FieldMask = std::uint32_t;
inline constexpr FieldMask all_fields = 0xFFFFFFFFU;

/// A document of a snapshot by its place there, with a score of the caller's.
struct ScoredDocument {
  std::uint32_t segment = 0;
  std::uint32_t document = 0;
  double score = 0;  // from 0
};

/// The documents that have one of these codes, for which a clause counts less.
struct Damping {
  FacetFieldId field = 0;
  std::vector<std::string> codes;
  double factor = 1;  // from 0 to 1
};

/// Exactly one of: a word (one group), a phrase (several), a pattern, a condition, documents by
/// their keys or with scores, clauses of its own, all documents. A clause with none of these
/// matches nothing.
struct Clause {
  Occur occur = Occur::Should;
  std::vector<TermGroup> groups;
  /// Of a phrase: how many positions the words may be apart in all, beyond side by side; their
  /// order counts.
  std::uint32_t slop = 0;
  std::optional<Pattern> pattern;
  std::optional<Condition> condition;
  std::vector<DocKey> keys;
  std::vector<ScoredDocument> scored;  // of the snapshot that is searched
  std::vector<Clause> clauses;
  bool everything = false;
  FieldMask fields = all_fields;  // of a word or phrase: where it must stand
  double boost = 1;               // from 0 to 1,000
  std::optional<Damping> damping;
};

enum class SortBy : std::uint8_t {
  Score,    // falling
  Rising,   // by the least number of a field; documents without one come last
  Falling,  // by the greatest
};

/// Where an answer ended: what the next one begins after.
struct After {
  std::int64_t rank = 0;  // Hit::rank
  DocKey doc = 0;
};

/// A document matches when every Must clause does, no MustNot clause does, if there is no Must
/// clause at least one Should clause does (where there is any), and all filters hold.
struct Query {
  std::vector<Clause> clauses;
  std::vector<FacetFilter> facet_filters;
  std::vector<NumberFilter> number_filters;
  std::vector<RadiusFilter> radius_filters;
  std::vector<FacetFieldId> facets;  // to be counted
  std::size_t facet_values = 10;     // kept for each
  SortBy sort = SortBy::Score;
  NumberFieldId sort_field = 0;
  std::size_t offset = 0;
  std::size_t limit = 10;
  std::optional<After> after;
  /// Whether Results::total is wanted: without it, and without facets, most documents need not be
  /// looked at.
  bool count = true;
};

struct Hit {
  DocKey doc = 0;
  double score = 0;
  std::int64_t rank = 0;  // for After: only comparable within one query
};

struct FacetCounts {
  FacetFieldId field = 0;
  std::vector<std::pair<std::string, std::uint64_t>> values;  // by falling count, then code
  std::uint64_t distinct = 0;
};

struct Results {
  std::uint64_t total = 0;  // exact where asked for, unless late
  /// By falling score, or as Query::sort says; then by key.
  std::vector<Hit> hits;
  std::vector<FacetCounts> facets;  // as asked for, over all matches
  std::vector<std::string> cut;     // patterns that stand for more terms than they may
  bool late = false;                // the deadline came first: what is here is right, but not all
};

}  // namespace koinon::index
