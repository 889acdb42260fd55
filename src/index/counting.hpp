// SPDX-License-Identifier: Apache-2.0
//
// What must look at every match: the total, facets, and orders other than by score.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "index/filters.hpp"
#include "index/other_scorers.hpp"
#include "index/ranking.hpp"
#include "index/top_hits.hpp"

namespace koinon::index {

/// Counts over the segments of a snapshot, one after the other.
class Counting {
 public:
  explicit Counting(const Query& query);

  /// Takes the matches of a segment; offers them to `sorted` where it is given. False when late.
  bool add(Parts parts, const SegmentState& state, const Filters& filters, TopHits* sorted,
           const Tick& tick);

  std::uint64_t total() const { return total_; }
  std::vector<FacetCounts> facets() const;

 private:
  struct Column {
    FacetColumn column;
    std::vector<std::uint32_t> counts;  // by ordinal
  };
  bool only_total(const Filters& filters, const TopHits* sorted) const;
  void filter(Window& window, const Filters& filters);
  void count_facets(const Window& window);
  void sort(const Window& window, const SegmentState& state, TopHits& sorted);

  const Query& query_;
  std::vector<std::map<std::string, std::uint64_t, std::less<>>> counts_;  // by facet asked for
  std::vector<Column> columns_;                                            // of the segment at hand
  std::vector<std::vector<std::size_t>> own_;  // facets asked for that a filter picks from
  std::uint64_t total_ = 0;
};

}  // namespace koinon::index
