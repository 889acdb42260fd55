// SPDX-License-Identifier: Apache-2.0
#include "index/search.hpp"

#include <algorithm>

#include "index/counting.hpp"
#include "index/filters.hpp"
#include "index/plan.hpp"
#include "index/ranking.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

bool known(const Condition& condition, const Schema& schema) {
  if (const auto* facet = std::get_if<FacetFilter>(&condition))
    return facet->field < schema.facet_fields;
  if (const auto* number = std::get_if<NumberFilter>(&condition))
    return number->field < schema.number_fields;
  return std::get<RadiusFilter>(condition).field < schema.number_fields;
}

bool known(const Clause& clause, const Schema& schema) {
  return (!clause.condition || known(*clause.condition, schema)) &&
         std::all_of(clause.clauses.begin(), clause.clauses.end(),
                     [&](const Clause& inner) { return known(inner, schema); });
}

void check(const Query& query, const Schema& schema) {
  const auto facet = [&](FacetFieldId field) { return field < schema.facet_fields; };
  const auto number = [&](NumberFieldId field) { return field < schema.number_fields; };
  bool all = std::all_of(query.facets.begin(), query.facets.end(), facet);
  for (const FacetFilter& filter : query.facet_filters) all = all && facet(filter.field);
  for (const NumberFilter& filter : query.number_filters) all = all && number(filter.field);
  for (const RadiusFilter& filter : query.radius_filters) all = all && number(filter.field);
  for (const Clause& clause : query.clauses) all = all && known(clause, schema);
  if (query.sort != SortBy::Score) all = all && number(query.sort_field);
  if (!all) throw Error(ErrorCode::InvalidArgument, "the index has no such field");
}

bool has_rank(const Query& query) {
  return query.sort != SortBy::Score;
}

}  // namespace

Results search(const Snapshot& snapshot, const Query& query, const SearchControl& control) {
  check(query, snapshot.schema());
  Results results;
  const Plan plan(query, snapshot);
  results.cut = plan.cut();
  const Tick tick = [&] {
    if (control.cancel.cancelled()) throw Error(ErrorCode::Cancelled, "the search was cancelled");
    return !control.deadline || std::chrono::steady_clock::now() < *control.deadline;
  };
  const std::size_t limit =
      query.limit == 0 ? 0
                       : std::min<std::size_t>(query.offset + query.limit,
                                               static_cast<std::size_t>(snapshot.documents()));
  TopHits top(limit, query.after);
  Counting counting(query);
  const bool sorted = has_rank(query);
  const bool counted = query.count || !query.facets.empty() || (sorted && limit > 0);
  for (std::size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SegmentState& state = snapshot.segments()[i];
    if (state.live() == 0) continue;
    const Filters filters(query, state);
    bool in_time = true;
    if (!sorted && limit > 0) in_time = rank(plan.parts(i), state, filters, top, tick);
    if (in_time && counted)
      in_time = counting.add(plan.parts(i), state, filters, sorted ? &top : nullptr, tick);
    if (!in_time) {
      results.late = true;
      break;
    }
  }
  results.total = counting.total();
  if (!query.facets.empty()) results.facets = counting.facets();
  const std::vector<TopHits::Entry> best = top.take();
  for (std::size_t i = query.offset; i < best.size(); ++i) {
    const double score = sorted ? 0 : static_cast<double>(best[i].rank) * plan.unit();
    results.hits.push_back({best[i].key, score, best[i].rank});
  }
  return results;
}

}  // namespace koinon::index
