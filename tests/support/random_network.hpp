// SPDX-License-Identifier: Apache-2.0
//
// Small random networks of members and works, from fixed seeds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "graph/incidence.hpp"

namespace random_network {

using koinon::graph::Incidence;
using koinon::graph::unknown_from;
using koinon::graph::unknown_to;
using Random = std::mt19937;

inline std::uint32_t below(Random& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

inline Incidence random_row(Random& random, std::uint32_t members, std::uint32_t work) {
  // The square draws small ids more often: a few members are hubs, as in every real network.
  const double x = double(random()) / 4294967296.0;
  const auto day = [&](std::int32_t unknown) {
    return below(random, 5) == 0 ? unknown : std::int32_t(below(random, 40)) - 10;
  };
  const std::uint32_t share =
      below(random, 2) == 0 ? koinon::graph::unknown_share : below(random, 1'000'001);
  return {std::uint32_t(x * x * members),
          work,
          std::uint16_t(below(random, 3)),
          day(unknown_from),
          day(unknown_to),
          share};
}

inline std::vector<Incidence> random_work(Random& random, std::uint32_t members,
                                          std::uint32_t work) {
  std::vector<Incidence> rows(below(random, 8));
  for (Incidence& row : rows) row = random_row(random, members, work);
  return rows;
}

struct Network {
  std::uint32_t members;
  std::uint32_t works;
  std::vector<Incidence> rows;  // in random order, with duplicates
};

inline Network make(std::uint32_t seed) {
  Random random(seed);
  Network network{1 + below(random, 60), 1 + below(random, 80), {}};
  for (std::uint32_t w = 0; w < network.works; ++w) {
    const auto rows = random_work(random, network.members, w);
    network.rows.insert(network.rows.end(), rows.begin(), rows.end());
  }
  std::shuffle(network.rows.begin(), network.rows.end(), random);
  return network;
}

// A network as sets of members per work.
inline std::vector<std::set<std::uint32_t>> teams(const Network& network) {
  std::vector<std::set<std::uint32_t>> result(network.works);
  for (const Incidence& row : network.rows) result[row.work].insert(row.member);
  return result;
}

}  // namespace random_network
