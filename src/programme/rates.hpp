// SPDX-License-Identifier: Apache-2.0
//
// Rates of exchange that a host told with their day and source: the only way from one currency
// into another. Of what a rounding leaves, the budget has the benefit: what is committed is rounded
// up, and what may be committed down.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/programme_records.hpp"

namespace koinon::programme {

class Rates {
 public:
  Rates() = default;
  /// All per one currency, and one of each, as a valid programme tells them; one that is not valid
  /// counts as not told.
  explicit Rates(const std::vector<ExchangeRate>& told);

  /// The currency that amounts are brought into; "" where no rate is told.
  const std::string& base() const { return base_; }
  /// Whether amounts of a currency can be brought into the base. The base can.
  bool know(std::string_view currency) const;

  // Of a currency that is known. Minor units; past what 64 bits hold, their end. O(log rates).
  std::int64_t into_base_up(std::int64_t minor, std::string_view currency) const;
  std::int64_t into_base_down(std::int64_t minor, std::string_view currency) const;
  std::int64_t out_of_base_down(std::int64_t minor, std::string_view currency) const;

  /// "11.4235 SEK for 1 EUR", of a currency that is known and not the base.
  std::string text(std::string_view currency) const;

 private:
  std::string base_;
  std::map<std::string, std::int64_t, std::less<>> millionths_;  // of a currency for one base
};

}  // namespace koinon::programme
