// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
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

/// Explains documents of one answer: what a query asks is looked up once for all of them. Threads:
/// one at a time. It must not outlive the snapshot and the query.
class Explainer {
 public:
  Explainer(const Snapshot& snapshot, const Query& query) : snapshot_(snapshot), query_(query) {}

  /// Looks at one document only. Throws what search() does.
  Explained operator()(DocKey key);

 private:
  const Snapshot& snapshot_;
  const Query& query_;
  std::optional<Plan> plan_;  // once there is a document to look at
};

/// Of one document alone.
Explained explain(const Snapshot& snapshot, const Query& query, DocKey key);

}  // namespace koinon::index
