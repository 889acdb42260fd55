// SPDX-License-Identifier: Apache-2.0
//
// Reports from columns against counting the records one by one, while records come, change and go.
#include <map>
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
      const Report report = programme::report(columns, request, [] {});
      if (!by.empty()) REQUIRE(reported(report) == counted(world, RecordKind::CaseStudy, by));
      const auto all = counted(world, RecordKind::CaseStudy, {});
      REQUIRE(report.total.records == (all.empty() ? 0 : all.begin()->second.records));
    }
    ReportRequest awards;
    awards.of = RecordKind::Award;
    awards.by = {"call", "year"};
    REQUIRE(reported(programme::report(columns, awards, [] {})) ==
            counted(world, RecordKind::Award, awards.by));
  }
  CHECK(world.size() > 20);
}
