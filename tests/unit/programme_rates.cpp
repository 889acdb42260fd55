// SPDX-License-Identifier: Apache-2.0
#include "programme/rates.hpp"

#include <limits>
#include <random>

#include "catch.hpp"

using namespace koinon;
using programme::Rates;

namespace {

__extension__ typedef __int128 Wide;

ExchangeRate rate(const char* currency, const char* told, const char* per = "EUR") {
  return {currency, per, told, {2026, 1, 2}, "a host"};
}

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("an amount crosses into another currency by the rate, to the minor unit", "[rates]") {
  const Rates rates({rate("SEK", "11.4235"), rate("JPY", "160.5"), rate("TND", "3.4")});
  CHECK(rates.base() == "EUR");
  CHECK(rates.know("EUR"));
  CHECK(rates.know("JPY"));
  CHECK_FALSE(rates.know("USD"));
  CHECK(rates.into_base_up(11'423'50, "SEK") == 1'000'00);
  CHECK(rates.into_base_up(11'423'51, "SEK") == 1'000'01);  // a part of a cent is a cent
  CHECK(rates.into_base_down(11'423'51, "SEK") == 1'000'00);
  CHECK(rates.out_of_base_down(1'000'00, "SEK") == 11'423'50);
  CHECK(rates.into_base_up(1605, "JPY") == 10'00);        // no minor unit
  CHECK(rates.out_of_base_down(10'00, "TND") == 34'000);  // three digits of it
  CHECK(rates.into_base_up(5, "EUR") == 5);
  CHECK(rates.text("SEK") == "11.4235 SEK for 1 EUR");
}

TEST_CASE("without rates no currency is known", "[rates]") {
  CHECK_FALSE(Rates().know("EUR"));
  CHECK_FALSE(Rates().know(""));
  const Rates bad({rate("SEK", "0"), rate("DKK", "-1"), rate("NOK", "many"), rate("EUR", "1")});
  CHECK_FALSE(bad.know("EUR"));
  // Those per another currency, and second ones, do not count.
  const Rates mixed({rate("SEK", "11"), rate("SEK", "12"), rate("DKK", "7", "SEK")});
  CHECK_FALSE(mixed.know("DKK"));
  CHECK(mixed.text("SEK") == "11 SEK for 1 EUR");
}

TEST_CASE("amounts past 64 bits end at their end", "[rates]") {
  const Rates rates({rate("AAA", "0.000001"), rate("BBB", "999999999.999999")});
  CHECK(rates.into_base_up(most, "AAA") == most);
  CHECK(rates.into_base_down(least, "AAA") == least);
  CHECK(rates.out_of_base_down(most, "BBB") == most);
  CHECK(rates.out_of_base_down(least, "BBB") == least);
  CHECK(rates.into_base_up(1, "BBB") == 1);
  CHECK(rates.into_base_up(-1, "BBB") == 0);
  CHECK(rates.into_base_down(-1, "BBB") == -1);
}

TEST_CASE("a converted amount is the nearest on the side of the budget", "[rates]") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 20000; ++round) {
    const auto millionths = static_cast<std::int64_t>(1 + random() % 2'000'000'000);
    const auto minor = static_cast<std::int64_t>(random() % 1'000'000'000'000) - 500'000'000'000;
    const std::string told = std::to_string(millionths / 1'000'000) + '.' +
                             std::to_string(1'000'000 + millionths % 1'000'000).substr(1);
    const Rates rates({rate("SEK", told.c_str())});
    CAPTURE(told, minor);
    // The definition: so many cents are worth at least, or at most, the amount.
    const auto worth = [&](std::int64_t cents) { return Wide{cents} * millionths; };
    const Wide amount = Wide{minor} * 1'000'000;
    const std::int64_t up = rates.into_base_up(minor, "SEK");
    CHECK((worth(up) >= amount && worth(up - 1) < amount));
    const std::int64_t down = rates.into_base_down(minor, "SEK");
    CHECK((worth(down) <= amount && worth(down + 1) > amount));
    const Wide out = rates.out_of_base_down(minor, "SEK");
    CHECK((out * 1'000'000 <= worth(minor) && (out + 1) * 1'000'000 > worth(minor)));
  }
}
