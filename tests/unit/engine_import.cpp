// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::line;
using test::name_of;
using test::organisation;
using test::project;
using test::put_bytes;

namespace {

void accounts(const ImportReport& report) {
  CHECK(report.read == report.stored + report.unchanged + report.quarantined);
}

ImportOptions koinon_format() {
  ImportOptions options;
  options.format = "koinon";
  return options;
}

std::string many(int rows) {
  std::string all;
  for (int i = 0; i < rows; ++i)
    all += line("org-" + std::to_string(i), organisation("Name " + std::to_string(i)));
  return all;
}

}  // namespace

TEST_CASE("a file is imported once, and again without a change", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(":memory:");
  put_bytes(scratch / "f.jsonl",
            line("org-1", organisation("A")) + line("prj-1", project("P", {"org-1"})));
  const ImportReport first = catalogue.import_file(scratch / "f.jsonl");
  accounts(first);
  CHECK(first.file == scratch / "f.jsonl");
  CHECK(first.format == "koinon");
  CHECK(first.stored == 2);
  CHECK(first.records_created == 2);
  CHECK(first.complete);
  CHECK(first.next_row == 0);
  CHECK(first.reasons.empty());
  CHECK(catalogue.history("org-1")[0].by == "import:koinon");
  const ImportReport second = catalogue.import_file(scratch / "f.jsonl");
  accounts(second);
  CHECK(second.unchanged == 2);
  CHECK(second.stored == 0);
  CHECK(second.records_updated == 0);
  CHECK(catalogue.statistics().change == 2);
}

TEST_CASE("a changed row updates its record", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(":memory:");
  put_bytes(scratch / "f.jsonl", line("org-1", organisation("A")));
  catalogue.import_file(scratch / "f.jsonl");
  put_bytes(scratch / "f.jsonl", line("org-1", organisation("B")));
  const ImportReport report = catalogue.import_file(scratch / "f.jsonl");
  CHECK(report.stored == 1);
  CHECK(report.records_updated == 1);
  CHECK(name_of(catalogue.get("org-1").record) == "B");
  CHECK(catalogue.get("org-1").version == 2);
}

TEST_CASE("an id that a file uses twice is told, whichever batch it is in", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  put_bytes(path, line("org-1", organisation("A")) + line("org-2", organisation("B")) +
                      line("org-1", organisation("A")) + line("org-1", organisation("C")));
  for (const std::size_t rows : {std::size_t{1}, std::size_t{2}, std::size_t{4096}}) {
    CAPTURE(rows);
    Catalogue catalogue = Catalogue::open(":memory:");
    ImportOptions options;
    options.batch_rows = rows;
    for (int round = 0; round < 3; ++round) {
      CAPTURE(round);
      const ImportReport report = catalogue.import_file(path, options);
      accounts(report);
      CHECK(report.stored == (round == 0 ? 2 : 0));
      CHECK(report.unchanged == (round == 0 ? 1 : 3));
      REQUIRE(report.quarantined == 1);
      CHECK(report.reasons[0].code == "duplicate_id");
      CHECK(report.reasons[0].first_line == 4);
      CHECK(catalogue.quarantine().size() == 1);
      CHECK(catalogue.statistics().change == 2);
      CHECK(name_of(catalogue.get("org-1").record) == "A");
    }
  }
}

TEST_CASE("a version that is not after the stored one is a conflict", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"org-1", organisation("one"), {}});
  catalogue.put({"org-1", organisation("two"), {}});
  put_bytes(path, line("org-1", organisation("other"), "\"version\":2,"));
  ImportReport report = catalogue.import_file(path);
  REQUIRE(report.quarantined == 1);
  CHECK(report.reasons[0].code == "conflict");
  CHECK(report.reasons[0].field == "version");
  CHECK(name_of(catalogue.get("org-1").record) == "two");
  put_bytes(path, line("org-1", organisation("two"), "\"version\":1,"));
  CHECK(catalogue.import_file(path).unchanged == 1);
  put_bytes(path, line("org-1", organisation("later"), "\"version\":7,"));
  CHECK(catalogue.import_file(path).stored == 1);
  CHECK(catalogue.get("org-1").version == 7);
}

