// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>
#include <unistd.h>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;
using test::project;

namespace {

void make(const std::string& path) {
  Catalogue catalogue = Catalogue::open(path);
  Organisation known = organisation("A");
  known.identifiers.resize(1);
  known.identifiers[0].scheme = "pic";
  known.identifiers[0].value = "999848453";
  catalogue.put({"a", known, {}});
  catalogue.put({"b", organisation("B"), {}});
  catalogue.put({"p", project("P", {"a", "b"}), {}});
  REQUIRE(catalogue.check().findings.empty());
  REQUIRE(catalogue.check().records == 3);
}

// What check() finds after `sql` was done to the file behind our back.
std::vector<Finding> after(const std::string& sql) {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path);
  test::Sqlite(path).run(sql);
  return Catalogue::open(path).check().findings;
}

}  // namespace

TEST_CASE("check finds what somebody did to the file", "[engine]") {
  CHECK(after("SELECT 1").empty());
  CHECK(after("UPDATE journal SET body = 'no JSON' WHERE n = 1").size() == 1);
  CHECK(after("UPDATE journal SET body = '{\"names\":[]}' WHERE n = 2").size() >= 1);
  CHECK(after("UPDATE journal SET body = replace(body, '{\"names', '{ \"names') WHERE n = 2")
            .size() == 1);
  CHECK(after("UPDATE journal SET body = replace(body, 'partner', 'king') WHERE n = 3").size() ==
        2);
  CHECK(
      after("UPDATE journal SET body = replace(body, '\"b\"', '\"nobody\"') WHERE n = 3").size() ==
      1);
  CHECK(after("UPDATE record SET state = 1 WHERE id = 'b'").size() == 1);
}

TEST_CASE("check finds a record whose present version is lost", "[engine]") {
  CHECK_FALSE(after("PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE n = 2").empty());
  CHECK_FALSE(after("UPDATE record SET change = 77 WHERE id = 'b'").empty());
}

TEST_CASE("check tells damage instead of ending with it", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path);
    std::vector<Write> writes;
    for (int i = 0; i < 500; ++i)
      writes.push_back({"o" + std::to_string(i), organisation(std::string(300, 'x')), {}});
    catalogue.put_all(writes);
  }
  std::string bytes = test::bytes_of(path);
  for (std::size_t page = 10; page < bytes.size() / 4096; page += 7)
    bytes.replace(page * 4096, 100, std::string(100, '\xEE'));
  test::put_bytes(path, bytes);
  const Catalogue catalogue = Catalogue::open(path);
  CHECK_FALSE(catalogue.check().findings.empty());
}

TEST_CASE("check can be cancelled", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes;
  for (int i = 0; i < 1000; ++i) writes.push_back({"o" + std::to_string(i), organisation("A"), {}});
  catalogue.put_all(writes);
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { catalogue.check(task); }) == ErrorCode::Cancelled);
  CHECK(catalogue.check().records == 1000);
}

TEST_CASE("a backup is a catalogue of its own", "[engine]") {
  const test::Scratch scratch;
  make(scratch / "a.koinon");
  Catalogue catalogue = Catalogue::open(scratch / "a.koinon");
  catalogue.backup(scratch / "b.koinon");
  catalogue.put({"c", organisation("C"), {}});
  Catalogue copy = Catalogue::open(scratch / "b.koinon");
  CHECK(copy.statistics().change == 3);
  CHECK(copy.statistics().path == scratch / "b.koinon");
  CHECK(copy.check().findings.empty());
  CHECK(test::found(copy, "B") == 2);  // and the project that B takes part in
  CHECK(error_of([&] { catalogue.backup(scratch / "a.koinon"); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a child of fork is told so, and leaves its parent's catalogue alone", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make(path);
  Catalogue catalogue = Catalogue::open(path);
  CHECK(test::found(catalogue, "A") == 2);
  catalogue.put({"c", organisation("C"), {}});
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int wrong = 0;
    {
      Catalogue mine = std::move(catalogue);
      const auto forked = [&](auto&& work) { wrong += error_of(work) != ErrorCode::Forked; };
      forked([&] { mine.get("a"); });
      forked([&] { mine.put({"d", organisation("D"), {}}); });
      forked([&] { mine.remove("a"); });
      forked([&] { mine.erase("a"); });
      forked([&] { mine.history("a"); });
      forked([&] { mine.ids(RecordKind::Call, "", 1); });
      forked([&] { mine.search({}); });
      forked([&] { mine.partners("a"); });
      forked([&] { mine.graph_summary(); });
      forked([&] { mine.follow(0); });
      forked([&] { mine.prepare(); });
      forked([&] { mine.views(); });
      forked([&] { mine.import_sample(); });
      forked([&] { mine.export_file(path + ".out"); });
      forked([&] { mine.backup(path + ".out"); });
      forked([&] { mine.quarantine(); });
      forked([&] { mine.retry(1); });
      forked([&] { mine.discard(1); });
      forked([&] { mine.statistics(); });
      forked([&] { mine.check(); });
    }
    ::_exit(wrong);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(catalogue.put({"d", organisation("D"), {}}).change == 5);
  CHECK(catalogue.check().findings.empty());
  CHECK(test::files_in(scratch.path()) == 4);  // with its log, shared memory and views
}
