// SPDX-License-Identifier: Apache-2.0
//
// Why a team is as it is, and why there is none.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "partners/consortium/solve.hpp"

namespace koinon::partners::consortium {

/// A tie of a member to another member.
struct MemberTie {
  std::uint32_t other = nobody;
  double weight = 0;  // as told in the problem
  double value = 0;   // tie_weight * weight: what it adds to the team's value
};

struct MemberReason {
  std::uint32_t candidate = nobody;
  double fit = 0;
  std::vector<MemberTie> ties;  // to other members, the strongest first
  /// Rules that hold with it and would not if it left and nobody came.
  std::vector<std::uint32_t> needed_for;
  /// What the best team is worth less without it: value - the best value without it. The search for
  /// that may end before its proof: then it lies between loss_at_least and loss; equal if proved.
  /// Both infinite if there is no eligible team without it. Below 0: the plan was not the best.
  double loss = 0;
  double loss_at_least = 0;
  bool loss_proved = false;
  /// Who, in its place with all others kept, makes the best eligible team: nobody if no one does.
  std::uint32_t substitute = nobody;
  double substitute_loss = std::numeric_limits<double>::infinity();  // value - value with it
};

struct RuleReason {
  std::uint32_t rule = 0;  // place in Problem::rules
  /// How far the team is from breaking it: members, countries, minor units, millionths; 0: one
  /// less (or more) would. Rules without a measure (Required, Coordinator ...) have 0.
  std::int64_t slack = 0;
  /// Whether the best team would be worth more if this rule alone were left out, and by how much at
  /// least; see proved.
  bool binding = false;
  double gain = 0;
  bool proved = false;  // gain is exact
};

struct Explanation {
  std::vector<MemberReason> members;  // as in the plan
  std::vector<RuleReason> rules;      // all rules, in their order
};

/// Explains an eligible team. Each member and each rule costs a search of its own that begins with
/// the team: `options.seconds` and `options.nodes` are for all of them together, dealt out evenly.
/// Throws as solve() does, and Error(InvalidArgument) if the plan is not an eligible team of the
/// problem (its value is not looked at).
Explanation explain(const Problem& problem, const Plan& plan, const SolveOptions& options = {},
                    const SearchWatch& watch = {});

/// What is known of a conflicting set of rules.
enum class ConflictProof : std::uint8_t {
  Smallest,     // no smaller set of rules conflicts
  Irreducible,  // without any one of its rules there is a team; a smaller set may conflict
  Conflicting,  // the rules conflict; the time was over before it could be made smaller
  None,         // no conflict is known: there is an eligible team, or the time was over
};

struct Conflict {
  std::vector<std::uint32_t> rules;  // places in Problem::rules, rising
  ConflictProof proof = ConflictProof::None;
};

/// The smallest set of rules that no team keeps, as small as the time allows: rules are left out
/// one by one as long as the rest conflicts (J. Chinneck, E. Dravnieks, Locating minimal infeasible
/// constraint sets in linear programs, ORSA J. Comput. 3, 157-168, 1991), then smaller sets are
/// tried. An empty set that is Smallest: there are no candidates at all. Throws as solve() does.
Conflict smallest_conflict(const Problem& problem, const SolveOptions& options = {},
                           const SearchWatch& watch = {});

}  // namespace koinon::partners::consortium
