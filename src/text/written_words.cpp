// SPDX-License-Identifier: Apache-2.0
#include "text/written_words.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/numberformatter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>

#include "text/fold.hpp"
#include "text/tokens.hpp"

namespace koinon::text {

namespace {

constexpr std::size_t most_languages = 200;

// A word of letters shorter than this is a magnitude in no language: 5 M may be metres.
constexpr std::size_t shortest_magnitude = 2;
// Longer ones may have other endings than CLDR lists.
constexpr std::size_t letters_of_stem = 6;
constexpr std::size_t longest_ending = 4;

// What CLDR 41 lacks: Maltese has no words there; nobody writes "bilhões" in Portugal.
struct Extra {
  std::string_view language;
  std::string_view word;
  int exponent;
};
constexpr std::array<Extra, 9> extras = {{
    {"mt", "elf", 3},
    {"mt", "miljun", 6},
    {"mt", "miljuni", 6},
    {"mt", "biljun", 9},
    {"mt", "biljuni", 9},
    {"", "mio", 6},
    {"", "mln", 6},
    {"", "mrd", 9},
    {"", "mld", 9},
}};

bool among(std::string_view language, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), language) != list.end();
}

std::string folded(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  bytes = fold(bytes);
  while (!bytes.empty() && (bytes.back() == '.' || bytes.back() == ' ')) bytes.pop_back();
  return bytes;
}

// Letters, each of which takes one byte or more.
std::size_t letters(std::string_view word) {
  return static_cast<std::size_t>(
      std::count_if(word.begin(), word.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Letters that two words begin with.
std::size_t shared_letters(std::string_view one, std::string_view other) {
  std::size_t at = 0;
  while (at < one.size() && at < other.size() && one[at] == other[at]) ++at;
  while (at > 0 && at < one.size() && (one[at] & 0xC0) == 0x80) --at;
  return letters(one.substr(0, at));
}

// "de", "en-US": letters of the language and of a region, as ICU wants them. "nb" is all right.
std::string normalised(std::string_view tag) {
  std::string language;
  for (const char c : tag.substr(0, 16)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && c != '-' && c != '_') return {};
    language += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const std::size_t dash = language.find('-');
  if (dash == std::string::npos) return language;
  const std::size_t last = language.rfind('-') + 1;
  const std::string region = language.size() - last == 2 ? language.substr(last) : "";
  return language.substr(0, dash) + (region.empty() ? "" : "-" + region);
}

bool is_known(const std::string& language) {
  static const auto* known = [] {
    auto* list = new std::vector<std::string>;  // for the life of the process
    int32_t count = 0;
    const icu::Locale* locales = icu::Locale::getAvailableLocales(count);
    for (int32_t i = 0; i < count; ++i) list->emplace_back(locales[i].getLanguage());
    std::sort(list->begin(), list->end());
    return list;
  }();
  return std::binary_search(known->begin(), known->end(), language);
}

}  // namespace

const WrittenWords& WrittenWords::of(std::string_view language) {
  static std::mutex guard;
  static auto* made = new std::map<std::string, std::unique_ptr<const WrittenWords>, std::less<>>;
  std::string key = normalised(language);
  if (!is_known(key.substr(0, key.find('-')))) key.clear();
  const std::lock_guard<std::mutex> lock(guard);
  auto found = made->find(key);
  if (found == made->end()) {
    if (made->size() >= most_languages) key.clear();
    found = made->try_emplace(key).first;
    if (!found->second) found->second.reset(new WrittenWords(key));
  }
  return *found->second;
}

WrittenWords::WrittenWords(const std::string& tag) {
  const std::string language = tag.substr(0, tag.find('-'));
  month_first_ = tag == "en-us" || tag == "en" || tag.empty();
  day_first_ = tag != "en-us";
  inflects_ = among(language, {"cs", "et", "fi", "hr", "hu", "lt", "lv", "pl", "sk", "sl"});
  year_before_month_ = among(language, {"hu", "lt", "lv"});
  if (!tag.empty()) {
    // Plain "pt" is Brazil's to CLDR.
    const std::string locale = tag == "pt" ? "pt-PT" : tag;
    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(icu::Locale(locale.c_str()), status);
    const auto sign = [&](icu::DecimalFormatSymbols::ENumberFormatSymbol which) {
      return symbols.getConstSymbol(which).char32At(0);
    };
    const auto decimal = sign(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol);
    const auto grouping = sign(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol);
    decimal_ = decimal == '.' ? '.' : decimal == ',' ? ',' : '\0';
    // Spanish and Croatian rules prefer a blank though CLDR has a point.
    blank_groups_ = grouping == 0xA0 || grouping == 0x202F || among(language, {"es", "hr", "sl"});
    read_months(locale);
    read_magnitudes(locale);
  }
  for (const Extra& extra : extras) {
    if (extra.language == language || extra.language.empty())
      magnitudes_.emplace_back(extra.word, extra.exponent);
  }
  // The first of equals counts: what the language says goes before what is common to all.
  std::stable_sort(magnitudes_.begin(), magnitudes_.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
}

void WrittenWords::read_months(const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(language.c_str()), status);
  if (U_FAILURE(status)) return;
  for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
    for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
      int32_t count = 0;
      const icu::UnicodeString* names = symbols.getMonths(count, context, width);
      for (int32_t i = 0; i < std::min(count, 12); ++i) {
        std::string name = folded(names[i]);
        // A language without names of its own has M05 or 5.
        const bool digits = name.find_first_of("0123456789") != std::string::npos;
        if (letters(name) >= 3 && !digits) months_.emplace_back(std::move(name), i + 1);
      }
    }
  }
  std::sort(months_.begin(), months_.end());
}

