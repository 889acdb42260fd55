// SPDX-License-Identifier: Apache-2.0
//
// The language of each line of the standard input, one a line: by our rule ("ours"), by the n-grams
// alone ("ngrams") or by CLD2 alone ("cld2"). On the standard error megabytes for a second.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "text/language_cld2.hpp"
#include "text/language_id.hpp"
#include "text/language_odds.hpp"

using namespace koinon::text;

namespace {

std::string by_ngrams(const std::string& text) {
  const std::vector<double> chance = Odds(ngram_scores(text)).probabilities();
  return ngram_languages()[static_cast<std::size_t>(std::max_element(chance.begin(), chance.end()) -
                                                    chance.begin())];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string way = argv[1];
  std::vector<std::string> lines;
  double bytes = 0;
  for (std::string line; std::getline(std::cin, line); bytes += static_cast<double>(line.size()))
    lines.push_back(line);
  identify_language("a text");  // unpacks the weights
  std::vector<std::string> found;
  const auto started = std::chrono::steady_clock::now();
  for (const std::string& line : lines) {
    found.push_back(way == "ours"     ? identify_language(line).best()
                    : way == "ngrams" ? by_ngrams(line)
                                      : ask_cld2(line).parts[0].language);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  for (const std::string& language : found) std::cout << language << '\n';
  std::cerr << bytes / 1e6 / took.count() << '\n';
}
