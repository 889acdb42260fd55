// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <limits>
#include <set>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "fill.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::name_of;
using test::organisation;
using test::project;

TEST_CASE("a record that refers to itself where it may not is refused, with the field",
          "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Organisation own = test::organisation("Own parent");
  own.parent = "a";
  own.predecessors = {"b", "a"};
  try {
    catalogue.put({"a", own, {}});
    FAIL("it went in");
  } catch (const Error& e) {
    REQUIRE(e.code() == ErrorCode::InvalidRecord);
    REQUIRE(e.violations().size() == 2);
    CHECK(e.violations()[0].path == "parent");
    CHECK(e.violations()[0].code == "self_reference");
    CHECK(e.violations()[1].path == "predecessors[1]");
  }
  catalogue.put({"c", own, {}});  // of another record it is no matter
  const test::Scratch scratch;
  test::put_bytes(scratch / "own.jsonl", test::line("a", own) + test::line("d", own));
  const ImportReport report = catalogue.import_file(scratch / "own.jsonl");
  CHECK(report.stored == 1);
  CHECK(report.quarantined == 1);
  CHECK(report.reasons.at(0).code == "self_reference");
}

TEST_CASE("a record of every kind is put and got as it was", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    const Record record = filler.record(kind);
    const Written written = catalogue.put({"", record, {}}, "me");
    CHECK(written.version == 1);
    const StoredRecord got = catalogue.get(written.id);
    CHECK(test::Leaves::of(got.record) == test::Leaves::of(record));
    CHECK(got.id == written.id);
    CHECK(got.version == 1);
    CHECK(got.change == written.change);
    CHECK(got.created == got.updated);
    CHECK(got.created > 1700000000000);
    CHECK(catalogue.history(written.id)[0].by == "me");
  }
}

TEST_CASE("new ids are all different and begin with their kind", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes(500, Write{"", organisation("A"), {}});
  std::set<std::string> ids;
  for (const Written& written : catalogue.put_all(writes)) {
    ids.insert(written.id);
    CHECK(written.id.substr(0, 4) == "org-");
    CHECK(written.id.size() == 20);
  }
  CHECK(ids.size() == 500);
}

TEST_CASE("versions go up by one and stay readable", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (std::uint64_t v = 1; v <= 5; ++v)
    CHECK(catalogue.put({"a", organisation("v" + std::to_string(v)), v - 1}).version == v);
  for (std::uint64_t v = 1; v <= 5; ++v) {
    CHECK(name_of(catalogue.get("a", v).record) == "v" + std::to_string(v));
    CHECK(catalogue.get("a", v).version == v);
  }
  CHECK(catalogue.get("a").version == 5);
  CHECK(error_of([&] { catalogue.get("a", 6); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.get("a", 0); }) == ErrorCode::NotFound);
  CHECK(catalogue.history("a").size() == 5);
  CHECK(catalogue.history("a").front().version == 1);
}

TEST_CASE("putting what is there already changes nothing", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("A"), {}});
  const Written again = catalogue.put({"a", organisation("A"), 1});
  CHECK(again.version == 1);
  CHECK(again.change == 0);
  CHECK(catalogue.statistics().change == 1);
}

TEST_CASE("a lost update is refused", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("one"), {}});
  catalogue.put({"a", organisation("two"), 1});
  CHECK(error_of([&] { catalogue.put({"a", organisation("three"), 1}); }) == ErrorCode::Conflict);
  CHECK(error_of([&] { catalogue.put({"a", organisation("three"), 0}); }) == ErrorCode::Conflict);
  CHECK(error_of([&] { catalogue.put({"b", organisation("new"), 1}); }) == ErrorCode::Conflict);
  CHECK(error_of([&] { catalogue.remove("a", 1); }) == ErrorCode::Conflict);
  CHECK(name_of(catalogue.get("a").record) == "two");
  CHECK(catalogue.statistics().change == 2);
  catalogue.remove("a", 2);
}

TEST_CASE("a record that breaks rules is refused with every violation", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Organisation bad = organisation("");
  bad.kind = "gang";
  try {
    catalogue.put({"a", bad, {}});
    FAIL("it was stored");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::InvalidRecord);
    REQUIRE(e.violations().size() == 2);
    CHECK(e.violations()[0].path == "names[0].text");
    CHECK(e.violations()[1].path == "kind");
  }
  CHECK(error_of([&] {
          catalogue.put({"no id", organisation("A"), {}});
        }) == ErrorCode::InvalidArgument);
  CHECK(catalogue.statistics().change == 0);
}

TEST_CASE("whatever the rules let in can be read again", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Project p = project("A");
  p.total_budget = {std::numeric_limits<std::int64_t>::min(), "EUR", ""};
  p.eu_budget = {std::numeric_limits<std::int64_t>::max(), "EUR", ""};
  p.locations.resize(1);
  p.locations[0].latitude = -0.0;
  p.locations[0].longitude = 5e-324;
  catalogue.put({"a", p, {}});
  CHECK(std::get<Project>(catalogue.get("a").record).total_budget.minor == p.total_budget.minor);
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("an id keeps its kind", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("A"), {}});
  CHECK(error_of([&] { catalogue.put({"a", project("A"), {}}); }) == ErrorCode::AlreadyExists);
  catalogue.remove("a");
  CHECK(error_of([&] { catalogue.put({"a", project("A"), {}}); }) == ErrorCode::AlreadyExists);
}

