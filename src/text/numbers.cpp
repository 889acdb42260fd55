// SPDX-License-Identifier: Apache-2.0
#include "text/numbers.hpp"

#include <algorithm>
#include <array>

#include "text/currency_signs.hpp"
#include "text/digit_groups.hpp"
#include "text/fold.hpp"
#include "text/tokens.hpp"
#include "text/utf8.hpp"
#include "text/written_dates.hpp"
#include "text/written_words.hpp"

namespace koinon::text {

namespace {

constexpr std::size_t most_digits = 40;
constexpr std::size_t longest_word = 64;  // bytes, of a magnitude

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Bytes that a number can begin with: a digit, or the first of ½, ¼, ¾ and of ⅛.
constexpr auto begins_number = [] {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  table[0xC2] = true;
  table[0xE2] = true;
  return table;
}();

struct Fraction {
  std::string_view written;
  std::string_view decimals;
};
// Those that come out even.
constexpr std::array<Fraction, 11> fractions = {{{"½", "5"},
                                                 {"¼", "25"},
                                                 {"¾", "75"},
                                                 {"⅕", "2"},
                                                 {"⅖", "4"},
                                                 {"⅗", "6"},
                                                 {"⅘", "8"},
                                                 {"⅛", "125"},
                                                 {"⅜", "375"},
                                                 {"⅝", "625"},
                                                 {"⅞", "875"}}};

const Fraction* fraction_at(std::string_view text) {
  if (text.empty() || (text[0] != '\xC2' && text[0] != '\xE2')) return nullptr;
  for (const Fraction& fraction : fractions) {
    if (text.starts_with(fraction.written)) return &fraction;
  }
  return nullptr;
}

bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && begins_word(decode(text, at).code);
}

// Whether the character before `at` is a letter or digit, or a mark that ties it to one: the 30 of
// 12:30, the 2 of A-2 and of 1.2.
bool tied_before(std::string_view text, std::size_t from, std::size_t at) {
  if (at == 0) return false;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U)
    --begin;
  if (begins_word(decode(text, begin).code)) return at > from;
  return text[at - 1] == ':' && at > 1 && is_digit(text[at - 2]);
}

std::size_t blanks_at(std::string_view text, std::size_t at) {
  const std::size_t one = at < text.size() && text[at] != '\'' ? group_blank(text.substr(at)) : 0;
  return one;
}

// The number 10^exponent times whole.decimals, without zeros that say nothing.
std::string plain(std::string whole, std::string decimals, int exponent) {
  for (; exponent > 0; --exponent) {
    whole += decimals.empty() ? '0' : decimals[0];
    if (!decimals.empty()) decimals.erase(0, 1);
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return decimals.empty() ? whole : whole + '.' + decimals;
}

struct Parsed {
  std::string whole = "0";
  std::string decimals;
};

// The readings of the first `count` groups.
std::vector<Parsed> parse(const DigitGroups& groups, std::size_t count, char decimal,
                          bool beside_currency) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) size += groups.size[i];
  const std::string digits = groups.digits.substr(0, size);
  const DigitForm form = digit_form(groups, count);
  const std::size_t last = groups.size[count - 1];
  const Parsed grouped{digits, {}};
  const Parsed parted{digits.substr(0, size - last), digits.substr(size - last)};
  if (form == DigitForm::Decimal) return {parted};
  if (form != DigitForm::Either) return {grouped};
  const bool is_decimal = groups.separator[1] == decimal;
  if (decimal == 0) return {parted, grouped};
  // Money has no three decimals, whatever the language: € 2.000.
  if (is_decimal && beside_currency) return {parted, grouped};
  return {is_decimal ? parted : grouped};
}

class Reader {
 public:
  Reader(std::string_view text, std::string_view language) : text_(text), language_(language) {}

