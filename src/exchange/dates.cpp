// SPDX-License-Identifier: Apache-2.0
#include "exchange/dates.hpp"

#include <cctype>
#include <chrono>
#include <cstddef>
#include <optional>

#include "domain/date.hpp"

namespace koinon::exchange {

namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits, letters and single marks of a written date; blanks only part them.
struct Token {
  enum class Kind : std::uint8_t { Number, Word, Mark } kind = Kind::Mark;
  std::string_view text;
  int value = 0;        // of a number of at most nine digits
  bool spaced = false;  // a blank stood before it
};

struct Tokens {
  static constexpr std::size_t most = 16;
  std::array<Token, most> list;
  std::size_t size = 0;
  bool too_many = false;

  bool number(std::size_t i) const { return i < size && list[i].kind == Token::Kind::Number; }
  bool word(std::size_t i) const { return i < size && list[i].kind == Token::Kind::Word; }
  bool mark(std::size_t i, char c) const {
    return i < size && list[i].kind == Token::Kind::Mark && list[i].text[0] == c;
  }
};

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  bool spaced = false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\t') {
      spaced = true;
      ++at;
      continue;
    }
    if (tokens.size == Tokens::most) {
      tokens.too_many = true;
      break;
    }
    Token token;
    std::size_t end = at + 1;
    if (is_digit(text[at])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      token.kind = Token::Kind::Number;
      for (std::size_t i = at; i < end && end - at <= 9; ++i) {
        token.value = token.value * 10 + (text[i] - '0');
      }
    } else if (is_word_byte(text[at])) {
      while (end < text.size() && is_word_byte(text[end])) ++end;
      token.kind = Token::Kind::Word;
    }
    token.text = text.substr(at, end - at);
    token.spaced = spaced;
    spaced = false;
    tokens.list[tokens.size++] = token;
    at = end;
  }
  return tokens;
}

// 1 to 12, or 0. English and German names and their short forms; a short form is three letters or
// more.
int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> english = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  static constexpr std::array<std::string_view, 12> german = {
      "januar", "februar", "märz",      "april",   "mai",      "juni",
      "juli",   "august",  "september", "oktober", "november", "dezember"};
  std::string lower;
  for (const char c : word) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (lower.size() < 3) return 0;
  if (lower == "mrz") return 3;
  for (std::size_t i = 0; i < 12; ++i) {
    if (english[i].starts_with(lower) || german[i].starts_with(lower))
      return static_cast<int>(i) + 1;
  }
  return 0;
}

// The year of a number with two or four digits, or 0.
int year_of(const Token& token) {
  if (token.text.size() == 2) return token.value < 50 ? 2000 + token.value : 1900 + token.value;
  if (token.text.size() != 4) return 0;
  return token.value >= first_year && token.value <= last_year ? token.value : 0;
}

WrittenDate fault(std::string_view written, std::string_view why) {
  WrittenDate date;
  date.fault.append("'").append(written).append("' ").append(why);
  return date;
}

WrittenDate no_date(std::string_view written) {
  return fault(written, "is no date that can be read");
}

WrittenDate made(std::string_view written, int year, int month, int day) {
  if (year == 0) return no_date(written);
  WrittenDate date;
  date.date = {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
               static_cast<std::uint8_t>(day)};
  const bool ranges = month >= 0 && month <= 12 && day >= 0 && day <= 31;
  if (!ranges || !domain::is_valid(date.date))
    return fault(written, "is a day that does not exist");
  return date;
}

WrittenDate only_year(std::string_view written, int year) {
  WrittenDate date = made(written, year, 0, 0);
  date.less = date.fault.empty();
  return date;
}

