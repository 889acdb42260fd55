// SPDX-License-Identifier: Apache-2.0
#include "engine/turn_lock.hpp"

#include <atomic>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace koinon::engine {

namespace {

using Shared = std::shared_lock<TurnLock>;
using Alone = std::unique_lock<TurnLock>;
using std::chrono::milliseconds;

bool can_read(TurnLock& lock) {
  bool can = false;
  std::thread([&] { can = Shared(lock, std::try_to_lock).owns_lock(); }).join();
  return can;
}

bool can_write(TurnLock& lock) {
  bool can = false;
  std::thread([&] { can = Alone(lock, std::try_to_lock).owns_lock(); }).join();
  return can;
}

}  // namespace

TEST_CASE("a turn lock lets many read, or one write", "[engine]") {
  TurnLock lock;
  {
    const Shared reading(lock, milliseconds(1));
    CHECK(can_read(lock));
    CHECK_FALSE(can_write(lock));
  }
  {
    const Alone writing(lock);
    CHECK_FALSE(can_read(lock));
    CHECK_FALSE(can_write(lock));
  }
  CHECK(can_read(lock));
  CHECK(can_write(lock));
}

TEST_CASE("whoever waits for a turn lock only so long gives up", "[engine]") {
  TurnLock lock;
  const Alone writing(lock);
  std::thread([&] {
    CHECK_FALSE(Shared(lock, milliseconds(2)).owns_lock());
    CHECK_FALSE(Alone(lock, milliseconds(2)).owns_lock());
  }).join();
}

TEST_CASE("a writer that waits for a turn lock is not passed by new readers", "[engine]") {
  TurnLock lock;
  Shared reading(lock, milliseconds(1));
  std::atomic<bool> wrote{false};
  std::thread writer([&] {
    const Alone writing(lock);
    wrote = true;
  });
  while (can_read(lock)) std::this_thread::yield();  // until it waits
  CHECK_FALSE(wrote);
  reading.unlock();
  writer.join();
  CHECK(wrote);
  CHECK(can_read(lock));
}

TEST_CASE("a writer that gave up leaves a turn lock to the readers", "[engine]") {
  TurnLock lock;
  const Shared reading(lock, milliseconds(1));
  std::thread([&] { CHECK_FALSE(Alone(lock, milliseconds(5)).owns_lock()); }).join();
  CHECK(can_read(lock));
}

TEST_CASE("what a turn lock guards is seen whole by every thread", "[engine]") {
  constexpr int rounds = 2000;
  TurnLock lock;
  int left = 0;
  int right = 0;
  std::atomic<int> torn{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        Alone writing(lock, std::defer_lock);
        while (!writing.try_lock_for(milliseconds(20))) continue;
        ++left;
        ++right;
      }
    });
    threads.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        Shared reading(lock, std::defer_lock);
        while (!reading.try_lock_for(milliseconds(20))) continue;
        if (left != right) ++torn;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(torn == 0);
  CHECK(left == 2 * rounds);
}

}  // namespace koinon::engine