  std::vector<Quantity> run() {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text_.data());
    std::size_t at = 0;
    while (true) {
      while (at < text_.size() && !begins_number[bytes[at]]) ++at;
      if (at >= text_.size()) return std::move(found_);
      at = read(at);
    }
  }

 private:
  const WrittenWords& words() {
    if (words_ == nullptr) words_ = &WrittenWords::of(language_);
    return *words_;
  }

  // Reads what begins at `at` and returns where to go on.
  std::size_t read(std::size_t at) {
    const bool digit = is_digit(text_[at]);
    if (!digit && fraction_at(text_.substr(at)) == nullptr) return at + 1;
    if (tied_before(text_, from_, at)) return past_digits(at);
    if (digit) {
      Quantity date = read_written_date(text_, from_, at, words());
      if (!date.readings.empty()) {
        from_ = date.end;
        found_.push_back(std::move(date));
        return from_;
      }
    }
    return number(at);
  }

  // A number with a letter beside it: its other digits are tied to it too.
  std::size_t past_digits(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return end;
  }

  std::size_t number(std::size_t at) {
    Quantity quantity;
    quantity.begin = at;
    const std::string_view before = currency_before(at, quantity);
    DigitGroups groups = read_digit_groups(text_.substr(at), words().blank_groups());
    std::size_t count = groups.count;
    // Of "3,4,5" and of "12 345 67" as much as is one number.
    while (count > 1 && digit_form(groups, count) == DigitForm::None) --count;
    std::size_t end = count > 0 ? at + groups.end[count - 1] : at;
    const std::size_t after_digits = end;
    // 0049 is a code, 12:30 a time, and forty digits are neither.
    const bool code = count == 1 && groups.size[0] > 1 && groups.digits[0] == '0';
    const bool time = end + 1 < text_.size() && text_[end] == ':' && is_digit(text_[end + 1]);
    if (code || time || groups.digits.size() > most_digits) return past_digits(after_digits - 1);
    const Fraction* fraction = fraction_at(text_.substr(end));
    if (fraction != nullptr && count <= 1) {
      end += fraction->written.size();
    } else {
      fraction = nullptr;
    }
    if (letter_at(text_, end)) return past_digits(end - 1);
    const int exponent = magnitude(end);
    // A percent sign, or what currency the number is in.
    const std::size_t percent = end + blanks_at(text_, end);
    if (exponent == 0 && percent < text_.size() && text_[percent] == '%') {
      quantity.kind = QuantityKind::Percent;
      end = percent + 1;
    } else if (before.empty()) {
      currency_after(end, quantity);
    }
    std::vector<Parsed> parsed(1);
    if (count > 0) parsed = parse(groups, count, words().decimal(), !quantity.currency.empty());
    for (Parsed& one : parsed) {
      if (fraction != nullptr) one.decimals = fraction->decimals;
      std::string reading = plain(std::move(one.whole), std::move(one.decimals), exponent);
      if (quantity.kind == QuantityKind::Percent) reading += '%';
      if (quantity.readings.empty() || quantity.readings[0] != reading)
        quantity.readings.push_back(std::move(reading));
    }
    quantity.end = end;
    found_.push_back(std::move(quantity));
    from_ = end;
    return end;
  }

  // The sign or code of a currency that ends before `at`; the quantity then begins with it.
  std::string_view currency_before(std::size_t at, Quantity& quantity) const {
    std::size_t end = at;
    for (const std::string_view blank : {" ", "\u00A0", "\u202F"}) {
      if (text_.substr(from_, end - from_).ends_with(blank)) {
        end -= blank.size();
        break;
      }
    }
    const std::string_view before = text_.substr(from_, end - from_);
    for (const CurrencySign& sign : currency_signs()) {
      if (!before.ends_with(sign.written)) continue;
      const std::size_t begin = end - sign.written.size();
      if (begins_word(decode(sign.written, 0).code) && tied_before(text_, from_, begin)) continue;
      quantity.begin = begin;
      quantity.currency = sign.code;
      return sign.code;
    }
    return {};
  }

  void currency_after(std::size_t& end, Quantity& quantity) const {
    const std::size_t begin = end + blanks_at(text_, end);
    const std::string_view after = text_.substr(begin);
    for (const CurrencySign& sign : currency_signs()) {
      if (!after.starts_with(sign.written) || letter_at(text_, begin + sign.written.size()))
        continue;
      quantity.currency = sign.code;
      end = begin + sign.written.size();
      return;
    }
  }

  // Thousand, million ... after the number, at most two of them: "2 mil millones".
  int magnitude(std::size_t& end) {
    int exponent = 0;
    for (int i = 0; i < 2; ++i) {
      const std::size_t begin = end + blanks_at(text_, end);
      if (begin == end) break;
      Tokens walker(text_.substr(begin, longest_word));
      Token token;
      if (!walker.next(token) || token.begin != 0) break;
      const int one = words().magnitude(fold(text_.substr(begin, token.end)));
      if (one == 0) break;
      exponent += one;
      end = begin + token.end;
      // "2 mio. €": the point belongs to the abbreviation if something follows.
      if (end + 1 < text_.size() && text_[end] == '.' && token.end <= 6 &&
          blanks_at(text_, end + 1) > 0)
        ++end;
    }
    return exponent;
  }

  std::string_view text_;
  std::string_view language_;
  const WrittenWords* words_ = nullptr;
  std::size_t from_ = 0;  // end of the last quantity
  std::vector<Quantity> found_;
};

}  // namespace

std::vector<Quantity> quantities(std::string_view text, std::string_view language) {
  return Reader(text, language).run();
}

std::vector<std::string> canonical_quantity(std::string_view text, std::string_view language) {
  while (!text.empty() && group_blank(text) > 0) text.remove_prefix(group_blank(text));
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::vector<Quantity> found = quantities(text, language);
  if (found.size() != 1 || found[0].begin != 0) return {};
  const std::string_view rest = text.substr(found[0].end);
  return rest.empty() || rest == "." ? std::move(found[0].readings) : std::vector<std::string>();
}

}  // namespace koinon::text
