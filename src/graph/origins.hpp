// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/sparse_set.hpp"

namespace koinon::graph {

/// A set of vertices in the order of arrival, each with where it came from, that is emptied in
/// O(1). Where SparseSet loads twice to say whether a vertex is in it, this loads once, for 8 bytes
/// per vertex: each place carries the number of the use that it was last written in.
class Origins {
 public:
  /// Empties the set and lets it take vertices below `universe`. O(1), and O(universe) the first
  /// time that it grows and once in 2^32 uses.
  void reset(std::uint32_t universe) {
    grow_to(places_, universe);
    vertices_.clear();
    if (++use_ == 0) {
      std::fill(places_.begin(), places_.end(), Place{});
      use_ = 1;
    }
  }

  /// Takes a vertex in and says whether it was not there before. O(1) amortised.
  bool add(std::uint32_t vertex, std::uint32_t origin) {
    Place& place = places_[vertex];
    if (place.use == use_) return false;
    place = {use_, origin};
    vertices_.push_back(vertex);
    return true;
  }

  /// Takes out what came last. The set must not be empty. O(1).
  void drop_last() noexcept {
    places_[vertices_.back()] = {};
    vertices_.pop_back();
  }

  bool contains(std::uint32_t vertex) const noexcept { return places_[vertex].use == use_; }

  /// Where a vertex that is in the set came from.
  std::uint32_t of(std::uint32_t vertex) const noexcept { return places_[vertex].origin; }

  std::span<const std::uint32_t> vertices() const noexcept { return vertices_; }

 private:
  struct Place {
    std::uint32_t use = 0;
    std::uint32_t origin = 0;
  };

  std::vector<Place> places_;
  std::vector<std::uint32_t> vertices_;
  std::uint32_t use_ = 0;
};

}  // namespace koinon::graph
