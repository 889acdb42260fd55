// SPDX-License-Identifier: Apache-2.0
#include "engine/pool.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace {

using koinon::engine::Pool;

struct Memory {
  int used = 0;
  std::atomic<bool> taken{false};
};

}  // namespace

TEST_CASE("what was given back is taken again", "[engine]") {
  Pool<Memory> pool;
  pool.take()->used = 7;
  const auto again = pool.take();
  CHECK(again->used == 7);
  CHECK(pool.take()->used == 0);
}

TEST_CASE("what an exception may have left half done is not given back", "[engine]") {
  Pool<Memory> pool;
  const auto fail = [&] {
    const auto memory = pool.take();
    memory->used = 7;
    throw std::runtime_error("half done");
  };
  CHECK_THROWS(fail());
  CHECK(pool.take()->used == 0);
}

TEST_CASE("no two threads have the same at a time", "[engine]") {
  Pool<Memory> pool;
  std::atomic<int> shared{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 2'000; ++turn) {
        const auto memory = pool.take();
        if (memory->taken.exchange(true)) ++shared;
        memory->taken = false;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(shared == 0);
}
