// SPDX-License-Identifier: Apache-2.0
//
// Steps of lives over the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/life_facts.hpp"
#include "koinon/experiment.hpp"
#include "koinon/life_cycle.hpp"
#include "koinon/progress.hpp"
#include "store/store.hpp"

namespace koinon::engine {

NextSteps next_steps(const LivingRecord& living, const Actor& actor, Timestamp now,
                     std::string_view language, store::Reader& reader, AskEligibility eligibility);

/// Whether a step to a state needs to know how a consortium stands to its call.
bool asks_eligibility(const LivingRecord& living, std::string_view to);

/// What a step takes besides the record.
struct StepAsked {
  const Transition& request;
  std::uint64_t seen = 0;  // the version that the request was looked at with
  std::optional<EligibilityReport> eligibility;
  Timestamp now = 0;
};

/// Holds a request to what can be said of it without the record. Errors: InvalidArgument.
void check_request(const Transition& request, Timestamp now);

/// Takes the step and commits. Errors: NotFound, Erased, InvalidArgument, Conflict.
Moved take_step(store::Transaction& transaction, const StepAsked& asked);

/// The calls of which the day has come: that are announced and open, or open and past their last
/// deadline. O(what is found).
std::vector<std::string> calls_by_clock(store::Reader& reader, Timestamp now);
/// Moves those of them that nothing else holds back, and commits.
AdvancedCalls advance_calls(store::Transaction& transaction, const std::vector<std::string>& calls,
                            Timestamp now, const Task& task);

/// Errors: NotFound, Erased, InvalidArgument.
DesignReport check_design(store::Reader& reader, const std::string& id);

}  // namespace koinon::engine
