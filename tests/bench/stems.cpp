// SPDX-License-Identifier: Apache-2.0
//
// The terms of words in a language, one a line, as the index has them. The language is a tag, or a
// language file; "und" only folds; "snowball:NAME" gives the stems of that algorithm as they are.
// On the standard error the nanoseconds that a word takes.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "text/fold.hpp"
#include "text/language.hpp"
#include "text/snowball.hpp"
#include "text/stem.hpp"

using namespace koinon::text;

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::string language = argv[1];
  if (language.find(".json") != std::string::npos) {
    std::ifstream file(language);
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    language = add_language(json).tag();
  }
  std::vector<std::string> words;
  if (language.substr(0, 9) == "snowball:") {
    const auto algorithm = snowball_algorithm(language.substr(9));
    if (!algorithm) return 3;
    for (std::string word; std::getline(std::cin, word);)
      std::cout << snowball_stem(word, *algorithm) << '\n';
    return 0;
  }
  for (std::string word; std::getline(std::cin, word);) words.push_back(lower(word));
  stem("", language);  // reads the rules
  const auto started = std::chrono::steady_clock::now();
  for (std::string& word : words) word = stem(word, language);
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - started;
  for (const std::string& word : words) std::cout << fold(word) << '\n';
  std::cerr << took.count() / static_cast<double>(std::max<std::size_t>(words.size(), 1)) << '\n';
}
