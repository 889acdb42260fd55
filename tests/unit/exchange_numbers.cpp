// SPDX-License-Identifier: Apache-2.0
#include "exchange/numbers.hpp"

#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

// The amount in minor units and its currency, or "as written".
std::string amount(std::string_view written, DecimalSign sign = DecimalSign::Unknown,
                   std::string_view currency = "EUR") {
  const Money money = read_money(written, sign, currency);
  CHECK(money.as_written == written);
  return money.minor ? std::to_string(*money.minor) + ' ' + money.currency : "as written";
}

DecimalSign sign_of(std::initializer_list<const char*> amounts) {
  DecimalEvidence evidence;
  for (const char* written : amounts) evidence.add(written);
  return evidence.sign();
}

}  // namespace

TEST_CASE("amounts whose form tells the decimal sign", "[exchange]") {
  CHECK(amount("1.200,00") == "120000 EUR");
  CHECK(amount("980,00") == "98000 EUR");
  CHECK(amount("1,200.00") == "120000 EUR");
  CHECK(amount("5637188") == "563718800 EUR");
  CHECK(amount("0.00") == "0 EUR");
  CHECK(amount("0") == "0 EUR");
  CHECK(amount("1234.5") == "123450 EUR");
  CHECK(amount("3.284.932") == "328493200 EUR");
  CHECK(amount("€67,966,870") == "6796687000 EUR");
  CHECK(amount("1234567,89") == "123456789 EUR");
  CHECK(amount("-35,90") == "-3590 EUR");
  CHECK(amount("-107.128,58") == "-10712858 EUR");
  CHECK(amount("0,5") == "50 EUR");
  CHECK(amount("1234.500") == "123450 EUR");
}

TEST_CASE("a currency may stand on either side", "[exchange]") {
  CHECK(amount("2.254,62 €") == "225462 EUR");
  CHECK(amount("€ 1090141.18", DecimalSign::Unknown, "") == "109014118 EUR");
  CHECK(amount("5.172.338,50 kn") == "517233850 HRK");
  CHECK(amount("14 861 000 .- HUF") == "1486100000 HUF");
  CHECK(amount("1 000,50 zł") == "100050 PLN");
  CHECK(amount("5.000€", DecimalSign::Comma) == "500000 EUR");
  CHECK(amount("£1,250.00", DecimalSign::Unknown, "") == "125000 GBP");
}

TEST_CASE("three digits after one separator need the file's convention", "[exchange]") {
  CHECK(amount("23.885") == "as written");
  CHECK(amount("23.885", DecimalSign::Mixed) == "as written");
  CHECK(amount("23.885", DecimalSign::Comma) == "2388500 EUR");
  CHECK(amount("23,885", DecimalSign::Point) == "2388500 EUR");
  CHECK(amount("23.880", DecimalSign::Point) == "2388 EUR");
  CHECK(amount("23.885", DecimalSign::Point) == "as written");  // not whole in cents
  CHECK(amount("€544,310", DecimalSign::Point) == "54431000 EUR");
  CHECK(amount("0.123", DecimalSign::Comma) == "as written");  // no thousands begin with 0
}

TEST_CASE("what is no exact amount keeps its wording", "[exchange]") {
  for (const char* written :
       {"-", "n.a.", "1.2.3", "12,34.5", "1.23,456,789", "1234,", ",5", "1.2345.678", "12 €/h",
        "67289236.754", "1 2345", "99999999999999999999", "1.000 bis 2.000", "$5"}) {
    CAPTURE(written);
    CHECK(amount(written) == "as written");
  }
  CHECK(amount("1200", DecimalSign::Unknown, "") == "as written");  // of which currency?
}

TEST_CASE("amounts together tell the decimal sign of their file", "[exchange]") {
  CHECK(sign_of({"1.200,00"}) == DecimalSign::Comma);
  CHECK(sign_of({"23.885", "980,5"}) == DecimalSign::Comma);
  CHECK(sign_of({"1.099.329"}) == DecimalSign::Comma);
  CHECK(sign_of({"153,843", "98,584.00"}) == DecimalSign::Point);
  CHECK(sign_of({"€67,966,870"}) == DecimalSign::Point);
  CHECK(sign_of({"23.885", "119.613", "7", "14 861 000 .- HUF", "-"}) == DecimalSign::Unknown);
  CHECK(sign_of({"34,3", "43.21"}) == DecimalSign::Mixed);
}
