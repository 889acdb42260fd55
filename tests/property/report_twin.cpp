// SPDX-License-Identifier: Apache-2.0
//
// Reports from columns against counting the records one by one, while records come, change and go.
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "domain/date.hpp"
#include "fill.hpp"
#include "programme/report.hpp"

using namespace koinon;
using namespace koinon::programme;

namespace {

using Codes = std::vector<std::string>;
using World = std::map<std::int64_t, std::pair<std::string, Record>>;

Codes distinct(Codes codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

// What a case study or an award tells in a dimension, by reading it.
Codes codes_of(const World& world, const Record& record, const std::string& dimension) {
  if (const auto* study = std::get_if<CaseStudy>(&record)) {
    if (dimension == "theme") return distinct(study->themes);
    if (dimension == "state") return study->state.empty() ? Codes{} : Codes{study->state};
    if (dimension == "type") return distinct(study->initiative_types);
    if (dimension == "year" && study->period.from) return {std::to_string(study->period.from.year)};
    if (dimension == "country") {
      Codes codes;
      for (const Place& place : study->locations) {
        if (place.role != "partner" && !place.country.empty()) codes.push_back(place.country);
      }
      return distinct(codes);
    }
    if (dimension == "stage") {
      for (const auto& [number, other] : world) {
        const auto* initiative = std::get_if<Initiative>(&other.second);
        if (initiative && other.first == study->initiative && !initiative->stage.empty())
          return {initiative->stage};
      }
    }
    return {};
  }
  const auto& award = std::get<Award>(record);
  if (dimension == "year" && award.date) return {std::to_string(award.date.year)};
  if (dimension == "call") {
    for (const auto& [number, other] : world) {
      const auto* bid = std::get_if<Bid>(&other.second);
      if (bid && other.first == award.bid) return {bid->call};
    }
  }
  return {};
}

const Money& money_of(const Record& record) {
  if (const auto* study = std::get_if<CaseStudy>(&record)) return study->budget;
  return std::get<Award>(record).amount;
}

struct Count {
  std::uint64_t records = 0;
  std::map<std::string, std::int64_t> sums;
  bool operator==(const Count&) const = default;
};

std::map<Codes, Count> counted(const World& world, RecordKind kind, const Codes& by) {
  std::map<Codes, Count> rows;
  for (const auto& [number, told] : world) {
    if (kind_of(told.second) != kind) continue;
    std::vector<Codes> choices = {{}};
    for (const std::string& dimension : by) {
      Codes codes = codes_of(world, told.second, dimension);
      if (codes.empty()) codes = {""};
      std::vector<Codes> longer;
      for (const Codes& choice : choices) {
        for (const std::string& code : codes) {
          longer.push_back(choice);
          longer.back().push_back(code);
        }
      }
      choices = std::move(longer);
    }
    for (const Codes& choice : choices) {
      Count& count = rows[choice];
      ++count.records;
      const Money& money = money_of(told.second);
      if (money.minor) count.sums[money.currency] += *money.minor;
    }
  }
  return rows;
}

std::map<Codes, Count> reported(const Report& report) {
  std::map<Codes, Count> rows;
  for (const ReportRow& row : report.rows) {
    Count& count = rows[row.codes];
    count.records = row.records;
    for (const ReportSum& sum : row.sums) count.sums[sum.currency] = sum.minor.value();
  }
  return rows;
}

// Where the world has a record with an id.
NumberOf numbers_of(const World& world) {
  return [&world](const std::string& id) -> std::optional<std::int64_t> {
    for (const auto& [number, told] : world) {
      if (told.first == id) return number;
    }
    return std::nullopt;
  };
}

}  // namespace

TEST_CASE("a report counts what going through the records counts", "[programme]") {
  std::mt19937 random(3);
  test::Filler filler(random);
  const auto pick = [&](std::size_t size) { return random() % size; };
  const RecordKind kinds[] = {RecordKind::CaseStudy, RecordKind::Initiative, RecordKind::Award,
                              RecordKind::Bid};
  const std::vector<Codes> asked = {{"country"}, {"theme", "stage"},          {"state"},
                                    {"year"},    {"country", "type", "year"}, {}};
  ReportColumns columns;
  World world;
  for (int round = 0; round < 400; ++round) {
    const auto number = static_cast<std::int64_t>(pick(60));
    const std::string id = "r" + std::to_string(number);
    if (pick(5) == 0) {
      columns.set(number, id, nullptr);
      world.erase(number);
    } else {
      // A number keeps its kind, as records do.
      Record record = filler.record(kinds[number % 4]);
      const std::string other = "r" + std::to_string(4 * pick(15) + 1);
      if (auto* study = std::get_if<CaseStudy>(&record)) study->initiative = other;
      if (auto* award = std::get_if<Award>(&record))
        award->bid = "r" + std::to_string(4 * pick(15) + 3);
      columns.set(number, id, &record);
      if (pick(4) == 0) columns.set(number, id, &record);  // the same again
      world[number] = {id, std::move(record)};
    }
    if (round % 10 != 0) continue;
    for (const Codes& by : asked) {
      ReportRequest request;
      request.by = by;
      const Report report = programme::report(
          columns, request, [] {}, numbers_of(world));
      if (!by.empty()) REQUIRE(reported(report) == counted(world, RecordKind::CaseStudy, by));
      const auto all = counted(world, RecordKind::CaseStudy, {});
      REQUIRE(report.total.records == (all.empty() ? 0 : all.begin()->second.records));
    }
    ReportRequest awards;
    awards.of = RecordKind::Award;
    awards.by = {"call", "year"};
    REQUIRE(reported(programme::report(
                columns, awards, [] {}, numbers_of(world))) ==
            counted(world, RecordKind::Award, awards.by));
  }
  CHECK(world.size() > 20);
}

TEST_CASE("what records tell of each other does not depend on which came first", "[programme]") {
  std::mt19937 random(11);
  test::Filler filler(random);
  const RecordKind kinds[] = {RecordKind::Organisation, RecordKind::Project,
                              RecordKind::Call,         RecordKind::Programme,
                              RecordKind::Consortium,   RecordKind::Bid,
                              RecordKind::Award,        RecordKind::CompetenceCentre};
  constexpr std::size_t kind_count = std::size(kinds);
  const auto any = [&](RecordKind kind) {
    const auto place = std::find(std::begin(kinds), std::end(kinds), kind) - std::begin(kinds);
    return "r" + std::to_string(kind_count * (random() % 8) + static_cast<std::size_t>(place));
  };
  const auto connect = [&](Record& record) {
    if (auto* project = std::get_if<Project>(&record)) {
      project->call = any(RecordKind::Call);
      project->programme = random() % 2 == 0 ? "shared" : "";
    }
    if (auto* call = std::get_if<Call>(&record)) {
      call->programme = random() % 2 == 0 ? "shared" : "other";
      call->programme_record = random() % 2 == 0 ? any(RecordKind::Programme) : std::string();
    }
    if (auto* told = std::get_if<koinon::Programme>(&record)) {
      if (random() % 4 == 0) told->codes = {{"", "shared"}};
    }
    if (auto* consortium = std::get_if<Consortium>(&record)) {
      for (Participation& member : consortium->members)
        member.organisation = any(RecordKind::Organisation);
    }
    if (auto* centre = std::get_if<CompetenceCentre>(&record)) {
      for (Participation& member : centre->members)
        member.organisation = any(RecordKind::Organisation);
    }
    if (auto* bid = std::get_if<Bid>(&record)) {
      bid->call = any(RecordKind::Call);
      bid->consortium = any(RecordKind::Consortium);
    }
    if (auto* award = std::get_if<Award>(&record)) {
      award->bid = any(RecordKind::Bid);
      award->project = any(RecordKind::Project);
    }
  };
  const std::vector<std::pair<RecordKind, const char*>> asked = {
      {RecordKind::Project, "programme"},
      {RecordKind::Project, "call"},
      {RecordKind::Call, "programme"},
      {RecordKind::Award, "programme"},
      {RecordKind::Award, "country"},
      {RecordKind::Award, "theme"},
      {RecordKind::CompetenceCentre, "country"},
      {RecordKind::Consortium, "programme"}};
  ReportColumns columns;
  World world;
  std::size_t rows = 0;
  for (int round = 0; round < 900; ++round) {
    const auto number = static_cast<std::int64_t>(random() % (8 * kind_count));
    const std::string id = "r" + std::to_string(number);
    if (random() % 5 == 0) {
      columns.set(number, id, nullptr);
      world.erase(number);
    } else {
      Record record = filler.record(kinds[static_cast<std::size_t>(number) % kind_count]);
      connect(record);
      columns.set(number, id, &record);
      world[number] = {id, std::move(record)};
    }
    if (round % 20 != 0) continue;
    // The other way round, and each once.
    ReportColumns fresh;
    for (auto told = world.rbegin(); told != world.rend(); ++told)
      fresh.set(told->first, told->second.first, &told->second.second);
    for (const auto& [kind, dimension] : asked) {
      CAPTURE(round, dimension);
      ReportRequest request;
      request.of = kind;
      request.by = {dimension};
      const Report now = programme::report(
          columns, request, [] {}, numbers_of(world));
      REQUIRE(to_json(now) == to_json(programme::report(
                                  fresh, request, [] {}, numbers_of(world))));
      rows += now.rows.size();
    }
  }
  CHECK(rows > 1000);
}
