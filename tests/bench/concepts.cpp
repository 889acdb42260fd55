// SPDX-License-Identifier: Apache-2.0
//
// The concepts of texts by the bundled thesaurus. Lines of a language, a tab and a text; for each a
// line of URI,begin,end,s|p (by stem or prefix) with blanks between. On the standard error the
// bytes, and the seconds that analysis, and the search for concepts, took.
#include <chrono>
#include <cstring>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "text/analyse.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/concept_finder.hpp"

using namespace koinon::text;

int main(int argc, char** argv) {
  const bool question = argc == 2 && std::strcmp(argv[1], "--question") == 0;
  if (argc > 2 || (argc == 2 && !question)) return 2;
  const TextKind kind = question ? TextKind::Question : TextKind::Document;
  const Thesaurus& thesaurus = bundled_thesaurus();
  Analyser analyser(std::size_t{1} << 14U);
  ConceptFinder finder(thesaurus);
  using Clock = std::chrono::steady_clock;
  std::chrono::duration<double> analysis{};
  std::chrono::duration<double> search{};
  std::size_t bytes = 0;
  std::string out;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) return 2;
    const std::string language = line.substr(0, tab);
    const std::string_view text = std::string_view(line).substr(tab + 1);
    const auto start = Clock::now();
    const auto tokens = analyser.run(text, language);
    const auto middle = Clock::now();
    const auto found = finder.run(text, tokens, language, kind);
    const auto end = Clock::now();
    analysis += middle - start;
    search += end - middle;
    bytes += text.size();
    out.clear();
    for (const FoundConcept& one : found) {
      if (!out.empty()) out += ' ';
      out += thesaurus.uri(one.id);
      out += ',' + std::to_string(one.begin) + ',' + std::to_string(one.end);
      out += one.by == FoundBy::Stem ? ",s" : ",p";
    }
    std::cout << out << '\n';
  }
  std::cerr << bytes << ' ' << analysis.count() << ' ' << search.count() << '\n';
}
