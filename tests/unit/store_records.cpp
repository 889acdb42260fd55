// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;
using test::error_of;

namespace {

Version body(std::string_view text, Timestamp at = 1000) {
  Version version;
  version.body = text;
  version.at = at;
  version.by = "tester";
  return version;
}

Version gone(ChangeKind what, Timestamp at = 2000) {
  Version version;
  version.what = what;
  version.at = at;
  return version;
}

}  // namespace

TEST_CASE("every version of a record can be read back", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  RecordRow row;
  {
    Transaction t = store->write();
    row = t.create("org-1", RecordKind::Organisation, body("{\"a\":1}", 1000));
    t.append(row, body("{\"a\":2}", 2000));
    RecordRow other = t.create("prj-1", RecordKind::Project, body("{}", 2500));
    CHECK(other.seq != row.seq);
    t.append(row, body("{\"a\":3}", 3000));
    t.commit();
  }
  Snapshot s = store->read();
  CHECK(s.last_change() == 4);
  CHECK(s.present_records() == 2);
  const auto found = s.find("org-1");
  REQUIRE(found);
  CHECK(found->seq == row.seq);
  CHECK(found->kind == RecordKind::Organisation);
  CHECK(found->state == State::Present);
  CHECK(found->version == 3);
  CHECK(found->change == 4);
  CHECK(found->created == 1000);
  CHECK(s.find(row.seq)->id == "org-1");
  CHECK_FALSE(s.find("org-2"));
  CHECK_FALSE(s.find(std::int64_t{99}));
  std::vector<std::string> bodies;
  std::vector<std::uint64_t> versions;
  for (std::uint64_t n = found->change; n != 0;) {
    const Entry entry = s.entry(n);
    CHECK(entry.id == "org-1");
    CHECK(entry.by == "tester");
    CHECK(entry.body == s.body(n));
    bodies.push_back(entry.body);
    versions.push_back(entry.version);
    n = entry.previous;
  }
  CHECK(bodies == std::vector<std::string>{"{\"a\":3}", "{\"a\":2}", "{\"a\":1}"});
  CHECK(versions == std::vector<std::uint64_t>{3, 2, 1});
  CHECK(error_of([&] { s.entry(5); }) == ErrorCode::NotFound);
}

TEST_CASE("a body may hold any bytes, and be long", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  std::vector<std::string> bodies = {"", "x", "ä\"\\", std::string(3000000, 'q')};
  Transaction t = store->write();
  for (std::size_t i = 0; i < bodies.size(); ++i)
    t.create("id-" + std::to_string(i), RecordKind::Concept, body(bodies[i]));
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    CHECK(t.body(i + 1) == bodies[i]);
    CHECK_FALSE(t.entry(i + 1).scrubbed);
  }
}

TEST_CASE("removed and erased records are no longer present, but known", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  Transaction t = store->write();
  RecordRow kept = t.create("a", RecordKind::Concept, body("{}"));
  RecordRow removed = t.create("b", RecordKind::Concept, body("{}"));
  RecordRow erased = t.create("c", RecordKind::Concept, body("{\"secret\":1}"));
  t.append(removed, gone(ChangeKind::Remove));
  t.scrub(erased, {});
  t.append(erased, gone(ChangeKind::Erase));
  CHECK(t.present_records() == 1);
  CHECK(t.find("b")->state == State::Removed);
  CHECK(t.find("b")->version == 2);
  CHECK(t.find("c")->state == State::Erased);
  CHECK(t.ids(RecordKind::Concept, "", 10) == std::vector<std::string>{"a"});
  CHECK(t.entry(2).body == "{}");
  CHECK(t.entry(3).body.empty());
  CHECK(t.entry(3).scrubbed);
  CHECK(t.entry(4).what == ChangeKind::Remove);
  CHECK_FALSE(t.entry(4).scrubbed);
  std::vector<std::string> present;
  t.each_present(
      false, [&](const RecordRow& row, const Entry&) { return present.push_back(row.id), true; });
  CHECK(present == std::vector<std::string>{"a"});
}

TEST_CASE("identifiers lead to the oldest present record", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  Transaction t = store->write();
  RecordRow first = t.create("z", RecordKind::Organisation, body("{}"));
  RecordRow second = t.create("a", RecordKind::Organisation, body("{}"));
  t.set_identifiers(second.seq, {{"pic", "1"}, {"vat", "FI1"}});
  t.set_identifiers(first.seq, {{"pic", "1"}, {"pic", "1"}});
  CHECK(t.find_identifier("pic", "1")->id == "z");
  CHECK(t.find_identifier("vat", "FI1")->id == "a");
  CHECK_FALSE(t.find_identifier("vat", "1"));
  t.append(first, gone(ChangeKind::Remove));
  CHECK(t.find_identifier("pic", "1")->id == "a");
  t.set_identifiers(second.seq, {{"vat", "FI1"}});
  CHECK_FALSE(t.find_identifier("pic", "1"));
}

