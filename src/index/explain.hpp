// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "index/plan.hpp"
#include "index/query.hpp"
#include "index/snapshot.hpp"

namespace koinon::index {

/// Why a document is in an answer, or is not.
struct Explained {
  bool there = false;  // there is a live document of that key
  std::vector<ClauseShare> clauses;
  /// Whether each filter holds, in the order of the query.
  std::vector<bool> facet_filters;
  std::vector<bool> number_filters;
  std::vector<bool> radius_filters;
};

/// Looks at one document only. Throws what search() does.
Explained explain(const Snapshot& snapshot, const Query& query, DocKey key);

}  // namespace koinon::index
