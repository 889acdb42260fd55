// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "catch.hpp"
#include "scratch.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;

namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

void put(Store& store, const std::string& id, std::size_t size) {
  const std::string body(size, 'x');
  Transaction t = store.write();
  Version version;
  version.body = body;
  version.at = 1;
  t.create(id, RecordKind::Call, version);
  t.commit();
}

// Whether it comes true within some seconds: a checkpoint goes its own way.
template <class Condition>
bool comes_true(Condition condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace

TEST_CASE("what is committed moves from the log into the file by itself", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const auto store = Store::open(path, {});
  const auto size = [&] { return std::filesystem::file_size(path); };
  for (int i = 0; i < 20; ++i) put(*store, "small-" + std::to_string(i), 100);
  CHECK(size() < mebibyte);  // a few pages stay in the log
  for (int i = 0; i < 40; ++i) put(*store, "large-" + std::to_string(i), mebibyte / 2);
  CHECK(comes_true([&] { return size() > 10 * mebibyte; }));
  // The next commit that finds the whole log moved begins it anew. What is asked of it only is that
  // there are such: the file goes on growing, the log does not.
  const std::string log = path + "-wal";
  std::uintmax_t longest = 0;
  for (int i = 0; i < 400; ++i) {
    put(*store, "more-" + std::to_string(i), mebibyte / 2);
    longest = std::max(longest, std::filesystem::file_size(log));
  }
  CHECK(longest < 150 * mebibyte);
  CHECK(store->read().last_change() == 460);
}

TEST_CASE("the log is moved also where the host has changed its folder", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(std::filesystem::path(path).parent_path());
  const auto store = Store::open("a.koinon", {});
  std::filesystem::current_path(before);
  for (int i = 0; i < 40; ++i) put(*store, std::to_string(i), mebibyte / 2);
  CHECK(comes_true([&] { return std::filesystem::file_size(path) > 10 * mebibyte; }));
}

TEST_CASE("a catalogue may close while its log is being moved, and has all of it", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  for (int round = 0; round < 5; ++round) {
    const auto store = Store::open(path, {});
    for (int i = 0; i < 9; ++i) {
      put(*store, std::to_string(round) + '-' + std::to_string(i), 2 * mebibyte);
    }
  }
  const auto store = Store::open(path, {});
  CHECK(store->read().last_change() == 45);
  CHECK(store->read().body(store->read().find("4-8")->change).size() == 2 * mebibyte);
  CHECK_FALSE(std::filesystem::exists(path + "-journal"));
}
