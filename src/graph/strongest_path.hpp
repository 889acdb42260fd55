// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "graph/affiliations.hpp"
#include "graph/partnership_path.hpp"
#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"

namespace koinon::graph {

struct StrongestPath {
  PartnershipPath path;  // of each tie the work with the fewest members, of equals the first
  double length = 0;     // sum of 1 / strength; infinite where there is no way
};

/// The way from one member to another of which the sum of 1 / strength is least: a few close
/// partnerships go before one loose one. E. W. Dijkstra, Numerische Mathematik 1, 1959, as
/// Boost.Graph has it, ended at `to`. `ties` are those of `affiliations`. O((members + ties) log
/// members) at worst. Throws std::out_of_range if there is no such member; Stopped, `watch` being
/// asked every 256 members.
StrongestPath strongest_path(const TieGraph& ties, const Affiliations& affiliations,
                             std::uint32_t from, std::uint32_t to, const Watch& watch = {});

}  // namespace koinon::graph
