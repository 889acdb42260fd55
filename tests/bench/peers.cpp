// SPDX-License-Identifier: Apache-2.0
//
// How long peers take: so many random organisations with four themes offered and four sought out of
// so many, 27 countries, a language of 24, and for 70 % English too; so many pairs for each at
// most. Prints a row of the table in docs/reference/peers.md.
#include <algorithm>
#include <ctime>
#include <iostream>
#include <random>
#include <string>

#include "programme/peers.hpp"

using namespace koinon;
using programme::PeerParty;

namespace {

std::vector<PeerParty> parties_of(std::size_t count, std::uint32_t themes) {
  std::mt19937 random(1);
  const auto code = [&](const char* prefix, std::uint32_t many) {
    return prefix + std::to_string(random() % many);
  };
  std::vector<PeerParty> parties;
  for (std::size_t i = 0; i < count; ++i) {
    PeerParty party;
    party.id = std::to_string(1'000'000 + i);  // rising
    party.name = party.id;
    party.countries = {code("C", 27)};
    party.languages = {code("l", 24)};
    if (random() % 10 < 7) party.languages.emplace_back("en");
    std::sort(party.languages.begin(), party.languages.end());
    for (int each = 0; each < 4; ++each) {
      party.offers.push_back({code("t", themes), {}});
      party.seeks.push_back({code("t", themes), {}});
    }
    parties.push_back(std::move(party));
  }
  return parties;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::size_t count = std::stoul(argv[1]);
  const auto themes = static_cast<std::uint32_t>(std::stoul(argv[2]));
  PeersRequest request;
  request.most_given = request.most_taken = std::stoul(argv[3]);
  const auto parties = parties_of(count, themes);
  const std::clock_t started = std::clock();
  const PeersAnswer answer = programme::pair_peers(parties, request, {});
  const double took = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
  std::cout << "| " << count << " | " << themes << " | " << answer.possible << " | "
            << answer.pairs.size() << " | " << argv[3] << " | " << took << " |\n";
}
