// SPDX-License-Identifier: Apache-2.0
#include "index/filters.hpp"

#include <algorithm>

#include "index/geo.hpp"

namespace koinon::index {

Filters::Filters(const Query& query, const SegmentState& state) : dead_(state.dead.get()) {
  const Segment& segment = *state.segment;
  for (const FacetFilter& filter : query.facet_filters) {
    FacetColumn column = segment.facet(filter.field);
    std::vector<std::uint8_t> members(column.values());
    for (const std::string& code : filter.codes) {
      const std::uint32_t ordinal = column.ordinal(code);
      if (ordinal < column.values()) members[ordinal] = 1;
    }
    facets_.push_back({column, std::move(members), filter.none});
  }
  for (const NumberFilter& filter : query.number_filters)
    numbers_.push_back({segment.number(filter.field), filter});
  for (const RadiusFilter& filter : query.radius_filters)
    points_.push_back({segment.number(filter.field), filter});
  any_ = dead_ || has_filters();
}

bool Filters::Facet::test(std::uint32_t document) const {
  bool found = false;
  column.each(document, [&](std::uint32_t ordinal) { found |= members[ordinal] != 0; });
  return found != none;
}

void Filters::Facet::mark(Window& window, std::uint32_t end) const {
  column.each_of(window.begin, end, [&](std::uint32_t document, std::uint32_t ordinal) {
    if (members[ordinal] != 0) window.mark(document);
  });
}

bool Filters::Number::test(std::uint32_t document) const {
  bool found = false;
  column.each(document, [&](std::int64_t value) {
    found |= value >= filter.least && value <= filter.greatest;
  });
  return found;
}

bool Filters::Points::test(std::uint32_t document) const {
  bool found = false;
  column.each(document, [&](std::int64_t point) {
    found |= kilometres_between(filter.latitude, filter.longitude, point) <= filter.kilometres;
  });
  return found;
}

bool Filters::outside_facets(std::uint32_t document) const {
  for (const Number& number : numbers_) {
    if (!number.test(document)) return false;
  }
  for (const Points& points : points_) {
    if (!points.test(document)) return false;
  }
  return true;
}

bool Filters::test(std::uint32_t document) const {
  if (dead_ && dead_->test(document)) return false;
  for (const Facet& facet : facets_) {
    if (!facet.test(document)) return false;
  }
  return outside_facets(document);
}

void Filters::mark(Window& window, std::uint32_t documents) const {
  const std::uint32_t end = std::min(window.end(), documents);
  const bool codes_alone = facets_.size() == 1 && numbers_.empty() && points_.empty();
  if (codes_alone && !dead_ && !facets_[0].none) return facets_[0].mark(window, end);
  for (std::uint32_t document = window.begin; document < end; ++document) {
    if (test(document)) window.mark(document);
  }
}

void Filters::drop_dead(Window& window) const {
  if (!dead_) return;
  for (std::size_t i = 0; i < Window::words; ++i)
    window.bits[i] &= ~dead_->word(window.begin / 64 + i);
}

Filters::Verdict Filters::judge(std::uint32_t document) const {
  Verdict verdict;
  for (std::size_t i = 0; i < facets_.size(); ++i) {
    if (facets_[i].test(document)) continue;
    verdict.missed = i;
    // Two are too many for any facet to be counted.
    if (++verdict.failed == 2) return verdict;
  }
  if (!outside_facets(document)) verdict.failed = 2;
  return verdict;
}

}  // namespace koinon::index