TEST_CASE("several writes are one: all or nothing", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  const auto written =
      catalogue.put_all({{"a", organisation("A"), 0}, {"p", project("P", {"a"}), 0}});
  REQUIRE(written.size() == 2);
  CHECK(written[0].change == 1);
  CHECK(written[1].change == 2);
  CHECK(catalogue.put_all({}).empty());
  Organisation bad;
  CHECK(error_of([&] {
          catalogue.put_all({{"b", organisation("B"), {}}, {"c", bad, {}}});
        }) == ErrorCode::InvalidRecord);
  CHECK(error_of([&] {
          catalogue.put_all({{"b", organisation("B"), {}}, {"a", organisation("C"), 7}});
        }) == ErrorCode::Conflict);
  CHECK(error_of([&] {
          catalogue.put_all({{"b", organisation("B"), {}}, {"b", organisation("C"), {}}});
        }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.get("b"); }) == ErrorCode::NotFound);
  CHECK(catalogue.statistics().change == 2);
}

TEST_CASE("a removed record is gone, its history stays, and it can come back", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("one"), {}});
  catalogue.remove("a", {}, "me");
  CHECK(error_of([&] { catalogue.get("a"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.remove("a"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.remove("never"); }) == ErrorCode::NotFound);
  CHECK(name_of(catalogue.get("a", 1).record) == "one");
  CHECK(catalogue.ids(RecordKind::Organisation, "", 10).empty());
  const Written back = catalogue.put({"a", organisation("one"), 0});
  CHECK(back.version == 3);
  const auto history = catalogue.history("a");
  REQUIRE(history.size() == 3);
  CHECK(history[1].what == ChangeKind::Remove);
  CHECK(history[1].by == "me");
  CHECK(history[1].body.empty());
  CHECK(history[2].what == ChangeKind::Put);
  CHECK(catalogue.get("a").version == 3);
}

TEST_CASE("ids are walked in pages, each record once", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes;
  std::set<std::string> expected;
  for (int i = 0; i < 57; ++i) {
    writes.push_back({"o" + std::to_string(i), organisation("A"), {}});
    writes.push_back({"p" + std::to_string(i), project("A"), {}});
    expected.insert("o" + std::to_string(i));
  }
  catalogue.put_all(writes);
  std::vector<std::string> walked;
  for (std::string after;;) {
    const auto page = catalogue.ids(RecordKind::Organisation, after, 10);
    CHECK(page.size() <= 10);
    if (page.empty()) break;
    walked.insert(walked.end(), page.begin(), page.end());
    after = page.back();
  }
  CHECK(walked == std::vector<std::string>(expected.begin(), expected.end()));
}

TEST_CASE("read-only catalogues refuse every write", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue::open(path).put({"a", organisation("A"), {}});
  OpenOptions options;
  options.read_only = true;
  Catalogue catalogue = Catalogue::open(path, options);
  CHECK(error_of([&] { catalogue.put({"b", organisation("B"), {}}); }) == ErrorCode::ReadOnly);
  CHECK(error_of([&] { catalogue.remove("a"); }) == ErrorCode::ReadOnly);
  CHECK(error_of([&] { catalogue.erase("a"); }) == ErrorCode::ReadOnly);
  CHECK(error_of([&] { catalogue.import_sample(); }) == ErrorCode::ReadOnly);
  CHECK(error_of([&] { catalogue.discard(1); }) == ErrorCode::ReadOnly);
  CHECK(error_of([&] { catalogue.retry(1); }) == ErrorCode::ReadOnly);
  CHECK(test::found(catalogue, "A") == 1);
  CHECK(name_of(catalogue.get("a").record) == "A");
}

TEST_CASE("the journal is followed in pages, and replaying it gives the catalogue", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("one"), {}}, "me");
  catalogue.put({"b", organisation("B"), {}});
  catalogue.put({"a", organisation("two"), {}});
  catalogue.remove("b");
  catalogue.put({"c", organisation("gone"), {}});
  catalogue.erase("c");
  const auto all = catalogue.follow(0);
  REQUIRE(all.size() == 6);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].n == i + 1);
  CHECK(all[0].by == "me");
  CHECK(all[0].body == to_json(organisation("one")));
  CHECK(all[3].what == ChangeKind::Remove);
  CHECK(all[4].what == ChangeKind::Put);
  CHECK(all[4].body.empty());
  CHECK(all[5].what == ChangeKind::Erase);
  CHECK(all[5].id == "c");
  CHECK(catalogue.follow(4, 1).size() == 1);
  CHECK(catalogue.follow(4, 1)[0].n == 5);
  CHECK(catalogue.follow(0, 0).empty());
  CHECK(catalogue.follow(6).empty());
  CHECK(catalogue.follow(std::numeric_limits<std::uint64_t>::max()).empty());
}

TEST_CASE("an existing catalogue opens at once", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path);
    std::vector<Write> writes;
    for (int i = 0; i < 20000; ++i)
      writes.push_back({"o" + std::to_string(i), organisation("A name"), {}});
    catalogue.put_all(writes);
  }
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const Catalogue catalogue = Catalogue::open(path);
    CHECK(catalogue.get("o777").version == 1);
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  CHECK(best < 0.2);
}
