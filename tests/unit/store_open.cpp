// SPDX-License-Identifier: Apache-2.0
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <random>

#include "catch.hpp"
#include "errors.hpp"
#include "other_process.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;
using test::bytes_of;
using test::error_of;
using test::put_bytes;

namespace {

OpenOptions reading() {
  OpenOptions options;
  options.read_only = true;
  return options;
}

OpenOptions existing() {
  OpenOptions options;
  options.create = false;
  return options;
}

void make(const std::string& path, int records = 50) {
  const auto store = Store::open(path, {});
  Transaction t = store->write();
  for (int i = 0; i < records; ++i) {
    const std::string body = "{\"a\":\"" + std::string(500, 'a') + std::to_string(i) + "\"}";
    Version version;
    version.body = body;
    t.create("id-" + std::to_string(i), RecordKind::Call, version);
  }
  t.commit();
}

// Refused with `code` however it is opened, and not a byte of it or beside it is changed.
void refused(const test::Scratch& scratch, const std::string& path, ErrorCode code) {
  const std::string before = bytes_of(path);
  const std::size_t files = test::files_in(scratch.path());
  CHECK(error_of([&] { Store::open(path, {}); }) == code);
  CHECK(error_of([&] { Store::open(path, reading()); }) == code);
  CHECK(error_of([&] { Store::open(path, existing()); }) == code);
  CHECK(bytes_of(path) == before);
  CHECK(test::files_in(scratch.path()) == files);
}

}  // namespace

TEST_CASE("a new catalogue is told as ours by its header", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    const auto store = Store::open(path, {});
    CHECK(store->path() == path);
    CHECK_FALSE(store->read_only());
    // While it is open and nothing was checkpointed, too.
    CHECK(bytes_of(path).substr(68, 4) == "KOIN");
  }
  CHECK(test::files_in(scratch.path()) == 1);
  test::Sqlite file(path);
  CHECK(file.ask("PRAGMA application_id") == std::to_string(application_id));
  CHECK(file.ask("PRAGMA user_version") == std::to_string(schema_version()));
  CHECK(file.ask("PRAGMA journal_mode") == "wal");
  CHECK(file.ask("PRAGMA foreign_key_check") == "");
}

TEST_CASE("a catalogue opens again with all that was in it", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "with blank, % and ä?.koinon";
  make(path);
  for (const OpenOptions& options : {OpenOptions{}, existing(), reading()}) {
    const auto store = Store::open(path, options);
    CHECK(store->read().present_records() == 50);
    CHECK(store->read().integrity().empty());
  }
}

TEST_CASE("files that are not ours are refused and left untouched", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "other";
  SECTION("a text") {
    put_bytes(path, "id,name\n1,one\n");
    refused(scratch, path, ErrorCode::NotACatalogue);
  }
  SECTION("a text as short as can be") {
    put_bytes(path, "x");
    refused(scratch, path, ErrorCode::NotACatalogue);
  }
  SECTION("zeros") {
    put_bytes(path, std::string(8192, '\0'));
    refused(scratch, path, ErrorCode::NotACatalogue);
  }
  SECTION("a database without an application id") {
    test::Sqlite(path).run("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    refused(scratch, path, ErrorCode::NotACatalogue);
  }
  SECTION("the database of another program") {
    test::Sqlite(path).run(
        "PRAGMA application_id = 1; PRAGMA journal_mode = WAL; CREATE TABLE record(a)");
    refused(scratch, path, ErrorCode::NotACatalogue);
  }
}

TEST_CASE("a later version is refused and left untouched", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path);
  test::Sqlite(path).run("PRAGMA user_version = 99");
  refused(scratch, path, ErrorCode::TooNew);
}

TEST_CASE("a version that is later only in the log is refused too", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path);
  const std::string before = bytes_of(path);
  // What a later Koinon leaves that was killed after its migration.
  test::OtherProcess later([&](test::OtherProcess&) {
    test::Sqlite file(path);
    file.run("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 99");
    ::_exit(0);
  });
  REQUIRE(later.end() == 0);
  REQUIRE(bytes_of(path) == before);
  CHECK(error_of([&] { Store::open(path, {}); }) == ErrorCode::TooNew);
  CHECK(error_of([&] { Store::open(path, reading()); }) == ErrorCode::TooNew);
}

TEST_CASE("a truncated file is refused and left untouched", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path);
  const std::string whole = bytes_of(path);
  REQUIRE(whole.size() > 3 * 4096);
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{60}, std::size_t{99},
        std::size_t{100}, std::size_t{1000}, std::size_t{4095}, std::size_t{4096}, whole.size() / 2,
        whole.size() - 4096, whole.size() - 1}) {
    CAPTURE(size);
    put_bytes(path, whole.substr(0, size));
    refused(scratch, path, ErrorCode::Damaged);
  }
  put_bytes(path, whole);
  CHECK(Store::open(path, existing())->read().present_records() == 50);
}

