// SPDX-License-Identifier: Apache-2.0
//
// The lineage stays sound whatever is written.
#include "lineage.hpp"

#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"
#include "store/schema.hpp"

using namespace koinon;
using test::edge;
using test::error_of;
using test::initiative;
using test::line;
using test::put_bytes;
using test::refusal_of;
using test::replication;

namespace {

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A catalogue with initiatives a to e, by the names A to E.
Catalogue with_initiatives() {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const std::string id : {"a", "b", "c", "d", "e"}) {
    catalogue.put({id, initiative(std::string(1, static_cast<char>(id[0] - 32))), {}});
  }
  return catalogue;
}

bool present(const Catalogue& catalogue, const std::string& id) {
  return !error_of([&] { catalogue.get(id); }).has_value();
}

}  // namespace

TEST_CASE("an initiative cannot be its own parent", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  CHECK(refusal_of([&] { catalogue.put(edge("r1", "a", "a")); }).codes == "child self_reference");
}

TEST_CASE("a replication that closes a cycle is refused with the path by id and name",
          "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put(edge("r1", "a", "b"));
  catalogue.put(edge("r2", "b", "c"));
  const auto refusal = refusal_of([&] { catalogue.put(edge("r3", "c", "a")); });
  CHECK(refusal.codes == "child cycle");
  CHECK(says(refusal.messages, "C (c) → A (a) → B (b) → C (c)"));
  CHECK_FALSE(present(catalogue, "r3"));
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("a cycle within one call is refused, and nothing of the call goes in",
          "[engine][lineage]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  const auto refusal = refusal_of([&] {
    catalogue.put_all({{"x", initiative("Xylo"), {}},
                       {"y", initiative("Ypsi"), {}},
                       edge("r1", "x", "y"),
                       edge("r2", "y", "x")});
  });
  CHECK(refusal.codes == "child cycle");
  CHECK(says(refusal.messages, "Xylo (x) → Ypsi (y) → Xylo (x)"));
  CHECK(catalogue.statistics().change == 0);
}

