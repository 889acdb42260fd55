// SPDX-License-Identifier: Apache-2.0
//
// Compressed sparse rows in pages. A copy shares every page with its original and stays as it is
// when the original changes: that is how a reader keeps a snapshot.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace koinon::graph {

/// A table of pages, each with the rows of 32 vertices side by side. A change makes the pages anew
/// that it touches and leaves all others: no write ever costs more than the rows of its pages, and
/// there is nothing to tidy up later. Reading takes three loads, copying one pointer per page.
/// Const calls may run in any thread, also while another thread changes a copy.
template <class Row>
class PagedRows {
  struct Page;

 public:
  static constexpr std::size_t page_size = 32;

  PagedRows() = default;

  /// The rows that rows_of(vertex) gives for each of `vertices`. O(vertices + rows).
  template <class RowsOf>
  PagedRows(std::uint32_t vertices, RowsOf rows_of) {
    pages_.resize((vertices + page_size - 1) / page_size);
    for (std::size_t page = 0; page < pages_.size(); ++page) {
      const std::size_t first = page * page_size;
      pages_[page] = make_page([&](std::size_t slot) -> std::span<const Row> {
        const std::size_t vertex = first + slot;
        if (vertex >= vertices) return {};
        return rows_of(static_cast<std::uint32_t>(vertex));
      });
    }
  }

  /// The rows of a vertex; none if it has never had any. O(1).
  std::span<const Row> of(std::uint32_t vertex) const noexcept {
    const std::size_t page = vertex / page_size;
    if (page >= pages_.size() || !pages_[page]) return {};
    return pages_[page]->of(vertex % page_size);
  }

  /// A change is prepared for all its vertices, in ascending order, before it is made: what can
  /// fail for want of memory fails in add() and prepare(), where nothing is seen to change.
  class Change {
   public:
    explicit Change(PagedRows& target) : target_(target) {}

    void add(std::uint32_t vertex, std::vector<Row> rows) {
      const std::size_t page = vertex / page_size;
      if (!edits_.empty() && page != page_) build();
      page_ = page;
      edits_.emplace_back(vertex % page_size, std::move(rows));
    }

    void prepare() {
      if (!edits_.empty()) build();
      if (!fresh_.empty() && target_.pages_.size() <= fresh_.back().first)
        target_.pages_.resize(fresh_.back().first + 1);
    }

    /// After prepare().
    void commit() noexcept {
      for (auto& [page, rows] : fresh_) target_.pages_[page] = std::move(rows);
      fresh_.clear();
    }

   private:
    void build() {
      auto edit = edits_.begin();
      fresh_.emplace_back(page_, make_page([&](std::size_t slot) -> std::span<const Row> {
                            if (edit != edits_.end() && edit->first == slot)
                              return (edit++)->second;
                            return target_.of(static_cast<std::uint32_t>(page_ * page_size + slot));
                          }));
      edits_.clear();
    }

    PagedRows& target_;
    std::size_t page_ = 0;
    std::vector<std::pair<std::size_t, std::vector<Row>>> edits_;  // of that page
    std::vector<std::pair<std::size_t, std::shared_ptr<const Page>>> fresh_;
  };

  /// Bytes on the heap, counting what copies share. O(pages).
  std::size_t memory_bytes() const noexcept {
    std::size_t bytes = pages_.capacity() * sizeof(pages_[0]);
    for (const auto& page : pages_) {
      if (page) bytes += sizeof(Page) + page->begins[page_size] * sizeof(Row);
    }
    return bytes;
  }

 private:
  struct Page {
    std::span<const Row> of(std::size_t slot) const noexcept {
      return {rows.get() + begins[slot], begins[slot + 1] - begins[slot]};
    }

    std::unique_ptr<Row[]> rows;  // NOLINT(modernize-avoid-c-arrays)
    std::array<std::uint32_t, page_size + 1> begins{};
  };

  // Null without rows. `rows_of` is asked once for each slot, in order.
  template <class RowsOf>
  static std::shared_ptr<const Page> make_page(RowsOf rows_of) {
    std::array<std::span<const Row>, page_size> parts;
    auto page = std::make_shared<Page>();
    for (std::size_t slot = 0; slot < page_size; ++slot) {
      parts[slot] = rows_of(slot);
      page->begins[slot + 1] = page->begins[slot] + static_cast<std::uint32_t>(parts[slot].size());
    }
    const std::size_t count = page->begins[page_size];
    if (count == 0) return nullptr;
    page->rows = std::make_unique_for_overwrite<Row[]>(count);
    Row* next = page->rows.get();
    for (const auto& part : parts) next = std::copy(part.begin(), part.end(), next);
    return page;
  }

  std::vector<std::shared_ptr<const Page>> pages_;
};

}  // namespace koinon::graph
