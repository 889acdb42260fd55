// SPDX-License-Identifier: Apache-2.0
//
// A second look at an answer, by code that shares nothing with the search but the problem itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "partners/consortium/solve.hpp"

namespace koinon::partners::consortium {

/// A rule that a team breaks, or what else is wrong with a plan.
struct Defect {
  std::uint32_t rule = nobody;  // place in Problem::rules; nobody: not a rule
  std::string message;
};

/// All that is wrong with a plan: members that are nobody or in twice, roles that are not theirs or
/// not taken as often as asked, a coordinator who may not be, every rule that it breaks, and a
/// value off by more than 1e-9 of itself. Empty: the plan is eligible and worth what it says. Each
/// rule is counted anew from the problem. O(ties + rules * members). The problem must be valid.
std::vector<Defect> check_plan(const Problem& problem, const Plan& plan);

/// check_plan() of the plan of an answer that has one, and whether status, bound and gap go
/// together: no team above the bound, a gap of 0 if Optimal, no plan if Infeasible or Unknown.
std::vector<Defect> check_answer(const Problem& problem, const Answer& answer);

}  // namespace koinon::partners::consortium
