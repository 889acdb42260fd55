// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>

#include "catch.hpp"
#include "domain/date.hpp"
#include "errors.hpp"
#include "koinon/koinon.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;

namespace {

// What tests/fixtures/catalogue-v1.koinon holds: one of everything that a file of version 1 can
// hold.
void make_version_1(const std::string& path) {
  const auto store = Store::open(path, {});
  Transaction t = store->write();
  const auto version = [](std::string_view body, Timestamp at) {
    Version told;
    told.body = body;
    told.at = at;
    told.by = "fixture";
    return told;
  };
  RecordRow org = t.create("org-1", RecordKind::Organisation,
                           version(R"({"names":[{"language":"fi","text":"Koti"}]})", 1000));
  t.append(org, version(R"({"names":[{"language":"fi","text":"Koti ry"}],)"
                        R"("identifiers":[{"scheme":"pic","value":"999848453"}]})",
                        2000));
  t.set_identifiers(org.seq, {{"pic", "999848453"}});
  t.create("prj-1", RecordKind::Project,
           version(R"({"titles":[{"language":"fi","text":"Koti kaikille"}],)"
                   R"("participations":[{"organisation":"org-1","role":"partner"}]})",
                   3000));
  RecordRow removed = t.create("call-1", RecordKind::Call,
                               version(R"({"titles":[{"language":"en","text":"A call"}]})", 4000));
  RecordRow erased = t.create("org-2", RecordKind::Organisation,
                              version(R"({"names":[{"language":"en","text":"Forgotten"}]})", 5000));
  Version gone;
  gone.at = 6000;
  gone.by = "fixture";
  gone.what = ChangeKind::Remove;
  t.append(removed, gone);
  t.scrub(erased, {});
  gone.what = ChangeKind::Erase;
  t.append(erased, gone);
  const ImportRun run = t.import_run("fixture.jsonl", "koinon", "koinon", "", 7000);
  const std::vector<Violation> reasons = {{"", "bad_json", "it is no JSON"}};
  t.keep(run.id, {3, 9, "not JSON\n", "", "digest", &reasons}, 7000);
  t.import_progress(run.id, 3, true, 7000);
  t.commit();
}

}  // namespace

// catalogue-v2.koinon is that file as the library of version 2 took it, with vectors of a model
// "big-model", of 64 numbers, for org-1 and prj-1.
TEST_CASE("makes the fixture of version 1", "[.fixture]") {
  const std::string path = KOINON_TEST_DIR "/fixtures/catalogue-v1.koinon";
  REQUIRE(schema_version() == 1);
  REQUIRE_FALSE(std::filesystem::exists(path));
  make_version_1(path);
}

TEST_CASE("a file of version 1 opens and keeps all it has", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "old.koinon";
  std::filesystem::copy_file(KOINON_TEST_DIR "/fixtures/catalogue-v1.koinon", path);
  Catalogue catalogue = Catalogue::open(path);
  const Statistics s = catalogue.statistics();
  CHECK(s.schema == schema_version());
  CHECK(s.change == 7);
  CHECK(s.erased == 1);
  const StoredRecord org = catalogue.get("org-1");
  CHECK(org.version == 2);
  CHECK(org.created == 1000);
  CHECK(org.updated == 2000);
  CHECK(std::get<Organisation>(org.record).names[0].text == "Koti ry");
  CHECK(std::get<Organisation>(catalogue.get("org-1", 1).record).names[0].text == "Koti");
  CHECK(catalogue.history("call-1").size() == 2);
  CHECK(catalogue.history("org-2").size() == 2);
  REQUIRE(catalogue.quarantine().size() == 1);
  CHECK(catalogue.quarantine()[0].bytes == "not JSON\n");
  CHECK(catalogue.quarantine()[0].violations[0].code == "bad_json");
  SearchRequest request;
  request.text = "kaikille";
  CHECK(catalogue.search(request).total == 1);
  CHECK(catalogue.partners("org-1").works == 1);
  CHECK(catalogue.check().findings.empty());
  CHECK(catalogue
            .put({"org-3", Initiative{{{"fi", "Uusi", TextOrigin::Original}}, "", {}, {}, {}}, 0})
            .change == 8);
}

