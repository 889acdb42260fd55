// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/dynamic_incidence.hpp"
#include "graph/slice.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

/// What was there for the first time in a period.
struct Growth {
  std::uint64_t members = 0;  // by the start of their first row
  std::uint64_t works = 0;    // by the start of their first row
  std::uint64_t ties = 0;     // by the first day on which both members were in a work together
};

/// How the network of a slice has grown over periods that begin at the given days, in order. There
/// is one period more than days: the first lies before all of them and holds what has an unknown
/// start, the last has no end. Each member, work and tie is counted in one period. O(rows + sum of
/// k^2 over works of k members). Throws std::invalid_argument if the days do not rise; Stopped.
std::vector<Growth> growth(IncidenceView graph, std::span<const std::int32_t> days,
                           const Slice& slice = {}, const Watch& watch = {});

}  // namespace koinon::graph
