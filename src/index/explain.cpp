// SPDX-License-Identifier: Apache-2.0
#include "index/explain.hpp"

#include "index/condition_scorer.hpp"

namespace koinon::index {

namespace {

template <class Filter>
std::vector<bool> hold(const std::vector<Filter>& filters, const SegmentState& state,
                       std::uint32_t document) {
  std::vector<bool> holds;
  for (const Filter& filter : filters) {
    ConditionScorer scorer(filter, state);
    scorer.advance(document);
    holds.push_back(scorer.document() == document);
  }
  return holds;
}

}  // namespace

Explained explain(const Snapshot& snapshot, const Query& query, DocKey key) {
  Explained explained;
  for (std::size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SegmentState& state = snapshot.segments()[i];
    const std::uint32_t document = state.segment->find(key);
    if (document == no_document || state.is_dead(document)) continue;
    explained.there = true;
    explained.clauses = Plan(query, snapshot).shares(i, document);
    explained.facet_filters = hold(query.facet_filters, state, document);
    explained.number_filters = hold(query.number_filters, state, document);
    explained.radius_filters = hold(query.radius_filters, state, document);
    break;
  }
  return explained;
}

}  // namespace koinon::index
