// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "catch.hpp"
#include "domain/date.hpp"
#include "exchange/koinon_lines.hpp"
#include "exchange/record_json.hpp"
#include "fill.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

struct Read {
  std::vector<Row> rows;
  std::vector<std::string> bytes;  // of each row, owned
};

Read read(const std::string& text, const std::string& encoding = "") {
  const auto source = open_memory(text);
  const auto reader = koinon_lines_format().open(*source, {"", encoding});
  Read all;
  Row row;
  while (reader->next(row)) {
    all.bytes.emplace_back(row.bytes);
    all.rows.push_back(row);
  }
  return all;
}

using Found = std::vector<std::string>;

Found faults(const std::string& line) {
  const Read all = read(line);
  REQUIRE(all.rows.size() == 1);
  Found found;
  for (const Violation& violation : all.rows[0].violations)
    found.push_back(violation.path + ' ' + violation.code);
  CHECK(all.rows[0].drafts.empty() != found.empty());
  return found;
}

const std::string good =
    R"({"id":"org-1","kind":"organisation","record":{"names":[{"language":"fi","text":"Koti"}]}})";

bool recognised(const std::string& head) {
  return koinon_lines_format().recognises(head);
}

}  // namespace

TEST_CASE("a line becomes a draft under its own id, and keeps its bytes", "[koinon_lines]") {
  const Read all = read(good + "\r\n\n  \n" + good);
  REQUIRE(all.rows.size() == 2);
  CHECK(all.bytes[0] == good + "\r\n");
  CHECK(all.rows[0].line == 1);
  CHECK(all.rows[0].size == good.size() + 2);
  CHECK(all.rows[1].line == 4);
  REQUIRE(all.rows[0].drafts.size() == 1);
  const Draft& draft = all.rows[0].drafts[0];
  CHECK(draft.id == "org-1");
  CHECK(draft.id_told);
  CHECK(draft.merge == Merge::Replace);
  CHECK(std::get<Organisation>(draft.record).names[0].text == "Koti");
  REQUIRE(draft.envelope);
  CHECK(draft.envelope->n == 0);
  CHECK(draft.envelope->version == 0);
  CHECK(draft.envelope->what == ChangeKind::Put);
}

TEST_CASE("headers are no rows, wherever files were put together", "[koinon_lines]") {
  CHECK(read(state_header()).rows.empty());
  CHECK(read(state_header() + '\n' + good + '\n' + history_header() + '\n' + good).rows.size() ==
        2);
  CHECK(read("\xEF\xBB\xBF" + state_header() + "\r\n" + good).rows.size() == 1);
  CHECK(faults(R"({"koinon":"1"})") == Found{"koinon wrong_type"});
  CHECK(faults(R"({"koinon":0})") == Found{"koinon wrong_type"});
}

TEST_CASE("a file of a later Koinon ends the import", "[koinon_lines]") {
  try {
    read(R"({"koinon":2,"content":"state"})");
    FAIL("it was read");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::TooNew);
  }
}

TEST_CASE("a header that carries a record does not swallow it", "[koinon_lines]") {
  const Read all = read(R"({"koinon":1,)" + good.substr(1));
  REQUIRE(all.rows.size() == 1);
  CHECK_FALSE(all.rows[0].violations.empty());
}

TEST_CASE("state lines come back as they were written", "[koinon_lines]") {
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    const Record record = filler.record(kind);
    const Timestamp created = 1700000000123;
    const Timestamp updated = 1700000009456;
    const Read all = read(state_line("id-1", kind, 7, created, updated, exchange::to_json(record)));
    REQUIRE(all.rows.size() == 1);
    REQUIRE(all.rows[0].drafts.size() == 1);
    const Draft& draft = all.rows[0].drafts[0];
    CHECK(draft.id == "id-1");
    CHECK(kind_of(draft.record) == kind);
    CHECK(exchange::to_json(draft.record) == exchange::to_json(record));
    CHECK(draft.envelope->version == 7);
    CHECK(draft.envelope->created == created);
    CHECK(draft.envelope->updated == updated);
    CHECK(draft.envelope->n == 0);
  }
}