// Hours and what follows them, from token i on, or nothing.
bool is_time(const Tokens& tokens, std::size_t i) {
  if (i == tokens.size) return true;
  const bool parted = tokens.list[i].spaced || (tokens.word(i) && tokens.list[i].text == "T");
  if (!parted) return false;
  if (tokens.word(i)) ++i;
  if (!tokens.number(i) || tokens.list[i].value > 24 || !tokens.mark(i + 1, ':')) return false;
  for (; i < tokens.size; ++i) {
    const bool zone = tokens.word(i) && tokens.list[i].text == "Z" && i + 1 == tokens.size;
    const bool mark = tokens.mark(i, ':') || tokens.mark(i, '.') || tokens.mark(i, '+');
    if (!zone && !mark && !tokens.number(i)) return false;
  }
  return true;
}

constexpr std::string_view separators = "/-.";

// number mark number mark number, the marks the same and nothing between.
bool is_triple(const Tokens& tokens) {
  if (!tokens.number(0) || !tokens.number(2) || !tokens.number(4)) return false;
  if (tokens.list[1].kind != Token::Kind::Mark) return false;
  const char mark = tokens.list[1].text[0];
  if (separators.find(mark) == std::string_view::npos || !tokens.mark(3, mark)) return false;
  const auto short_enough = [&](std::size_t i) { return tokens.list[i].text.size() <= 2; };
  const bool day_first = short_enough(0) && short_enough(2);
  const bool year_first = tokens.list[0].text.size() == 4 && short_enough(2) && short_enough(4);
  return (day_first || year_first) && is_time(tokens, 5);
}

struct Order {
  bool day_first = false;    // only so
  bool month_first = false;  // only so
};

Order own_order(const Tokens& tokens) {
  const int a = tokens.list[0].value;
  const int b = tokens.list[2].value;
  return {a > 12 && b <= 12, b > 12 && a <= 12};
}

WrittenDate read_triple(std::string_view written, const Tokens& tokens,
                        const DateEvidence& evidence) {
  const int a = tokens.list[0].value;
  const int b = tokens.list[2].value;
  const Token& c = tokens.list[4];
  if (tokens.list[0].text.size() == 4) {
    if (b == 0 || c.value == 0) return fault(written, "is a day that does not exist");
    return made(written, year_of(tokens.list[0]), b, c.value);
  }
  const int year = year_of(c);
  if (a == 0 || b == 0) return fault(written, "is a day that does not exist");
  const Order own = own_order(tokens);
  if (own.day_first || a == b) return made(written, year, b, a);
  if (own.month_first) return made(written, year, a, b);
  if (a > 12) return fault(written, "is a day that does not exist");
  const char mark = tokens.list[1].text[0];
  DayOrder order = evidence.order(mark);
  if (order == DayOrder::Unknown && mark == '.') order = DayOrder::DayFirst;
  if (order == DayOrder::DayFirst) return made(written, year, b, a);
  if (order == DayOrder::MonthFirst) return made(written, year, a, b);
  return only_year(written, year);
}

