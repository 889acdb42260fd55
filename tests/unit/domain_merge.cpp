// SPDX-License-Identifier: Apache-2.0
#include "domain/merge.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "fill.hpp"

using namespace koinon;
using namespace koinon::domain;

namespace {

std::vector<std::string> sorted_leaves(const Record& record) {
  auto leaves = test::Leaves::of(record);
  std::sort(leaves.begin(), leaves.end());
  return leaves;
}

Participation participation(const std::string& organisation, const std::string& role) {
  Participation p;
  p.organisation = organisation;
  p.role = role;
  return p;
}

// A record that names "me" in every place that can name anything.
CaseStudy naming_me() {
  CaseStudy study;
  study.initiative = "me";
  study.themes = {"health", "me"};
  study.projects = {"me", "other", "me"};
  study.lead_organisation = "me";
  study.participations = {participation("me", "partner"), participation("other", "partner")};
  study.statements.resize(2);
  study.statements[0].author = "other";
  study.statements[1].author = "me";
  return study;
}

}  // namespace

TEST_CASE("merging a record with itself changes nothing", "[domain]") {
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    const Record record = filler.record(kind);
    Record merged = record;
    REQUIRE(merge_union(merged, record));
    CHECK(test::Leaves::of(merged) == test::Leaves::of(record));
  }
}

TEST_CASE("merging into nothing takes everything", "[domain]") {
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    const Record record = filler.record(kind);
    Record merged = make_record(kind);
    REQUIRE(merge_union(merged, record));
    CHECK(test::Leaves::of(merged) == test::Leaves::of(record));
  }
}

TEST_CASE("merging twice is merging once", "[domain]") {
  std::mt19937 random(7);
  test::Filler filler(random);
  for (int round = 0; round < 300; ++round) {
    const RecordKind kind = test::all_kinds()[random() % test::all_kinds().size()];
    const Record from = filler.record(kind);
    Record once = filler.record(kind);
    REQUIRE(merge_union(once, from));
    Record twice = once;
    REQUIRE(merge_union(twice, from));
    REQUIRE(test::Leaves::of(twice) == test::Leaves::of(once));
  }
}

TEST_CASE("what was told is never overwritten", "[domain]") {
  std::mt19937 random(11);
  test::Filler filler(random);
  for (int round = 0; round < 300; ++round) {
    const RecordKind kind = test::all_kinds()[random() % test::all_kinds().size()];
    const Record before = filler.record(kind);
    Record after = before;
    REQUIRE(merge_union(after, filler.record(kind)));
    auto told = sorted_leaves(before);
    // How long lists are, and fields that were empty, may change.
    told.erase(std::remove_if(told.begin(), told.end(),
                              [](const std::string& leaf) {
                                return leaf.back() == '=' ||
                                       leaf.find("=list of ") != std::string::npos ||
                                       leaf.find("=0/0/0") != std::string::npos ||
                                       leaf.find("=  ''") != std::string::npos;
                              }),
               told.end());
    const auto now = sorted_leaves(after);
    REQUIRE(std::includes(now.begin(), now.end(), told.begin(), told.end()));
  }
}

TEST_CASE("records that contradict each other nowhere merge to the same in either order",
          "[domain]") {
  Organisation a;
  a.names = {{"fi", "Helsingin kaupunki", TextOrigin::Original}};
  a.kind = "public-authority";
  a.identifiers.resize(1);
  a.identifiers[0].scheme = "pic";
  a.identifiers[0].value = "999848453";
  Organisation b;
  b.names = {{"sv", "Helsingfors stad", TextOrigin::Original}};
  b.website = "https://www.hel.fi/";
  b.aliases = {"Stadi"};
  Record ab = a;
  Record ba = b;
  REQUIRE(merge_union(ab, b));
  REQUIRE(merge_union(ba, a));
  const auto values = [](const Record& record) {
    auto leaves = sorted_leaves(record);
    for (std::string& leaf : leaves) {
      const auto place = leaf.find('[');  // where in a list an entry stands depends on the order
      if (place != std::string::npos) leaf.erase(place, leaf.find(']') - place + 1);
    }
    std::sort(leaves.begin(), leaves.end());
    return leaves;
  };
  CHECK(values(ab) == values(ba));
}

TEST_CASE("records of different kinds do not merge", "[domain]") {
  Record into = Organisation{};
  CHECK_FALSE(merge_union(into, Project{}));
  CHECK(kind_of(into) == RecordKind::Organisation);
}