TEST_CASE("a file of version 1 takes vectors, and is read without them as long as it is only read",
          "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "old.koinon";
  std::filesystem::copy_file(KOINON_TEST_DIR "/fixtures/catalogue-v1.koinon", path);
  OpenOptions options;
  options.vector_model = "big-model";
  options.vector_dimension = 64;
  options.read_only = true;
  SearchRequest request;
  request.vector.assign(64, 1.0F);
  {
    const Catalogue catalogue = Catalogue::open(path, options);
    CHECK(catalogue.statistics().schema == 1);
    CHECK(catalogue.statistics().vectors.empty());
    CHECK(catalogue.search(request).total == 0);
    CHECK(catalogue.check().findings.empty());
  }
  options.read_only = false;
  Catalogue catalogue = Catalogue::open(path, options);
  CHECK(catalogue.put_vectors({"big-model", 64, {"org-1"}, request.vector.data(), 64}).change == 8);
  CHECK(catalogue.statistics().vectors.size() == 1);
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("a file of version 2 keeps its vectors, and takes replications", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "old.koinon";
  std::filesystem::copy_file(KOINON_TEST_DIR "/fixtures/catalogue-v2.koinon", path);
  OpenOptions options;
  options.read_only = true;
  {
    const Catalogue catalogue = Catalogue::open(path, options);
    CHECK(catalogue.statistics().schema == 2);
    CHECK(catalogue.check().findings.empty());
  }
  Catalogue catalogue = Catalogue::open(path);
  CHECK(catalogue.statistics().schema == schema_version());
  CHECK(catalogue.statistics().change == 9);
  REQUIRE(catalogue.statistics().vectors.size() == 1);
  CHECK(catalogue.statistics().vectors[0].records == 2);
  Replication replication;
  replication.parent = "ini-1";
  replication.child = "ini-2";
  CHECK(catalogue.put({"rep-1", replication, {}}).change == 10);
  std::swap(replication.parent, replication.child);
  CHECK(test::error_of([&] {
          catalogue.put({"rep-2", replication, {}});
        }) == ErrorCode::InvalidRecord);
}

// catalogue-v3.koinon was imported by the command of that version: two projects of a call, one of
// them of two initiatives, and a case of both.
TEST_CASE("a file of version 3 knows backwards who names whom", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "old.koinon";
  std::filesystem::copy_file(KOINON_TEST_DIR "/fixtures/catalogue-v3.koinon", path);
  OpenOptions options;
  options.read_only = true;
  {
    const Catalogue catalogue = Catalogue::open(path, options);
    CHECK(catalogue.statistics().schema == 3);
    CHECK(catalogue.check().findings.empty());
  }
  CHECK(Catalogue::open(path).check().findings.empty());
  const auto store = Store::open(path, {});
  Snapshot snapshot = store->read();
  const auto ids = [&](const char* target, RecordKind kind) {
    std::vector<std::string> found;
    for (const RecordRow& row : snapshot.linked_to(target, kind)) found.push_back(row.id);
    return found;
  };
  CHECK(ids("call-1", RecordKind::Project) == std::vector<std::string>{"prj-1", "prj-2"});
  CHECK(ids("ini-2", RecordKind::Project) == std::vector<std::string>{"prj-1"});
  CHECK(ids("ini-1", RecordKind::CaseStudy) == std::vector<std::string>{"case-1"});
  CHECK(ids("prj-2", RecordKind::CaseStudy) == std::vector<std::string>{"case-1"});
  CHECK(snapshot.count_linked_to("call-1", RecordKind::Project) == 2);
  CHECK(ids("org-1", RecordKind::Project).empty());
}

// catalogue-v4.koinon was imported by the command of that version: a programme with calls in
// several states, one call of no programme, and awards in several currencies.
TEST_CASE("a file of version 4 sums what its awards commit", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "old.koinon";
  std::filesystem::copy_file(KOINON_TEST_DIR "/fixtures/catalogue-v4.koinon", path);
  OpenOptions options;
  options.read_only = true;
  std::vector<std::string> told;
  {
    const Catalogue catalogue = Catalogue::open(path, options);
    CHECK(catalogue.statistics().schema == 4);
    for (const Finding& finding : catalogue.check().findings) told.push_back(finding.message);
    // Awards that no budget covers: two of the programme, three of calls; one above its bid; and
    // what a call under way plans to give in SEK, of which the programme has none.
    CHECK(told.size() == 7);
    CHECK(catalogue.next_steps("call-1").steps.size() == 2);
    CHECK(test::error_of([&] { catalogue.outcome("prog-1"); }) == ErrorCode::ReadOnly);
  }
  {
    const Catalogue catalogue = Catalogue::open(path);
    std::vector<std::string> now;
    for (const Finding& finding : catalogue.check().findings) now.push_back(finding.message);
    CHECK(now == told);
    CHECK(catalogue.outcome("prog-1").bids.size() == 2);
  }
  const auto store = Store::open(path, {});
  Snapshot snapshot = store->read();
  const auto sums = [&](const char* target, RecordKind kind, std::vector<std::string> except = {}) {
    std::vector<std::string> found;
    for (const Commitment& sum : snapshot.committed(target, kind, except)) {
      found.push_back(sum.currency + ' ' + std::to_string(sum.awarded) + ' ' +
                      std::to_string(sum.promised));
    }
    return found;
  };
  using Texts = std::vector<std::string>;
  CHECK(sums("bid-1", RecordKind::Award) == Texts{"EUR 12050 12050"});
  CHECK(sums("call-5", RecordKind::Bid) == Texts{"EUR 300 300"});
  CHECK(sums("prog-1", RecordKind::Call) == Texts{"EUR 13300 43300", "JPY 40 40",
                                                  "PLN 9223372036854775807 9223372036854775807",
                                                  "SEK 0 5000"});
  CHECK(sums("prog-1", RecordKind::Call, {"call-2"})[0] == "EUR 1250 31250");
  CHECK(sums("prog-1", RecordKind::Call, {"call-5"})[0] == "EUR 13300 43300");  // not one of them
  const auto due = [&](const char* day) {
    return snapshot.calls_due(domain::first_day(*domain::parse_date(day)));
  };
  CHECK(due("2026-12-31").empty());
  CHECK(due("2027-01-01") == Texts{"call-5"});
  CHECK(due("2027-02-28") == Texts{"call-5"});
  CHECK(due("2027-03-01") == Texts{"call-2", "call-5"});
  CHECK(due("2028-02-28") == Texts{"call-2", "call-5"});
  CHECK(due("2028-02-29") == Texts{"call-1", "call-2", "call-5"});
  CHECK(due("2999-01-01").size() == 3);  // a permanent call has no day
}

TEST_CASE("migration takes every step that is missing, and keeps the rows", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make_version_1(path);
  Migrations steps = migrations();
  steps.push_back("ALTER TABLE record ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';");
  steps.push_back("UPDATE record SET colour = 'blue' WHERE id = 'org-1';");
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    migrate(database, steps);
    migrate(database, steps);
  }
  test::Sqlite file(path);
  CHECK(file.ask("PRAGMA user_version") == std::to_string(steps.size()));
  CHECK(file.ask("PRAGMA application_id") == std::to_string(application_id));
  CHECK(file.ask("SELECT colour FROM record WHERE id = 'org-1'") == "blue");
  CHECK(file.ask("SELECT colour FROM record WHERE id = 'prj-1'") == "red");
  CHECK(file.ask("SELECT count(*) FROM journal") == "7");
  CHECK(test::error_of([&] { Store::open(path, {}); }) == ErrorCode::TooNew);
}

TEST_CASE("a step that fails leaves the file at the version before it", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make_version_1(path);
  Migrations steps = migrations();
  steps.push_back("ALTER TABLE record ADD COLUMN colour TEXT; UPDATE nothing SET colour = 'blue';");
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    CHECK_THROWS_AS(migrate(database, steps), SQLite::Exception);
  }
  CHECK(test::Sqlite(path).ask("PRAGMA user_version") == std::to_string(schema_version()));
  CHECK(test::Sqlite(path).ask(
            "SELECT count(*) FROM pragma_table_info('record') WHERE name = 'colour'") == "0");
  CHECK(Store::open(path, {})->read().present_records() == 2);
}

TEST_CASE("a file of a later version is not taken back by migration", "[store]") {
  const test::Scratch scratch;
  SQLite::Database database(scratch / "a", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  const std::uint32_t later = schema_version() + 1;
  database.exec("PRAGMA user_version = " + std::to_string(later));
  migrate(database, migrations());
  CHECK(database.execAndGet("PRAGMA user_version").getUInt() == later);
  CHECK_FALSE(database.tableExists("record"));
}
