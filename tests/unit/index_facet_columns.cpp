// SPDX-License-Identifier: Apache-2.0
#include "index/facet_columns.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

using namespace koinon::index;

namespace {

Document with(const std::vector<std::pair<int, std::string>>& facets) {
  Document document;
  for (const auto& [field, code] : facets) {
    document.add_facet(static_cast<FacetFieldId>(field), code);
  }
  return document;
}

}  // namespace

TEST_CASE("facet codes are kept by field and counted", "[index]") {
  FacetColumns columns;
  columns.append(with({{0, "FI"}, {0, "SE"}, {1, "FI"}, {0, "FI"}}));
  columns.append(with({}));
  columns.append(with({{0, "SE"}, {0, ""}}));
  CHECK(columns.value_count() == 4);
  CHECK(columns.values(0).size() == 3);
  CHECK(columns.values(1).empty());
  std::vector<std::uint64_t> matches(4, 0);
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (const std::uint32_t value : columns.values(i)) ++matches[value];
  }
  const FacetCounts counts = columns.counts(0, matches, 2);
  CHECK(counts.distinct == 3);
  CHECK(counts.values == std::vector<std::pair<std::string, std::uint64_t>>{{"SE", 2}, {"", 1}});
  CHECK(columns.counts(7, matches, 5).distinct == 0);
}

TEST_CASE("a filter names values by field and code", "[index]") {
  FacetColumns columns;
  columns.append(with({{0, "FI"}, {1, "FI"}, {0, "SE"}}));
  FacetFilter filter;
  filter.field = 0;
  filter.codes = {"FI", "nowhere"};
  const std::vector<char> members = columns.members(filter);
  CHECK(members == std::vector<char>{1, 0, 0});
}

TEST_CASE("columns are copied without the values that nobody has", "[index]") {
  FacetColumns from;
  from.append(with({{0, "gone"}, {1, "a"}}));
  from.append(with({{1, "a"}, {2, "b"}}));
  FacetColumns to;
  std::vector<std::uint32_t> numbers(from.value_count(), 0);
  to.append(from, 1, numbers);
  CHECK(to.value_count() == 2);
  CHECK(to.values(0).size() == 2);
}
