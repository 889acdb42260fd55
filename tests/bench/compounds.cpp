// SPDX-License-Identifier: Apache-2.0
//
// Words in parts, one word a line, the parts with '|' between them. "naive" takes from the left the
// longest that the same lexicon has, with a linking element if need be, and nothing for a word that
// does not come out even. On the standard error the nanoseconds that a word takes.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "text/compound_lexicon.hpp"
#include "text/compounds.hpp"
#include "text/fold.hpp"

using namespace koinon::text;

namespace {

void longest_from_left(std::string_view word, const CompoundLexicon& lexicon,
                       std::vector<CompoundPart>& parts) {
  parts.clear();
  for (std::size_t from = 0; from < word.size();) {
    std::size_t best = 0;
    lexicon.at(word, from, [&](const CompoundLexicon::Entry& entry, std::size_t to) {
      if (to == word.size() ? from > 0 && entry.last != forbidden : entry.first != forbidden)
        best = to;
    });
    if (best == 0 && from > 0)
      for (const auto& [link, cost] : lexicon.links())
        if (!link.empty() && word.substr(from, link.size()) == link) best = from + link.size();
    if (best == 0) {
      parts = {{0, word.size(), word}};
      return;
    }
    parts.push_back({from, best, word.substr(from, best - from)});
    from = best;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string language = argv[1];
  const CompoundLexicon* lexicon = compound_lexicon(language);
  if (lexicon == nullptr) return 3;
  splits_compounds(language);
  const bool naive = std::string_view(argv[2]) == "naive";
  std::vector<std::string> words;
  for (std::string word; std::getline(std::cin, word);) words.push_back(lower(word));
  std::vector<std::string> lines;
  lines.reserve(words.size());
  std::vector<CompoundPart> parts;
  std::chrono::duration<double, std::nano> took{0};
  for (const std::string& word : words) {
    const auto started = std::chrono::steady_clock::now();
    if (naive)
      longest_from_left(word, *lexicon, parts);
    else
      split_compound(word, language, parts);
    took += std::chrono::steady_clock::now() - started;
    std::string& line = lines.emplace_back();
    for (const CompoundPart& part : parts) {
      if (part.begin > 0) line += '|';
      line.append(word, part.begin, part.end - part.begin);
    }
  }
  for (const std::string& line : lines) std::cout << line << '\n';
  std::cerr << took.count() / static_cast<double>(std::max<std::size_t>(words.size(), 1)) << '\n';
}