// A spreadsheet's day number, 1900 system: 25569 is 1970-01-01.
std::optional<PartialDate> serial_day(const Tokens& tokens) {
  constexpr int earliest = 21916;  // 1960-01-01
  constexpr int latest = 73051;    // 2100-01-01
  const bool whole = tokens.size == 1 || (tokens.size == 3 && tokens.mark(1, '.') &&
                                          tokens.number(2) && tokens.list[2].value == 0);
  if (!tokens.number(0) || tokens.list[0].text.size() != 5 || !whole) return std::nullopt;
  const int days = tokens.list[0].value;
  if (days < earliest || days > latest) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{days - 25569}}};
  return PartialDate{static_cast<std::int16_t>(static_cast<int>(day.year())),
                     static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
                     static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

// "Q3 2014", "Q 3, 2010", "Quarter 4 2008".
std::optional<WrittenDate> read_quarter(std::string_view written, const Tokens& tokens) {
  if (!tokens.word(0) || !tokens.number(1)) return std::nullopt;
  const std::string_view word = tokens.list[0].text;
  if (word != "Q" && word != "Quarter" && word != "q") return std::nullopt;
  const std::size_t year = tokens.mark(2, ',') ? 3 : 2;
  const int quarter = tokens.list[1].value;
  if (!tokens.number(year) || year + 1 != tokens.size || quarter < 1 || quarter > 4)
    return no_date(written);
  return only_year(written, year_of(tokens.list[year]));
}

// Dates with the month as a word: its number, and the numbers before and after it.
WrittenDate read_worded(std::string_view written, const Tokens& tokens) {
  int month = 0;
  std::array<const Token*, 2> numbers{};
  std::size_t count = 0;
  bool month_before_all = false;
  for (std::size_t i = 0; i < tokens.size; ++i) {
    const Token& token = tokens.list[i];
    if (token.kind == Token::Kind::Number) {
      if (count == numbers.size()) return no_date(written);
      numbers[count++] = &token;
    } else if (token.kind == Token::Kind::Word) {
      const int named = month_of(token.text);
      const bool weekday = token.text.ends_with("day") || token.text.ends_with("tag");
      if ((named == 0 && !(i == 0 && weekday)) || (named != 0 && month != 0))
        return no_date(written);
      if (named != 0) month_before_all = count == 0;
      month = month + named;
    } else if (std::string_view("-/.,").find(token.text[0]) == std::string_view::npos) {
      return no_date(written);
    }
  }
  if (month == 0 || count == 0) return no_date(written);
  if (count == 1) return made(written, month_before_all ? year_of(*numbers[0]) : 0, month, 0);
  // After the month's name a day comes before the year only where the year has four digits.
  if (month_before_all && numbers[1]->text.size() != 4) return no_date(written);
  const int day = numbers[0]->value;
  if (day == 0 || numbers[0]->text.size() > 2) return no_date(written);
  return made(written, year_of(*numbers[1]), month, day);
}

std::size_t place_of(char separator) {
  return separators.find(separator);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

}  // namespace

void DateEvidence::add(std::string_view written) {
  const Tokens tokens = tokens_of(trimmed(written));
  if (!is_triple(tokens) || tokens.list[0].text.size() == 4) return;
  const Order own = own_order(tokens);
  Seen& seen = seen_[place_of(tokens.list[1].text[0])];
  seen.day_first = seen.day_first || own.day_first;
  seen.month_first = seen.month_first || own.month_first;
}

DayOrder DateEvidence::order(char separator) const {
  const Seen& seen = seen_[place_of(separator)];
  if (seen.day_first && seen.month_first) return DayOrder::Mixed;
  if (seen.day_first) return DayOrder::DayFirst;
  return seen.month_first ? DayOrder::MonthFirst : DayOrder::Unknown;
}

WrittenDate read_date(std::string_view text, const DateEvidence& evidence) {
  const std::string_view written = trimmed(text);
  const Tokens tokens = tokens_of(written);
  if (tokens.size == 0 || tokens.too_many) return no_date(written);
  if (is_triple(tokens)) return read_triple(written, tokens, evidence);
  if (tokens.size == 1 && tokens.number(0) && tokens.list[0].text.size() == 4)
    return made(written, year_of(tokens.list[0]), 0, 0);
  const bool month_and_year = tokens.size == 3 && tokens.number(0) && tokens.number(2) &&
                              tokens.list[0].text.size() <= 2 && tokens.list[2].text.size() == 4 &&
                              (tokens.mark(1, '/') || tokens.mark(1, '.') || tokens.mark(1, '-'));
  if (month_and_year) {
    const int month = tokens.list[0].value;
    return month == 0 ? no_date(written) : made(written, year_of(tokens.list[2]), month, 0);
  }
  if (const auto day = serial_day(tokens)) return {*day, false, {}};
  if (auto quarter = read_quarter(written, tokens)) return *std::move(quarter);
  return read_worded(written, tokens);
}

}  // namespace koinon::exchange
