// SPDX-License-Identifier: Apache-2.0
//
// Random networks of who worked with whom, for the tests of recommendation.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "graph/bitmap.hpp"
#include "graph/incidence.hpp"
#include "partners/past_work.hpp"

namespace koinon::test {

constexpr std::int32_t today = 10'000;

struct World {
  std::uint32_t members = 0;
  std::uint32_t works = 0;
  std::vector<graph::Incidence> rows;
  std::vector<std::uint16_t> countries;
  std::vector<std::uint16_t> kinds;
  std::vector<std::uint32_t> topic_offsets{0};
  std::vector<std::uint32_t> topics;
  graph::Bitmap leading;
};

inline World random_world(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  World world;
  world.members = 4 + below(20);
  world.works = 1 + below(25);
  world.leading.set(1);
  for (std::uint32_t work = 0; work < world.works; ++work) {
    const std::uint32_t size = 1 + below(5);
    const auto from = static_cast<std::int32_t>(today - 2000 + static_cast<int>(below(2600)));
    for (std::uint32_t i = 0; i < size; ++i)
      world.rows.push_back({below(world.members), work, static_cast<std::uint16_t>(below(2)), from,
                            from + static_cast<int>(below(1500))});
    for (std::uint32_t topic = 0; topic < 4; ++topic)
      if (below(3) == 0) world.topics.push_back(topic);
    world.topic_offsets.push_back(static_cast<std::uint32_t>(world.topics.size()));
  }
  for (std::uint32_t member = 0; member < world.members; ++member) {
    world.countries.push_back(static_cast<std::uint16_t>(below(4)));
    world.kinds.push_back(static_cast<std::uint16_t>(below(3)));
  }
  return world;
}

inline partners::PastWork past_of(const World& world) {
  const graph::IncidenceGraph graph(world.rows, world.members, world.works);
  const partners::CollaborationData data{
      graph, world.countries, world.kinds, world.topic_offsets, world.topics, {},
      {},    &world.leading};
  return partners::PastWork(data, today, false);
}

// More candidates than are looked at again, of some countries, kinds and topics.
inline World large_world(std::uint32_t seed) {
  std::mt19937 random(seed);
  World world;
  world.members = 900;
  world.works = 700;
  for (std::uint32_t work = 0; work < world.works; ++work) {
    for (int i = 0; i < 4; ++i)
      world.rows.push_back(
          {static_cast<std::uint32_t>(random() % world.members), work, 0,
           static_cast<std::int32_t>(today - 1 - static_cast<int>(random() % 2000)), today});
    world.topics.push_back(static_cast<std::uint32_t>(random() % 6));
    world.topic_offsets.push_back(static_cast<std::uint32_t>(world.topics.size()));
  }
  for (std::uint32_t member = 0; member < world.members; ++member) {
    world.countries.push_back(static_cast<std::uint16_t>(random() % 5));
    world.kinds.push_back(static_cast<std::uint16_t>(random() % 4));
  }
  return world;
}

}  // namespace koinon::test
