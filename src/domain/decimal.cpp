// SPDX-License-Identifier: Apache-2.0
#include "domain/decimal.hpp"

#include <algorithm>
#include <array>

namespace koinon::domain {

int currency_digits(std::string_view currency) {
  // ISO 4217, list one: the currencies whose minor unit is not a hundredth.
  static constexpr std::array<std::string_view, 16> whole = {
      "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
      "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"};
  static constexpr std::array<std::string_view, 7> thousandths = {"BHD", "IQD", "JOD", "KWD",
                                                                  "LYD", "OMR", "TND"};
  if (std::find(whole.begin(), whole.end(), currency) != whole.end()) return 0;
  if (std::find(thousandths.begin(), thousandths.end(), currency) != thousandths.end()) return 3;
  return 2;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int digits) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::int64_t value = 0;
  int decimals = -1;  // digits seen after the point, -1 before it
  bool any = false;
  for (const char c : text) {
    if (c == '.' && decimals < 0 && any) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (decimals >= 0 && ++decimals > digits) return std::nullopt;
    // Downwards, as the smallest integer is further from zero than the largest.
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, c - '0', &value))
      return std::nullopt;
    any = true;
  }
  if (!any || decimals == 0) return std::nullopt;
  for (int i = std::max(decimals, 0); i < digits; ++i) {
    if (__builtin_mul_overflow(value, 10, &value)) return std::nullopt;
  }
  if (!negative && __builtin_sub_overflow(std::int64_t{0}, value, &value)) return std::nullopt;
  return value;
}

std::string format_decimal(std::int64_t scaled, int digits, bool fixed) {
  // Through the unsigned magnitude, so that the smallest integer has one too.
  const auto magnitude =
      scaled < 0 ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
  std::string text = std::to_string(magnitude);
  const auto width = static_cast<std::size_t>(digits);
  if (text.size() <= width) text.insert(0, width + 1 - text.size(), '0');
  if (width > 0) {
    text.insert(text.size() - width, 1, '.');
    if (!fixed) {
      while (text.back() == '0') text.pop_back();
      if (text.back() == '.') text.pop_back();
    }
  }
  if (scaled < 0) text.insert(0, 1, '-');
  return text;
}

}  // namespace koinon::domain