TEST_CASE("a period, a place and an amount are taken whole or not at all", "[domain]") {
  Project told;
  told.period.from = {2016, 0, 0};
  told.total_budget.as_written = "about a million";
  Project more;
  more.period.to = {2018, 0, 0};
  more.total_budget.minor = 100;
  more.total_budget.currency = "EUR";
  more.eu_budget = more.total_budget;
  Record merged = told;
  REQUIRE(merge_union(merged, more));
  const auto& project = std::get<Project>(merged);
  CHECK(project.period.to.year == 0);
  CHECK_FALSE(project.total_budget.minor);
  CHECK(project.eu_budget.minor == 100);

  Initiative somewhere;
  somewhere.origin.country = "FI";
  Initiative elsewhere;
  elsewhere.origin.locality = "Tartu";
  Record place = somewhere;
  REQUIRE(merge_union(place, elsewhere));
  CHECK(std::get<Initiative>(place).origin.locality.empty());
}

TEST_CASE("identifiers count by scheme and value, sources by portal and local id", "[domain]") {
  Organisation told;
  told.identifiers.resize(1);
  told.identifiers[0].scheme = "pic";
  told.identifiers[0].value = "1";
  told.identifiers[0].source = "A";
  told.sources.resize(1);
  told.sources[0].portal = "p";
  told.sources[0].local_id = "1";
  told.sources[0].hash = "old";
  Organisation more = told;
  more.identifiers[0].source = "B";
  more.identifiers.push_back(more.identifiers[0]);
  more.identifiers[1].value = "2";
  more.sources[0].hash = "new";
  Record merged = told;
  REQUIRE(merge_union(merged, more));
  const auto& organisation = std::get<Organisation>(merged);
  REQUIRE(organisation.identifiers.size() == 2);
  CHECK(organisation.identifiers[0].source == "A");
  CHECK(organisation.identifiers[1].value == "2");
  REQUIRE(organisation.sources.size() == 1);
  CHECK(organisation.sources[0].hash == "new");
}

TEST_CASE("references are told in order, at any depth, with repetitions", "[domain]") {
  const std::vector<std::string> expected = {"me", "health", "me",    "me",    "other", "me",
                                             "me", "me",     "other", "other", "me"};
  CHECK(references(naming_me()) == expected);
  CHECK(references(Organisation{}).empty());
  MatchDecision decision;
  decision.left = "a";
  decision.right = "b";
  decision.undoes = "c";
  CHECK(references(decision) == std::vector<std::string>{"a", "b", "c"});
  Organisation organisation;
  organisation.parent = "p";
  organisation.predecessors = {"q"};
  organisation.offers = {"r"};
  organisation.seeks = {"s"};
  organisation.aliases = {"not a reference"};
  CHECK(references(organisation) == std::vector<std::string>{"p", "q", "r", "s"});
}

TEST_CASE("replacing puts the new id wherever the old one stood", "[domain]") {
  Record record = naming_me();
  REQUIRE(replace_reference(record, "me", "you"));
  for (const std::string& id : references(record)) CHECK(id != "me");
  CHECK(references(record).size() == references(naming_me()).size());
  CHECK_FALSE(replace_reference(record, "me", "you"));
  CHECK_FALSE(replace_reference(record, "nobody", "you"));
}

TEST_CASE("dropping takes out fields, list entries, participations and statements", "[domain]") {
  Record record = naming_me();
  bool orphaned = false;
  REQUIRE(drop_reference(record, "me", orphaned));
  CHECK(orphaned);
  const auto& study = std::get<CaseStudy>(record);
  CHECK(study.initiative.empty());
  CHECK(study.themes == std::vector<std::string>{"health"});
  CHECK(study.projects == std::vector<std::string>{"other"});
  CHECK(study.lead_organisation.empty());
  REQUIRE(study.participations.size() == 1);
  CHECK(study.participations[0].organisation == "other");
  REQUIRE(study.statements.size() == 1);
  CHECK(study.statements[0].author == "other");

  orphaned = true;
  CHECK_FALSE(drop_reference(record, "me", orphaned));
  CHECK_FALSE(orphaned);
}

TEST_CASE("only what a record cannot be without orphans it", "[domain]") {
  bool orphaned = false;
  Record project = Project{};
  std::get<Project>(project).call = "me";
  std::get<Project>(project).participations = {participation("me", "partner")};
  CHECK(drop_reference(project, "me", orphaned));
  CHECK_FALSE(orphaned);
  for (const bool left : {true, false}) {
    MatchDecision decision;
    (left ? decision.left : decision.right) = "me";
    Record record = decision;
    CHECK(drop_reference(record, "me", orphaned));
    CHECK(orphaned);
  }
  for (const bool parent : {true, false}) {
    Replication replication;
    (parent ? replication.parent : replication.child) = "me";
    Record record = replication;
    CHECK(drop_reference(record, "me", orphaned));
    CHECK(orphaned);
  }
}

TEST_CASE("every record has sources but those that only people of a catalogue make", "[domain]") {
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    const Record record = filler.record(kind);
    const auto* sources = sources_of(record);
    const bool own = kind == RecordKind::MatchDecision || kind == RecordKind::Contribution;
    CHECK((sources == nullptr) == own);
    if (sources) CHECK(sources->size() == 2);
  }
}
