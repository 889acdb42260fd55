// SPDX-License-Identifier: Apache-2.0
//
// Questions to an index and their answers, in documents, fields and terms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "index/document.hpp"

namespace koinon::index {

/// One word of a query: the terms that stand for it. It occurs at a position where any of them
/// does.
struct TermGroup {
  std::vector<std::string> alternatives;
};

enum class Occur : std::uint8_t { Should, Must, MustNot };

/// A word (one group) or a phrase: the groups side by side in one field, in order. A clause without
/// groups is left out.
struct Clause {
  Occur occur = Occur::Should;
  std::vector<TermGroup> groups;
};

/// Holds for a document that has at least one of the codes; with `none`, for one that has none of
/// them.
struct FacetFilter {
  FacetFieldId field = 0;
  std::vector<std::string> codes;
  bool none = false;
};

/// A document matches when every Must clause occurs, no MustNot clause does, if there is no Must
/// clause at least one Should clause does (where there is any), and all filters hold. Without Must
/// and Should clauses all scores are 0.
struct Query {
  std::vector<Clause> clauses;
  std::vector<FacetFilter> filters;
  std::vector<FacetFieldId> facets;  // to be counted
  std::size_t facet_values = 10;     // kept for each
  std::size_t offset = 0;
  std::size_t limit = 10;
  /// Whether a comes before b among documents of one rank: a strict order. By key when empty.
  std::function<bool(DocKey, DocKey)> tie;
};

struct Hit {
  DocKey doc = 0;
  double score = 0;
};

struct FacetCounts {
  FacetFieldId field = 0;
  std::vector<std::pair<std::string, std::uint64_t>> values;  // by falling count, then code
  std::uint64_t distinct = 0;
};

struct Results {
  std::uint64_t total = 0;
  /// By falling score; where no clause scores, by falling sort key; then by Query::tie.
  std::vector<Hit> hits;
  std::vector<FacetCounts> facets;  // as asked for, over all matches
};

}  // namespace koinon::index
