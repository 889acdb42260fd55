// SPDX-License-Identifier: Apache-2.0
#include "index/explain.hpp"

#include "index/condition_scorer.hpp"

namespace koinon::index {

namespace {

template <class Filter>
std::vector<bool> hold(const std::vector<Filter>& filters, const SegmentState& state,
                       std::uint32_t document) {
  std::vector<bool> found;
  for (const Filter& filter : filters) found.push_back(holds(filter, state, document));
  return found;
}

}  // namespace

Explained Explainer::operator()(DocKey key) {
  Explained explained;
  for (std::size_t i = 0; i < snapshot_.segments().size(); ++i) {
    const SegmentState& state = snapshot_.segments()[i];
    const std::uint32_t document = state.segment->find(key);
    if (document == no_document || state.is_dead(document)) continue;
    if (!plan_) plan_.emplace(query_, snapshot_);
    explained.there = true;
    explained.clauses = plan_->shares(i, document);
    explained.facet_filters = hold(query_.facet_filters, state, document);
    explained.number_filters = hold(query_.number_filters, state, document);
    explained.radius_filters = hold(query_.radius_filters, state, document);
    break;
  }
  return explained;
}

Explained explain(const Snapshot& snapshot, const Query& query, DocKey key) {
  return Explainer(snapshot, query)(key);
}

}  // namespace koinon::index
