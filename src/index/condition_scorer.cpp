// SPDX-License-Identifier: Apache-2.0
#include "index/condition_scorer.hpp"

namespace koinon::index {

namespace {

Query filter_of(const Condition& condition) {
  Query query;
  if (const auto* facet = std::get_if<FacetFilter>(&condition))
    query.facet_filters.push_back(*facet);
  if (const auto* number = std::get_if<NumberFilter>(&condition))
    query.number_filters.push_back(*number);
  if (const auto* radius = std::get_if<RadiusFilter>(&condition))
    query.radius_filters.push_back(*radius);
  return query;
}

// Who is dead is for the whole query to say.
SegmentState alive(const SegmentState& state) {
  SegmentState all;
  all.segment = state.segment;
  return all;
}

}  // namespace

ConditionScorer::ConditionScorer(const Condition& condition, const SegmentState& state)
    : filters_(filter_of(condition), alive(state)), documents_(state.segment->documents()) {
  advance(0);
}

void ConditionScorer::advance(std::uint32_t target) {
  while (target < documents_ && !filters_.test(target)) ++target;
  document_ = target < documents_ ? target : no_document;
}

void ConditionScorer::mark(Window& window) {
  filters_.mark(window, documents_);
  advance(window.end());
}

// There is no score to add.
void ConditionScorer::fill(Window& window, bool marks) {
  if (marks) filters_.mark(window, documents_);
  advance(window.end());
}

bool holds(const Condition& condition, const SegmentState& state, std::uint32_t document) {
  return Filters(filter_of(condition), alive(state)).test(document);
}

}  // namespace koinon::index
