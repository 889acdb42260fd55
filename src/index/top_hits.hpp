// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "index/query.hpp"

namespace koinon::index {

/// The best so many of what is offered: by falling rank, then by key.
class TopHits {
 public:
  struct Entry {
    std::int64_t rank = 0;
    DocKey key = 0;
  };

  TopHits(std::size_t size, const std::optional<After>& after) : size_(size), after_(after) {}

  bool full() const { return entries_.size() == size_; }

  /// The least rank with which a document of this key, or of a later one, could still come in.
  std::int64_t least(DocKey key) const {
    if (size_ == 0) return std::numeric_limits<std::int64_t>::max();
    if (!full()) return floor_;
    const Entry& worst = entries_.front();
    return std::max(floor_, key > worst.key ? worst.rank + 1 : worst.rank);
  }
  /// As many documents as are kept are known to have this rank or a better one.
  void raise_floor(std::int64_t rank) { floor_ = std::max(floor_, rank); }
  /// Whether any document may come in, if it is good enough.
  bool takes_any() const { return !after_; }
  std::size_t size() const { return size_; }

  void offer(std::int64_t rank, DocKey key) {
    const Entry entry{rank, key};
    if (size_ == 0 || (after_ && !before({after_->rank, after_->doc}, entry))) return;
    if (!full()) {
      entries_.push_back(entry);
      std::push_heap(entries_.begin(), entries_.end(), before);
    } else if (before(entry, entries_.front())) {
      replace_worst(entry);
    }
  }

  /// All of them in order; empties it.
  std::vector<Entry> take() {
    std::sort_heap(entries_.begin(), entries_.end(), before);
    return std::move(entries_);
  }

 private:
  // Whether a ranks before b. As the order of a heap it keeps the worst in front. Which of two is
  // better cannot be guessed, so there are no branches.
  static bool before(const Entry& a, const Entry& b) {
    return static_cast<bool>(static_cast<unsigned>(a.rank > b.rank) |
                             (static_cast<unsigned>(a.rank == b.rank) & (a.key < b.key ? 1U : 0U)));
  }
  // The worse of two children moves up as long as it is worse than the new one.
  void replace_worst(const Entry& entry) {
    Entry* const heap = entries_.data();
    std::size_t hole = 0;
    for (;;) {
      std::size_t child = 2 * hole + 1;
      if (child >= size_) break;
      if (child + 1 < size_) child += before(heap[child], heap[child + 1]) ? 1 : 0;
      if (!before(entry, heap[child])) break;
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = entry;
  }

  std::size_t size_;
  std::optional<After> after_;
  std::vector<Entry> entries_;
  std::int64_t floor_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace koinon::index
