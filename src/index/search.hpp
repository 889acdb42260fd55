// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "index/query.hpp"
#include "index/snapshot.hpp"
#include "koinon/progress.hpp"

namespace koinon::index {

struct SearchControl {
  CancelToken cancel;
  /// After this the answer is what has been found so far, with Results::late set.
  std::optional<std::chrono::steady_clock::time_point> deadline;
};

/// Answers a query. Throws Error(InvalidArgument) for a field that the schema does not have,
/// Error(Cancelled), Error(Damaged).
///
/// The best hits come from block-max MAXSCORE (Ding and Suel, "Faster top-k document retrieval
/// using block-max indexes", 2011; Turtle and Flood, "Query evaluation: strategies and
/// optimizations", 1995): see ranking.hpp. Counts and facets look at every match: see counting.hpp.
Results search(const Snapshot& snapshot, const Query& query, const SearchControl& control);

}  // namespace koinon::index
