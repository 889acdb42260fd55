// SPDX-License-Identifier: Apache-2.0
//
// States of the search view that are kept for pages to come.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "index/query.hpp"
#include "index/snapshot.hpp"
#include "koinon/progress.hpp"
#include "koinon/search.hpp"

namespace koinon::engine {

/// One state of the search view, which stays as it is whatever is applied later.
struct SearchState {
  std::shared_ptr<const index::Snapshot> index;
  std::uint64_t change = 0;
};

/// Where an answer goes on.
struct Cursor {
  std::uint64_t change = 0;
  index::After after;
  std::uint64_t print = 0;  // of the request that it belongs to
};

/// As text that a host may put into a link: letters, digits and dashes.
std::string to_text(const Cursor& cursor);
/// Nothing for any other text.
std::optional<Cursor> cursor_of(std::string_view text);

/// What a request asks, apart from which page of it: another question has another print.
std::uint64_t print_of(const SearchRequest& request);

/// Threads: any.
class KeptStates {
 public:
  using Clock = std::chrono::steady_clock;

  /// Keeps a state for so long, or for as long as it is kept already.
  void keep(const SearchState& state, std::chrono::duration<double> time);
  /// The state after this change, if it is kept.
  std::optional<SearchState> find(std::uint64_t change);
  /// Waits until no state is kept or searched that does not yet have this change. After the
  /// deadline it lets go of those that are kept, and ends the searches.
  void drop_before(std::uint64_t change, Clock::time_point deadline);

  /// A search that is under way, as long as this lives.
  class Search {
   public:
    explicit Search(KeptStates& states);
    ~Search();
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;
    /// Until it is told, it may be any state.
    void on(std::uint64_t change);
    /// Cancelled when the state that is searched may not be shown any more.
    const CancelToken& expired() const { return place_->expired; }

   private:
    friend class KeptStates;
    struct Running {
      std::uint64_t change = 0;
      CancelToken expired;
    };
    KeptStates& states_;
    std::list<Running>::iterator place_;
  };

  /// More than these are never kept: the one whose time ends first goes.
  static constexpr std::size_t most = 64;
  static constexpr double longest_seconds = 3600;

 private:
  struct Kept {
    SearchState state;
    Clock::time_point until;
  };
  void forget_old();

  std::mutex guard_;
  std::list<Kept> kept_;
  std::list<Search::Running> running_;
};

}  // namespace koinon::engine
