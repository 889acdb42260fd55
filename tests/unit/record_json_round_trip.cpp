// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "catch.hpp"
#include "domain/kinds.hpp"
#include "domain/utf8.hpp"
#include "exchange/record_json.hpp"
#include "fill.hpp"

using namespace koinon;
using exchange::from_json;
using exchange::to_json;

TEST_CASE("every field of every kind survives a round trip", "[record_json]") {
  for (const RecordKind kind : test::all_kinds()) {
    CAPTURE(domain::kind_names[static_cast<std::size_t>(kind)]);
    test::Filler filler;
    const Record record = filler.record(kind);
    const std::string json = to_json(record);
    const auto read = from_json(kind, json);
    CHECK(read.violations.empty());
    CHECK(kind_of(read.record) == kind);
    CHECK(test::Leaves::of(read.record) == test::Leaves::of(record));
    CHECK(to_json(read.record) == json);
  }
}

TEST_CASE("an empty record of every kind is an empty object", "[record_json]") {
  for (const RecordKind kind : test::all_kinds()) {
    CHECK(to_json(domain::make_record(kind)) == "{}");
    const auto read = from_json(kind, "{}");
    CHECK(read.violations.empty());
    CHECK(test::Leaves::of(read.record) == test::Leaves::of(domain::make_record(kind)));
  }
}

TEST_CASE("random records give the same JSON again", "[record_json]") {
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    test::Filler filler(random);
    for (int round = 0; round < 400; ++round) {
      const RecordKind kind = test::all_kinds()[random() % test::all_kinds().size()];
      const Record record = filler.record(kind);
      const std::string json = to_json(record);
      const auto read = from_json(kind, json);
      REQUIRE(read.violations.empty());
      REQUIRE(to_json(read.record) == json);
      REQUIRE(test::Leaves::of(read.record) == test::Leaves::of(record));
    }
  }
}

TEST_CASE("a heading is the record without who takes part in it", "[record_json]") {
  std::mt19937 random(4);
  test::Filler filler(random);
  for (int round = 0; round < 600; ++round) {
    const RecordKind kind = test::all_kinds()[random() % test::all_kinds().size()];
    Record record = filler.record(kind);
    const std::string json = to_json(record);
    if (auto* project = std::get_if<Project>(&record)) project->participations.clear();
    if (auto* study = std::get_if<CaseStudy>(&record)) study->participations.clear();
    const auto read = exchange::heading_from_json(kind, json);
    REQUIRE(read.violations.empty());
    REQUIRE(to_json(read.record) == to_json(record));
  }
  Project project;
  const std::string told = R"(a "participations":[{ \" in a title, ]} )";
  project.titles = {{"en", told, {}}};
  project.participations.resize(2);
  project.participations[0].organisation = told;
  for (const bool alone : {false, true}) {
    if (alone) project.titles.clear();
    const auto read = exchange::heading_from_json(RecordKind::Project, to_json(project));
    const auto& heading = std::get<Project>(read.record);
    CHECK(read.violations.empty());
    CHECK(heading.titles.size() == project.titles.size());
    CHECK(heading.participations.empty());
  }
}

TEST_CASE("mangled JSON never throws, and what is taken from it is canonical", "[record_json]") {
  std::mt19937 random(5);
  test::Filler filler(random);
  for (int round = 0; round < 3000; ++round) {
    const RecordKind kind = test::all_kinds()[random() % test::all_kinds().size()];
    std::string json = to_json(filler.record(kind));
    for (std::size_t blows = 1 + random() % 3; blows > 0 && !json.empty(); --blows) {
      const std::size_t at = random() % json.size();
      switch (random() % 3) {
        case 0:
          json.erase(at, 1 + random() % 5);
          break;
        case 1:
          json[at] = static_cast<char>(random() % 256);
          break;
        default:
          json.insert(at, json.substr(random() % json.size(), random() % 9));
      }
    }
    const auto read = from_json(kind, json);
    (void)exchange::heading_from_json(kind, json);
    if (!read.violations.empty()) continue;
    const std::string canonical = to_json(read.record);
    REQUIRE(to_json(from_json(kind, canonical).record) == canonical);
  }
}
