// SPDX-License-Identifier: Apache-2.0
//
// What a Catalogue is made of, for the files of this room that have its members.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "engine/care_view.hpp"
#include "engine/communities.hpp"
#include "engine/graph_view.hpp"
#include "engine/kept_states.hpp"
#include "engine/report_view.hpp"
#include "engine/rules.hpp"
#include "engine/search_view.hpp"
#include "engine/solved.hpp"
#include "engine/tools.hpp"
#include "engine/view.hpp"
#include "koinon/catalogue.hpp"
#include "store/store.hpp"

namespace koinon {

/// Beside the catalogue: what is derived and kept.
inline constexpr const char* views_ending = ".views";

/// An id for a record that was written without one: the prefix of its kind, and 80 random bits.
std::string new_id(RecordKind kind);

/// What a question to the search view has in hand.
struct SearchAsked {
  const engine::SearchView& view;
  engine::KeptStates::Search& underway;
  engine::SearchState state;
  store::Snapshot& documents;
  Task task;
};

struct Catalogue::Impl {
  using GraphView = engine::GraphView;
  using SearchState = engine::SearchState;
  using SearchView = engine::SearchView;
  using ViewKeeper = engine::ViewKeeper;

  std::unique_ptr<store::Store> store;
  engine::Tools tools;
  ViewKeeper search;
  engine::KeptStates kept;
  ViewKeeper graph{std::make_unique<GraphView>()};
  ViewKeeper care{std::make_unique<engine::CareView>()};
  ViewKeeper report{std::make_unique<engine::ReportView>("report")};
  ViewKeeper fit{std::make_unique<engine::FitView>("fit")};
  ViewKeeper activity{std::make_unique<engine::ActivityView>("activity")};
  std::function<Timestamp()> clock;
  pid_t owner = ::getpid();
  CancelToken stop;
  std::mutex starting;  // of `background`
  std::atomic<bool> running{false};
  std::thread background;

  Impl(std::unique_ptr<store::Store> opened, engine::Tools given,
       std::function<Timestamp()> told_clock)
      : store(std::move(opened)),
        tools(std::move(given)),
        search(std::make_unique<SearchView>(
            store->in_memory() ? std::string() : store->path() + views_ending + "/search",
            store->read_only(), tools.knowledge())),
        clock(std::move(told_clock)) {}

  ~Impl() {
    stop.cancel();
    if (background.joinable()) background.join();
    if (::getpid() == owner) search.close(*store);
  }

  /// Few hosts ask for these: they are built for those who do.
  std::array<ViewKeeper*, 4> on_demand() { return {&care, &report, &fit, &activity}; }

  /// The host's clock, or the system's.
  Timestamp now() const { return clock ? clock() : engine::now(); }

  // A child of fork() shares locks, threads and file positions with its parent and may touch none
  // of them.
  store::Store& use() const {
    if (::getpid() != owner) {
      throw Error(
          ErrorCode::Forked,
          "this catalogue was opened before fork(); open catalogues after it, in the child itself");
    }
    return *store;
  }

  // Once at a time; called again when it has ended, it starts again.
  void prepare_in_background() {
    const std::lock_guard lock(starting);
    if (running.exchange(true)) return;
    if (background.joinable()) background.join();
    background = std::thread([this] {
      try {
        const Task task{stop, {}};
        search.catch_up(*store, task);
        graph.catch_up(*store, task);
        for (ViewKeeper* keeper : on_demand()) {
          if (keeper->wanted()) keeper->catch_up(*store, task);
        }
      } catch (const std::exception&) {
        // Whoever asks first finds the view unbuilt, builds it, and gets the error.
      }
      running = false;
    });
  }

  // Asks the search view, and once more where it turns out damaged: it is built anew for that.
  template <class Ask>
  auto with_search(const Task& task, bool wait, Ask&& ask) {
    const auto once = [&] {
      engine::KeptStates::Search underway(kept);
      const Task expiring{CancelToken::either(task.cancel, underway.expired()), task.progress};
      try {
        auto read = reading(search, expiring, wait);
        const auto& view = static_cast<const SearchView&>(search.view());
        SearchState state = view.state();
        underway.on(state.change);
        // What is written from now on need not wait for this answer.
        store::Snapshot documents = std::move(read).release();
        SearchAsked asked{view, underway, std::move(state), documents, expiring};
        return ask(asked);
      } catch (const Error& e) {
        const bool expired = e.code() == ErrorCode::Cancelled && underway.expired().cancelled() &&
                             !task.cancel.cancelled();
        if (!expired) throw;
        throw Error(ErrorCode::Expired,
                    "a record was erased that this search could see: ask again");
      }
    };
    try {
      return once();
    } catch (const Error& e) {
      if (e.code() != ErrorCode::Damaged) throw;
    }
    return once();
  }

  // The same together with what methods_for() and who_solved() weigh, at one change. Locks before
  // snapshots: of a catalogue in memory there is one at a time.
  template <class Ask>
  auto with_fit(const Task& task, bool wait, Ask&& ask) {
    const auto& columns = static_cast<const engine::FitView&>(fit.view()).columns();
    {
      const auto held = reading(fit, task, wait).keep();
      auto answer = with_search(task, wait, [&](SearchAsked& asked) {
        const bool alike = fit.view().reached() == asked.state.change;
        return alike ? std::optional(ask(asked, columns)) : std::nullopt;
      });
      if (answer) return std::move(*answer);
    }
    // Somebody wrote in between: nobody else may bring it further now, so that it can follow.
    const auto alone = fit.alone(task);
    return with_search(task, wait, [&](SearchAsked& asked) {
      fit.bring_to(asked.documents, asked.task);
      return ask(asked, columns);
    });
  }

  // The state that a cursor belongs to.
  SearchState state_of(const SearchRequest& request, const SearchState& present) {
    const auto cursor = engine::cursor_of(request.after);
    if (!cursor || cursor->print != engine::print_of(request))
      throw Error(ErrorCode::InvalidArgument, "`after` is not the `next` of this question");
    if (cursor->change == present.change) return present;
    if (const auto state = kept.find(cursor->change)) return *state;
    throw Error(ErrorCode::Expired,
                "the state that the pages before came from is no longer kept: ask for the first "
                "page again, or with a longer keep_seconds");
  }

  // The view at one change with its snapshot. Who will not wait is told Busy, and the building
  // begins.
  ViewKeeper::Reading reading(ViewKeeper& keeper, const Task& task, bool wait) {
    try {
      return keeper.read(use(), task, wait);
    } catch (const Error& e) {
      if (e.code() == ErrorCode::Busy && !wait) prepare_in_background();
      throw;
    }
  }
};

}  // namespace koinon
