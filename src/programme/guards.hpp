// SPDX-License-Identifier: Apache-2.0
//
// What stands before a step of a life: each guard has a name, which the tables use, and says of the
// facts why the step cannot be taken, and what would help.
#pragma once

#include <string_view>
#include <vector>

#include "koinon/life_cycle.hpp"
#include "programme/facts.hpp"

namespace koinon::programme {

struct Guard {
  const char* name;
  const char* asks;  // what it holds, for people
  std::vector<Refusal> (*refusals)(const Facts&);
};

/// All guards, by name.
const std::vector<Guard>& guards();
/// Null when there is none of this name.
const Guard* guard(std::string_view name);

// The guards by their subject; each returns the refusals, none where the step may be taken.

std::vector<Refusal> not_the_author(const Facts& facts);
std::vector<Refusal> own_country(const Facts& facts);
std::vector<Refusal> checklist(const Facts& facts);

std::vector<Refusal> assessed(const Facts& facts);
std::vector<Refusal> pilot_evidence(const Facts& facts);
std::vector<Refusal> licence(const Facts& facts);
std::vector<Refusal> successor(const Facts& facts);

std::vector<Refusal> opening_reached(const Facts& facts);
std::vector<Refusal> deadline_ahead(const Facts& facts);
std::vector<Refusal> deadlines_passed(const Facts& facts);
std::vector<Refusal> not_permanent(const Facts& facts);
std::vector<Refusal> budget_covers_call(const Facts& facts);

std::vector<Refusal> call_named(const Facts& facts);
std::vector<Refusal> call_open(const Facts& facts);
std::vector<Refusal> eligible(const Facts& facts);
std::vector<Refusal> award_exists(const Facts& facts);

std::vector<Refusal> consortium_checked(const Facts& facts);
std::vector<Refusal> documents(const Facts& facts);
std::vector<Refusal> requested(const Facts& facts);
std::vector<Refusal> award_within_limits(const Facts& facts);

std::vector<Refusal> design_complete(const Facts& facts);
std::vector<Refusal> level_within_reach(const Facts& facts);
std::vector<Refusal> outcomes_reported(const Facts& facts);
std::vector<Refusal> uptake(const Facts& facts);

/// The last day on which a call takes bids, in days since 1970-01-01; nothing without deadlines.
std::optional<std::int32_t> last_deadline(const Call& call);
bool is_permanent(const Call& call);

}  // namespace koinon::programme
