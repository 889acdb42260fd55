// SPDX-License-Identifier: Apache-2.0
#include "exchange/numbers.hpp"

#include <cstddef>
#include <string>

#include "domain/decimal.hpp"
#include "text/currency_signs.hpp"
#include "text/digit_groups.hpp"

namespace koinon::exchange {

namespace {

using text::DigitForm;

std::string_view trimmed(std::string_view text) {
  while (const std::size_t size = text::group_blank(text)) text.remove_prefix(size);
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
  for (const text::CurrencySign& sign : text::currency_signs()) {
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

// A number as written, with nothing before or after it.
struct Written {
  text::DigitGroups groups;
  bool negative = false;

  text::DigitForm form() const { return text::digit_form(groups, groups.count); }
  char mark() const { return groups.separator[groups.count - 1]; }
};

bool take_number(std::string_view text, Written& number) {
  if (text.ends_with(".-")) text = trimmed(text.substr(0, text.size() - 2));  // "14 861 000 .-"
  if (text.starts_with('-')) {
    number.negative = true;
    text.remove_prefix(1);
  }
  number.groups = text::read_digit_groups(text);
  const std::size_t count = number.groups.count;
  return count > 0 && number.groups.end[count - 1] == text.size();
}

// The same number with a point and no more decimals than `digits`, further zeros dropped.
std::string plain(const Written& written, bool decimal, int digits) {
  std::string number = written.groups.digits;
  if (decimal) {
    std::size_t decimals = written.groups.size[written.groups.count - 1];
    while (decimals > static_cast<std::size_t>(digits) && number.back() == '0') {
      number.pop_back();
      --decimals;
    }
    if (decimals > 0) number.insert(number.size() - decimals, 1, '.');
  }
  return written.negative ? '-' + number : number;
}

}  // namespace

void DecimalEvidence::add(std::string_view written) {
  std::string_view text = trimmed(written);
  take_currency(text);
  Written number;
  if (!take_number(text, number)) return;
  const DigitForm form = number.form();
  const char mark = number.mark();
  if (form == DigitForm::Decimal) {
    (mark == ',' ? comma_ : point_) = true;
  } else if (form == DigitForm::Grouped && mark != ' ') {
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
  Written number;
  if (currency.empty() || !take_number(text, number)) return money;
  const DigitForm form = number.form();
  bool decimal = form == DigitForm::Decimal;
  if (form == DigitForm::Either) {
    if (sign != DecimalSign::Comma && sign != DecimalSign::Point) return money;
    decimal = (number.mark() == ',') == (sign == DecimalSign::Comma);
  }
  if (form == DigitForm::None) return money;
  const int digits = domain::currency_digits(currency);
  money.minor = domain::parse_decimal(plain(number, decimal, digits), digits);
  if (money.minor) money.currency = currency;
  return money;
}

}  // namespace koinon::exchange
