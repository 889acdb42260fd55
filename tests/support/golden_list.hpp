// SPDX-License-Identifier: Apache-2.0
//
// Golden lists of languages: lines of a term and all words that have it.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "text/fold.hpp"
#include "text/stem.hpp"

using GoldenList = std::map<std::string, std::vector<std::string>>;

inline std::vector<std::string> words_in(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

inline GoldenList golden_list(const std::string& path) {
  std::ifstream file(path);
  GoldenList golden;
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    REQUIRE(colon != std::string::npos);
    // A term that stood on two lines would prove nothing about their words.
    CHECK(golden.emplace(line.substr(0, colon), words_in(line.substr(colon + 2))).second);
  }
  return golden;
}

inline std::string term_of(std::string_view word, std::string_view language) {
  return koinon::text::fold(koinon::text::stem(koinon::text::lower(word), language));
}

// Every word of the list has the term that its line says; returns how many words it has.
inline std::size_t check_golden(const GoldenList& golden, const std::string& language) {
  std::size_t count = 0;
  for (const auto& [wanted, words] : golden) {
    for (const std::string& word : words) {
      CAPTURE(language, word);
      CHECK(term_of(word, language) == wanted);
    }
    count += words.size();
  }
  return count;
}
