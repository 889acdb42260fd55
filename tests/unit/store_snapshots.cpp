// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "other_process.hpp"
#include "scratch.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;
using test::error_of;

namespace {

void put(Store& store, const std::string& id, const std::string& body = "{}") {
  Transaction t = store.write();
  Version version;
  version.body = body;
  version.at = 1;
  auto row = t.find(id);
  if (row) {
    t.append(*row, version);
  } else {
    t.create(id, RecordKind::Call, version);
  }
  t.commit();
}

}  // namespace

TEST_CASE("a snapshot stays as it was while a writer commits", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  put(*store, "a", "old");
  Snapshot before = store->read();
  put(*store, "a", "new");
  put(*store, "b");
  CHECK(before.last_change() == 1);
  CHECK(before.body(before.find("a")->change) == "old");
  CHECK_FALSE(before.find("b"));
  Snapshot after = store->read();
  CHECK(after.last_change() == 3);
  CHECK(after.body(after.find("a")->change) == "new");
}

TEST_CASE("a snapshot is taken when it is asked for, not at its first read", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  Snapshot before = store->read();
  put(*store, "a");
  CHECK(before.last_change() == 0);
}

TEST_CASE("more snapshots than the pool keeps can be held at once", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  for (int round = 0; round < 3; ++round) {
    std::vector<Snapshot> held;
    for (std::uint64_t i = 0; i < 20; ++i) {
      held.push_back(store->read());
      put(*store, "a");
    }
    for (std::uint64_t i = 1; i < held.size(); ++i)
      CHECK(held[i].last_change() == held[0].last_change() + i);
  }
}

TEST_CASE("a transaction that is not committed leaves nothing", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  put(*store, "a");
  {
    Transaction t = store->write();
    Version version;
    version.body = "lost";
    t.create("b", RecordKind::Call, version);
    CHECK(t.find("b"));
    CHECK_FALSE(store->read().find("b"));
  }
  CHECK_FALSE(store->read().find("b"));
  CHECK(store->read().last_change() == 1);
  put(*store, "c");
  CHECK(store->read().find("c")->change == 2);
}

TEST_CASE("threads write in turn and readers see whole writes only", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  std::atomic<bool> done{false};
  std::atomic<int> torn{0};
  std::thread reader([&] {
    while (!done) {
      Snapshot s = store->read();
      // Each write makes two records.
      if (s.present_records() % 2 != 0 || s.last_change() % 2 != 0) ++torn;
    }
  });
  std::vector<std::thread> writers;
  for (int w = 0; w < 3; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 20; ++i) {
        Transaction t = store->write();
        Version version;
        version.body = "{}";
        const std::string id = std::to_string(w) + "-" + std::to_string(i);
        t.create(id + "a", RecordKind::Call, version);
        t.create(id + "b", RecordKind::Call, version);
        t.commit();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  reader.join();
  CHECK(torn == 0);
  CHECK(store->read().present_records() == 120);
}

TEST_CASE("a second writer of another process is Busy, then has its turn", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Store::open(path, {});
  test::OtherProcess other([&](test::OtherProcess& self) {
    const auto store = Store::open(path, {});
    Transaction t = store->write();
    Version version;
    version.body = "theirs";
    t.create("theirs", RecordKind::Call, version);
    self.pause();
    t.commit();
  });
  other.reached();
  OpenOptions impatient;
  impatient.busy_timeout_ms = 50;
  const auto store = Store::open(path, impatient);
  CHECK(error_of([&] { store->write(); }) == ErrorCode::Busy);
  CHECK_FALSE(store->read().find("theirs"));
  other.go_on();
  CHECK(other.end() == 0);
  CHECK(store->read().find("theirs"));
  put(*store, "ours");
  CHECK(store->read().present_records() == 2);
}

TEST_CASE("a catalogue in memory is a catalogue, and its own", "[store]") {
  const auto one = Store::open(":memory:", {});
  const auto two = Store::open(":memory:", {});
  put(*one, "a");
  CHECK(one->in_memory());
  CHECK(one->read().find("a"));
  CHECK_FALSE(two->read().find("a"));
  CHECK(one->read().statistics().schema == 5);
  one->flush_log();
  OpenOptions read_only;
  read_only.read_only = true;
  CHECK(error_of([&] { Store::open(":memory:", read_only); }) == ErrorCode::InvalidArgument);
}
