// SPDX-License-Identifier: Apache-2.0
#include "exchange/dates.hpp"

#include "domain/date.hpp"
#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

// The date, with "+" where the wording says more, or "bad".
std::string date(std::string_view written, const DateEvidence& evidence = {}) {
  const WrittenDate read = read_date(written, evidence);
  if (!read.fault.empty()) return "bad";
  return domain::format_date(read.date) + (read.less ? "+" : "");
}

DateEvidence seen(std::initializer_list<const char*> dates) {
  DateEvidence evidence;
  for (const char* written : dates) evidence.add(written);
  return evidence;
}

}  // namespace

TEST_CASE("dates that can only be read one way", "[exchange]") {
  CHECK(date("27.06.2016") == "2016-06-27");
  CHECK(date("1.4.2008") == "2008-04-01");
  CHECK(date("05.02.16") == "2016-02-05");
  CHECK(date("31/12/18") == "2018-12-31");
  CHECK(date("12/17/2015") == "2015-12-17");
  CHECK(date("2008") == "2008");
  CHECK(date("2017-01-02") == "2017-01-02");
  CHECK(date("2015-05-01T00:00:00Z") == "2015-05-01");
  CHECK(date("2014-01-01 00:00:00.000") == "2014-01-01");
  CHECK(date("41883.0") == "2014-09-01");
  CHECK(date("42247") == "2015-08-31");
  CHECK(date("01. Nov 15") == "2015-11-01");
  CHECK(date("01-Jul-12") == "2012-07-01");
  CHECK(date("25-Jan-2016") == "2016-01-25");
  CHECK(date("1. Mai 2014") == "2014-05-01");
  CHECK(date("Aug 15") == "2015-08");
  CHECK(date("03/2007") == "2007-03");
  CHECK(date("Tuesday, October 18, 2011") == "2011-10-18");
  CHECK(date("01-01-2014") == "2014-01-01");
  CHECK(date("31.12.49") == "2049-12-31");
  CHECK(date("31.12.50") == "1950-12-31");
}

TEST_CASE("a quarter gives its year and keeps its wording", "[exchange]") {
  CHECK(date("Q3 2014") == "2014+");
  CHECK(date("Q 3, 2010") == "2010+");
  CHECK(date("Quarter 4 2008") == "2008+");
  CHECK(date("Q5 2014") == "bad");
}

TEST_CASE("the order of day and month is a fact of the file", "[exchange]") {
  CHECK(date("08/03/2015") == "2015+");
  CHECK(date("08/03/2015", seen({"31/12/2015"})) == "2015-03-08");
  CHECK(date("08/03/2015", seen({"12/17/2015"})) == "2015-08-03");
  CHECK(date("08/03/2015", seen({"12/17/2015", "31/12/2015"})) == "2015+");
  CHECK(date("08/03/2015", seen({"31.12.2015"})) == "2015+");  // another separator
  CHECK(date("08-03-2015", seen({"31-12-2015"})) == "2015-03-08");
  CHECK(date("08.03.2015") == "2015-03-08");
  CHECK(date("08.03.2015", seen({"12.17.2015"})) == "2015-08-03");
  // A date that tells its own order needs no file.
  CHECK(date("12/17/2015", seen({"31/12/2015"})) == "2015-12-17");
  CHECK(seen({"2015-13-01", "2008", "Q3 2014", "8/8/2015"}).order('-') == DayOrder::Unknown);
}

TEST_CASE("defects are no dates", "[exchange]") {
  for (const char* written : {"01/0817",
                              "20//06/2011",
                              "31.02.2015",
                              "31/09/19",
                              "00.01.2015",
                              "2015-02-30",
                              "13/13/2015",
                              "7560",
                              "0201",
                              "1",
                              "",
                              "yesterday",
                              "2015-05-01Tomorrow",
                              "1.2.3.4",
                              "12345678901.1.2015",
                              "32 Jan 2015",
                              "15 2014",
                              "99999.0",
                              "Mon 3",
                              "01.01.201",
                              "1/1/2015/1/1/1/1/1/1/1/1/1/1"}) {
    CAPTURE(written);
    CHECK(date(written) == "bad");
  }
  CHECK_THAT(read_date("01/0817", {}).fault, Catch::Matchers::Contains("01/0817"));
}
