// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "scratch.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;

namespace {

const std::vector<Violation> reasons = {{"a", "missing", "A."}, {"b[1]", "bad_date", "B."}};

Rejected row(std::uint64_t line, std::string_view bytes, const std::string& digest) {
  return {line, bytes.size(), bytes, "header\n", digest, &reasons};
}

}  // namespace

TEST_CASE("a row in quarantine keeps its bytes, context and reasons in order", "[store]") {
  const auto store = Store::open(":memory:", {});
  Transaction t = store->write();
  const ImportRun run = t.import_run("f.csv", "operations", "portal", "windows-1252", 5);
  const std::string bytes("a\0\xFF\r\n", 5);
  t.keep(run.id, row(7, bytes, "d1"), 6);
  const auto kept = t.quarantine({});
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].row.file == "f.csv");
  CHECK(kept[0].row.format == "operations");
  CHECK(kept[0].row.portal == "portal");
  CHECK(kept[0].row.encoding == "windows-1252");
  CHECK(kept[0].row.line == 7);
  CHECK(kept[0].row.at == 6);
  CHECK(kept[0].row.bytes == bytes);
  CHECK(kept[0].row.size == 5);
  CHECK(kept[0].context == "header\n");
  REQUIRE(kept[0].row.violations.size() == 2);
  CHECK(kept[0].row.violations[0].path == "a");
  CHECK(kept[0].row.violations[1].code == "bad_date");
  CHECK(kept[0].row.violations[1].message == "B.");
  const auto one = t.quarantined(kept[0].row.id);
  REQUIRE(one);
  CHECK(one->row.bytes == bytes);
  CHECK(one->row.violations.size() == 2);
  CHECK_FALSE(t.quarantined(99));
}

TEST_CASE("the same row of the same file is kept once", "[store]") {
  const auto store = Store::open(":memory:", {});
  Transaction t = store->write();
  const ImportRun run = t.import_run("f", "koinon", "", "", 5);
  for (int i = 0; i < 3; ++i) t.keep(run.id, row(1, "x", "d1"), 6);
  t.keep(run.id, row(2, "x", "d1"), 6);
  t.keep(run.id, row(1, "y", "d2"), 6);
  const ImportRun other = t.import_run("g", "koinon", "", "", 5);
  CHECK(other.id != run.id);
  t.keep(other.id, row(1, "x", "d1"), 6);
  CHECK(t.quarantine({}).size() == 4);
  CHECK(t.quarantine({"f", 100, 0}).size() == 3);
  CHECK(t.quarantine({"g", 100, 0}).size() == 1);
  CHECK(t.quarantine({"h", 100, 0}).empty());
  CHECK(t.quarantine({"", 3, 0}).size() == 3);
  CHECK(t.quarantine({"", 3, 3}).size() == 1);
  CHECK(t.quarantine({"", 0, 0}).empty());
  CHECK(t.statistics().quarantined == 4);
}

TEST_CASE("an import run is found again, with how far it came", "[store]") {
  const auto store = Store::open(":memory:", {});
  Transaction t = store->write();
  const ImportRun run = t.import_run("f", "koinon", "p", "", 5);
  CHECK(run.rows == 0);
  CHECK_FALSE(run.complete);
  t.import_progress(run.id, 42, true, 6);
  const ImportRun again = t.import_run("f", "koinon", "p", "", 7);
  CHECK(again.id == run.id);
  CHECK(again.rows == 42);
  CHECK(again.complete);
  CHECK(t.import_run("f", "koinon", "q", "", 7).id != run.id);
}

TEST_CASE("reasons are replaced, and go with their row", "[store]") {
  const auto store = Store::open(":memory:", {});
  Transaction t = store->write();
  const ImportRun run = t.import_run("f", "koinon", "", "", 5);
  t.keep(run.id, row(1, "x", "d1"), 6);
  const std::uint64_t id = t.quarantine({})[0].row.id;
  t.set_reasons(id, {{"", "too_deep", "C."}});
  REQUIRE(t.quarantined(id)->row.violations.size() == 1);
  CHECK(t.quarantined(id)->row.violations[0].code == "too_deep");
  CHECK(t.discard(id));
  CHECK_FALSE(t.discard(id));
  CHECK_FALSE(t.quarantined(id));
  t.keep(run.id, row(1, "x", "d1"), 6);
  CHECK(t.quarantine({})[0].row.violations.size() == 2);
  CHECK(t.integrity().empty());
}
