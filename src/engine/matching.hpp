// SPDX-License-Identifier: Apache-2.0
//
// Decisions about which organisations are one: by the rule, by people, and taken back.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "koinon/catalogue.hpp"
#include "koinon/identity.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// An organisation as the rule looks at it.
struct MatchCandidate {
  std::string id;
  Organisation organisation;
  double stake = 1;
};

/// Runs the rule over all of them, by rising id, and makes its decisions those of the catalogue:
/// records of ids that the pair gives, so that the same run writes nothing. Decisions of people
/// count, and stay as they are. Linear in the words of names but for the pairs compared, whose
/// number blocks bound. Cancelled: nothing was written. Errors: InvalidArgument, ReadOnly, Busy,
/// Cancelled.
MatchReport run_match(store::Store& store, const std::vector<MatchCandidate>& organisations,
                      const MatchRequest& request, std::string_view by, const Task& task);

/// Present decisions, by id. O(decisions).
std::vector<DecisionEntry> all_decisions(store::Snapshot& snapshot);

/// Ids of the decisions that say nothing any more: withdrawn ones and their withdrawals.
std::unordered_set<std::string> spent_decisions(store::Snapshot& snapshot);

/// Writes what a person said. `log` are the decisions on the same two: one of a person that holds
/// is taken back by it, the same said again changes nothing. Errors: NotFound, InvalidArgument,
/// ReadOnly, Busy.
Written decide(store::Store& store, const Decision& decision, std::string id,
               const std::vector<DecisionEntry>& log, std::string_view by);

/// The record that withdraws a decision.
MatchDecision withdrawal(const DecisionEntry& entry, std::string_view reason, std::string_view by);

}  // namespace koinon::engine
