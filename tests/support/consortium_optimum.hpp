// SPDX-License-Identifier: Apache-2.0
//
// Random problems of the consortium builder, solved to the proof.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "consortium_problems.hpp"
#include "partners/consortium/solve.hpp"

namespace koinon::test {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

inline kc::Problem random_problem(std::uint64_t seed, std::uint32_t least, std::uint32_t most) {
  ConsortiumRandom random(seed);
  const std::uint32_t count = least + random.below(most - least + 1);
  kc::Problem problem = random_candidates(random, count, random.unit());
  add_random_rules(random, problem);
  return problem;
}

inline double value_of(const kc::Answer& answer) {
  return answer.status == kc::Status::Optimal ? answer.plan.value : -infinite;
}

inline kc::SolveOptions patient() {
  kc::SolveOptions options;
  options.seconds = infinite;
  return options;
}

inline double optimum(const kc::Problem& problem) {
  return value_of(kc::solve(problem, patient()));
}

inline bool equal(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-8 * std::max(1.0, std::abs(a));
}

inline std::vector<std::uint32_t> members_of(const kc::Plan& plan) {
  std::vector<std::uint32_t> members;
  for (const kc::Member& member : plan.members) members.push_back(member.candidate);
  return members;
}

}  // namespace koinon::test
