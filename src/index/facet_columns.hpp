// SPDX-License-Identifier: Apache-2.0
//
// The facet codes of every document, as numbers: one flat column, one dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/document.hpp"
#include "index/query.hpp"

namespace koinon::index {

/// Threads: as the index: one writer, or many readers.
class FacetColumns {
 public:
  /// Takes the codes of the next ordinal; repeated ones count once. Amortised O(codes).
  void append(const Document& document);

  /// Takes a document of other columns as the next ordinal: for compaction. `numbers` remembers
  /// which value of `from` is which here; it begins as a vector of from.value_count() zeros.
  void append(const FacetColumns& from, std::uint32_t ordinal, std::vector<std::uint32_t>& numbers);

  /// The values of a document, as numbers below value_count(). O(1).
  std::span<const std::uint32_t> values(std::uint32_t ordinal) const {
    const std::size_t begin = begins_[ordinal];
    return {column_.data() + begin, begins_[ordinal + 1] - begin};
  }
  std::size_t value_count() const { return infos_.size(); }

  /// Which values the filter names: a flag for each. O(value_count + codes).
  std::vector<char> members(const FacetFilter& filter) const;

  /// The answer for one field from the number of matches of each value. O(v log v).
  FacetCounts counts(FacetFieldId field, std::span<const std::uint64_t> matches,
                     std::size_t values_kept) const;

  std::size_t memory_bytes() const;

 private:
  struct Info {
    FacetFieldId field = 0;
    std::string code;
  };

  std::uint32_t number(FacetFieldId field, std::string_view code);
  void finish_document();

  std::vector<std::uint32_t> column_;
  std::vector<std::uint32_t> begins_ = {0};  // and one past the end
  std::vector<Info> infos_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by field, as a char, and code
};

}  // namespace koinon::index
