// SPDX-License-Identifier: Apache-2.0
#include "engine/unit_of_work.hpp"

#include "catalogue.hpp"
#include "catch.hpp"
#include "exchange/record_json.hpp"

using namespace koinon;
using namespace koinon::engine;
using exchange::Draft;
using exchange::Merge;
using test::organisation;
using test::project;

namespace {

Organisation known_by(const std::string& name, const std::string& pic) {
  Organisation made = organisation(name);
  made.identifiers.resize(1);
  made.identifiers[0].scheme = "pic";
  made.identifiers[0].value = pic;
  return made;
}

PreparedDraft draft(const std::string& id, const Record& record, Merge merge) {
  return {Draft{id, record, merge, false, {}}, exchange::to_json(record)};
}

struct Bench {
  std::unique_ptr<store::Store> store = store::Store::open(":memory:", {});
  ImportMemory memory;
  std::uint64_t run_start = 0;

  // One batch of rows; gives the codes of what spoke against them.
  std::vector<std::string> batch(std::vector<std::vector<PreparedDraft>> rows) {
    store::Transaction transaction = store->write();
    UnitOfWork work(transaction, 1000, "test", run_start, &memory);
    std::vector<std::string> codes;
    for (auto& row : rows) {
      for (const Violation& violation : work.apply(row).violations) codes.push_back(violation.code);
    }
    work.flush();
    transaction.commit();
    return codes;
  }
  void next_file() {
    memory = {};
    run_start = store->read().last_change();
  }
  Record get(const std::string& id) {
    store::Snapshot s = store->read();
    const auto row = s.find(id);
    REQUIRE(row);
    return exchange::from_json(row->kind, s.body(row->change)).record;
  }
  void end(const std::string& id, ChangeKind what) {
    store::Transaction t = store->write();
    auto row = t.find(id);
    store::Version version;
    version.what = what;
    t.append(*row, version);
    t.commit();
  }
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an organisation known by an identifier keeps its id, and the row follows", "[engine]") {
  for (const bool same_batch : {true, false}) {
    Bench bench;
    std::vector<std::vector<PreparedDraft>> first = {
        {draft("org-a", known_by("A", "999848453"), Merge::Union)}};
    std::vector<PreparedDraft> second = {draft("org-b", known_by("B", "999848453"), Merge::Union),
                                         draft("prj-1", project("P", {"org-b"}), Merge::Replace)};
    if (same_batch) {
      first.push_back(second);
      CHECK(bench.batch(first) == Codes{});
    } else {
      CHECK(bench.batch(first) == Codes{});
      CHECK(bench.batch({second}) == Codes{});
    }
    CHECK_FALSE(bench.store->read().find("org-b"));
    CHECK(std::get<Project>(bench.get("prj-1")).participations[0].organisation == "org-a");
    CHECK(std::get<Organisation>(bench.get("org-a")).names.size() == 2);
  }
}

TEST_CASE("many rows about one record make one version of it", "[engine]") {
  Bench bench;
  std::vector<std::vector<PreparedDraft>> rows;
  for (int i = 0; i < 20; ++i) {
    const std::string org = "org-" + std::to_string(i);
    rows.push_back({draft(org, organisation(org), Merge::Keep),
                    draft("prj", project("P", {org}), Merge::Union)});
  }
  CHECK(bench.batch(rows) == Codes{});
  CHECK(std::get<Project>(bench.get("prj")).participations.size() == 20);
  CHECK(bench.store->read().find("prj")->version == 1);
  CHECK(bench.store->read().last_change() == 21);
  bench.next_file();
  CHECK(bench.batch(rows) == Codes{});
  CHECK(bench.store->read().last_change() == 21);
}

TEST_CASE("a row that only names an organisation makes it, and never changes it", "[engine]") {
  Bench bench;
  CHECK(bench.batch({{draft("org", organisation("First"), Merge::Keep)},
                     {draft("org", organisation("Second"), Merge::Keep)}}) == Codes{});
  bench.next_file();
  CHECK(bench.batch({{draft("org", organisation("Third"), Merge::Keep)}}) == Codes{});
  CHECK(test::name_of(bench.get("org")) == "First");
  CHECK(bench.store->read().last_change() == 1);
}

TEST_CASE("what was removed or erased does not come back with a derived id", "[engine]") {
  for (const ChangeKind what : {ChangeKind::Remove, ChangeKind::Erase}) {
    for (const Merge merge : {Merge::Replace, Merge::Union, Merge::Keep}) {
      Bench bench;
      CHECK(bench.batch({{draft("org", organisation("A"), merge)}}) == Codes{});
      bench.end("org", what);
      bench.next_file();
      CHECK(bench.batch({{draft("org", organisation("A"), merge)}}) == Codes{});
      CHECK(bench.store->read().last_change() == 2);
    }
  }
}

TEST_CASE("a row goes in whole or stays out whole", "[engine]") {
  Bench bench;
  CHECK(bench.batch({{draft("x", organisation("A"), Merge::Replace)}}) == Codes{});
  CHECK(bench.batch({{draft("org", organisation("New"), Merge::Union),
                      draft("x", project("P"), Merge::Replace)}}) == Codes{"id_taken"});
  CHECK_FALSE(bench.store->read().find("org"));
}

TEST_CASE("a derived id that another source has is taken", "[engine]") {
  Bench bench;
  Organisation ours = organisation("A");
  ours.sources.resize(1);
  ours.sources[0].portal = "one";
  ours.sources[0].local_id = "1";
  Organisation theirs = organisation("B");
  theirs.sources = ours.sources;
  theirs.sources[0].portal = "two";
  Organisation later = organisation("A, renamed");
  later.sources = ours.sources;
  CHECK(bench.batch({{draft("org", ours, Merge::Replace)}}) == Codes{});
  bench.next_file();
  CHECK(bench.batch({{draft("org", theirs, Merge::Replace)}}) == Codes{"id_taken"});
  bench.next_file();
  CHECK(bench.batch({{draft("org", later, Merge::Replace)}}) == Codes{});
  CHECK(test::name_of(bench.get("org")) == "A, renamed");
}

TEST_CASE("a merge that would break a rule is told, and not made", "[engine]") {
  Bench bench;
  Project begins = project("P");
  begins.period.from = {2020, 0, 0};
  CHECK(bench.batch({{draft("prj", begins, Merge::Union)}}) == Codes{});
  Call call;
  call.titles = {test::text("C")};
  call.rules.resize(1);
  call.rules[0].kind = "minimum-partners";
  CHECK(bench.batch({{draft("call", call, Merge::Union)}}) == Codes{});
  const std::uint64_t before = bench.store->read().last_change();
  Project text_too_long = project("P");
  text_too_long.acronym = std::string((1U << 20U) + 1, 'a');
  bench.next_file();
  CHECK(bench.batch({{draft("prj", text_too_long, Merge::Union)}}) == Codes{"too_long"});
  CHECK(bench.store->read().last_change() == before);
}

TEST_CASE("a register's number is its own only within its country", "[engine]") {
  Bench bench;
  Organisation german = known_by("German", "1");
  german.identifiers[0].scheme = "national-register";
  german.identifiers[0].country = "DE";
  Organisation finnish = german;
  finnish.names = organisation("Finnish").names;
  finnish.identifiers[0].country = "FI";
  Organisation german_again = german;
  german_again.names = organisation("German again").names;
  CHECK(bench.batch({{draft("org-de", german, Merge::Union)},
                     {draft("org-fi", finnish, Merge::Union)},
                     {draft("org-x", german_again, Merge::Union)}}) == Codes{});
  CHECK(bench.store->read().find("org-fi"));
  CHECK_FALSE(bench.store->read().find("org-x"));
  CHECK(std::get<Organisation>(bench.get("org-de")).names.size() == 2);
}
