// SPDX-License-Identifier: Apache-2.0
//
// What organisation_match.py learns from: the candidate pairs of names, one name a line (a tab and
// a country may follow), and what the library says of each pair. On the standard output for each
// pair two 32-bit numbers, the lines counted from 0, and then the features as 32-bit floats.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "partners/candidates.hpp"
#include "partners/comparison.hpp"

using namespace koinon::partners;

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "codes") {
    for (std::size_t i = 0; i < features; ++i)
      std::cout << feature_code(static_cast<Feature>(i)) << '\n';
    return 0;
  }
  std::vector<OrganisationFacts> organisations;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    OrganisationFacts& facts = organisations.emplace_back();
    facts.names.push_back(line.substr(0, tab));
    if (tab != std::string::npos) facts.country = line.substr(tab + 1);
  }
  const Population population = read_population(organisations);
  Comparer comparer(population);
  CandidateOptions options;
  if (argc > 1) options.block = static_cast<std::uint32_t>(std::stoul(argv[1]));
  for (const MemberPair& pair : candidate_pairs(population, options).pairs) {
    const Comparison compared = comparer.compare(pair.left, pair.right);
    std::fwrite(&pair, sizeof pair, 1, stdout);
    std::fwrite(compared.values.data(), sizeof(float), features, stdout);
  }
}
