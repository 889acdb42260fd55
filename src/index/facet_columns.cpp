// SPDX-License-Identifier: Apache-2.0
#include "index/facet_columns.hpp"

#include <algorithm>
#include <limits>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

std::string key_of(FacetFieldId field, std::string_view code) {
  std::string key;
  key.reserve(code.size() + 1);
  key += static_cast<char>(field);
  key += code;
  return key;
}

}  // namespace

std::uint32_t FacetColumns::number(FacetFieldId field, std::string_view code) {
  const auto [found, added] =
      numbers_.emplace(key_of(field, code), static_cast<std::uint32_t>(infos_.size()));
  if (added) infos_.push_back({field, std::string(code)});
  return found->second;
}

void FacetColumns::finish_document() {
  const auto begin = column_.begin() + static_cast<std::ptrdiff_t>(begins_.back());
  std::sort(begin, column_.end());
  column_.erase(std::unique(begin, column_.end()), column_.end());
  if (column_.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::OutOfMemory, "the index in memory has reached 2^32 facet codes");
  }
  begins_.push_back(static_cast<std::uint32_t>(column_.size()));
}

void FacetColumns::append(const Document& document) {
  for (const Document::FacetCode& facet : document.facets()) {
    column_.push_back(number(facet.field, document.text(facet.begin, facet.length)));
  }
  finish_document();
}

void FacetColumns::append(const FacetColumns& from, std::uint32_t ordinal,
                          std::vector<std::uint32_t>& numbers) {
  for (const std::uint32_t value : from.values(ordinal)) {
    if (numbers[value] == 0) {
      const Info& info = from.infos_[value];
      numbers[value] = number(info.field, info.code) + 1;
    }
    column_.push_back(numbers[value] - 1);
  }
  finish_document();
}

std::vector<char> FacetColumns::members(const FacetFilter& filter) const {
  std::vector<char> flags(infos_.size(), 0);
  for (const std::string& code : filter.codes) {
    const auto found = numbers_.find(key_of(filter.field, code));
    if (found != numbers_.end()) flags[found->second] = 1;
  }
  return flags;
}

FacetCounts FacetColumns::counts(FacetFieldId field, std::span<const std::uint64_t> matches,
                                 std::size_t values_kept) const {
  std::vector<std::uint32_t> present;
  for (std::size_t i = 0; i < infos_.size(); ++i) {
    if (infos_[i].field == field && matches[i] > 0) {
      present.push_back(static_cast<std::uint32_t>(i));
    }
  }
  FacetCounts answer;
  answer.field = field;
  answer.distinct = present.size();
  const std::size_t kept = std::min(values_kept, present.size());
  std::partial_sort(present.begin(), present.begin() + static_cast<std::ptrdiff_t>(kept),
                    present.end(), [&](std::uint32_t a, std::uint32_t b) {
                      if (matches[a] != matches[b]) return matches[a] > matches[b];
                      return infos_[a].code < infos_[b].code;
                    });
  for (std::size_t i = 0; i < kept; ++i) {
    answer.values.emplace_back(infos_[present[i]].code, matches[present[i]]);
  }
  return answer;
}

std::size_t FacetColumns::memory_bytes() const {
  // A node of the map and a spelling of its own: about a hundred bytes for each value.
  return (column_.capacity() + begins_.capacity()) * sizeof(std::uint32_t) +
         infos_.capacity() * sizeof(Info) + infos_.size() * 100;
}

}  // namespace koinon::index