TEST_CASE("an old export does not bring back what was removed since", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"org-1", organisation("one"), {}});
  catalogue.export_file(path);
  catalogue.remove("org-1");
  const ImportReport report = catalogue.import_file(path);
  accounts(report);
  CHECK(report.stored == 0);
  CHECK(error_of([&] { catalogue.get("org-1"); }) == ErrorCode::NotFound);
  std::uint64_t version = 0;
  for (const Change& change : catalogue.history("org-1")) {
    CHECK(change.version > version);
    version = change.version;
  }
  // A line without a version is somebody's word that it is there.
  put_bytes(path, line("org-1", organisation("back")));
  CHECK(catalogue.import_file(path).stored == 1);
  CHECK(catalogue.get("org-1").version == 3);
}

TEST_CASE("an id of another kind stays out", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("A"), {}});
  put_bytes(scratch / "f.jsonl", line("a", project("P")));
  const ImportReport report = catalogue.import_file(scratch / "f.jsonl");
  REQUIRE(report.quarantined == 1);
  CHECK(report.reasons[0].code == "id_taken");
}

TEST_CASE("a row with two titles in one language tells file, line, field and reason", "[engine]") {
  const test::Scratch scratch;
  const std::string file = scratch / "two.jsonl";
  test::put_bytes(file,
                  test::line("prj-1", test::project("One")) +
                      R"({"id":"prj-2","kind":"project","record":{"titles":[)"
                      R"({"language":"en","text":"One"},{"language":"en","text":"Another"}]}})");
  auto catalogue = Catalogue::open(":memory:");
  CHECK(catalogue.import_file(file).quarantined == 1);
  const auto rows = catalogue.quarantine();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].file == file);
  CHECK(rows[0].line == 2);
  REQUIRE(rows[0].violations.size() == 1);
  CHECK(rows[0].violations[0].path == "titles[1]");
  CHECK(rows[0].violations[0].code == "duplicate_language");
  CHECK(rows[0].violations[0].message ==
        "is a second text in 'en', and `titles` has one in each language");
}

TEST_CASE("bad rows go to quarantine with their bytes, good ones around them go in", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  const std::string unknown_kind = "{\"id\":\"x\",\"kind\":\"planet\",\"record\":{}}\r\n";
  const std::string unknown_field =
      "{\"id\":\"y\",\"kind\":\"organisation\",\"record\":{\"colour\":1}}\n";
  const std::string broken = std::string("\xFF{\"id\"\0\n", 8);
  Organisation gang = organisation("G");
  gang.kind = "gang";
  gang.addresses.resize(3);
  for (Place& place : gang.addresses) place.country = "XX";
  const std::string bad_code = line("g", gang);
  for (const std::size_t rows : {std::size_t{1}, std::size_t{3}, std::size_t{4096}}) {
    Catalogue catalogue = Catalogue::open(":memory:");
    put_bytes(path, line("org-1", organisation("A")) + unknown_kind + unknown_field +
                        line("org-2", organisation("B")) + broken + bad_code +
                        line("org-3", organisation("C")));
    ImportOptions options;
    options.batch_rows = rows;
    const ImportReport report = catalogue.import_file(path, options);
    accounts(report);
    CHECK(report.read == 7);
    CHECK(report.stored == 3);
    CHECK(report.quarantined == 4);
    CHECK(report.complete);
    CHECK(catalogue.ids(RecordKind::Organisation, "", 9) ==
          std::vector<std::string>{"org-1", "org-2", "org-3"});
    const auto kept = catalogue.quarantine();
    REQUIRE(kept.size() == 4);
    CHECK(kept[0].bytes == unknown_kind);
    CHECK(kept[0].line == 2);
    CHECK(kept[0].violations[0].code == "unknown_kind");
    CHECK(kept[1].bytes == unknown_field);
    CHECK(kept[1].violations[0].path == "colour");
    CHECK(kept[2].bytes == broken);
    CHECK(kept[2].line == 5);
    CHECK(kept[3].bytes == bad_code);
    CHECK(kept[3].violations.size() == 4);
    CHECK(kept[3].file == path);
    // One row counts once for one reason, wherever in its lists that stands.
    std::uint64_t countries = 0;
    for (const ImportReason& reason : report.reasons) {
      if (reason.field == "addresses[].country") countries += reason.rows;
      CHECK_FALSE(reason.message.empty());
    }
    CHECK(countries == 1);
    const ImportReport again = catalogue.import_file(path, options);
    CHECK(again.unchanged == 3);
    CHECK(again.quarantined == 4);
    CHECK(catalogue.quarantine().size() == 4);
  }
}

