// SPDX-License-Identifier: Apache-2.0
#include "programme/budget.hpp"

#include <limits>

#include "catch.hpp"
#include "programme/design.hpp"

using namespace koinon;
using namespace koinon::programme;

namespace {

Money money(std::int64_t minor, const char* currency = "EUR") {
  return {minor, currency, ""};
}

ProgrammeMoney with(std::vector<Money> lines, std::vector<Money> awards) {
  ProgrammeMoney made;
  for (Money& line : lines) made.lines.push_back({{}, std::move(line)});
  made.calls.push_back({"call-1", "awarded", {}, std::move(awards)});
  return made;
}

constexpr auto most = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("awards exceed a budget by a cent, each currency by itself", "[budget]") {
  CHECK(excesses(with({money(100)}, {money(60), money(40)})).empty());
  const auto over = excesses(with({money(100)}, {money(60), money(41)}));
  REQUIRE(over.size() == 1);
  CHECK(over[0].committed == 101);
  CHECK(over[0].budget == 100);
  CHECK(over[0].known);
  CHECK(excesses(with({money(100), money(50, "SEK")}, {money(100), money(50, "SEK")})).empty());
  const auto other = excesses(with({money(100)}, {money(1, "SEK")}));
  REQUIRE(other.size() == 1);
  CHECK_FALSE(other[0].known);
  CHECK(excesses(with({}, {money(1)})).empty());  // a budget that is not told
  CHECK(excesses(with({money(0)}, {money(1)})).size() == 1);
}

TEST_CASE("sums past 64 bits are never taken for small ones", "[budget]") {
  const auto over = excesses(with({money(100)}, {money(most), money(most)}));
  REQUIRE(over.size() == 1);
  CHECK(over[0].committed == most);
  Sums sums;
  sums.add(money(-most));
  sums.add(money(-most));
  CHECK(*sums.of("EUR") == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(sums.of("SEK"));
}

TEST_CASE("what was exceeded before is worse only where it grows", "[budget]") {
  const std::vector<Excess> before = {{"EUR", 150, 100, true}};
  CHECK_FALSE(worsens(before, {"EUR", 150, 100, true}));
  CHECK_FALSE(worsens(before, {"EUR", 140, 100, true}));
  CHECK(worsens(before, {"EUR", 150, 99, true}));
  CHECK(worsens(before, {"SEK", 1, 0, false}));
  CHECK(worsens({}, {"EUR", 101, 100, true}));
}

TEST_CASE("amounts are written for people", "[budget]") {
  CHECK(amount_text(123456789, "EUR") == "1,234,567.89 EUR");
  CHECK(amount_text(-100000, "EUR") == "-1,000.00 EUR");
  CHECK(amount_text(5, "EUR") == "0.05 EUR");
  CHECK(amount_text(1000, "JPY") == "1,000 JPY");
}

TEST_CASE("a level out of reach says what would reach it", "[design]") {
  Experiment experiment;
  experiment.features = {"before-after"};
  experiment.claimed_level = "3";
  const auto found = level_gaps(experiment);
  REQUIRE(found.size() == 1);
  CHECK(found[0].field == "claimed_level");
  CHECK(found[0].reason.find("level 1") != std::string::npos);
  CHECK(found[0].help.find("matched group") != std::string::npos);
  experiment.claimed_level = "1";
  CHECK(level_gaps(experiment).empty());
  experiment.claimed_level = "";
  CHECK(level_gaps(experiment).empty());
}

TEST_CASE("calls that are told as sums count as those that are told one by one", "[budget]") {
  ProgrammeMoney some = with({money(100)}, {money(60)});
  some.awarded.add(money(30));
  some.promised.add(money(35));
  CHECK(excesses(some).empty());
  CHECK(room_for(some, "call-1", "EUR") == 65);
  CHECK(room_for(some, "call-2", "EUR") == 5);
  CHECK_FALSE(room_for(some, "call-2", "SEK"));
  some.awarded.add(money(11));
  REQUIRE(excesses(some).size() == 1);
  CHECK(excesses(some)[0].committed == 101);
  some.awarded.add(money(1, "SEK"));
  CHECK(excesses(some).size() == 2);
}
