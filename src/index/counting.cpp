// SPDX-License-Identifier: Apache-2.0
#include "index/counting.hpp"

#include <algorithm>
#include <limits>

namespace koinon::index {

namespace {

// Where one of several alternatives has by far the most documents, and tells how many, those need
// not be walked: the others' documents are looked up in it.
ScorerPtr take_most(Parts& parts) {
  constexpr std::uint64_t far = 8;
  if (!parts.must.empty() || !parts.must_not.empty() || parts.should.empty()) return nullptr;
  const auto most = std::max_element(
      parts.should.begin(), parts.should.end(),
      [](const ScorerPtr& a, const ScorerPtr& b) { return a->cost() < b->cost(); });
  std::uint64_t others = 0;
  for (const ScorerPtr& part : parts.should) others += part->cost();
  others -= (*most)->cost();
  if (!(*most)->exact_count() || others * far > (*most)->cost()) return nullptr;
  ScorerPtr taken = std::move(*most);
  parts.should.erase(most);
  return taken;
}

void drop_matches(Window& window, Scorer& scorer) {
  window.each([&](std::uint32_t document) {
    scorer.advance(document);
    if (scorer.document() != document) return;
    const std::uint32_t at = document - window.begin;
    window.bits[at / 64] &= ~(std::uint64_t{1} << at % 64);
  });
}

}  // namespace

Counting::Counting(const Query& query)
    : query_(query), counts_(query.facets.size()), own_(query.facet_filters.size()) {
  for (std::size_t i = 0; i < query.facet_filters.size(); ++i) {
    const FacetFilter& filter = query.facet_filters[i];
    for (std::size_t k = 0; k < query.facets.size(); ++k) {
      if (filter.multi_select && query.facets[k] == filter.field) own_[i].push_back(k);
    }
  }
}

// Takes out what fails; what fails by one filter only counts for the facets that this filter picks
// from.
void Counting::filter(Window& window, const Filters& filters) {
  filters.drop_dead(window);
  if (!filters.has_filters()) return;
  window.each([&](std::uint32_t document) {
    const Filters::Verdict verdict = filters.judge(document);
    if (verdict.failed == 0) return;
    const std::uint32_t at = document - window.begin;
    window.bits[at / 64] &= ~(std::uint64_t{1} << at % 64);
    if (verdict.failed > 1) return;
    for (const std::size_t facet : own_[verdict.missed]) {
      Column& column = columns_[facet];
      column.column.each(document, [&](std::uint32_t ordinal) { ++column.counts[ordinal]; });
    }
  });
}

void Counting::count_facets(const Window& window) {
  for (Column& column : columns_)
    column.column.count(window.bits.data(), Window::words, window.begin, column.counts.data());
}

void Counting::sort(const Window& window, const SegmentState& state, TopHits& sorted) {
  const NumberColumn column = state.segment->number(query_.sort_field);
  constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();
  const bool rising = query_.sort == SortBy::Rising;
  window.each([&](std::uint32_t document) {
    std::int64_t rank = none;
    column.each(document,
                [&](std::int64_t value) { rank = std::max(rank, rising ? -value : value); });
    sorted.offer(rank, state.segment->key(document));
  });
}

bool Counting::only_total(const Filters& filters, const TopHits* sorted) const {
  return !filters.any() && query_.facets.empty() && !sorted;
}

bool Counting::add(Parts parts, const SegmentState& state, const Filters& filters, TopHits* sorted,
                   const Tick& tick) {
  columns_.clear();
  for (const FacetFieldId field : query_.facets) {
    FacetColumn column = state.segment->facet(field);
    columns_.push_back({column, std::vector<std::uint32_t>(column.values())});
  }
  const auto windows = std::make_unique<Window[]>(2);
  bool late = false;
  ScorerPtr most;
  if (only_total(filters, sorted)) most = take_most(parts);
  for (std::uint32_t next = parts.next(); next != no_document; next = parts.next()) {
    if ((late = !tick())) break;
    windows[0].begin = windows[1].begin = next / Window::size * Window::size;
    parts.combine(windows[0], windows[1], false);
    filter(windows[0], filters);
    if (most) drop_matches(windows[0], *most);
    total_ += windows[0].count();
    count_facets(windows[0]);
    if (sorted) sort(windows[0], state, *sorted);
  }
  if (most) total_ += *most->exact_count();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    for (std::uint32_t ordinal = 0; ordinal < columns_[i].column.values(); ++ordinal) {
      const std::uint64_t count = columns_[i].counts[ordinal];
      if (count > 0) counts_[i][std::string(columns_[i].column.value(ordinal))] += count;
    }
  }
  return !late;
}

std::vector<FacetCounts> Counting::facets() const {
  std::vector<FacetCounts> answers;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    FacetCounts answer;
    answer.field = query_.facets[i];
    answer.distinct = counts_[i].size();
    std::vector<std::pair<std::string, std::uint64_t>> values(counts_[i].begin(), counts_[i].end());
    const std::size_t kept = std::min(query_.facet_values, values.size());
    std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(kept),
                      values.end(), [](const auto& a, const auto& b) {
                        return a.second != b.second ? a.second > b.second : a.first < b.first;
                      });
    values.resize(kept);
    answer.values = std::move(values);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace koinon::index
