// SPDX-License-Identifier: Apache-2.0
//
// One question asked of many organisations.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/recommend_question.hpp"
#include "koinon/progress.hpp"
#include "koinon/recommend.hpp"

namespace koinon::engine {

/// All that the answer needs, nothing of which changes with the catalogue.
struct RecommendBatch {
  RecommendQuestion question;
  std::size_t wanted = 0;  // to be ranked of each
  std::size_t most_per_country = 0;
  std::vector<std::uint32_t> members;  // of each row
  std::vector<std::uint32_t> places;   // by member; RecommendationTable::nobody: not in the table
  RecommendationTable table;           // but for the rankings
};

/// Ranks for each. Throws Error(Cancelled). O(as Recommender::rank() for each).
RecommendationTable rank_batch(RecommendBatch batch, const Task& task);

}  // namespace koinon::engine