TEST_CASE("scattered damage is Damaged or goes unnoticed, and opening never makes it worse",
          "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path, 300);
  const std::string whole = bytes_of(path);
  std::mt19937 random(17);
  for (int round = 0; round < 150; ++round) {
    std::string damaged = whole;
    // The first page more often than not: it holds the schema.
    const std::size_t reach = random() % 3 ? 4096 : damaged.size();
    for (int blow = 0; blow < 8; ++blow)
      damaged[100 + random() % (reach - 100)] = static_cast<char>(random() % 256);
    put_bytes(path, damaged);
    for (const OpenOptions& options : {OpenOptions{}, reading()}) {
      try {
        const auto store = Store::open(path, options);
        Snapshot s = store->read();
        s.statistics();
        s.integrity();
        s.each_present(true, [](const RecordRow&, const Entry&) { return true; });
      } catch (const Error& e) {
        const bool told = e.code() == ErrorCode::Damaged || e.code() == ErrorCode::Internal;
        CAPTURE(e.what());
        CHECK(told);
      }
      REQUIRE(bytes_of(path) == damaged);
      std::filesystem::remove(path + "-wal");
      std::filesystem::remove(path + "-shm");
    }
  }
}

TEST_CASE("a directory, a missing file and a missing folder are told apart", "[store]") {
  const test::Scratch scratch;
  CHECK(error_of([&] { Store::open(scratch.path(), {}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { Store::open("", {}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { Store::open(scratch / "none", existing()); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { Store::open(scratch / "none", reading()); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { Store::open(scratch / "no/such/folder", {}); }) == ErrorCode::InputOutput);
  CHECK(test::files_in(scratch.path()) == 0);
}

TEST_CASE("an empty file becomes a catalogue only where one may be made", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  put_bytes(path, "");
  CHECK(error_of([&] { Store::open(path, existing()); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { Store::open(path, reading()); }) == ErrorCode::NotFound);
  CHECK(bytes_of(path).empty());
  CHECK(Store::open(path, {})->read().present_records() == 0);
  CHECK(bytes_of(path).substr(68, 4) == "KOIN");
}

TEST_CASE("read-only means that nothing is written", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path);
  const std::string before = bytes_of(path);
  {
    const auto store = Store::open(path, reading());
    CHECK(store->read_only());
    CHECK(store->read().present_records() == 50);
    CHECK(error_of([&] { store->write(); }) == ErrorCode::ReadOnly);
    store->flush_log();
  }
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a reader that may not write sees what a writer commits", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path, 1);
  const auto reader = Store::open(path, reading());
  CHECK(reader->read().present_records() == 1);
  const auto writer = Store::open(path, {});
  {
    Transaction t = writer->write();
    Version version;
    version.body = "{}";
    t.create("new", RecordKind::Call, version);
    t.commit();
  }
  CHECK(reader->read().present_records() == 2);
}

TEST_CASE("a catalogue can be read in a folder that cannot be written", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a b%?.koinon";
  make(path);
  const std::string before = bytes_of(path);
  ::chmod(path.c_str(), 0444);
  ::chmod(scratch.path().c_str(), 0555);
  test::OtherProcess nobody([&](test::OtherProcess&) {
    // To root no folder is read-only.
    if (::getuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0))
      ::_exit(77);
    const auto store = Store::open(path, reading());
    if (store->read().present_records() != 50) ::_exit(3);
    if (store->read().integrity().size() != 0) ::_exit(4);
    if (error_of([&] { Store::open(path, {}); }) != ErrorCode::ReadOnly) ::_exit(5);
    if (error_of([&] { Store::open(path + "-new", {}); }) != ErrorCode::InputOutput) ::_exit(6);
  });
  const int code = nobody.end();
  ::chmod(scratch.path().c_str(), 0755);
  if (code == 77) {
    WARN("root that cannot become nobody: a read-only folder was not tried");
    return;
  }
  CHECK(code == 0);
  CHECK(bytes_of(path) == before);
  CHECK(test::files_in(scratch.path()) == 1);
}

TEST_CASE("a log that cannot be read is told, not passed over", "[store]") {
  const test::Scratch scratch;
  std::filesystem::create_directory(scratch / "from");
  std::filesystem::create_directory(scratch / "to");
  {
    const std::string from = scratch / "from/a.koinon";
    make(from, 1);
    const auto store = Store::open(from, {});
    Transaction t = store->write();
    Version version;
    version.body = "{}";
    t.create("only-in-the-log", RecordKind::Call, version);
    t.commit();
    for (const char* ending : {"", "-wal"})
      std::filesystem::copy_file(from + ending, scratch / "to/a.koinon" + ending);
  }
  ::chmod(scratch.path().c_str(), 0755);
  ::chmod((scratch / "to").c_str(), 0555);
  test::OtherProcess nobody([&](test::OtherProcess&) {
    if (::getuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0))
      ::_exit(77);
    const auto code = error_of([&] {
      const auto store = Store::open(scratch / "to/a.koinon", reading());
      if (!store->read().find("only-in-the-log")) ::_exit(3);
    });
    ::_exit(code && code != ErrorCode::InputOutput ? 4 : 0);
  });
  const int code = nobody.end();
  ::chmod((scratch / "to").c_str(), 0755);
  if (code == 77) {
    WARN("root that cannot become nobody: a read-only folder was not tried");
    return;
  }
  CHECK(code == 0);
}

TEST_CASE("a catalogue whose making was interrupted can still be opened", "[store]") {
  const test::Scratch scratch;
  std::mt19937 random(23);
  for (int round = 0; round < 60; ++round) {
    const std::string path = scratch / std::to_string(round);
    const pid_t child = ::fork();
    if (child == 0) {
      Store::open(path, {});
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(random() % 12000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CAPTURE(round, bytes_of(path).size());
    CHECK_FALSE(error_of([&] { CHECK(Store::open(path, {})->read().present_records() == 0); }));
  }
}
