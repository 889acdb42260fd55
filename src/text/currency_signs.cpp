// SPDX-License-Identifier: Apache-2.0
#include "text/currency_signs.hpp"

#include <array>

namespace koinon::text {

namespace {

constexpr std::array<CurrencySign, 26> signs = {{
    {"€", "EUR"},   {"EUR", "EUR"}, {"Euro", "EUR"}, {"kn", "HRK"},  {"HRK", "HRK"}, {"HUF", "HUF"},
    {"Ft", "HUF"},  {"PLN", "PLN"}, {"zł", "PLN"},   {"CZK", "CZK"}, {"Kč", "CZK"},  {"GBP", "GBP"},
    {"£", "GBP"},   {"SEK", "SEK"}, {"DKK", "DKK"},  {"RON", "RON"}, {"lei", "RON"}, {"BGN", "BGN"},
    {"лв.", "BGN"}, {"LTL", "LTL"}, {"LVL", "LVL"},  {"EEK", "EEK"}, {"SKK", "SKK"}, {"CHF", "CHF"},
    {"NOK", "NOK"}, {"USD", "USD"},
}};

}  // namespace

std::span<const CurrencySign> currency_signs() {
  return signs;
}

}  // namespace koinon::text
