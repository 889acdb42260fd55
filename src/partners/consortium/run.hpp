// SPDX-License-Identifier: Apache-2.0
//
// One solve after the other within shared limits: what solve.hpp, explain.hpp and planner.hpp have
// in common.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "partners/consortium/model.hpp"
#include "partners/consortium/search.hpp"
#include "partners/consortium/solve.hpp"

namespace koinon::partners::consortium {

struct Course {
  Others others;
  std::vector<std::uint32_t> start;  // need not be eligible
  std::uint32_t pool = 0;
  double gap = 0;
  /// Only teams worth more are looked for; with none, the status is Infeasible.
  double floor = -std::numeric_limits<double>::infinity();
  /// No team is worth more: known beforehand.
  double ceiling = std::numeric_limits<double>::infinity();
};

/// The problem must be valid. Checks the answer.
Answer run(const Problem& problem, const Course& course, Limits& limits);

/// What every answer goes through before it leaves: what it cost is told, and it is checked. Throws
/// Error(Internal) if it is wrong.
void finish(const Problem& problem, const Limits& limits, Answer& answer);

/// Throws Error(InvalidArgument) for what SolveOptions does not allow.
void validate(const Problem& problem, const SolveOptions& options);

/// The plan of members that are eligible together; false if they are not.
bool plan_of(const Problem& problem, std::span<const std::uint32_t> members, Plan& plan);

}  // namespace koinon::partners::consortium
