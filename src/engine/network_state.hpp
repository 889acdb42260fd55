// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/turn_lock.hpp"
#include "graph/affiliations.hpp"
#include "graph/code_sets.hpp"
#include "graph/incidence.hpp"
#include "graph/pagerank.hpp"
#include "graph/tie_graph.hpp"
#include "graph/watch.hpp"
#include "koinon/network.hpp"

namespace koinon {

/// What a Network holds. Members and works are numbered by rising id, so that nothing depends on
/// the order in which records came.
struct Network::State {
  std::uint64_t change = 0;
  std::vector<std::string> organisations;
  std::vector<std::string> names;
  std::vector<std::string> countries;
  std::vector<std::string> kinds;
  std::vector<std::string> works;
  std::vector<std::string> roles;  // codes, by the role of a row
  /// The other ids of organisations that are of several records: sorted, with their numbers.
  std::vector<std::pair<std::string, std::uint32_t>> aliases;
  graph::CodeSets programmes;  // of works
  graph::CodeSets themes;
  graph::CodeSets target_groups;
  graph::IncidenceGraph rows;
  graph::Affiliations affiliations;

  /// Made when first asked for; what is made stays. Throws graph::Stopped.
  const graph::TieGraph& ties(const graph::Watch& watch) const;

  /// Calls ask(solver), alone. Throws graph::Stopped.
  template <class Ask>
  auto with_walker(const graph::Watch& watch, Ask ask) const {
    const auto alone = turn(walker_lock_, watch);
    if (!walker_) walker_ = std::make_unique<graph::PersonalisedPageRank>(affiliations);
    return ask(*walker_);
  }

 private:
  // Waits for a lock that another thread may hold for long, and looks whether it is to stop.
  static std::unique_lock<engine::TurnLock> turn(engine::TurnLock& lock,
                                                 const graph::Watch& watch) {
    std::unique_lock<engine::TurnLock> mine(lock, std::defer_lock);
    while (!mine.try_lock_for(std::chrono::milliseconds(20))) graph::tell(watch, 0, 0);
    return mine;
  }

  mutable engine::TurnLock ties_lock_;
  mutable std::unique_ptr<const graph::TieGraph> ties_;
  mutable engine::TurnLock walker_lock_;
  mutable std::unique_ptr<graph::PersonalisedPageRank> walker_;
};

}  // namespace koinon
