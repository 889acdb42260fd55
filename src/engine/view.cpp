// SPDX-License-Identifier: Apache-2.0
#include "engine/view.hpp"

#include <chrono>
#include <unordered_map>

#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "exchange/record_json.hpp"

namespace koinon::engine {

namespace {

Record decode(RecordKind kind, std::string_view id, std::string_view body) {
  exchange::Decoded decoded = exchange::from_json(kind, body);
  if (!decoded.violations.empty()) {
    throw Error(ErrorCode::Damaged,
                "record " + std::string(id) + " cannot be read: " + describe(decoded.violations));
  }
  return std::move(decoded.record);
}

class SnapshotLookup final : public RecordLookup {
 public:
  explicit SnapshotLookup(store::Snapshot& snapshot) : snapshot_(snapshot) {}

  const Record* record(std::string_view id) override {
    const auto kept = kept_.find(std::string(id));
    if (kept != kept_.end()) return kept->second.get();
    const auto row = snapshot_.find(id);
    std::unique_ptr<Record> found;
    if (row && row->state == store::State::Present)
      found = std::make_unique<Record>(decode(row->kind, id, snapshot_.body(row->change)));
    if (kept_.size() >= limit) kept_.clear();
    return kept_.emplace(id, std::move(found)).first->second.get();
  }

  std::pair<std::string, const Record*> record_at(std::int64_t seq) override {
    const auto row = snapshot_.find(seq);
    if (!row || row->state != store::State::Present) return {};
    found_ = decode(row->kind, row->id, snapshot_.body(row->change));
    return {row->id, &found_};
  }

  std::optional<store::KeptVectors> vectors(std::int64_t seq, std::string_view model) override {
    if (!knows_vectors_) knows_vectors_ = snapshot_.knows_vectors();
    return *knows_vectors_ ? snapshot_.vectors(seq, model) : std::nullopt;
  }

 private:
  // Files come sorted by organisation as often as not, so the last few records asked for are kept.
  static constexpr std::size_t limit = 1024;

