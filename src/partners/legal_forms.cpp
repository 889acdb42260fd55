// SPDX-License-Identifier: Apache-2.0
#include "partners/legal_forms.hpp"

#include <algorithm>
#include <unordered_map>

#include "data/embedded.hpp"
#include "partners/table_lines.hpp"
#include "text/fold.hpp"

namespace koinon::partners {

namespace {

// Longer runs of words are no legal form.
constexpr std::size_t most_words = 10;

struct Form {
  std::string country;  // one row of the table becomes a form for each of its countries
  std::string name;
  std::string kind;
  bool at_start = false;
  bool at_end = false;
};

using Spellings = std::unordered_map<std::string, std::vector<Form>>;

std::string squeezed(std::string_view text) {
  std::string word = text::fold_name(text);
  word.erase(std::remove(word.begin(), word.end(), ' '), word.end());
  return word;
}

Spellings read_table() {
  Spellings spellings;
  for (const auto& row : table_rows(data::embedded("organisations/legal-forms.tsv"), 5)) {
    const bool end = row[3] != "start", start = row[3] != "end";
    for (const std::string_view spelling : split(row[4], '|')) {
      const std::string key = squeezed(spelling);
      if (key.empty()) continue;
      auto& forms = spellings[key];
      for (const std::string_view country : split(row[0], ' '))
        forms.push_back(
            {std::string(country), std::string(row[2]), std::string(row[1]), start, end});
    }
  }
  return spellings;
}

const Spellings& spellings() {
  static const Spellings table = read_table();
  return table;
}

// The form that the word may be, at this end of a name from this country, or null.
const Form* allowed(const std::string& word, std::string_view country, bool start) {
  const auto found = spellings().find(word);
  if (found == spellings().end()) return nullptr;
  const auto fits = [&](const Form& form) { return start ? form.at_start : form.at_end; };
  const auto own = [&](const Form& form) {
    return fits(form) && (form.country == country || form.country == "EU");
  };
  const auto& forms = found->second;
  auto form = std::find_if(forms.begin(), forms.end(), own);
  const std::size_t least = start ? 4 : country.empty() ? 2 : 3;
  const bool anywhere = word.size() >= least && (country.empty() || !start);
  if (form == forms.end() && anywhere) form = std::find_if(forms.begin(), forms.end(), fits);
  return form == forms.end() ? nullptr : &*form;
}

// Words at one end that are the longest legal form there, leaving at least one word; null if none.
const Form* longest(const std::vector<std::string>& words, std::string_view country, bool start,
                    std::size_t& count) {
  const Form* best = nullptr;
  std::string joined;
  for (std::size_t n = 1; n < words.size() && n <= most_words; ++n) {
    joined = start ? joined + words[n - 1] : words[words.size() - n] + joined;
    if (const Form* form = allowed(joined, country, start)) {
      best = form;
      count = n;
    }
  }
  return best;
}

void note(LegalForms& found, const Form& form) {
  if (found.kind.empty()) found.kind = form.kind;
  if (std::find(found.forms.begin(), found.forms.end(), form.name) == found.forms.end())
    found.forms.push_back(form.name);
}

}  // namespace

std::string country_code(std::string_view country) {
  if (country.size() != 2) return {};
  std::string code;
  for (const char c : country) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper < 'A' || upper > 'Z') return {};
    code += upper;
  }
  if (code == "GR") return "EL";
  return code == "GB" ? "UK" : code;
}

LegalForms take_legal_forms(std::vector<std::string>& words, std::string_view country) {
  const std::string code = country_code(country);
  LegalForms found;
  std::size_t count = 0;
  while (const Form* form = longest(words, code, false, count)) {
    note(found, *form);
    words.resize(words.size() - count);
  }
  while (const Form* form = longest(words, code, true, count)) {
    note(found, *form);
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return found;
}

bool is_legal_form(std::span<const std::string> words) {
  if (words.empty() || words.size() > most_words) return false;
  std::string joined;
  for (const std::string& word : words) joined += word;
  return spellings().count(joined) > 0;
}

}  // namespace koinon::partners
