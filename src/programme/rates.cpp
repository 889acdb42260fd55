// SPDX-License-Identifier: Apache-2.0
#include "programme/rates.hpp"

#include <algorithm>
#include <limits>

#include "domain/decimal.hpp"
#include "domain/forms.hpp"

namespace koinon::programme {

namespace {

// An amount times a rate below a billion, in millionths, times a thousand, is exact in it.
__extension__ typedef __int128 Wide;

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Wide divided_down(Wide dividend, Wide divisor) {
  const Wide quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

Wide divided_up(Wide dividend, Wide divisor) {
  return -divided_down(-dividend, divisor);
}

std::int64_t clamped(Wide value) {
  constexpr Wide most = std::numeric_limits<std::int64_t>::max();
  constexpr Wide least = std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(std::clamp(value, least, most));
}

// How many minor units there are in one unit.
Wide minor_units(std::string_view currency) {
  return power_of_ten(domain::currency_digits(currency));
}

}  // namespace

Rates::Rates(const std::vector<ExchangeRate>& told) {
  for (const ExchangeRate& rate : told) {
    if (!domain::is_rate(rate.rate) || rate.currency == rate.per) continue;
    if (base_.empty()) base_ = rate.per;
    if (rate.per != base_) continue;
    millionths_.try_emplace(rate.currency, *domain::parse_decimal(rate.rate, domain::rate_digits));
  }
}

bool Rates::know(std::string_view currency) const {
  if (base_.empty()) return false;
  return currency == base_ || millionths_.find(currency) != millionths_.end();
}

std::int64_t Rates::into_base_up(std::int64_t minor, std::string_view currency) const {
  // A sum that was cut off is greater than anything, and stays so.
  if (currency == base_ || minor == std::numeric_limits<std::int64_t>::max()) return minor;
  const Wide rate = millionths_.find(currency)->second;
  return clamped(divided_up(minor * minor_units(base_) * power_of_ten(domain::rate_digits),
                            rate * minor_units(currency)));
}

std::int64_t Rates::into_base_down(std::int64_t minor, std::string_view currency) const {
  if (currency == base_) return minor;
  const Wide rate = millionths_.find(currency)->second;
  return clamped(divided_down(minor * minor_units(base_) * power_of_ten(domain::rate_digits),
                              rate * minor_units(currency)));
}

std::int64_t Rates::out_of_base_down(std::int64_t minor, std::string_view currency) const {
  if (currency == base_) return minor;
  const Wide rate = millionths_.find(currency)->second;
  return clamped(divided_down(minor * rate * minor_units(currency),
                              minor_units(base_) * power_of_ten(domain::rate_digits)));
}

std::string Rates::text(std::string_view currency) const {
  const std::int64_t rate = millionths_.find(currency)->second;
  return domain::format_decimal(rate, domain::rate_digits, false) + ' ' + std::string(currency) +
         " for 1 " + base_;
}

}  // namespace koinon::programme
