// SPDX-License-Identifier: Apache-2.0
#include "partners/organisation_name.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "data/vocabulary.hpp"
#include "partners/table_lines.hpp"
#include "text/fold.hpp"
#include "text/transliterate.hpp"

namespace koinon::partners {

namespace {

struct Stretch {
  std::string_view text;
  bool aside = false;
  bool before_comma = false;
};

bool blank(char c) {
  return c == ' ' || c == '\t';
}

// Length of the separator at `at`, 0 if there is none.
std::size_t separator(std::string_view text, std::size_t at) {
  static constexpr std::string_view single = ",;()[]{}|\n\r";
  if (single.find(text[at]) != std::string_view::npos) return 1;
  if (at == 0 || !blank(text[at - 1])) return 0;
  // A dash or a slash joins words unless it stands between blanks.
  for (const std::string_view sign : {"-", "\u2013", "\u2014", "/"})
    if (text.substr(at, sign.size()) == sign && at + sign.size() < text.size() &&
        blank(text[at + sign.size()]))
      return sign.size();
  return 0;
}

std::vector<Stretch> stretches(std::string_view text) {
  std::vector<Stretch> found;
  int depth = 0;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = separator(text, at);
    if (length == 0) {
      ++at;
      continue;
    }
    const char sign = text[at];
    found.push_back({text.substr(from, at - from), depth > 0, sign == ','});
    if (sign == '(' || sign == '[' || sign == '{') ++depth;
    if (depth > 0 && (sign == ')' || sign == ']' || sign == '}')) --depth;
    at += length;
    from = at;
  }
  found.push_back({text.substr(from), depth > 0, false});
  return found;
}

bool is_number(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> words_of(const Stretch& stretch) {
  std::vector<std::string> words;
  const std::string folded = text::fold_name(stretch.text);
  for (const std::string_view word : split(folded, ' '))
    if (!word.empty()) words.emplace_back(word);
  // "Renmin Hospital 5 , Wuhan": authors' footnotes that a publisher left in.
  const bool loose = stretch.before_comma && !stretch.text.empty() && blank(stretch.text.back());
  if (loose && words.size() > 1 && words.back().size() < 3 && is_number(words.back()))
    words.pop_back();
  return words;
}

// How many words from `at` say that another name follows, 0: none.
std::size_t alias_mark(std::span<const std::string> words) {
  using Mark = std::vector<std::string_view>;
  static const std::array<Mark, 7> marks{Mark{"formerly", "known", "as"},
                                         Mark{"also", "known", "as"},
                                         Mark{"a", "k", "a"},
                                         Mark{"d", "b", "a"},
                                         Mark{"aka"},
                                         Mark{"formerly"},
                                         Mark{"alias"}};
  for (const Mark& mark : marks)
    if (words.size() > mark.size() && std::equal(mark.begin(), mark.end(), words.begin()))
      return mark.size();
  return 0;
}

// "A.T.C. Produktion": letters in a row are one word.
void join_letters(std::vector<std::string>& words) {
  std::vector<std::string> joined;
  bool letters = false;
  for (std::string& word : words) {
    const bool letter = word.size() == 1 && !is_number(word);
    if (letter && letters)
      joined.back() += word;
    else
      joined.push_back(std::move(word));
    letters = letter;
  }
  words = std::move(joined);
}

NameWord name_word(std::string_view folded) {
  NameWord word;
  word.small = small_word(folded);
  text::append_latin(word.latin, folded);
  text::append_name_skeleton(word.skeleton, folded, word.small);
  // Of other letters than Latin also the sound: some write that, not the letters of the standard.
  if (word.latin != folded) text::append_skeleton(word.sound, folded);
  if (word.skeleton.empty()) word.skeleton = word.latin;
  word.tells = kind_word(word.skeleton);
  word.number = is_number(folded);
  return word;
}

// "Department of Hospital Medicine" is a department; "University of Utah School of Medicine" no
// school: a unit's word counts as the first that tells, any other by its strength.
void tell_standing(NamePart& part) {
  bool first = true;
  for (const NameWord& word : part.words) {
    if (word.tells.kind == 0 || word.tells.standing == Standing::Plain) continue;
    const bool stronger = part.standing != Standing::Unit
                              ? word.tells.standing > part.standing
                              : word.tells.standing == Standing::University;
    if (first || stronger) {
      part.standing = word.tells.standing;
      part.kind = word.tells.kind;
    }
    first = false;
  }
}

class Parts {
 public:
  Parts(OrganisationName& name, std::string_view country) : name_(name), country_(country) {}

  void add(std::vector<std::string> words, bool aside) {
    for (std::size_t at = 1; at < words.size(); ++at) {
      const std::span<const std::string> rest(words.data() + at, words.size() - at);
      const std::size_t mark = alias_mark(rest);
      if (mark == 0 && !footnote(rest)) continue;
      const auto split_at = words.begin() + static_cast<std::ptrdiff_t>(at);
      const auto next = split_at + static_cast<std::ptrdiff_t>(mark == 0 ? 1 : mark);
      std::vector<std::string> others(next, words.end());
      words.erase(split_at, words.end());
      add_part(std::move(words), aside);
      return add(std::move(others), aside || mark > 0);
    }
    add_part(std::move(words), aside);
  }

 private:
  // "University of Milan 16 Department of Biosciences"
  static bool footnote(std::span<const std::string> rest) {
    if (rest.size() < 2 || rest[0].size() > 2 || !is_number(rest[0])) return false;
    std::string skeleton;
    text::append_name_skeleton(skeleton, rest[1]);
    return kind_word(skeleton).kind != 0;
  }

  void add_part(std::vector<std::string> words, bool aside) {
    if (words.empty() || count_ >= most_name_words) return;
    words.resize(std::min(words.size(), most_name_words - count_));
    if (!name_.parts.empty() && is_legal_form(words)) {
      take_form(std::move(words));
      return;
    }
    LegalForms legal = take_legal_forms(words, country_);
    if (name_.legal.kind.empty()) name_.legal = std::move(legal);
    join_letters(words);
    NamePart part;
    part.aside = aside;
    for (const std::string& word : words) part.words.push_back(name_word(word));
    count_ += part.words.size();
    tell_standing(part);
    name_.parts.push_back(std::move(part));
  }

  // "GLOBAL,S.L.": a part of its own that is no name.
  void take_form(std::vector<std::string> words) {
    words.insert(words.begin(), "x");
    LegalForms legal = take_legal_forms(words, country_);
    if (name_.legal.kind.empty()) name_.legal = std::move(legal);
  }

  OrganisationName& name_;
  std::string_view country_;
  std::size_t count_ = 0;
};

// The country that the part at the end of an address names.
std::string country_of(const NamePart& part, const data::Vocabulary& countries) {
  std::string words;
  for (const NameWord& word : part.words) {
    if (word.number) continue;
    if (!words.empty()) words += ' ';
    words += word.latin;
  }
  if (words == "usa") words = "us";
  const data::Entry* entry = words.size() == 1 ? nullptr : countries.named(words);
  return entry == nullptr ? std::string() : country_code(entry->code);
}

// "Wuhan University, Wuhan, China": the country, and the city before it.
void tell_places(OrganisationName& name) {
  static const data::Vocabulary* countries = data::vocabulary("countries");
  if (countries == nullptr) return;
  for (std::size_t at = name.parts.size(); at-- > 1;) {
    NamePart& part = name.parts[at];
    if (part.words.size() > 5 || part.kind != 0) continue;
    // Two letters are a state of the USA more often than a country.
    const bool code = part.words.size() == 1 && part.words[0].latin.size() < 3;
    const bool known = part.words[0].latin == "uk" || part.words[0].latin == "us";
    std::string country = code && !known ? std::string() : country_of(part, *countries);
    if (country.empty() && !code) continue;
    part.standing = Standing::Place;
    if (name.country.empty()) name.country = std::move(country);
    NamePart& before = name.parts[at - 1];
    if (at < 2 || before.kind != 0 || before.aside) continue;
    before.standing = Standing::Place;
    if (before.words[0].latin.size() < 3) continue;
    name.city.clear();
    for (const NameWord& word : before.words) name.city += word.skeleton;
  }
}

}  // namespace

OrganisationName take_apart(std::string_view written, std::string_view country) {
  OrganisationName name;
  Parts parts(name, country);
  for (const Stretch& stretch : stretches(written.substr(0, most_name_bytes)))
    parts.add(words_of(stretch), stretch.aside);
  tell_places(name);
  return name;
}

}  // namespace koinon::partners
