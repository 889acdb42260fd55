// SPDX-License-Identifier: Apache-2.0
//
// The steps that a record may take, and taking one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/life_cycle.hpp"
#include "programme/facts.hpp"
#include "programme/life_cycle.hpp"

namespace koinon::programme {

/// What the guards of an edge say, in their order.
std::vector<Refusal> refusals(const Edge& edge, const Facts& facts);

/// Every step out of `state`, allowed or why not. O(edges), and what the guards ask for.
std::vector<NextStep> next_steps(const LifeCycle& table, std::string_view state, const Facts& facts,
                                 std::string_view language);

/// The state of a record, the initial one where it tells none.
const std::string& present_state(const LifeCycle& table, const Record& record);

/// The state that a record was in at a moment, as far as its steps tell; without steps, the one
/// that it is in.
std::string state_at(const Record& record, Timestamp at);

/// Logs the step and sets the state.
void take(Record& record, LifeStep step);

/// The step that a write brings about by what it changes. Not before the last one.
void step_by_write(const LifeCycle& table, Record& record, const std::string& to, Timestamp now,
                   const std::string& by, std::string reason);

/// The violations of a step that the table does not have, with the steps that it has.
Violation no_such_step(const LifeCycle& table, std::string_view from, std::string_view to);

}  // namespace koinon::programme
