// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <filesystem>
#include <thread>

#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;
using test::bytes_of;
using test::error_of;

namespace {

void add(Store& store, int from, int to, const std::string& filler = std::string(700, 'f')) {
  Transaction t = store.write();
  for (int i = from; i < to; ++i) {
    const std::string body = "{\"a\":\"" + filler + std::to_string(i) + "\"}";
    Version version;
    version.body = body;
    t.create("id-" + std::to_string(i), RecordKind::Call, version);
  }
  t.commit();
}

}  // namespace

TEST_CASE("a sound file has no findings", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  add(*store, 0, 100);
  CHECK(store->read().integrity().empty());
}

TEST_CASE("a damaged page is found", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  { add(*Store::open(path, {}), 0, 200); }
  std::string bytes = bytes_of(path);
  const std::size_t page = bytes.size() / 4096 / 3 * 4096;  // of the journal; the last may be empty
  bytes.replace(page, 64, std::string(64, '\xEE'));
  test::put_bytes(path, bytes);
  const auto store = Store::open(path, {});
  CHECK_FALSE(store->read().integrity().empty());
  CHECK(bytes_of(path) == bytes);
}

TEST_CASE("a row that points to nothing is found", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  { add(*Store::open(path, {}), 0, 3); }
  test::Sqlite(path).run("PRAGMA foreign_keys = OFF; DELETE FROM record WHERE seq = 2");
  const auto findings = Store::open(path, {})->read().integrity();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "table journal");
}

TEST_CASE("an index that lost a row is found", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  { add(*Store::open(path, {}), 0, 3); }
  // An index made for all rows that says it is of none.
  test::Sqlite(path).run(
      "CREATE INDEX extra ON record(kind); PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = 'CREATE INDEX extra ON record(version)' WHERE name = 'extra';"
      "PRAGMA writable_schema = RESET");
  CHECK_FALSE(Store::open(path, {})->read().integrity().empty());
}

TEST_CASE("a backup is the catalogue as it was when it began", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  add(*store, 0, 3000);
  Task task;
  int reports = 0;
  bool wrote = false;
  task.progress = [&](const Progress& progress) {
    ++reports;
    CHECK(std::string(progress.stage) == "backup");
    CHECK(progress.done <= progress.total);
  };
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 3000; !done && i < 100000; i += 10) {
      add(*store, i, i + 10);
      wrote = true;
    }
  });
  const std::uint64_t before = store->read().last_change();
  store->backup(scratch / "b.koinon", task);
  done = true;
  writer.join();
  CHECK(wrote);
  CHECK(reports > 0);
  const auto copy = Store::open(scratch / "b.koinon", {});
  Snapshot s = copy->read();
  CHECK(s.integrity().empty());
  CHECK(s.last_change() >= before);
  CHECK(s.last_change() % 10 == 0);
  CHECK(s.present_records() == s.last_change());
  add(*copy, 200000, 200001);
}

TEST_CASE("a backup that is cancelled leaves nothing, and what was there", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  add(*store, 0, 8000);
  const std::string target = scratch / "b.koinon";
  test::put_bytes(target, "an older backup");
  const std::size_t files = test::files_in(scratch.path());
  Task task;
  task.progress = [&](const Progress&) { task.cancel.cancel(); };
  CHECK(error_of([&] { store->backup(target, task); }) == ErrorCode::Cancelled);
  CHECK(test::files_in(scratch.path()) == files);
  CHECK(bytes_of(target) == "an older backup");
  store->backup(target, {});
  CHECK(Store::open(target, {})->read().present_records() == 8000);
}

TEST_CASE("a backup takes the place of a catalogue that was not closed well", "[store]") {
  const test::Scratch scratch;
  const std::string target = scratch / "b.koinon";
  { add(*Store::open(target, {}), 0, 20); }
  {
    // What a killed process leaves: a log with committed pages beside the file.
    const auto store = Store::open(target, {});
    add(*store, 20, 400);
    std::filesystem::copy(target, scratch / "copy");
    std::filesystem::copy(target + "-wal", scratch / "copy-wal");
  }
  std::filesystem::rename(scratch / "copy", target);
  std::filesystem::rename(scratch / "copy-wal", target + "-wal");
  const auto store = Store::open(scratch / "a.koinon", {});
  add(*store, 1000, 1005);
  store->backup(target, {});
  const auto copy = Store::open(target, {});
  CHECK(copy->read().present_records() == 5);
  CHECK(copy->read().integrity().empty());
}

TEST_CASE("a backup never replaces the catalogue itself, nor goes where it cannot", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const auto store = Store::open(path, {});
  add(*store, 0, 3);
  CHECK(error_of([&] { store->backup(path, {}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { store->backup(scratch / "./a.koinon", {}); }) == ErrorCode::InvalidArgument);
  std::filesystem::create_symlink(path, scratch / "link");
  CHECK(error_of([&] { store->backup(scratch / "link", {}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { store->backup(scratch / "no/folder", {}); }) == ErrorCode::InputOutput);
  std::filesystem::create_directory(scratch / "folder");
  CHECK(error_of([&] { store->backup(scratch / "folder", {}); }) == ErrorCode::InputOutput);
  CHECK(std::filesystem::is_empty(scratch / "folder"));
  CHECK(store->read().present_records() == 3);
}

TEST_CASE("a catalogue in memory can be backed up to a file", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(":memory:", {});
  add(*store, 0, 3);
  store->backup(scratch / "b.koinon", {});
  CHECK(Store::open(scratch / "b.koinon", {})->read().present_records() == 3);
}