void WrittenWords::read_magnitudes(const std::string& language) {
  const icu::Locale locale(language.c_str());
  for (const auto& notation :
       {icu::number::Notation::compactLong(), icu::number::Notation::compactShort()}) {
    const auto format = icu::number::NumberFormatter::withLocale(locale).notation(notation);
    for (const double size : {1e3, 1e6, 1e9, 1e12}) {
      for (const double times : {1.0, 1.5, 2.0, 3.0, 5.0, 11.0, 20.0}) {
        UErrorCode status = U_ZERO_ERROR;
        const std::string all = folded(format.formatDouble(size * times, status).toString(status));
        if (U_FAILURE(status)) continue;
        std::string word;
        std::size_t words = 0;
        for (const Token& token : tokens(all)) {
          const std::string_view one =
              std::string_view(all).substr(token.begin, token.end - token.begin);
          if (one.find_first_of("0123456789") != std::string_view::npos) continue;
          word = one;
          ++words;
        }
        // "1 mil millones" is a thousand of millions, and 1000 M no word for a thousand of them.
        if (words != 1 || letters(word) < shortest_magnitude) continue;
        if (all.find("1000") != std::string::npos) continue;
        magnitudes_.emplace_back(word, static_cast<int>(std::lround(std::log10(size))));
      }
    }
  }
}

int WrittenWords::month(std::string_view word) const {
  const auto found = std::lower_bound(
      months_.begin(), months_.end(), word,
      [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  if (found != months_.end() && found->first == word) return found->second;
  if (!inflects_ || word.size() > 40) return 0;
  // The name that shares most letters, if only endings differ.
  std::size_t most = 0;
  int best = 0;
  for (const auto& [name, number] : months_) {
    const std::size_t shared = shared_letters(name, word);
    const std::size_t size = letters(name);
    if (shared < 3 || shared + 2 < size || letters(word) > shared + longest_ending) continue;
    if (size > 4 && shared < 4) continue;
    if (shared > most) {
      most = shared;
      best = number;
    } else if (shared == most && number != best) {
      best = 0;
    }
  }
  return best;
}

int WrittenWords::magnitude(std::string_view word) const {
  const auto found = std::lower_bound(
      magnitudes_.begin(), magnitudes_.end(), word,
      [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  if (found != magnitudes_.end() && found->first == word) return found->second;
  if (word.size() > 60 || letters(word) < letters_of_stem) return 0;
  for (const auto& [name, exponent] : magnitudes_) {
    if (letters(name) >= letters_of_stem && shared_letters(name, word) >= letters_of_stem &&
        letters(word) <= letters(name) + longest_ending - 1)
      return exponent;
  }
  return 0;
}

}  // namespace koinon::text
