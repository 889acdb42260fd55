// SPDX-License-Identifier: Apache-2.0
//
// Names, one a line, in clusters of one organisation each.
//
//   koinon_bench_identity THRESHOLD SUPPORT [BLOCK [pairs FILE]]
//
// On the standard output the number of its cluster's first line for each line, on the standard
// error one JSON object: seconds by phase, pairs, clusters. "pairs": FILE gets the scored pairs,
// one a line.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "partners/identity.hpp"

using namespace koinon::partners;

namespace {

class Clock {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> took = now - last_;
    last_ = now;
    return took.count();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::vector<OrganisationFacts> read_names() {
  std::vector<OrganisationFacts> organisations;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    OrganisationFacts& facts = organisations.emplace_back();
    facts.names.push_back(line.substr(0, tab));
    if (tab != std::string::npos) facts.country = line.substr(tab + 1);
  }
  return organisations;
}

void write_pairs(const char* path, const std::vector<ScoredPair>& scored) {
  std::ofstream file(path);
  for (const ScoredPair& one : scored)
    file << one.pair.left << '\t' << one.pair.right << '\t' << one.millionths << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  ClusterOptions clustering;
  clustering.threshold = std::stod(argv[1]);
  clustering.support = std::stod(argv[2]);
  CandidateOptions blocking;
  if (argc > 3) blocking.block = static_cast<std::uint32_t>(std::stoul(argv[3]));
  const std::vector<OrganisationFacts> organisations = read_names();
  Clock clock;
  const Population population = read_population(organisations);
  const double reading = clock.lap();
  const Candidates candidates = candidate_pairs(population, blocking);
  const double pairing = clock.lap();
  const std::vector<ScoredPair> scored = score_pairs(population, candidates.pairs);
  const double scoring = clock.lap();
  const Clusters clusters = identify(population, scored, {}, clustering);
  const double clustering_took = clock.lap();
  if (argc > 5) write_pairs(argv[5], scored);
  for (const std::uint32_t of : clusters.of_member) std::cout << of << '\n';
  std::fprintf(
      stderr,
      "{\"read\": %.3f, \"pair\": %.3f, \"score\": %.3f, \"cluster\": %.3f, \"pairs\": %zu, "
      "\"cut\": %zu, \"clusters\": %zu}\n",
      reading, pairing, scoring, clustering_took, scored.size(),
      static_cast<std::size_t>(candidates.cut), clusters.groups().size());
}
