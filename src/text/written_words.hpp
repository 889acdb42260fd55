// SPDX-License-Identifier: Apache-2.0
//
// The words of numbers and dates in a language: months, thousands and millions, the decimal sign.
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koinon::text {

class WrittenWords {
 public:
  /// What ICU (CLDR) has for a language, with what it lacks. Made once and kept; of more than 200
  /// tags, those beyond are given what an unknown language gets.
  static const WrittenWords& of(std::string_view language);

  /// 1 to 12 for a month, in any form of the language, full or short; 0 for another word. `word` is
  /// folded.
  int month(std::string_view word) const;
  /// 3 for thousand, 6 for million ...; 0 for another word. `word` is folded.
  int magnitude(std::string_view word) const;

  /// '.' or ',', or 0 where the language is not known.
  char decimal() const { return decimal_; }
  /// Whether an ordinary blank parts thousands.
  bool blank_groups() const { return blank_groups_; }
  bool day_first() const { return day_first_; }
  bool month_first() const { return month_first_; }
  /// Whether "2021. május" is a month of a year, and not a year before the next word.
  bool year_before_month() const { return year_before_month_; }

 private:
  using Words = std::vector<std::pair<std::string, int>>;

  explicit WrittenWords(const std::string& language);
  void read_months(const std::string& language);
  void read_magnitudes(const std::string& language);

  Words months_;
  Words magnitudes_;
  char decimal_ = 0;
  bool blank_groups_ = false;
  bool day_first_ = true;
  bool month_first_ = false;
  bool inflects_ = false;
  bool year_before_month_ = false;
};

}  // namespace koinon::text