TEST_CASE("history lines come back as they were written", "[koinon_lines]") {
  for (const ChangeKind what : {ChangeKind::Put, ChangeKind::Remove, ChangeKind::Erase}) {
    for (const bool erased : {false, true}) {
      if (erased && what != ChangeKind::Put) continue;
      Change change;
      change.n = 42;
      change.what = what;
      change.id = "org-1";
      change.kind = RecordKind::Organisation;
      change.version = 3;
      change.at = 1700000000123;
      change.by = "somebody \"else\"";
      if (what == ChangeKind::Put && !erased) change.body = R"({"aliases":["a"]})";
      const Read all = read(history_line(change, erased ? 5 : 0, erased));
      REQUIRE(all.rows.size() == 1);
      REQUIRE(all.rows[0].drafts.size() == 1);
      const Draft& draft = all.rows[0].drafts[0];
      CHECK(draft.id == "org-1");
      REQUIRE(draft.envelope);
      CHECK(draft.envelope->n == 42);
      CHECK(draft.envelope->what == what);
      CHECK(draft.envelope->version == 3);
      CHECK(draft.envelope->updated == change.at);
      CHECK(draft.envelope->created == (erased ? 5 : 0));
      CHECK(draft.envelope->by == change.by);
      CHECK(draft.envelope->erased == erased);
      CHECK(exchange::to_json(draft.record) == (change.body.empty() ? "{}" : change.body));
    }
  }
}

TEST_CASE("every fault of a line is told with its field", "[koinon_lines]") {
  CHECK(faults("{}") == Found{"kind missing", "id missing"});
  CHECK(faults(R"({"kind":"organisation","id":"a"})") == Found{"record missing"});
  CHECK(faults(R"({"kind":"planet","id":"a","record":{}})") == Found{"kind unknown_kind"});
  CHECK(faults(R"({"kind":"organisation","id":"no id","record":{}})") == Found{"id bad_reference"});
  CHECK(faults(R"({"kind":1,"id":["a"],"record":{}})") ==
        Found{"kind wrong_type", "id wrong_type"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":[]})") == Found{" wrong_type"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{"colour":1,"aliases":[1]}})") ==
        Found{"aliases[0] wrong_type", "colour unknown_field"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"colour":1})") ==
        Found{"colour unknown_field"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"version":"1"})") ==
        Found{"version wrong_type"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"version":-1})") ==
        Found{"version wrong_type"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"version":1.5})") ==
        Found{"version wrong_type"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"version":18446744073709551615})") ==
        Found{"version wrong_type"});
  CHECK(
      faults(R"({"kind":"organisation","id":"a","record":{},"created":"yesterday","updated":5})") ==
      Found{"created bad_date", "updated wrong_type"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"n":1,"what":"burn"})") ==
        Found{"what unknown_code"});
  CHECK(faults(R"({"kind":"organisation","id":"a","record":{},"n":1,"erased":"yes"})") ==
        Found{"erased wrong_type"});
  CHECK(faults("[1]") == Found{" wrong_type"});
  CHECK(faults("7") == Found{" wrong_type"});
  CHECK(faults("{\"id\":") == Found{" bad_json"});
  CHECK(faults(R"({"id":"a","kind":"concept","record":{},"record":{}})").front() ==
        "record duplicate");
  CHECK(faults(std::string(100000, '[')) == Found{" too_deep"});
  CHECK(faults("{\"id\":\"\xFF\"}").size() == 1);
}

TEST_CASE("only a journal entry can take a record away", "[koinon_lines]") {
  CHECK(faults(R"({"kind":"organisation","id":"a","what":"remove"})") == Found{"n missing"});
  CHECK(faults(R"({"kind":"organisation","id":"a","what":"erase"})") == Found{"n missing"});
  CHECK(faults(R"({"kind":"organisation","id":"a","erased":true})") == Found{"n missing"});
}

TEST_CASE("a fault of one line leaves the others alone", "[koinon_lines]") {
  const Read all = read(good + "\nnot JSON\n" + good);
  REQUIRE(all.rows.size() == 3);
  CHECK(all.rows[0].violations.empty());
  CHECK(all.rows[1].violations.size() == 1);
  CHECK(all.rows[1].line == 2);
  CHECK(all.bytes[1] == "not JSON\n");
  CHECK(all.rows[2].violations.empty());
}

TEST_CASE("a line past 16 MiB is passed over in bounded memory, its beginning kept",
          "[koinon_lines]") {
  const std::string longest(row_limit + 10, 'x');
  const Read all = read(longest + '\n' + good);
  REQUIRE(all.rows.size() == 2);
  REQUIRE(all.rows[0].violations.size() == 1);
  CHECK(all.rows[0].violations[0].code == "too_long");
  CHECK(all.rows[0].size == longest.size() + 1);
  CHECK(all.bytes[0] == longest.substr(0, kept_of_long_row));
  CHECK(all.rows[1].violations.empty());
}

TEST_CASE("the format is known by its first line", "[koinon_lines]") {
  CHECK(recognised(state_header() + '\n'));
  CHECK(recognised("\xEF\xBB\xBF" + history_header() + '\n'));
  CHECK(recognised(good));
  CHECK_FALSE(recognised(""));
  CHECK_FALSE(recognised("[" + good + "]"));
  CHECK_FALSE(recognised("id\tkind\trecord\n"));
  CHECK_FALSE(recognised(R"({"id":1,"kind":"x"})"
                         "\n\"record\""));
}