  store::Snapshot& snapshot_;
  std::unordered_map<std::string, std::unique_ptr<Record>> kept_;
  Record found_;
  std::optional<bool> knows_vectors_;
};

struct Flag {
  explicit Flag(std::atomic<bool>& value) : flag(value) { flag = true; }
  ~Flag() { flag = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;
  std::atomic<bool>& flag;
};

// Takes a lock that another thread may hold for as long as a rebuild takes, and still notices a
// cancel.
template <class Lock>
Lock patiently(TurnLock& mutex, const Task& task) {
  Lock lock(mutex, std::defer_lock);
  while (!lock.try_lock_for(std::chrono::milliseconds(20))) {
    if (task.cancel.cancelled())
      throw Error(ErrorCode::Cancelled, "cancelled while another thread was building the view");
  }
  return lock;
}

using Shared = std::shared_lock<TurnLock>;
using Alone = std::unique_lock<TurnLock>;

}  // namespace

bool ViewKeeper::needs_rebuild(store::Snapshot& snapshot, std::uint64_t n) const {
  const std::uint64_t reached = view_->reached();
  if (view_->damaged() || reached > n) return true;
  const std::uint64_t behind = n - reached;
  if (behind > longest_catch_up || (reached == 0 && behind > 0)) return true;
  // One by one costs more than in one go: it pays for a quarter of the records at most. They are
  // counted, which takes a while, only where there are many changes.
  constexpr std::uint64_t always = 100;
  return behind > always && behind > snapshot.present_records() / 4 + always;
}

void ViewKeeper::rebuild(store::Snapshot& snapshot, std::uint64_t n, std::uint64_t records,
                         const Task& task) {
  view_->begin_rebuild(records);
  SnapshotLookup lookup(snapshot);
  Ticker ticker(task, view_->name().data(), records);
  snapshot.each_present(false, [&](const store::RecordRow& row, const store::Entry& entry) {
    const Record record = decode(row.kind, row.id, entry.body);
    view_->add({row.change, row.seq, row.id, row.kind, entry.at, &record, false}, lookup);
    ticker.step();
    return true;
  });
  view_->caught_up(n);
  reached_ = n;
  view_->settle(snapshot, true);
}

void ViewKeeper::follow(store::Snapshot& snapshot, std::uint64_t n, const Task& task) {
  SnapshotLookup lookup(snapshot);
  const std::uint64_t start = view_->reached();
  Ticker ticker(task, view_->name().data(), n - start);
  snapshot.follow(start, 0, [&](const store::Entry& entry) {
    ticker.step();
    if (entry.what == ChangeKind::Vectors) {
      view_->apply_vectors(entry.seq, lookup);
      return true;
    }
    const bool present = entry.what == ChangeKind::Put && !entry.scrubbed;
    Record record;
    if (present) record = decode(entry.kind, entry.id, entry.body);
    const bool erased = entry.what == ChangeKind::Erase;
    view_->apply(
        {entry.n, entry.seq, entry.id, entry.kind, entry.at, present ? &record : nullptr, erased},
        lookup);
    return true;
  });
  view_->caught_up(n);
  reached_ = n;
  view_->settle(snapshot, false);
}

void ViewKeeper::bring_to(store::Snapshot& snapshot, const Task& task) {
  const std::uint64_t n = snapshot.last_change();
  if (view_->reached() == n && !view_->damaged()) return;
  const Flag building(building_);
  if (!needs_rebuild(snapshot, n)) {
    try {
      follow(snapshot, n, task);
      if (!view_->damaged()) return;
    } catch (const Error& e) {
      if (e.code() == ErrorCode::Cancelled) throw;
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception&) {
      // Whatever went wrong in the view, the store can make it anew.
    }
  }
  rebuild(snapshot, n, snapshot.present_records(), task);
}

void ViewKeeper::open(const store::Store& store, const Task& task) {
  const auto alone = patiently<Alone>(lock_, task);
  if (!opened_) view_->open(store);
  opened_ = true;
  reached_ = view_->reached();
}

void ViewKeeper::catch_up(const store::Store& store, const Task& task) {
  const auto alone = patiently<Alone>(lock_, task);
  // Before the snapshot: what it finds may be newer than an older snapshot.
  view_->open(store);
  opened_ = true;
  reached_ = view_->reached();
  store::Snapshot snapshot = store.read();
  bring_to(snapshot, task);
}

std::unique_lock<TurnLock> ViewKeeper::alone(const Task& task) {
  return patiently<Alone>(lock_, task);
}

ViewKeeper::Reading ViewKeeper::read(const store::Store& store, const Task& task, bool wait) {
  static constexpr int patience = 3;
  wanted_ = true;
  if (!opened_) open(store, task);
  for (int attempt = 0; attempt < patience; ++attempt) {
    {
      Shared shared(lock_, std::defer_lock);
      if (wait) {
        shared = patiently<Shared>(lock_, task);
      } else if (!shared.try_lock()) {
        throw Error(ErrorCode::Busy, "the view is being built; ask again later");
      }
      store::Snapshot snapshot = store.read();
      const std::uint64_t n = snapshot.last_change();
      if (view_->reached() == n && !view_->damaged())
        return {std::move(snapshot), std::move(shared), {}};
      const bool far = view_->damaged() || n < view_->reached() || n - view_->reached() > 1000;
      if (!wait && far) throw Error(ErrorCode::Busy, "the view is not built yet; ask again later");
    }
    catch_up(store, task);
  }
  // Writes come faster than we can look: read under the lock that keeps the view still.
  auto alone = patiently<Alone>(lock_, task);
  store::Snapshot snapshot = store.read();
  bring_to(snapshot, task);
  return {std::move(snapshot), {}, std::move(alone)};
}

void ViewKeeper::close(const store::Store& store) noexcept {
  try {
    const Alone alone(lock_);
    if (!opened_ || view_->reached() == 0) return;
    store::Snapshot snapshot = store.read();
    // What came after is caught up with when it is opened again.
    if (snapshot.last_change() == view_->reached()) view_->settle(snapshot, false);
  } catch (const std::exception&) {
    // Nothing is lost: a view can be made anew.
  }
}

ViewStatus ViewKeeper::status() {
  ViewStatus status;
  status.name = view_->name();
  status.building = building_;
  status.reached = reached_;
  const Shared shared(lock_, std::try_to_lock);
  if (shared.owns_lock()) {
    status.damaged = view_->damaged();
    status.problem = view_->problem();
  }
  return status;
}

}  // namespace koinon::engine
