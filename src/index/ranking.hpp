// SPDX-License-Identifier: Apache-2.0
//
// The best documents of a segment, without looking at those that cannot be among them.
#pragma once

#include <functional>

#include "index/filters.hpp"
#include "index/other_scorers.hpp"
#include "index/top_hits.hpp"

namespace koinon::index {

/// Between two windows: throws when cancelled, false when it is late.
using Tick = std::function<bool()>;

/// Offers every document of the segment that could be among the best. False when it was late.
bool rank(Parts parts, const SegmentState& state, const Filters& filters, TopHits& top,
          const Tick& tick);

}  // namespace koinon::index
