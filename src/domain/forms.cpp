// SPDX-License-Identifier: Apache-2.0
#include "domain/forms.hpp"

#include <algorithm>

#include "domain/decimal.hpp"

namespace koinon::domain {

namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool is_language(std::string_view tag) {
  const std::size_t end = std::min(tag.find('-'), tag.size());
  if (end < 2 || end > 3 || tag.size() > 35) return false;
  for (std::size_t i = 0; i < end; ++i) {
    if (!is_lower(tag[i])) return false;
  }
  std::size_t run = 0;
  for (std::size_t i = end; i < tag.size(); ++i) {
    if (tag[i] == '-') {
      if (i + 1 == tag.size() || (i > end && run == 0)) return false;
      run = 0;
    } else if (!(is_upper(tag[i]) || is_lower(tag[i]) || is_digit(tag[i])) || ++run > 8) {
      return false;
    }
  }
  return true;
}

bool is_nuts(std::string_view code) {
  if (code.size() < 2 || code.size() > 5 || !is_upper(code[0]) || !is_upper(code[1])) return false;
  for (const char c : code.substr(2)) {
    if (!is_upper(c) && !is_digit(c)) return false;
  }
  return true;
}

bool is_link(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"') return false;
  }
  return true;
}

bool is_currency(std::string_view code) {
  return code.size() == 3 && std::all_of(code.begin(), code.end(), is_upper);
}

bool is_rate(std::string_view text) {
  constexpr std::int64_t billion = 1'000'000'000'000'000;  // in millionths
  const std::int64_t rate = parse_decimal(text, rate_digits).value_or(0);
  return rate > 0 && rate < billion;
}

}  // namespace koinon::domain