TEST_CASE("a row is mended in quarantine", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  Catalogue catalogue = Catalogue::open(":memory:");
  const std::string bad = "{\"id\":\"y\",\"kind\":\"organisation\",\"record\":{\"colour\":1}}\n";
  put_bytes(path, line("org-1", organisation("A")) + bad);
  catalogue.import_file(path);
  const std::uint64_t row = catalogue.quarantine()[0].id;

  SECTION("again as it is, it fails again and stays") {
    const ImportReport report = catalogue.retry(row);
    accounts(report);
    CHECK(report.quarantined == 1);
    REQUIRE(catalogue.quarantine().size() == 1);
    CHECK(catalogue.quarantine()[0].bytes == bad);
    CHECK(catalogue.quarantine()[0].line == 2);
  }
  SECTION("mended badly, it stays with its new reasons and its old bytes") {
    const ImportReport report = catalogue.retry(row, "not JSON");
    CHECK(report.quarantined == 1);
    REQUIRE(catalogue.quarantine().size() == 1);
    CHECK(catalogue.quarantine()[0].bytes == bad);
    REQUIRE(catalogue.quarantine()[0].violations.size() == 1);
    CHECK(catalogue.quarantine()[0].violations[0].code == "bad_json");
  }
  SECTION("mended well, it goes in and leaves") {
    const ImportReport report = catalogue.retry(row, line("y", organisation("Mended")));
    accounts(report);
    CHECK(report.stored == 1);
    CHECK(report.records_created == 1);
    CHECK(report.complete);
    CHECK(catalogue.quarantine().empty());
    CHECK(name_of(catalogue.get("y").record) == "Mended");
    CHECK(error_of([&] { catalogue.retry(row); }) == ErrorCode::NotFound);
  }
  SECTION("mended to nothing, it is refused and stays") {
    CHECK(error_of([&] { catalogue.retry(row, "\n"); }) == ErrorCode::InvalidInput);
    CHECK(error_of([&] { catalogue.retry(row, ""); }) == ErrorCode::InvalidInput);
    CHECK(catalogue.quarantine().size() == 1);
  }
  SECTION("discarded, it is gone") {
    catalogue.discard(row);
    CHECK(catalogue.quarantine().empty());
    CHECK(error_of([&] { catalogue.discard(row); }) == ErrorCode::NotFound);
    CHECK(error_of([&] { catalogue.retry(row); }) == ErrorCode::NotFound);
  }
}

TEST_CASE("a journal entry that is tried again stays a journal entry", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"org-1", organisation("A"), {}});
  put_bytes(path,
            "{\"koinon\":1,\"content\":\"history\"}\n"
            "{\"n\":1,\"what\":\"remove\",\"id\":\"org-2\",\"kind\":\"organisation\",\"version\":1,"
            "\"at\":\"2026-01-01T00:00:00.000Z\"}\n");
  REQUIRE(catalogue.import_file(path).quarantined == 1);
  const ImportReport report = catalogue.retry(catalogue.quarantine()[0].id);
  CHECK(report.quarantined == 1);
  CHECK(catalogue.statistics().change == 1);
  CHECK(error_of([&] { catalogue.get("org-2"); }) == ErrorCode::NotFound);
}

TEST_CASE("what another writer stores while an import runs is not overwritten", "[engine]") {
  const test::Scratch scratch;
  put_bytes(scratch / "f.jsonl", many(40));
  Catalogue catalogue = Catalogue::open(scratch / "c.koinon");
  Catalogue other = Catalogue::open(scratch / "c.koinon");
  ImportOptions options = koinon_format();
  options.batch_rows = 10;
  bool written = false;
  options.task.progress = [&](const Progress&) {
    if (!written) other.put({"org-35", organisation("Another"), {}});
    written = true;
  };
  const ImportReport report = catalogue.import_file(scratch / "f.jsonl", options);
  accounts(report);
  CHECK(written);
  CHECK(report.records_created == 39);
  CHECK(report.quarantined == 1);
  CHECK(name_of(catalogue.get("org-35").record) == "Another");
}

