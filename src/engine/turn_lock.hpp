// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace koinon::engine {

/// A lock for many readers or one writer, as std::shared_timed_mutex is one, but one in which a
/// writer that waits is not passed by readers that come later. Meets the standard's SharedMutex and
/// TimedMutex requirements as far as std::unique_lock and std::shared_lock ask for them here.
///
/// Made of a mutex and a condition, so that ThreadSanitizer sees what it orders: GCC 12's does not
/// know the calls behind std::shared_timed_mutex::try_lock_for().
class TurnLock {
 public:
  TurnLock() = default;
  TurnLock(const TurnLock&) = delete;
  TurnLock& operator=(const TurnLock&) = delete;

  void lock() {
    std::unique_lock guard(guard_);
    ++waiting_;
    turn_.wait(guard, [&] { return free(); });
    --waiting_;
    writing_ = true;
  }

  bool try_lock() {
    const std::lock_guard guard(guard_);
    if (!free()) return false;
    writing_ = true;
    return true;
  }

  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& patience) {
    std::unique_lock guard(guard_);
    ++waiting_;
    const bool mine = turn_.wait_for(guard, patience, [&] { return free(); });
    --waiting_;
    writing_ = writing_ || mine;
    if (!mine) turn_.notify_all();  // readers who stood back for this writer
    return mine;
  }

  void unlock() {
    const std::lock_guard guard(guard_);
    writing_ = false;
    turn_.notify_all();
  }

  bool try_lock_shared() {
    const std::lock_guard guard(guard_);
    if (!open()) return false;
    ++readers_;
    return true;
  }

  template <class Rep, class Period>
  bool try_lock_shared_for(const std::chrono::duration<Rep, Period>& patience) {
    std::unique_lock guard(guard_);
    if (!turn_.wait_for(guard, patience, [&] { return open(); })) return false;
    ++readers_;
    return true;
  }

  void unlock_shared() {
    const std::lock_guard guard(guard_);
    if (--readers_ == 0) turn_.notify_all();
  }

 private:
  bool free() const { return !writing_ && readers_ == 0; }
  bool open() const { return !writing_ && waiting_ == 0; }

  std::mutex guard_;
  std::condition_variable turn_;
  unsigned readers_ = 0;
  unsigned waiting_ = 0;  // writers
  bool writing_ = false;
};

}  // namespace koinon::engine
