// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "fill.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::exported;
using test::organisation;
using test::project;

namespace {

// Versions, removals, erasures, re-creations, every kind and a row in quarantine.
void live(Catalogue& catalogue, const test::Scratch& scratch) {
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    catalogue.put({"full-" + std::string(kind_name(kind)), filler.record(kind), {}}, "filler");
  }
  catalogue.put({"a", organisation("one"), {}}, "me");
  catalogue.put({"a", organisation("two"), {}}, "you");
  catalogue.put({"b", organisation("B"), {}});
  catalogue.put({"p", project("P", {"a", "b", "c"}), {}});
  catalogue.remove("a", {}, "me");
  catalogue.put({"a", organisation("three"), {}});
  catalogue.put({"c", organisation("secret"), {}});
  catalogue.put({"c", organisation("secret too"), {}});
  catalogue.erase("c", "officer");
  catalogue.put({"d", organisation("removed, then erased"), {}});
  catalogue.remove("d");
  catalogue.erase("d");
  catalogue.remove("b");
  test::put_bytes(scratch / "bad.jsonl",
                  test::line("x", organisation("X"), "\"version\":9,") + "{}\n");
  catalogue.import_file(scratch / "bad.jsonl");
}

}  // namespace

TEST_CASE("the state, exported, imported and exported again, is the same bytes", "[engine]") {
  const test::Scratch scratch;
  Catalogue first = Catalogue::open(scratch / "a.koinon");
  live(first, scratch);
  const std::uint64_t lines = first.export_file(scratch / "state.jsonl");
  CHECK(lines == 1 + test::all_kinds().size() + 3);
  Catalogue second = Catalogue::open(":memory:");
  const ImportReport report = second.import_file(scratch / "state.jsonl");
  CHECK(report.quarantined == 0);
  CHECK(report.stored == lines - 1);
  CHECK(exported(second, false) == exported(first, false));
  CHECK(test::bytes_of(scratch / "state.jsonl") == exported(first, false));
  CHECK(first.import_file(scratch / "state.jsonl").unchanged == lines - 1);
  CHECK(second.get("a").version == first.get("a").version);
  CHECK(second.get("a").created == first.get("a").created);
  CHECK(second.get("a").updated == first.get("a").updated);
  // And so on from there, with a later version.
  CHECK(second.put({"a", organisation("four"), first.get("a").version}).version ==
        first.get("a").version + 1);
  Catalogue third = Catalogue::open(":memory:");
  second.export_file(scratch / "later.jsonl", true);
  CHECK(third.import_file(scratch / "later.jsonl").quarantined == 0);
  CHECK(exported(third, true) == exported(second, true));
}

TEST_CASE("the history, exported, imported and exported again, is the same bytes", "[engine]") {
  const test::Scratch scratch;
  Catalogue first = Catalogue::open(scratch / "a.koinon");
  live(first, scratch);
  first.export_file(scratch / "history.jsonl", true);
  const std::string history = exported(first, true);
  CHECK(history.find("secret") == std::string::npos);
  for (const std::size_t rows : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
    CAPTURE(rows);
    Catalogue second = Catalogue::open(":memory:");
    ImportOptions options;
    options.batch_rows = rows;
    const ImportReport report = second.import_file(scratch / "history.jsonl", options);
    CHECK(report.quarantined == 0);
    CHECK(report.stored == first.statistics().change);
    CHECK(report.records_created + report.records_updated == report.stored);
    CHECK(report.records_created > 0);
    CHECK(exported(second, true) == history);
    CHECK(exported(second, false) == exported(first, false));
    CHECK(second.statistics().erased == 2);
    CHECK(error_of([&] { second.get("c"); }) == ErrorCode::Erased);
    CHECK(error_of([&] { second.put({"c", organisation("again"), {}}); }) == ErrorCode::Erased);
    const ImportReport again = second.import_file(scratch / "history.jsonl", options);
    CHECK(again.unchanged == again.read);
    CHECK(second.put({"b", organisation("back"), 0}).version == 3);
  }
}

TEST_CASE("a history does not mix with another one", "[engine]") {
  const test::Scratch scratch;
  Catalogue first = Catalogue::open(":memory:");
  first.put({"a", organisation("ours"), {}});
  first.put({"b", organisation("ours"), {}});
  first.export_file(scratch / "history.jsonl", true);
  Catalogue second = Catalogue::open(":memory:");
  second.put({"z", organisation("theirs"), {}});
  const std::string before = exported(second, true);
  const ImportReport report = second.import_file(scratch / "history.jsonl");
  CHECK(report.quarantined >= 1);
  CHECK(report.reasons[0].code == "conflict");
  CHECK(exported(second, true).substr(0, before.size()) == before);
}

TEST_CASE("a history that broke off inside an erased record's past can be used", "[engine]") {
  const test::Scratch scratch;
  Catalogue first = Catalogue::open(scratch / "a.koinon");
  first.put({"a", organisation("kept"), {}});
  first.put({"c", organisation("secret"), {}});
  first.erase("c");
  first.export_file(scratch / "history.jsonl", true);
  const std::string history = exported(first, true);
  std::size_t end = 0;
  for (int i = 0; i < 3; ++i) end = history.find('\n', end) + 1;
  test::put_bytes(scratch / "part.jsonl", history.substr(0, end));  // the header and two entries
  Catalogue second = Catalogue::open(":memory:");
  CHECK(second.import_file(scratch / "part.jsonl").stored == 2);
  CHECK(error_of([&] { second.get("c"); }) == ErrorCode::Erased);
  CHECK(test::found(second, "kept") == 1);
  CHECK(second.check().findings.empty());
  CHECK(second.import_file(scratch / "history.jsonl").stored == 1);
  CHECK(exported(second, true) == exported(first, true));
}

TEST_CASE("an export that fails leaves what was there", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes;
  for (int i = 0; i < 2000; ++i) writes.push_back({"o" + std::to_string(i), organisation("A"), {}});
  catalogue.put_all(writes);
  const std::string path = scratch / "out.jsonl";
  test::put_bytes(path, "before");
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { catalogue.export_file(path, false, task); }) == ErrorCode::Cancelled);
  CHECK(test::bytes_of(path) == "before");
  CHECK(test::files_in(scratch.path()) == 1);
  CHECK(error_of([&] { catalogue.export_file(scratch / "no/folder"); }) == ErrorCode::InputOutput);
  std::filesystem::create_directory(scratch / "folder");
  CHECK(error_of([&] { catalogue.export_file(scratch / "folder"); }) == ErrorCode::InputOutput);
  CHECK(test::files_in(scratch.path()) == 2);
  CHECK(catalogue.export_file(path) == 2001);
}

TEST_CASE("an export never replaces the catalogue itself", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"a", organisation("A"), {}});
  std::filesystem::create_symlink(path, scratch / "link");
  CHECK(error_of([&] { catalogue.export_file(path); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.export_file(scratch / "link"); }) == ErrorCode::InvalidArgument);
  CHECK(Catalogue::open(path).get("a").version == 1);
}
