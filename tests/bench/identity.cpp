// SPDX-License-Identifier: Apache-2.0
//
// Names, one a line (a tab and a country may follow), in clusters of one organisation each.
//
//   koinon_bench_identity BLOCK PAIRS THRESHOLD:SUPPORT ...
//
// BLOCK: CandidateOptions::block. PAIRS: the file that gets the scored pairs, one a line: two lines
// of the input counted from 0, and millionths; "-": none. On the standard output, for each line and
// each THRESHOLD:SUPPORT, the first line of its cluster; on the standard error one JSON object with
// the seconds of each phase, the pairs, and the clusters of the last setting.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
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

ClusterOptions setting(const std::string& text) {
  ClusterOptions options;
  const std::size_t colon = text.find(':');
  options.threshold = std::stod(text.substr(0, colon));
  options.support = std::stod(text.substr(colon + 1));
  return options;
}

void write_pairs(const char* path, const std::vector<ScoredPair>& scored) {
  std::ofstream file(path);
  for (const ScoredPair& one : scored)
    file << one.pair.left << '\t' << one.pair.right << '\t' << one.millionths << '\n';
}

void print(const std::vector<Clusters>& answers) {
  std::string lines;
  for (std::size_t m = 0; m < answers[0].of_member.size(); ++m) {
    for (std::size_t a = 0; a < answers.size(); ++a) {
      if (a > 0) lines += '\t';
      lines += std::to_string(answers[a].of_member[m]);
    }
    lines += '\n';
  }
  std::cout << lines;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  CandidateOptions blocking;
  blocking.block = static_cast<std::uint32_t>(std::stoul(argv[1]));
  const std::vector<OrganisationFacts> organisations = read_names();
  Clock clock;
  const Population population = read_population(organisations);
  const double reading = clock.lap();
  const Candidates candidates = candidate_pairs(population, blocking);
  const double pairing = clock.lap();
  const std::vector<ScoredPair> scored = score_pairs(population, candidates.pairs);
  const double scoring = clock.lap();
  std::vector<Clusters> answers;
  for (int at = 3; at < argc; ++at)
    answers.push_back(identify(population, scored, {}, setting(argv[at])));
  const double clustering = clock.lap() / double(answers.size());
  if (std::string_view(argv[2]) != "-") write_pairs(argv[2], scored);
  print(answers);
  std::fprintf(stderr,
               "{\"read\": %.3f, \"pair\": %.3f, \"score\": %.3f, \"cluster\": %.3f, "
               "\"pairs\": %zu, \"cut\": %zu, \"clusters\": %zu}\n",
               reading, pairing, scoring, clustering, scored.size(),
               static_cast<std::size_t>(candidates.cut), answers.back().groups().size());
}
