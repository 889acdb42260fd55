// SPDX-License-Identifier: Apache-2.0
//
// Views: whatever is derived from the journal and can be thrown away. A view says which change it
// has reached; the keeper brings it up to date, and builds it anew where it is missing, ahead of
// the store, damaged, or too far behind for single changes to pay.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "engine/turn_lock.hpp"
#include "koinon/progress.hpp"
#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// One step of a record as views see it.
struct ViewChange {
  std::uint64_t n = 0;
  std::int64_t seq = 0;
  std::string_view id;
  RecordKind kind = RecordKind::Organisation;
  Timestamp at = 0;
  /// What the record is after the change; null when it is gone. Borrowed.
  const Record* record = nullptr;
  bool erased = false;  // gone, and nothing of it may be left anywhere
};

/// Reads records while a view is being brought up to date: what one record shows may depend on
/// others.
class RecordLookup {
 public:
  virtual ~RecordLookup() = default;
  /// The present record with this id as the store has it at the change that the view will reach, or
  /// null. Valid until the next call.
  virtual const Record* record(std::string_view id) = 0;
  /// The present record of this number with its id, or nulls. Valid until the next call.
  virtual std::pair<std::string, const Record*> record_at(std::int64_t seq) = 0;
  /// The ready vectors that a model has for the record of this number, if it has any.
  virtual std::optional<store::KeptVectors> vectors(std::int64_t seq, std::string_view model) = 0;
};

/// Called under the keeper's lock, by one thread at a time. Whatever apply() or add() throws makes
/// the keeper build the view anew once; what that throws goes to the caller.
class View {
 public:
  virtual ~View() = default;
  virtual std::string_view name() const = 0;
  /// Takes up what is kept of it beside the store, or what another process has kept since. Called
  /// before anything else, and before each catching up. A view that keeps nothing has nothing to
  /// do.
  virtual void open(const store::Store&) {}
  /// Whether anything of it is kept beside the store. From any thread.
  virtual bool kept() const { return false; }
  /// Why what it keeps beside the store is not written, for people; "" where all is well.
  virtual std::string problem() const { return {}; }
  /// The change after which it is right; 0 when it is empty.
  virtual std::uint64_t reached() const = 0;
  /// Whether it has found itself to be wrong.
  virtual bool damaged() const = 0;

  /// Takes changes in order, each after reached(); the same change again changes nothing. Records
  /// of later changes may already be visible through `lookup`.
  virtual void apply(const ViewChange& change, RecordLookup& lookup) = 0;
  /// The same where nothing but the ready vectors of a record changed.
  virtual void apply_vectors(std::int64_t /*seq*/, RecordLookup&) {}
  /// Everything up to `n` has been applied.
  virtual void caught_up(std::uint64_t n) = 0;

  /// Forgets everything; add() follows for each present record, then caught_up(n).
  virtual void begin_rebuild(std::uint64_t records) = 0;
  virtual void add(const ViewChange& change, RecordLookup& lookup) = 0;

  /// After caught_up(), at the state of this snapshot: the time to keep what is worth keeping.
  virtual void settle(store::Snapshot&, bool /*rebuilt*/) {}
};

/// Holds one view against one store.
class ViewKeeper {
 public:
  explicit ViewKeeper(std::unique_ptr<View> view) : view_(std::move(view)) {}

  /// The view at the same change as a snapshot of the store, for reading together.
  struct Reading {
    store::Snapshot snapshot;
    std::shared_lock<TurnLock> shared;
    std::unique_lock<TurnLock> alone;  // in place of `shared`, where writers are too quick

    /// Gives the lock back: for who has taken a state of the view that stays as it is.
    store::Snapshot release() && {
      if (shared) shared.unlock();
      if (alone) alone.unlock();
      return std::move(snapshot);
    }
    /// Gives the snapshot back: the view stays as it is for as long as the lock lives.
    std::pair<std::shared_lock<TurnLock>, std::unique_lock<TurnLock>> keep() && {
      return {std::move(shared), std::move(alone)};
    }
  };

  /// Brings the view up to date and gives it together with its snapshot. With `wait` false, throws
  /// Busy if another thread is building it or it has far to go. Throws Cancelled.
  Reading read(const store::Store& store, const Task& task, bool wait);

  void catch_up(const store::Store& store, const Task& task);

  /// Keeps everybody else from the view, who then brings it to a state of their choice. For a view
  /// that keeps nothing beside the store.
  std::unique_lock<TurnLock> alone(const Task& task);
  /// Under that lock: to a snapshot no older than the view.
  void bring_to(store::Snapshot& snapshot, const Task& task);

  /// The catalogue is about to be closed: lets the view keep what it has. Does not throw.
  void close(const store::Store& store) noexcept;

  View& view() { return *view_; }
  const View& view() const { return *view_; }
  ViewStatus status();
  /// Whether anybody has asked for it.
  bool wanted() const { return wanted_; }

  /// Changes that are applied one by one at most; further behind, the view is built anew.
  static constexpr std::uint64_t longest_catch_up = 20000;

 private:
  void open(const store::Store& store, const Task& task);
  bool needs_rebuild(store::Snapshot& snapshot, std::uint64_t n) const;
  void rebuild(store::Snapshot& snapshot, std::uint64_t n, std::uint64_t records, const Task& task);
  void follow(store::Snapshot& snapshot, std::uint64_t n, const Task& task);

  std::unique_ptr<View> view_;
  TurnLock lock_;
  std::atomic<bool> building_{false};
  std::atomic<bool> opened_{false};
  std::atomic<bool> wanted_{false};
  std::atomic<std::uint64_t> reached_{0};  // by the view, for who has no lock
};

}  // namespace koinon::engine
