// SPDX-License-Identifier: Apache-2.0
#include "text/light_stemmer.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "text/language_file.hpp"

namespace koinon::text {

namespace {

// Stands before the first letter of every word, so that an ending with it is a whole word.
constexpr char start = '^';

std::size_t letters(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::size_t keep_of(const Json& object, const std::string& path) {
  const Json& value = member(object, path, "keep");
  const auto letters = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
  if (letters < 1 || letters > 20)
    refuse(path + "keep", "a number of letters from 1 to 20 is wanted");
  return letters;
}

// What a rule says of each of its endings: the ending and what comes instead.
std::vector<std::pair<std::string, std::string>> told_by(const Json& rule,
                                                         const std::string& path) {
  std::vector<std::pair<std::string, std::string>> told;
  if (rule.contains("remove")) {
    for (std::string& ending : words_of(rule["remove"], path + "remove"))
      told.emplace_back(std::move(ending), "");
  } else if (rule.contains("leave")) {
    for (const std::string& ending : words_of(rule["leave"], path + "leave"))
      told.emplace_back(ending, ending.substr(ending[0] == start ? 1 : 0));
  } else if (rule.contains("replace")) {
    told = pairs_of(rule["replace"], path + "replace");
  } else {
    refuse(path + "remove", "a rule says one of remove, replace and leave");
  }
  return told;
}

}  // namespace

LightStemmer::LightStemmer(const Json& file, const char* key) {
  const Json& steps = list(file, "", key);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string in_step = std::string(key) + "[" + std::to_string(i) + "].";
    const std::size_t keep = keep_of(steps[i], in_step);
    const Json& rules = list(steps[i], in_step, "rules");
    Step step;
    for (std::size_t k = 0; k < rules.size(); ++k) {
      const std::string path = in_step + "rules[" + std::to_string(k) + "].";
      if (!rules[k].is_object()) refuse(path, "is no JSON object");
      const std::size_t own = rules[k].contains("keep") ? keep_of(rules[k], path) : keep;
      for (auto& [ending, instead] : told_by(rules[k], path)) {
        if (ending.empty() || ending == "^") refuse(path, "an ending is empty");
        if (ending[0] == start && instead.empty()) refuse(path, "nothing is left of " + ending);
        const bool always = ending[0] == start || rules[k].contains("leave");
        step.push_back({{ending.rbegin(), ending.rend()}, std::move(instead), always ? 0 : own});
      }
    }
    const auto before = [](const Rule& a, const Rule& b) { return a.ending < b.ending; };
    const auto same = [](const Rule& a, const Rule& b) { return a.ending == b.ending; };
    std::sort(step.begin(), step.end(), before);
    const auto twice = std::adjacent_find(step.begin(), step.end(), same);
    if (twice != step.end())
      refuse(in_step + "rules", "'" + std::string(twice->ending.rbegin(), twice->ending.rend()) +
                                    "' stands there twice");
    steps_.push_back(std::move(step));
  }
}

// Goes through the word from its end; what is left of the rules are those whose endings begin, seen
// from there, with the bytes passed. The one that has no more than these is the first of them.
const LightStemmer::Rule* LightStemmer::longest(const Step& step, std::string_view word) {
  const Rule* best = nullptr;
  auto first = step.begin();
  auto last = step.end();
  std::size_t left = letters(word);
  for (std::size_t passed = 0; first != last && passed <= word.size(); ++passed) {
    const char next = passed < word.size() ? word[word.size() - 1 - passed] : start;
    const auto byte = [passed](const Rule& rule) {
      return static_cast<unsigned char>(rule.ending[passed]);
    };
    const auto wanted = static_cast<unsigned char>(next);
    first =
        std::partition_point(first, last, [&](const Rule& rule) { return byte(rule) < wanted; });
    last =
        std::partition_point(first, last, [&](const Rule& rule) { return byte(rule) == wanted; });
    if (passed < word.size()) left -= letters({&next, 1});
    if (first == last || first->ending.size() != passed + 1) continue;
    if (left >= first->keep) best = &*first;
    ++first;
  }
  return best;
}

std::string LightStemmer::stem(std::string_view word) const {
  std::string out(word);
  for (const Step& step : steps_) {
    const Rule* rule = longest(step, out);
    if (rule == nullptr) continue;
    // The start of a word is no byte of it.
    out.resize(out.size() - std::min(out.size(), rule->ending.size()));
    out += rule->instead;
  }
  return out;
}

}  // namespace koinon::text
