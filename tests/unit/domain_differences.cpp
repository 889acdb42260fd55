// SPDX-License-Identifier: Apache-2.0
#include "domain/differences.hpp"

#include <random>

#include "catalogue.hpp"
#include "catch.hpp"
#include "fill.hpp"

using namespace koinon;
using domain::differences;

namespace {

using Lines = std::vector<std::string>;

Lines lines(const Record& before, const Record& after) {
  Lines found;
  for (const FieldDifference& each : differences(before, after)) {
    found.push_back(each.path + (each.language.empty() ? "" : "@" + each.language) + ' ' +
                    each.what + ": " + each.before + " -> " + each.after);
  }
  return found;
}

std::string woven(std::string_view before, std::string_view after) {
  std::string text;
  for (const WordRun& run : domain::word_runs(before, after))
    text += (run.what == "same" ? "=" : run.what == "added" ? "+" : "-") + run.text + '|';
  return text;
}

CaseStudy study() {
  CaseStudy made;
  made.initiative = "ini-1";
  made.title = {test::text("Homes first"), test::text("Koti ensin", "fi")};
  return made;
}

}  // namespace

TEST_CASE("a record does not differ from itself", "[differences]") {
  std::mt19937 random(5);
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler some(random);
    for (int i = 0; i < 10; ++i) {
      const Record record = some.record(kind);
      CHECK(differences(record, record).empty());
    }
  }
}

TEST_CASE("of any two records everything that only one of them tells is a difference",
          "[differences]") {
  for (const RecordKind kind : test::all_kinds()) {
    CAPTURE(domain::kind_names[static_cast<std::size_t>(kind)]);
    test::Filler full;
    const Record told = full.record(kind);
    const auto added = differences(domain::make_record(kind), told);
    const auto removed = differences(told, domain::make_record(kind));
    CHECK_FALSE(added.empty());
    REQUIRE(added.size() == removed.size());
    for (const FieldDifference& each : added) {
      CHECK(each.what == "added");
      CHECK(each.before.empty());
    }
    for (const FieldDifference& each : removed) CHECK(each.what == "removed");
  }
  CHECK(differences(Record(Organisation{}), Record(Initiative{})).empty());
}

TEST_CASE("texts differ language by language, whatever their order", "[differences]") {
  CaseStudy after = study();
  std::swap(after.title[0], after.title[1]);
  CHECK(lines(study(), after).empty());
  after.title[0].text = "Koti heti";
  after.title.push_back(test::text("Zuerst ein Zuhause", "de"));
  CHECK(lines(study(), after) == Lines{"title@fi changed: Koti ensin -> Koti heti",
                                       "title@de added:  -> Zuerst ein Zuhause"});
  CaseStudy machine = study();
  machine.title[1].origin = TextOrigin::Machine;
  CHECK(lines(study(), machine) == Lines{"title.origin@fi changed: original -> machine"});
}

TEST_CASE("entries of lists are added, removed, or changed where they are about the same",
          "[differences]") {
  CaseStudy before = study();
  before.themes = {"housing", "health"};
  before.participations.resize(2);
  before.participations[0].organisation = "org-a";
  before.participations[0].role = "partner";
  before.participations[1].organisation = "org-b";
  before.participations[1].role = "partner";
  CaseStudy after = before;
  after.themes = {"health", "housing", "work"};
  after.participations = {before.participations[1], before.participations[0]};
  after.participations[1].role = "coordinator";
  CHECK(lines(before, after) == Lines{"themes[2] added:  -> work",
                                      "participations[1].role changed: partner -> coordinator"});
  after.participations.pop_back();
  CHECK(lines(before, after) ==
        Lines{"themes[2] added:  -> work",
              "participations[0] removed: organisation org-a, role partner -> "});
}

TEST_CASE("amounts and dates are shown as people write them", "[differences]") {
  CaseStudy before = study();
  CaseStudy after = study();
  before.budget = {100000, "EUR", ""};
  after.budget = {250050, "EUR", "2.500,50 €"};
  after.period = {{2021, 5, 0}, {}};
  CHECK(lines(before, after) ==
        Lines{"period.from added:  -> 2021-05",
              "budget changed: 1000.00 EUR -> 2500.50 EUR (\"2.500,50 €\")"});
}

TEST_CASE("words are woven together", "[differences]") {
  CHECK(woven("a home for all", "a home for young people") == "=a home for |-all|+young people|");
  CHECK(woven("", "new words") == "+new words|");
  CHECK(woven("same words", "same  words") == "=same  words|");
  CHECK(woven("one two three four", "one 2 three 4 four") == "=one |-two |+2 |=three |+4 |=four|");
}

TEST_CASE("woven words make up both texts again", "[differences]") {
  std::mt19937 random(11);
  const auto text = [&](std::size_t words) {
    std::string made;
    for (std::size_t i = 0; i < words; ++i) made += std::string(1, "abcd"[random() % 4]) + ' ';
    return made;
  };
  for (const std::size_t size : {0U, 1U, 5U, 40U, 2500U}) {
    for (int round = 0; round < 5; ++round) {
      const std::string before = text(size);
      const std::string after = text(size + random() % 3);
      std::string was;
      std::string is;
      for (const WordRun& run : domain::word_runs(before, after)) {
        if (run.what != "added") was += run.text;
        if (run.what != "removed") is += run.text;
      }
      CHECK(was == before);
      CHECK(is == after);
    }
  }
}