TEST_CASE("a cancelled import says where to go on, and then gives the same catalogue", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f.jsonl";
  put_bytes(path, many(300) + "broken\n" + many(2) + line("org-7", organisation("twice")) +
                      line("org-500", organisation("last")));
  const auto names = [](const Catalogue& catalogue) {
    std::string all;
    for (const std::string& id : catalogue.ids(RecordKind::Organisation, "", 1000))
      all += id + ' ' + name_of(catalogue.get(id).record) + '\n';
    return all + std::to_string(catalogue.quarantine().size());
  };
  Catalogue whole = Catalogue::open(":memory:");
  whole.import_file(path);
  for (const int stop_after : {0, 1, 2, 5}) {
    CAPTURE(stop_after);
    Catalogue catalogue = Catalogue::open(":memory:");
    ImportOptions options;
    options.batch_rows = 32;
    int batches = 0;
    options.task.progress = [&](const Progress&) {
      if (++batches >= stop_after) options.task.cancel.cancel();
    };
    if (stop_after == 0) options.task.cancel.cancel();
    const ImportReport first = catalogue.import_file(path, options);
    accounts(first);
    CHECK_FALSE(first.complete);
    CHECK(first.next_row == first.read);
    CHECK(catalogue.ids(RecordKind::Organisation, "", 1000).size() == first.next_row);
    ImportOptions rest;
    rest.skip_rows = first.next_row;
    const ImportReport second = catalogue.import_file(path, rest);
    accounts(second);
    CHECK(second.complete);
    CHECK(first.read + second.read == 305);
    CHECK(names(catalogue) == names(whole));
  }
}

TEST_CASE("what cannot be imported is refused with a clear error", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(":memory:");
  put_bytes(scratch / "empty", "");
  CHECK(error_of([&] { catalogue.import_file(scratch / "empty"); }) == ErrorCode::InvalidInput);
  CHECK(error_of([&] { catalogue.import_file(scratch / "none"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.import_file(scratch.path()); }) == ErrorCode::InvalidInput);
  put_bytes(scratch / "odd", "\x01\x02\x03 nothing that anybody knows");
  CHECK(error_of([&] { catalogue.import_file(scratch / "odd"); }) == ErrorCode::UnknownFormat);
  put_bytes(scratch / "f.jsonl", many(1));
  ImportOptions options;
  options.format = "no-such-format";
  CHECK(error_of([&] { catalogue.import_file(scratch / "f.jsonl", options); }) ==
        ErrorCode::UnknownFormat);
  options = koinon_format();
  options.encoding = "no-such-encoding";
  CHECK(error_of([&] { catalogue.import_file(scratch / "f.jsonl", options); }) ==
        ErrorCode::InvalidArgument);
  put_bytes(scratch / "later", "{\"koinon\":99}\n");
  CHECK(error_of([&] { catalogue.import_file(scratch / "later"); }) == ErrorCode::TooNew);
  CHECK(catalogue.statistics().change == 0);
}

TEST_CASE("any bytes said to be ours are rows in quarantine, all accounted for", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(":memory:");
  std::string bytes;
  for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(i * 7919 % 251);
  put_bytes(scratch / "f", bytes);
  const ImportReport report = catalogue.import_file(scratch / "f", koinon_format());
  accounts(report);
  CHECK(report.quarantined == report.read);
  CHECK(report.read > 0);
}

TEST_CASE("the sample goes in whole, and twice without a change", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  const ImportReport first = catalogue.import_sample();
  accounts(first);
  CHECK(first.quarantined == 0);
  CHECK(first.stored > 200);
  CHECK(catalogue.import_sample().unchanged == first.read);
  const CheckReport check = catalogue.check();
  CHECK(check.records == first.stored);
  for (const Finding& finding : check.findings)
    FAIL_CHECK(finding.where << ": " << finding.message);
}
