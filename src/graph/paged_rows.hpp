// SPDX-License-Identifier: Apache-2.0
//
// Rows of the few vertices whose rows differ from a base. A copy shares everything with its
// original and stays as it is when the original changes: that is how a reader keeps a snapshot.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace koinon::graph {

/// Two levels: a table of pages, each of 64 vertices. Copying costs one pointer per 64 vertices,
/// reading two loads, changing one copy of a page. Const calls may run in any thread, also while
/// another thread changes a copy.
template <class Row>
class PagedRows {
  static constexpr std::size_t page_size = 64;
  using Page = std::array<std::shared_ptr<const std::vector<Row>>, page_size>;

 public:
  /// The rows set for a vertex, or null if none were. O(1).
  const std::vector<Row>* find(std::uint32_t vertex) const noexcept {
    const std::size_t page = vertex / page_size;
    if (page >= pages_.size() || !pages_[page]) return nullptr;
    return (*pages_[page])[vertex % page_size].get();
  }

  /// A change is prepared for all its vertices, in ascending order, before it is made: what can
  /// fail for want of memory fails here, where nothing is seen to change.
  class Change {
   public:
    explicit Change(PagedRows& target) : target_(target) {}

    void add(std::uint32_t vertex, std::vector<Row> rows) {
      auto shared = std::make_shared<const std::vector<Row>>(std::move(rows));
      const std::size_t page = vertex / page_size;
      if (fresh_.empty() || fresh_.back().first != page) {
        auto copy = page < target_.pages_.size() && target_.pages_[page]
                        ? std::make_shared<Page>(*target_.pages_[page])
                        : std::make_shared<Page>();
        if (target_.pages_.size() <= page) target_.pages_.resize(page + 1);
        fresh_.emplace_back(page, std::move(copy));
      }
      (*fresh_.back().second)[vertex % page_size] = std::move(shared);
    }

    void commit() noexcept {
      for (auto& [page, rows] : fresh_) target_.pages_[page] = std::move(rows);
      fresh_.clear();
    }

   private:
    PagedRows& target_;
    std::vector<std::pair<std::size_t, std::shared_ptr<Page>>> fresh_;
  };

  void clear() noexcept { pages_.clear(); }

  /// Bytes on the heap, counting what copies share. O(vertices).
  std::size_t memory_bytes() const noexcept {
    std::size_t bytes = pages_.capacity() * sizeof(pages_[0]);
    for (const auto& page : pages_) {
      if (!page) continue;
      bytes += sizeof(Page);
      for (const auto& rows : *page) {
        if (rows) bytes += sizeof(*rows) + rows->capacity() * sizeof(Row);
      }
    }
    return bytes;
  }

 private:
  std::vector<std::shared_ptr<Page>> pages_;  // null where no row differs
};

}  // namespace koinon::graph
