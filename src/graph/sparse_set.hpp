// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace koinon::graph {

/// Makes working memory at least so long, with room for as much again: a network that grows by a
/// vertex now and then does not move it each time, and room that is not used costs no memory.
template <class Value>
void grow_to(std::vector<Value>& values, std::size_t size) {
  if (values.size() >= size) return;
  if (values.capacity() < size) values.reserve(2 * size);
  values.resize(size);
}

/// A set of vertices that remembers the order of arrival and is emptied in O(1), so that a query
/// pays for what it touches and not for the graph. P. Briggs, L. Torczon, An efficient
/// representation for sparse sets, ACM LOPLAS 2, 59-69, 1993. Unlike stamps it has no counter that
/// could wrap.
class SparseSet {
 public:
  /// Empties the set and lets it take vertices below `universe`. O(1), and O(universe) the first
  /// time that it grows.
  void reset(std::uint32_t universe) {
    grow_to(places_, universe);
    members_.clear();
  }

  /// The place of a vertex in members(), which it takes now if it has none. O(1) amortised.
  std::size_t insert(std::uint32_t vertex) {
    const std::size_t place = find(vertex);
    if (place == members_.size()) {
      places_[vertex] = static_cast<std::uint32_t>(place);
      members_.push_back(vertex);
    }
    return place;
  }

  /// Takes a vertex in and says whether it was not there before. O(1) amortised.
  bool add(std::uint32_t vertex) {
    const std::size_t size = members_.size();
    return insert(vertex) == size;
  }

  /// The place of a vertex, or members().size() if it is not in the set. O(1).
  std::size_t find(std::uint32_t vertex) const noexcept {
    // A place left from an earlier use points past the end or at another vertex.
    const std::size_t place = places_[vertex];
    return place < members_.size() && members_[place] == vertex ? place : members_.size();
  }

  std::span<const std::uint32_t> members() const noexcept { return members_; }

 private:
  std::vector<std::uint32_t> places_;
  std::vector<std::uint32_t> members_;
};

}  // namespace koinon::graph
