// SPDX-License-Identifier: Apache-2.0
//
// The search core as a view: keeps its documents right when the records that they borrow words from
// change.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/kept_states.hpp"
#include "engine/view.hpp"
#include "koinon/search.hpp"
#include "search/search_core.hpp"

namespace koinon::engine {

struct OrganisationGroups;

class SearchView final : public View {
 public:
  /// Kept in the folder, "" for nowhere. The tools must outlive it.
  SearchView(std::string folder, bool read_only, const search::Knowledge& knowledge = {});
  std::string_view name() const override { return "search"; }
  void open(const store::Store& store) override;
  bool kept() const override;
  std::string problem() const override { return core_ ? core_->index().problem() : std::string(); }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return damaged_; }
  void apply(const ViewChange& change, RecordLookup& lookup) override;
  void apply_vectors(std::int64_t seq, RecordLookup& lookup) override;
  void caught_up(std::uint64_t n) override;
  void begin_rebuild(std::uint64_t records) override;
  void add(const ViewChange& change, RecordLookup& lookup) override;
  void settle(store::Snapshot& snapshot, bool rebuilt) override;

  /// Where another process keeps the folder: gives it until the deadline to have this change, and
  /// nothing left of what was erased by then; after that takes its files away. From any thread.
  void clean_folder(std::uint64_t change, std::chrono::steady_clock::time_point deadline);

  SearchState state() const { return {core_->index().snapshot(), reached_}; }

  /// The following from any thread, at any time, and beside whoever applies changes. `documents`
  /// stands at the change of the state, or after it: records are then read as they were.

  /// Fills `next` only where the request says for how long the state is kept. `groups`, which may
  /// be null, tell which organisations are one.
  SearchResults search(const SearchRequest& request, const SearchState& state,
                       const OrganisationGroups* groups, store::Snapshot& documents,
                       const CancelToken& cancel) const;
  /// For who weighs many and shows few: search::SearchCore::rank() and tell().
  search::Ranked rank(const SearchRequest& request, const SearchState& state,
                      store::Snapshot& documents, const CancelToken& cancel) const;
  std::vector<Hit> tell(const search::Ranked& ranked, const std::vector<std::size_t>& places,
                        const SearchRequest& request, const SearchState& state,
                        store::Snapshot& documents, const CancelToken& cancel) const;
  Explanation explain(const SearchRequest& request, std::int64_t seq, const SearchState& state,
                      store::Snapshot& documents, const CancelToken& cancel) const;
  /// Those of the records that the request finds.
  std::vector<std::int64_t> matches(const SearchRequest& request,
                                    const std::vector<std::int64_t>& seqs, const SearchState& state,
                                    store::Snapshot& documents, const CancelToken& cancel) const;

 private:
  template <class F>
  auto watched(F&& f) const;
  void put(std::int64_t seq, const Record& record, RecordLookup& lookup);
  void put_again(std::int64_t seq, RecordLookup& lookup);
  void refresh_dependents(std::string_view id, RecordLookup& lookup);

  std::string folder_;
  bool read_only_;
  search::Knowledge knowledge_;
  std::unique_ptr<search::SearchCore> core_;  // from open() on
  std::uint64_t reached_ = 0;
  std::uint64_t unsaved_ = 0;  // changes since what is on disk
  bool erased_ = false;        // something was, since then
  mutable std::atomic<bool> damaged_{false};
};

}  // namespace koinon::engine