TEST_CASE("a child before its parent is refused with the path and its dates", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put(edge("r1", "a", "b", {2018, 0, 0}));
  SECTION("straight") {
    const auto refusal = refusal_of([&] { catalogue.put(edge("r2", "b", "c", {2015, 6, 1})); });
    CHECK(refusal.codes == "date time_travel");
    CHECK(says(refusal.messages, "A (a) –2018→ B (b) –2015-06-01→ C (c)"));
  }
  SECTION("across a replication of which no date is known") {
    catalogue.put(edge("r2", "b", "c"));
    const auto refusal = refusal_of([&] { catalogue.put(edge("r3", "c", "d", {2015, 0, 0})); });
    CHECK(refusal.codes == "date time_travel");
    CHECK(says(refusal.messages, "A (a) –2018→ B (b) –?→ C (c) –2015→ D (d)"));
  }
  SECTION("found at the descendants of the child") {
    catalogue.put(edge("r2", "c", "d"));
    catalogue.put(edge("r3", "d", "e", {2015, 0, 0}));
    const auto refusal = refusal_of([&] { catalogue.put(edge("r4", "b", "c")); });
    CHECK(refusal.codes == "date time_travel");
    CHECK(says(refusal.messages, "A (a) –2018→ B (b) –?→ C (c) –?→ D (d) –2015→ E (e)"));
    CHECK_FALSE(present(catalogue, "r4"));
  }
  SECTION("by a change of a record that stood") {
    catalogue.put(edge("r2", "b", "c", {2018, 3, 0}));
    CHECK(refusal_of([&] {
            catalogue.put(edge("r2", "b", "c", {2017, 12, 0}));
          }).codes == "date time_travel");
    CHECK(refusal_of([&] {
            catalogue.put(edge("r1", "a", "b", {2019, 0, 0}));
          }).codes == "date time_travel");
    CHECK(std::get<Replication>(catalogue.get("r1").record).date.year == 2018);
  }
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("time travel within one call is refused", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  CHECK(
      refusal_of([&] {
        catalogue.put_all({edge("r1", "b", "c", {2015, 0, 0}), edge("r2", "a", "b", {2018, 0, 0})});
      }).codes == "date time_travel");
  CHECK(error_of([&] { catalogue.get("r1"); }) == ErrorCode::NotFound);
}

TEST_CASE("what may be in order is taken", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  SECTION("the same year, of which one side knows more") {
    catalogue.put(edge("r1", "a", "b", {2018, 6, 1}));
    catalogue.put(edge("r2", "b", "c", {2018, 0, 0}));
    CHECK(refusal_of([&] {
            catalogue.put(edge("r3", "c", "d", {2018, 5, 0}));
          }).codes == "date time_travel");
  }
  SECTION("another parent was earlier, or may have been") {
    catalogue.put(edge("r1", "a", "c", {2018, 0, 0}));
    catalogue.put(edge("r2", "b", "c"));
    catalogue.put(edge("r3", "c", "d", {2015, 0, 0}));
    CHECK(refusal_of([&] {
            catalogue.put(edge("r2", "b", "c", {2016, 0, 0}));
          }).codes == "date time_travel");
    catalogue.put(edge("r2", "b", "c", {2014, 0, 0}));
  }
  SECTION("two replications between the same two, which are one pair") {
    catalogue.put(edge("r1", "a", "b", {2018, 0, 0}));
    catalogue.put(edge("r2", "a", "b", {2016, 0, 0}));
    catalogue.put(edge("r3", "b", "c", {2017, 0, 0}));
    CHECK(catalogue.lineage("a").direct == 1);
    CHECK(catalogue.lineage("a").replications.size() == 3);
  }
  SECTION("a turn of direction in one call") {
    catalogue.put(edge("r1", "a", "b"));
    catalogue.put(edge("r2", "b", "c"));
    catalogue.put_all({edge("r1", "c", "b"), edge("r2", "b", "a")});
    CHECK(catalogue.lineage("c").depth == 2);
  }
  SECTION("ends without a record") {
    catalogue.put(edge("r1", "later", "a", {2018, 0, 0}));
    CHECK(refusal_of([&] { catalogue.put(edge("r2", "a", "later")); }).codes == "child cycle");
    const auto findings = catalogue.check().findings;
    REQUIRE(findings.size() == 1);
    CHECK(says(findings[0].message, "'later'"));
    catalogue.put({"later", initiative("Later"), {}});
  }
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("an end that is a record of another kind is refused", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put({"org", test::organisation("Org"), {}});
  const auto refusal = refusal_of([&] { catalogue.put(edge("r1", "org", "a")); });
  CHECK(refusal.codes == "parent bad_reference");
  CHECK(says(refusal.messages, "organisation"));
}

TEST_CASE("an import puts what is unsound into quarantine with its path, and takes the rest",
          "[engine][lineage]") {
  const test::Scratch scratch;
  Catalogue catalogue = with_initiatives();
  const std::string good = line("r1", replication("a", "b", {2018, 0, 0})) +
                           line("r2", replication("b", "c", {2019, 0, 0}));
  put_bytes(scratch / "f.jsonl", good + line("r3", replication("c", "a")) +
                                     line("r4", replication("c", "d", {2017, 0, 0})) +
                                     line("r5", replication("d", "d")) +
                                     line("r6", replication("c", "e", {2019, 0, 0})));
  const ImportReport report = catalogue.import_file(scratch / "f.jsonl");
  CHECK(report.stored == 3);
  CHECK(report.quarantined == 3);
  const auto rows = catalogue.quarantine();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].violations[0].code == "cycle");
  CHECK(says(rows[0].violations[0].message, "C (c) → A (a) → B (b) → C (c)"));
  CHECK(rows[1].violations[0].code == "time_travel");
  CHECK(says(rows[1].violations[0].message, "B (b) –2019→ C (c) –2017→ D (d)"));
  CHECK(rows[2].violations[0].code == "self_reference");
  CHECK(catalogue.lineage("a").total == 3);
  CHECK(catalogue.import_file(scratch / "f.jsonl").unchanged == 3);
  // A row can be tried again once what stood in its way is gone.
  CHECK(catalogue.retry(rows[0].id).quarantined == 1);
  catalogue.remove("r1");
  catalogue.put(edge("r2", "b", "c"));
  CHECK(catalogue.retry(rows[0].id).stored == 1);
  CHECK(catalogue.retry(rows[1].id).stored == 1);
}

