// SPDX-License-Identifier: Apache-2.0
#include "exchange/numbers.hpp"

#include <array>
#include <cstddef>
#include <string>

#include "domain/decimal.hpp"

namespace koinon::exchange {

namespace {

struct Sign {
  std::string_view written;
  std::string_view code;
};

// Signs that mean one currency of an EU country. "kr" and "$" mean several and are left out.
constexpr std::array<Sign, 26> signs = {{
    {"€", "EUR"},   {"EUR", "EUR"}, {"Euro", "EUR"}, {"kn", "HRK"},  {"HRK", "HRK"}, {"HUF", "HUF"},
    {"Ft", "HUF"},  {"PLN", "PLN"}, {"zł", "PLN"},   {"CZK", "CZK"}, {"Kč", "CZK"},  {"GBP", "GBP"},
    {"£", "GBP"},   {"SEK", "SEK"}, {"DKK", "DKK"},  {"RON", "RON"}, {"lei", "RON"}, {"BGN", "BGN"},
    {"лв.", "BGN"}, {"LTL", "LTL"}, {"LVL", "LVL"},  {"EEK", "EEK"}, {"SKK", "SKK"}, {"CHF", "CHF"},
    {"NOK", "NOK"}, {"USD", "USD"},
}};

// A blank that may stand between groups of digits, and its length.
std::size_t blank_at(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\'') return 1;
  if (text.starts_with("\u00A0")) return 2;
  if (text.starts_with("\u2009") || text.starts_with("\u202F")) return 3;
  return 0;
}

std::string_view trimmed(std::string_view text) {
  while (const std::size_t size = blank_at(text)) text.remove_prefix(size);
  while (!text.empty()) {
    if (text.back() == ' ' || text.back() == '\t') {
      text.remove_suffix(1);
    } else if (text.ends_with("\u00A0")) {
      text.remove_suffix(2);
    } else if (text.ends_with("\u202F")) {
      text.remove_suffix(3);
    } else {
      break;
    }
  }
  return text;
}

// Takes the currency off either end of `text`.
std::string_view take_currency(std::string_view& text) {
  if (text.empty()) return {};
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (is_digit(text.front()) && is_digit(text.back())) return {};
  for (const Sign& sign : signs) {
    if (text.starts_with(sign.written)) {
      text = trimmed(text.substr(sign.written.size()));
      return sign.code;
    }
    if (text.ends_with(sign.written)) {
      text = trimmed(text.substr(0, text.size() - sign.written.size()));
      return sign.code;
    }
  }
  return {};
}

// Runs of digits and what stands between them; ' ' for any blank.
struct Groups {
  static constexpr std::size_t most = 12;
  std::array<std::size_t, most> size{};
  std::array<char, most> separator{};  // before group i; none before the first
  std::size_t count = 0;
  std::string digits;
  bool negative = false;
};

bool take_groups(std::string_view text, Groups& groups) {
  if (text.ends_with(".-")) text = trimmed(text.substr(0, text.size() - 2));  // "14 861 000 .-"
  if (text.starts_with('-')) {
    groups.negative = true;
    text.remove_prefix(1);
  }
  char separator = 0;
  bool in_group = false;
  while (!text.empty()) {
    const char c = text.front();
    if (c >= '0' && c <= '9') {
      if (!in_group) {
        if (groups.count == Groups::most) return false;
        groups.separator[groups.count++] = separator;
        in_group = true;
      }
      ++groups.size[groups.count - 1];
      groups.digits += c;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t blank = blank_at(text);
    if (!in_group || (c != '.' && c != ',' && blank == 0)) return false;
    separator = blank > 0 ? ' ' : c;
    in_group = false;
    text.remove_prefix(blank > 0 ? blank : 1);
  }
  return in_group;
}

// Whether groups 0 to last, all parted by `separator`, are thousands: one to three digits, then
// threes.
bool are_thousands(const Groups& groups, std::size_t last) {
  if (last > 0 && groups.size[0] > 3) return false;
  for (std::size_t i = 1; i <= last; ++i) {
    if (groups.size[i] != 3 || groups.separator[i] != groups.separator[1]) return false;
  }
  return true;
}

enum class Form : std::uint8_t { None, Whole, Grouped, Decimal, Either };

// What the separators alone tell. Either: three digits after one separator.
Form form_of(const Groups& groups) {
  if (groups.count == 1) return Form::Whole;
  const std::size_t last = groups.count - 1;
  const char mark = groups.separator[last];
  if (mark == ' ' || (last > 1 && groups.separator[last - 1] == mark))
    return are_thousands(groups, last) ? Form::Grouped : Form::None;
  if (!are_thousands(groups, last - 1)) return Form::None;
  if (last > 1) {
    // Only a different mark may have parted the thousands.
    return groups.separator[1] == mark ? Form::None : Form::Decimal;
  }
  const bool could_group = groups.size[1] == 3 && groups.size[0] <= 3 && groups.digits[0] != '0';
  return could_group ? Form::Either : Form::Decimal;
}

// The same number with a point and no more decimals than `digits`, further zeros dropped.
std::string plain(const Groups& groups, bool decimal, int digits) {
  std::string number = groups.digits;
  if (decimal) {
    std::size_t decimals = groups.size[groups.count - 1];
    while (decimals > static_cast<std::size_t>(digits) && number.back() == '0') {
      number.pop_back();
      --decimals;
    }
    if (decimals > 0) number.insert(number.size() - decimals, 1, '.');
  }
  return groups.negative ? '-' + number : number;
}

}  // namespace

void DecimalEvidence::add(std::string_view written) {
  std::string_view text = trimmed(written);
  take_currency(text);
  Groups groups;
  if (!take_groups(text, groups)) return;
  const Form form = form_of(groups);
  const char mark = groups.separator[groups.count - 1];
  if (form == Form::Decimal) {
    (mark == ',' ? comma_ : point_) = true;
  } else if (form == Form::Grouped && mark != ' ') {
    (mark == ',' ? point_ : comma_) = true;
  }
}

DecimalSign DecimalEvidence::sign() const {
  if (comma_ && point_) return DecimalSign::Mixed;
  if (comma_) return DecimalSign::Comma;
  return point_ ? DecimalSign::Point : DecimalSign::Unknown;
}

Money read_money(std::string_view written, DecimalSign sign, std::string_view currency) {
  Money money;
  std::string_view text = trimmed(written);
  money.as_written = text;
  const std::string_view told = take_currency(text);
  if (!told.empty()) currency = told;
  Groups groups;
  if (currency.empty() || !take_groups(text, groups)) return money;
  const Form form = form_of(groups);
  bool decimal = form == Form::Decimal;
  if (form == Form::Either) {
    if (sign != DecimalSign::Comma && sign != DecimalSign::Point) return money;
    decimal = (groups.separator[1] == ',') == (sign == DecimalSign::Comma);
  }
  if (form == Form::None) return money;
  const int digits = domain::currency_digits(currency);
  money.minor = domain::parse_decimal(plain(groups, decimal, digits), digits);
  if (money.minor) money.currency = currency;
  return money;
}

}  // namespace koinon::exchange
