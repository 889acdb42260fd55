// SPDX-License-Identifier: Apache-2.0
#include "text/written_dates.hpp"

#include <array>
#include <optional>
#include <string>

#include "text/fold.hpp"
#include "text/tokens.hpp"

namespace koinon::text {

namespace {

constexpr int first_year = 1000;
constexpr int last_year = 2999;
constexpr std::size_t looked_back = 40;    // bytes before a number in which its month stands
constexpr std::size_t longest_month = 40;  // bytes

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t blank_size(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') return 1;
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\u00A0")) return 2;
  return rest.starts_with("\u202F") || rest.starts_with("\u2009") ? 3 : 0;
}

struct Number {
  int value = -1;
  std::size_t size = 0;  // digits
};

// Walks over the parts of a date. Copies are places to go back to.
class Walker {
 public:
  Walker(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool done() const { return at_ >= text_.size(); }

  bool blanks() {
    const std::size_t before = at_;
    for (int i = 0; i < 3; ++i) at_ += blank_size(text_, at_);
    return at_ > before;
  }

  bool mark(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void apostrophe() {
    if (!mark('\'') && text_.substr(at_).starts_with("\u2019")) at_ += 3;
  }

  Number number() {
    Number number;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      if (number.size == 0) number.value = 0;
      if (++number.size > 4) return {};
      number.value = number.value * 10 + (text_[at_++] - '0');
    }
    return number;
  }

  // The word that begins here, folded; empty if there is none. A mark like º or ª counts as a word.
  std::string word() {
    Tokens walker(text_.substr(at_, longest_month));
    Token token;
    if (!walker.next(token) || token.begin != 0) return {};
    const std::string_view written = text_.substr(at_, token.end);
    if (is_digit(written[0])) return {};
    at_ += token.end;
    return fold(written);
  }

  int month(const WrittenWords& words) {
    const std::size_t before = at_;
    const std::string one = word();
    if (one.empty()) return 0;
    // "Meán Fómhair": two words go before one.
    const std::size_t after = at_;
    if (blanks()) {
      const std::string two = word();
      if (const int found = two.empty() ? 0 : words.month(one + " " + two)) return found;
    }
    at_ = after;
    if (const int found = words.month(one)) return found;
    at_ = before;
    return 0;
  }

  // What no number or word may follow directly: "3.05.2021" is not the beginning of "3.05.20211".
  bool ends() const {
    if (done()) return true;
    if (is_digit(text_[at_])) return false;
    const bool mark = text_[at_] == '.' || text_[at_] == '/' || text_[at_] == '-';
    return !(mark && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]));
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool is_year(const Number& number) {
  return number.size == 4 && number.value >= first_year && number.value <= last_year;
}

bool is_day(const Number& number) {
  return number.size >= 1 && number.size <= 2 && number.value >= 1 && number.value <= 31;
}

bool exists(int year, int month, int day) {
  static constexpr std::array<int, 12> days = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > days[static_cast<std::size_t>(month - 1)])
    return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month != 2 || day < 29 || leap;
}

std::string two(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string canonical(int year, int month, int day) {
  std::string date = std::to_string(year) + '-' + two(month);
  if (day > 0) date += '-' + two(day);
  return date;
}

Quantity made(std::size_t begin, std::size_t end, int year, int month, int day) {
  if (month < 1 || (day > 0 && !exists(year, month, day))) return {};
  return {begin, end, QuantityKind::Date, {canonical(year, month, day)}, {}};
}

// 2021-05-03, 2021-05, 2021. 05. 03., 2021/5/3.
Quantity year_first(std::size_t begin, Walker walk, const Number& year) {
  for (const char mark : {'-', '/', '.'}) {
    Walker here = walk;
    if (!here.mark(mark)) continue;
    if (mark == '.') here.blanks();
    const Number month = here.number();
    if (month.size == 0 || month.size > 2 || month.value < 1 || month.value > 12) return {};
    const std::size_t end = here.at();
    const bool whole = mark == '-' && month.size == 2 && here.ends();
    if (here.mark(mark)) {
      if (mark == '.') here.blanks();
      const Number day = here.number();
      if (is_day(day) && here.ends() && exists(year.value, month.value, day.value))
        return made(begin, here.at(), year.value, month.value, day.value);
    }
    return whole ? made(begin, end, year.value, month.value, 0) : Quantity();
  }
  return {};
}

// "2021. május 3.", "2021 m. gegužės 3 d.", "2021. gada 3. maijs", "2021. május".
Quantity year_then_month(std::size_t begin, Walker walk, const Number& year,
                         const WrittenWords& words) {
  walk.mark('.');
  if (!walk.blanks()) return {};
  Walker named = walk;
  const std::string filler = named.word();
  if (filler == "m" || filler == "g" || filler == "gada" || filler == "metu") {
    named.mark('.');
    named.blanks();
    walk = named;
  }
  Walker day_before = walk;
  const Number before = day_before.number();
  if (is_day(before)) {
    day_before.mark('.');
    day_before.blanks();
    const int month = day_before.month(words);
    return made(begin, day_before.at(), year.value, month, before.value);
  }
  const int month = walk.month(words);
  if (month == 0) return {};
  const std::size_t end = walk.at();
  walk.mark('.');
  const bool parted = walk.blanks();
  const Number day = walk.number();
  if (parted && is_day(day) && exists(year.value, month, day.value))
    return made(begin, walk.at(), year.value, month, day.value);
  return words.year_before_month() ? made(begin, end, year.value, month, 0) : Quantity();
}

// 03/05/2021, 3.5.2021, 3. 5. 2021, 03-05-21: what the language leaves open is left open.
Quantity numeric(std::size_t begin, Walker walk, const Number& first, const WrittenWords& words) {
  for (const char mark : {'/', '.', '-'}) {
    Walker here = walk;
    if (!here.mark(mark)) continue;
    if (mark == '.') here.blanks();
    const Number second = here.number();
    if (!is_day(second) || !here.mark(mark)) return {};
    if (mark == '.') here.blanks();
    Number year = here.number();
    // 03/05/21, but no version 1.10.21 and no 1-2-21.
    if (year.size == 2 && mark != '-' && first.size == 2 && second.size == 2) {
      year = {year.value + (year.value < 50 ? 2000 : 1900), 4};
    }
    if (!is_year(year) || !here.ends()) return {};
    Quantity date{begin, here.at(), QuantityKind::Date, {}, {}};
    // With dots the day comes first in every locale of CLDR that has them.
    const bool month_first = words.month_first() && mark != '.';
    if ((words.day_first() || mark == '.' || first.value > 12) &&
        exists(year.value, second.value, first.value))
      date.readings.push_back(canonical(year.value, second.value, first.value));
    if ((month_first || date.readings.empty()) && first.value != second.value &&
        exists(year.value, first.value, second.value))
      date.readings.push_back(canonical(year.value, first.value, second.value));
    return date;
  }
  return {};
}

bool joins(std::string_view word) {
  return word == "de" || word == "of" || word == "ta" || word == "del" || word == "do";
}

// "3. Mai 2021", "3 de mayo de 2021", "3rd of May, 2021", "3ης Μαΐου 2021", "1er mai 2021".
Quantity day_then_month(std::size_t begin, Walker walk, const Number& day,
                        const WrittenWords& words) {
  walk.mark('.');
  Walker ordinal = walk;
  const std::string ending = ordinal.word();
  // One to three letters stuck to the day.
  if (!ending.empty() && ending.size() <= 6 && words.month(ending) == 0) walk = ordinal;
  walk.blanks();
  Walker joined = walk;
  if (joins(joined.word())) {
    joined.apostrophe();  // ta' Mejju
    walk = joined;
    walk.blanks();
  }
  const int month = walk.month(words);
  if (month == 0) return {};
  walk.mark('.');
  walk.mark(',');
  walk.blanks();
  joined = walk;
  if (joins(joined.word())) {
    walk = joined;
    walk.blanks();
  }
  const Number year = walk.number();
  if (!is_year(year)) return {};
  return made(begin, walk.at(), year.value, month, day.value);
}

struct MonthBefore {
  int month = 0;
  std::size_t begin = 0;
};

// The month whose name ends just before `at`.
MonthBefore month_before(std::string_view text, std::size_t from, std::size_t at,
                         const WrittenWords& words) {
  std::size_t begin = at - from > looked_back ? at - looked_back : from;
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  std::array<Token, 4> last{};
  std::size_t count = 0;
  Token token;
  for (Tokens walker(text.substr(begin, at - begin)); walker.next(token);) {
    if (count == last.size()) std::copy(last.begin() + 1, last.end(), last.begin());
    if (count < last.size()) ++count;
    last[count - 1] = {begin + token.begin, begin + token.end, 0};
  }
  const auto word = [&](std::size_t i) {
    return fold(text.substr(last[i].begin, last[i].end - last[i].begin));
  };
  // Nothing but a mark and blanks may stand between a word and what follows.
  const auto close = [&](std::size_t end, std::size_t next) {
    Walker gap(text, end);
    gap.mark('.');
    gap.mark(',');
    gap.blanks();
    return gap.at() == next && next > end;
  };
  std::size_t next = at;
  if (count > 0 && joins(word(count - 1)) && close(last[count - 1].end, at))
    next = last[--count].begin;
  if (count == 0 || !close(last[count - 1].end, next)) return {};
  const std::string one = word(count - 1);
  if (count > 1) {
    const std::string both = word(count - 2) + " " + one;
    if (const int month = words.month(both)) return {month, last[count - 2].begin};
  }
  if (const int month = words.month(one)) return {month, last[count - 1].begin};
  return {};
}

// "May 3, 2021", "mai 2021", "mayo de 2021".
Quantity after_month(std::string_view text, std::size_t from, std::size_t at, Walker walk,
                     const Number& number, const WrittenWords& words) {
  const MonthBefore before = month_before(text, from, at, words);
  if (before.month == 0) return {};
  if (is_year(number)) {
    return walk.ends() ? made(before.begin, walk.at(), number.value, before.month, 0) : Quantity();
  }
  if (!is_day(number)) return {};
  walk.word();  // 3rd
  walk.mark(',');
  if (!walk.blanks()) return {};
  const Number year = walk.number();
  if (!is_year(year) || !walk.ends()) return {};
  return made(before.begin, walk.at(), year.value, before.month, number.value);
}

}  // namespace

Quantity read_written_date(std::string_view text, std::size_t from, std::size_t at,
                           const WrittenWords& words) {
  Walker walk(text, at);
  const Number number = walk.number();
  if (number.size == 0) return {};
  if (is_year(number)) {
    Quantity date = year_first(at, walk, number);
    if (date.readings.empty()) date = year_then_month(at, walk, number, words);
    if (!date.readings.empty()) return date;
  }
  if (is_day(number)) {
    Quantity date = numeric(at, walk, number, words);
    if (date.readings.empty()) date = day_then_month(at, walk, number, words);
    if (!date.readings.empty()) return date;
  }
  return after_month(text, from, at, walk, number, words);
}

}  // namespace koinon::text