TEST_CASE("many small batches and one large one keep the same rows", "[engine][lineage]") {
  const test::Scratch scratch;
  std::string rows;
  for (int i = 0; i < 60; ++i) {
    const std::string n = std::to_string(i);
    rows += line("up-" + n, replication("i" + n, "i" + std::to_string(i + 1),
                                        {static_cast<std::int16_t>(1950 + i), 0, 0}));
    if (i % 7 == 6) rows += line("back-" + n, replication("i" + n, "i" + std::to_string(i - 5)));
    if (i % 11 == 10)
      rows += line("old-" + n,
                   replication("i" + n, "x" + n, {static_cast<std::int16_t>(1950 + i - 3), 0, 0}));
  }
  put_bytes(scratch / "f.jsonl", rows);
  for (const std::size_t batch : {std::size_t{1}, std::size_t{7}, std::size_t{5000}}) {
    CAPTURE(batch);
    Catalogue catalogue = Catalogue::open(":memory:");
    ImportOptions options;
    options.batch_rows = batch;
    const ImportReport report = catalogue.import_file(scratch / "f.jsonl", options);
    CHECK(report.stored == 60);
    CHECK(report.quarantined == 8 + 5);
    CHECK(catalogue.ids(RecordKind::Replication, "", 1000).size() == 60);
  }
}

TEST_CASE("what was told of an initiative that is removed still stands", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put(edge("r1", "a", "b", {2018, 0, 0}));
  catalogue.put(edge("r2", "b", "c", {2019, 0, 0}));
  catalogue.remove("b");
  const Lineage lineage = catalogue.lineage("a");
  REQUIRE(lineage.descendants.size() == 2);
  CHECK(lineage.descendants[0].id == "b");
  CHECK_FALSE(lineage.descendants[0].present);
  CHECK(lineage.descendants[0].name.empty());
  CHECK(catalogue.lineage("b").total == 1);
  CHECK(refusal_of([&] { catalogue.put(edge("r3", "c", "a")); }).codes == "child cycle");
  catalogue.put({"b", initiative("B again"), {}});
  CHECK(catalogue.lineage("a").descendants[0].name == "B again");
}

