// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace koinon::command {

namespace {

// Edits (insert, delete, replace) that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({row[k] + 1, row[k - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

const Option& find_option(std::string_view name, const std::vector<Option>& options) {
  for (const Option& option : options) {
    if (name == option.name) return option;
  }
  std::vector<std::string> names;
  for (const Option& option : options) names.emplace_back(option.name);
  throw UsageError("unknown option " + std::string(name) + suggestion(name, names));
}

template <class Number>
Number parse(std::string_view text, std::string_view what, const char* wanted) {
  Number number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) {
    throw UsageError(std::string(what) + " needs " + wanted + ", not \"" + std::string(text) +
                     "\"");
  }
  return number;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const bool begins = word.size() >= 3 && (candidate.starts_with(word) ||
                                             candidate.ends_with("-" + std::string(word)));
    const std::size_t d = begins ? 1 : edit_distance(word, candidate);
    if (d < distance) {
      distance = d;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string best = nearest(word, candidates);
  return best.empty() ? std::string() : "; did you mean " + best + "?";
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    if (!text.substr(0, end).empty()) parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::uint64_t parse_number(std::string_view text, std::string_view what) {
  return parse<std::uint64_t>(text, what, "a whole number");
}

double parse_real(std::string_view text, std::string_view what) {
  return parse<double>(text, what, "a number");
}

double parse_seconds(std::string_view text, std::string_view what) {
  const auto seconds = parse<double>(text, what, "seconds");
  if (!std::isfinite(seconds)) throw UsageError(std::string(what) + " needs seconds that end");
  return seconds;
}

std::string Arguments::value(std::string_view option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::string() : found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::uint64_t Arguments::number(std::string_view option, std::uint64_t otherwise) const {
  return has(option) ? parse_number(value(option), option) : otherwise;
}

std::string Arguments::take_word() {
  std::string first = std::move(words_.front());
  words_.erase(words_.begin());
  return first;
}

Arguments parse_arguments(const std::vector<std::string>& words, const std::vector<Option>& options,
                          bool dash_words) {
  Arguments arguments;
  bool only_words = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool dashed = word.size() > 1 && word[0] == '-';
    if (only_words || !dashed || (dash_words && word[1] != '-' && word != "-h")) {
      arguments.add_word(word);
      continue;
    }
    if (word == "--") {
      only_words = true;
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word == "-h" ? "--help" : word.substr(0, equals);
    const Option& option = find_option(name, options);
    if (option.value[0] == '\0') {
      if (equals != std::string::npos) throw UsageError(name + " takes no value");
      arguments.add_value(name, "");
    } else if (equals != std::string::npos) {
      arguments.add_value(name, word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      arguments.add_value(name, words[++i]);
    } else {
      throw UsageError(name + " needs a value: " + name + " " + option.value);
    }
  }
  return arguments;
}

}  // namespace koinon::command
