// SPDX-License-Identifier: Apache-2.0
//
// The search core as a view: keeps its documents right when the records that they borrow words from
// change.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "engine/view.hpp"
#include "koinon/search.hpp"
#include "search/search_core.hpp"

namespace koinon::engine {

class SearchView final : public View {
 public:
  SearchView();
  std::string_view name() const override { return "search"; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return false; }
  void apply(const ViewChange& change, RecordLookup& lookup) override;
  void caught_up(std::uint64_t n) override { reached_ = n; }
  void begin_rebuild(std::uint64_t records) override;
  void add(const ViewChange& change, RecordLookup& lookup) override;

  /// Threads: any, at once. `snapshot` stands at reached().
  SearchResults search(const SearchRequest& request, store::Snapshot& snapshot,
                       const CancelToken& cancel) const;

 private:
  void put(std::int64_t seq, std::string_view id, const Record& record, RecordLookup& lookup);
  void refresh_dependents(std::string_view id, RecordLookup& lookup);

  std::unique_ptr<search::SearchCore> core_;
  // Hash of an id to the documents with words of that record. Entries may be out of date, or meet
  // in one hash: that costs a needless put, never a missing one.
  std::unordered_multimap<std::uint64_t, std::uint32_t> dependents_;
  std::uint64_t reached_ = 0;
};

}  // namespace koinon::engine