TEST_CASE("an initiative that is erased takes its replications with it", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put(edge("r1", "a", "b", {2018, 0, 0}));
  catalogue.put(edge("r2", "b", "c", {2019, 0, 0}));
  REQUIRE(catalogue.lineage("a").total == 2);
  catalogue.erase("b");
  CHECK(catalogue.lineage("a").total == 0);
  CHECK(catalogue.lineage("c").ancestors.empty());
  CHECK(error_of([&] { catalogue.lineage("b"); }) == ErrorCode::Erased);
  CHECK_FALSE(present(catalogue, "r1"));
  CHECK_FALSE(present(catalogue, "r2"));
  catalogue.put(edge("r3", "c", "a"));
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("a replication that is removed or erased no longer counts", "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put(edge("r1", "a", "b"));
  catalogue.put(edge("r2", "b", "c"));
  catalogue.remove("r1");
  catalogue.put(edge("r3", "c", "a"));
  CHECK(refusal_of([&] { catalogue.put(edge("r1", "a", "b")); }).codes == "child cycle");
  catalogue.erase("r3");
  catalogue.put(edge("r1", "a", "b"));
  CHECK(catalogue.lineage("a").depth == 2);
}

TEST_CASE(
    "a removal may leave dates that contradict each other: check says so, and later writes "
    "are not blamed",
    "[engine][lineage]") {
  Catalogue catalogue = with_initiatives();
  catalogue.put(edge("early", "a", "c", {2014, 0, 0}));
  catalogue.put(edge("late", "b", "c", {2018, 0, 0}));
  catalogue.put(edge("r3", "c", "d", {2016, 0, 0}));
  catalogue.remove("early");
  const auto findings = catalogue.check().findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "r3.date");
  CHECK(says(findings[0].message, "B (b) –2018→ C (c) –2016→ D (d)"));
  catalogue.put(edge("r4", "d", "e", {2017, 0, 0}));
  Replication texts = replication("c", "d", {2016, 0, 0});
  texts.changes = {test::text("Shorter")};
  catalogue.put({"r3", texts, {}});
  CHECK(refusal_of([&] {
          catalogue.put(edge("r3", "c", "d", {2015, 0, 0}));
        }).codes == "date time_travel");
  catalogue.put(edge("late", "b", "c", {2013, 0, 0}));
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("a history is taken with the dates it tells, but no cycle", "[engine][lineage]") {
  const test::Scratch scratch;
  std::string history;
  {
    Catalogue catalogue = with_initiatives();
    catalogue.put(edge("early", "a", "c", {2014, 0, 0}));
    catalogue.put(edge("late", "b", "c", {2018, 0, 0}));
    catalogue.put(edge("r3", "c", "d", {2016, 0, 0}));
    catalogue.remove("early");
    history = test::exported(catalogue, true);
  }
  put_bytes(scratch / "h.jsonl", history);
  Catalogue mirror = Catalogue::open(":memory:");
  CHECK(mirror.import_file(scratch / "h.jsonl").quarantined == 0);
  CHECK(mirror.lineage("c").ancestors.size() == 1);
  CHECK(test::exported(mirror, true) == history);
  CHECK(refusal_of([&] { mirror.put(edge("r4", "d", "b")); }).codes == "child cycle");

  const std::string key = "\"parent\":\"c\",\"child\":\"d\"";
  const std::size_t at = history.find(key);
  REQUIRE(at != std::string::npos);
  put_bytes(scratch / "cycle.jsonl",
            std::string(history).replace(at, key.size(), "\"parent\":\"c\",\"child\":\"b\""));
  Catalogue other = Catalogue::open(":memory:");
  CHECK(other.import_file(scratch / "cycle.jsonl").quarantined == 1);
  CHECK(other.quarantine()[0].violations[0].code == "cycle");
}

TEST_CASE("another handle on the file sees the lineage that this one wrote", "[engine][lineage]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue one = Catalogue::open(path);
  Catalogue other = Catalogue::open(path);
  one.put(edge("r1", "a", "b"));
  CHECK(refusal_of([&] { other.put(edge("r2", "b", "a")); }).codes == "child cycle");
  one.put({"a", initiative("A"), {}});
  CHECK(other.lineage("a").total == 1);
}

TEST_CASE("a file whose list of replications was tampered with is found out", "[engine][lineage]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path);
    catalogue.put_all(
        {{"a", initiative("A"), {}}, {"b", initiative("B"), {}}, edge("r1", "a", "b")});
    catalogue.put_all({{"c", initiative("C"), {}}, edge("r2", "b", "c")});
  }
  test::Sqlite(path).run("UPDATE replication SET parent = 'c', child = 'b' WHERE parent = 'a'");
  Catalogue catalogue = Catalogue::open(path);
  CHECK(catalogue.check().findings.size() == 1);
  CHECK(error_of([&] { catalogue.put(edge("r3", "c", "d")); }) == ErrorCode::Damaged);
}

TEST_CASE("a long lineage is refused with a path that stays readable", "[engine][lineage]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes;
  for (int i = 0; i < 3000; ++i)
    writes.push_back(edge("", "i" + std::to_string(i), "i" + std::to_string(i + 1)));
  catalogue.put_all(writes);
  const auto refusal = refusal_of([&] { catalogue.put(edge("r", "i3000", "i0")); });
  CHECK(refusal.codes == "child cycle");
  CHECK(refusal.messages.size() < 500);
  CHECK(says(refusal.messages, "i3000 → i0 → i1"));
  CHECK(says(refusal.messages, "i2999 → i3000"));
}
