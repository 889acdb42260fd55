// SPDX-License-Identifier: Apache-2.0
//
// How fast texts become terms: reads texts, one a line, and prints the megabytes that the analyser
// takes in a second of the processor, with the cache that an index has. The language is a tag.
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "text/analyse.hpp"

using namespace koinon::text;

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string language = argv[1];
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (std::string text; std::getline(std::cin, text);) {
    bytes += text.size();
    texts.push_back(text);
  }
  Analyser analyser(32768);
  analyser.run("a", language);  // reads the rules and the tables
  std::size_t words = 0;
  const std::clock_t started = std::clock();
  for (const std::string& text : texts) words += analyser.run(text, language).size();
  const double took = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
  std::cout << static_cast<double>(bytes) / 1e6 / took << ' ' << words << '\n';
}
