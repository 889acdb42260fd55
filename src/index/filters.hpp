// SPDX-License-Identifier: Apache-2.0
//
// The filters of a query over one segment, and the documents that are dead.
#pragma once

#include <cstdint>
#include <vector>

#include "index/query.hpp"
#include "index/scorer.hpp"
#include "index/snapshot.hpp"

namespace koinon::index {

/// Threads: one object per thread.
class Filters {
 public:
  Filters(const Query& query, const SegmentState& state);

  bool any() const { return any_; }
  /// Whether the document lives and passes all filters.
  bool test(std::uint32_t document) const;

  /// Marks the documents of the window, below `documents`, that pass.
  void mark(Window& window, std::uint32_t documents) const;

  /// Takes the dead out of the window.
  void drop_dead(Window& window) const;

  /// How many filters a live document fails; `missed` is the number of the only one, of facet
  /// filters.
  struct Verdict {
    std::uint32_t failed = 0;
    std::size_t missed = 0;
  };
  Verdict judge(std::uint32_t document) const;
  bool has_filters() const { return !facets_.empty() || !numbers_.empty() || !points_.empty(); }

 private:
  struct Facet {
    FacetColumn column;
    std::vector<std::uint8_t> members;  // by ordinal
    bool none;
    bool test(std::uint32_t document) const;
    void mark(Window& window, std::uint32_t end) const;
  };
  struct Number {
    NumberColumn column;
    NumberFilter filter;
    bool test(std::uint32_t document) const;
  };
  struct Points {
    NumberColumn column;
    RadiusFilter filter;
    bool test(std::uint32_t document) const;
  };
  bool outside_facets(std::uint32_t document) const;

  const Bits* dead_;
  std::vector<Facet> facets_;
  std::vector<Number> numbers_;
  std::vector<Points> points_;
  bool any_ = false;
};

}  // namespace koinon::index
