// SPDX-License-Identifier: Apache-2.0
//
// How currencies of European countries are written beside an amount.
#pragma once

#include <span>
#include <string_view>

namespace koinon::text {

struct CurrencySign {
  std::string_view written;
  std::string_view code;  // ISO 4217
};

/// Signs that mean one currency of a European country. "kr" and "$" mean several and are left out.
std::span<const CurrencySign> currency_signs();

}  // namespace koinon::text