TEST_CASE("the journal is followed in order from any place", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  {
    Transaction t = store->write();
    for (int i = 1; i <= 20; ++i)
      t.create("id-" + std::to_string(i), RecordKind::Call, body(std::to_string(i)));
    t.commit();
  }
  Snapshot s = store->read();
  const auto from = [&](std::uint64_t n, std::uint64_t limit) {
    std::vector<std::uint64_t> seen;
    s.follow(n, limit, [&](const Entry& entry) {
      CHECK(entry.body == std::to_string(entry.n));
      return seen.push_back(entry.n), true;
    });
    return seen;
  };
  CHECK(from(0, 0).size() == 20);
  CHECK(from(17, 0) == std::vector<std::uint64_t>{18, 19, 20});
  CHECK(from(17, 2) == std::vector<std::uint64_t>{18, 19});
  CHECK(from(20, 0).empty());
  CHECK(from(std::numeric_limits<std::uint64_t>::max(), 0).empty());
  std::size_t seen = 0;
  s.follow(0, 0, [&](const Entry&) { return ++seen < 3; });
  CHECK(seen == 3);
}

TEST_CASE("told change numbers only go up", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  Transaction t = store->write();
  Version told = body("{}");
  told.n = 10;
  told.version = 4;
  told.created = 5;
  RecordRow row = t.create("a", RecordKind::Call, told);
  CHECK(row.change == 10);
  CHECK(row.version == 4);
  CHECK(row.created == 5);
  CHECK(error_of([&] { t.append(row, told); }) == ErrorCode::InvalidInput);
  t.append(row, body("{}"));
  CHECK(row.change == 11);
  CHECK(row.version == 5);
}

TEST_CASE("pages of ids are in order, whatever the limit", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  Transaction t = store->write();
  for (const char* id : {"b", "a", "c", "B"}) t.create(id, RecordKind::Call, body("{}"));
  t.create("aa", RecordKind::Concept, body("{}"));
  CHECK(t.ids(RecordKind::Call, "", 2) == std::vector<std::string>{"B", "a"});
  CHECK(t.ids(RecordKind::Call, "a", 2) == std::vector<std::string>{"b", "c"});
  CHECK(t.ids(RecordKind::Call, "c", 2).empty());
  CHECK(t.ids(RecordKind::Call, "", 0).empty());
  CHECK(t.all_ids(RecordKind::Call) == std::vector<std::string>{"B", "a", "b", "c"});
  CHECK(t.all_ids(RecordKind::Offer).empty());
  CHECK(t.ids(RecordKind::Call, "", std::numeric_limits<std::size_t>::max()).size() == 4);
}

TEST_CASE("records that mention an id are found by the whole id, however long", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  Transaction t = store->write();
  for (const std::string& id :
       {std::string("o1"), std::string("org-0123456789abcdef"), std::string(64, 'x')}) {
    t.create("one-" + std::to_string(id.size()), RecordKind::Project,
             body("{\"p\":[\"" + id + "\"]}"));
    t.create("two-" + std::to_string(id.size()), RecordKind::Project,
             body("{\"p\":[\"" + id + "0\"]}"));
    const auto found = t.mentions(id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == "one-" + std::to_string(id.size()));
  }
}

TEST_CASE("statistics count what is there", "[store]") {
  const test::Scratch scratch;
  const auto store = Store::open(scratch / "a.koinon", {});
  {
    Transaction t = store->write();
    RecordRow row = t.create("a", RecordKind::Call, body("{}"));
    t.append(row, body("{ }"));
    RecordRow erased = t.create("b", RecordKind::Concept, body("{}"));
    t.append(erased, gone(ChangeKind::Erase));
    t.commit();
  }
  const Statistics s = store->read().statistics();
  CHECK(s.change == 4);
  REQUIRE(s.kinds.size() == 1);
  CHECK(s.kinds[0].kind == RecordKind::Call);
  CHECK(s.kinds[0].records == 1);
  CHECK(s.versions == 3);
  CHECK(s.erased == 1);
  CHECK(s.quarantined == 0);
  CHECK(s.schema == 5);
  CHECK(s.bytes >= 4096);
}
