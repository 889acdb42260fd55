// SPDX-License-Identifier: Apache-2.0
#include "domain/decimal.hpp"

#include <limits>

#include "catch.hpp"

using namespace koinon::domain;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("decimals are read exactly", "[domain]") {
  CHECK(parse_decimal("0", 2) == 0);
  CHECK(parse_decimal("12", 2) == 1200);
  CHECK(parse_decimal("12.5", 2) == 1250);
  CHECK(parse_decimal("-12.50", 2) == -1250);
  CHECK(parse_decimal("0.000001", 6) == 1);
  CHECK(parse_decimal("007", 0) == 7);
  CHECK(parse_decimal("-0", 2) == 0);
}

TEST_CASE("what is no plain decimal, or has too many decimals, is not read", "[domain]") {
  for (const char* text : {"", "-", ".", ".5", "5.", "1.2.3", "+1", " 1", "1 ", "1,5", "1e3", "--1",
                           "1.234", "0x1", "1.000", "٣"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_decimal(text, 2));
  }
  CHECK_FALSE(parse_decimal("1.5", 0));
}

TEST_CASE("decimals stop at 64 bits", "[domain]") {
  CHECK(parse_decimal("92233720368547758.07", 2) == largest);
  CHECK(parse_decimal("9223372036854775807", 0) == largest);
  CHECK_FALSE(parse_decimal("9223372036854775808", 0));
  CHECK_FALSE(parse_decimal("92233720368547758.08", 2));
  CHECK_FALSE(parse_decimal("92233720368547759", 2));
  CHECK_FALSE(parse_decimal("99999999999999999999999999", 2));
  CHECK(parse_decimal("-9223372036854775808", 0) == smallest);
  CHECK_FALSE(parse_decimal("-9223372036854775809", 0));
}

TEST_CASE("every amount that can be held can be written and read back", "[domain]") {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1},
                                   std::int64_t{99}, std::int64_t{-100}, largest, smallest}) {
    for (const int digits : {0, 2, 3, 6}) {
      for (const bool fixed : {false, true}) {
        CAPTURE(value, digits, fixed);
        CHECK(parse_decimal(format_decimal(value, digits, fixed), digits) == value);
      }
    }
  }
}

TEST_CASE("decimals are written short or with all digits", "[domain]") {
  CHECK(format_decimal(800000, 6, false) == "0.8");
  CHECK(format_decimal(800000, 6, true) == "0.800000");
  CHECK(format_decimal(1000000, 6, false) == "1");
  CHECK(format_decimal(0, 6, false) == "0");
  CHECK(format_decimal(0, 2, true) == "0.00");
  CHECK(format_decimal(-5, 2, true) == "-0.05");
  CHECK(format_decimal(1200, 0, false) == "1200");
  CHECK(format_decimal(120, 0, true) == "120");
  CHECK(format_decimal(smallest, 2, true) == "-92233720368547758.08");
}

TEST_CASE("currencies have the minor digits of ISO 4217", "[domain]") {
  for (const char* code : {"EUR", "BGN", "HUF", "PLN", "USD", ""})
    CHECK(currency_digits(code) == 2);
  for (const char* code : {"ISK", "JPY", "KRW", "XOF"}) CHECK(currency_digits(code) == 0);
  for (const char* code : {"TND", "KWD", "BHD"}) CHECK(currency_digits(code) == 3);
}
