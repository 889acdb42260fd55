// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace koinon::engine {

/// Working memory that is dear to make and that one thread uses at a time. There are never more
/// than were in use at once, and a few are kept for who comes next. Threads: any, at once.
template <class Item>
class Pool {
 public:
  /// Gives it back at its end, unless that is for an exception, which may have come at any point of
  /// its use. The pool must live longer.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Item> item) : pool_(&pool), item_(std::move(item)) {}
    ~Lease() {
      if (item_ && std::uncaught_exceptions() == exceptions_) pool_->give(std::move(item_));
    }
    Lease(Lease&&) noexcept = default;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease& operator=(Lease&&) = delete;

    Item* operator->() const noexcept { return item_.get(); }
    Item& operator*() const noexcept { return *item_; }

   private:
    Pool* pool_;
    std::unique_ptr<Item> item_;
    int exceptions_ = std::uncaught_exceptions();
  };

  Pool() { idle_.reserve(most_idle); }

  Lease take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Lease lease(*this, std::move(idle_.back()));
        idle_.pop_back();
        return lease;
      }
    }
    return Lease(*this, std::make_unique<Item>());
  }

 private:
  static constexpr std::size_t most_idle = 8;

  void give(std::unique_ptr<Item> item) noexcept {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < most_idle) idle_.push_back(std::move(item));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Item>> idle_;
};

}  // namespace koinon::engine
