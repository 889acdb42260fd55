// SPDX-License-Identifier: Apache-2.0
//
// Amounts as people write them: 1.200,00 and 1,200.00, with or without a currency. Read exactly or
// not at all.
#pragma once

#include <cstdint>
#include <string_view>

#include "koinon/records.hpp"

namespace koinon::exchange {

/// Which of comma and point begins the decimals. Mixed: both do, in different rows.
enum class DecimalSign : std::uint8_t { Unknown, Comma, Point, Mixed };

/// What the amounts of one source file, taken together, say about its decimal sign. "1.200,00",
/// "980,5" and "1.099.329" say comma; "23.885" says nothing.
class DecimalEvidence {
 public:
  void add(std::string_view written);
  DecimalSign sign() const;

 private:
  bool comma_ = false;
  bool point_ = false;
};

/// The amount in `currency`, or in the currency that the wording names (€, EUR, kn, HUF ...). Only
/// the wording is kept when no currency is known, when three digits after one separator could be
/// thousands or decimals and `sign` does not tell, when the amount is not whole in minor units, or
/// when it is no number.
Money read_money(std::string_view written, DecimalSign sign, std::string_view currency);

}  // namespace koinon::exchange
