// SPDX-License-Identifier: Apache-2.0
//
// Exact decimal numbers: money in minor units and shares in millionths, never a double.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace koinon::domain {

/// Minor digits of an ISO 4217 currency: 2, save for the few with 0 or 3.
int currency_digits(std::string_view currency);

/// Decimals of a rate of exchange.
inline constexpr int rate_digits = 6;

/// "-12.50" with `digits` = 2 is -1250. Plain form only: optional sign, digits, optional point and
/// at most `digits` decimals (missing ones are zeros). Nothing where it does not fit or overflows.
std::optional<std::int64_t> parse_decimal(std::string_view text, int digits);

/// The shortest form without trailing zeros ("0.8") or, when `fixed`, with all digits ("0.800000").
std::string format_decimal(std::int64_t scaled, int digits, bool fixed);

}  // namespace koinon::domain
