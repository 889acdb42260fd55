// SPDX-License-Identifier: Apache-2.0
#include "domain/date.hpp"

#include "catch.hpp"

using namespace koinon;
using namespace koinon::domain;

namespace {

PartialDate date(int year, int month = 0, int day = 0) {
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

}  // namespace

TEST_CASE("a date is valid as far as it is known", "[domain]") {
  CHECK(is_valid(date(2016)));
  CHECK(is_valid(date(2016, 3)));
  CHECK(is_valid(date(2016, 3, 31)));
  CHECK(is_valid(date(1)));
  CHECK(is_valid(date(9999, 12, 31)));
  CHECK_FALSE(is_valid(date(0)));
  CHECK_FALSE(is_valid(date(-1)));
  CHECK_FALSE(is_valid(date(10000)));
  CHECK_FALSE(is_valid(date(2016, 13)));
  CHECK_FALSE(is_valid(date(2016, 4, 31)));
  CHECK_FALSE(is_valid(date(2016, 0, 5)));
  CHECK_FALSE(is_valid(date(2016, 1, 32)));
}

TEST_CASE("leap years follow the Gregorian calendar", "[domain]") {
  CHECK(is_valid(date(2016, 2, 29)));
  CHECK(is_valid(date(2000, 2, 29)));
  CHECK_FALSE(is_valid(date(1900, 2, 29)));
  CHECK_FALSE(is_valid(date(2015, 2, 29)));
}

TEST_CASE("three forms of a date are read and written back the same", "[domain]") {
  for (const char* text : {"2016", "2016-03", "2016-03-31", "0001", "9999-12-31", "2000-02-29"}) {
    CAPTURE(text);
    const auto read = parse_date(text);
    REQUIRE(read);
    CHECK(format_date(*read) == text);
  }
}

TEST_CASE("no other form of a date is read", "[domain]") {
  for (const char* text : {"",           "16",       "201",        "20160",       "2016-",
                           "2016-3",     "2016-003", "2016/03",    "2016-03-",    "2016-03-1",
                           "31-03-2016", "2016-00",  "2016-03-00", "2016-13",     "2016-02-30",
                           "2015-02-29", "0000",     "0000-01-01", " 2016",       "2016 ",
                           "+016",       "-016",     "2016-+3",    "2016-03-31T", "201a"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("a partial date spans all the days it can mean", "[domain]") {
  CHECK(first_day(date(1970, 1, 1)) == 0);
  CHECK(last_day(date(1970, 1, 1)) == 0);
  CHECK(first_day(date(1970)) == 0);
  CHECK(last_day(date(1970)) == 364);
  CHECK(first_day(date(1972, 2)) == 761);
  CHECK(last_day(date(1972, 2)) == 789);
  CHECK(first_day(date(1969, 12, 31)) == -1);
  CHECK(last_day(date(2000, 2)) - first_day(date(2000, 2)) == 28);
  CHECK(last_day(date(1900, 2)) - first_day(date(1900, 2)) == 27);
}

TEST_CASE("one date is surely before another only when no day of theirs could meet", "[domain]") {
  CHECK(surely_before(date(2015), date(2016)));
  CHECK(surely_before(date(2016, 2), date(2016, 3, 1)));
  CHECK(surely_before(date(2016, 3, 1), date(2016, 3, 2)));
  CHECK_FALSE(surely_before(date(2016), date(2016)));
  CHECK_FALSE(surely_before(date(2016), date(2016, 12, 31)));
  CHECK_FALSE(surely_before(date(2016, 3), date(2016, 3, 15)));
  CHECK_FALSE(surely_before(date(2017), date(2016)));
  CHECK_FALSE(surely_before(date(0), date(2016)));
  CHECK_FALSE(surely_before(date(2016), date(0)));
}

TEST_CASE("an instant is written with milliseconds in UTC and read back", "[domain]") {
  CHECK(format_timestamp(0) == "1970-01-01T00:00:00.000Z");
  CHECK(format_timestamp(1795525200123) == "2026-11-24T13:00:00.123Z");
  CHECK(format_timestamp(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(format_timestamp(951782400000) == "2000-02-29T00:00:00.000Z");
  for (const Timestamp at : {Timestamp{0}, Timestamp{-1}, Timestamp{1795525200123},
                             Timestamp{951868799999}, Timestamp{253402300799999}}) {
    CAPTURE(at);
    CHECK(parse_timestamp(format_timestamp(at)) == at);
  }
}

TEST_CASE("no other form of an instant is read", "[domain]") {
  for (const char* text :
       {"", "2026-11-24", "2026-11-24T13:00:00Z", "2026-11-24T13:00:00.123",
        "2026-11-24 13:00:00.123Z", "2026-11-24T24:00:00.000Z", "2026-11-24T13:60:00.000Z",
        "2026-11-24T13:00:60.000Z", "2026-02-30T13:00:00.000Z", "2026-11-24T13:00:00.12aZ",
        "2026-11-24T13:00:00.123+", "2026-11-24T1a:00:00.123Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}
