// SPDX-License-Identifier: Apache-2.0
//
// What the consortium builder is asked: candidates, what ties them, and the rules of a call, all as
// numbers. Nothing here knows a record.
//
//   maximise   sum of fit over members
//            + tie_weight * sum of ties between two members
//            - member_price * number of members
//
// over teams of one to largest_team members that keep every rule. Rules are data: a rule is known
// by its place in Problem::rules, and whatever is said of a rule names that place.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace koinon::partners::consortium {

inline constexpr std::uint32_t largest_team = 64;
inline constexpr std::uint32_t most_candidates = 1'000'000;
/// Of roles, competences and properties: numbers are below it.
inline constexpr std::uint32_t most_marks = 64;
/// Of a cost or a grant, in minor units: so that millionths of all of a team's are numbers.
inline constexpr std::int64_t largest_amount = 100'000'000'000;
/// Of a rate: the whole.
inline constexpr std::int64_t whole_rate = 1'000'000;

/// Of a fit, a weight or a price, without its sign: so that no sum of them is infinite.
inline constexpr double largest_number = 1e12;

inline constexpr std::uint16_t no_country = std::numeric_limits<std::uint16_t>::max();
inline constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint32_t no_group = std::numeric_limits<std::uint32_t>::max();

/// One who may become a member. Its number is its place in Problem::candidates.
struct Candidate {
  double fit = 0;                      // finite; may be below 0
  std::uint16_t country = no_country;  // any numbers; no_country is in no country
  std::uint64_t roles = 0;             // bit r: may take role r
  std::uint64_t competences = 0;       // bit c: has competence c
  std::uint64_t properties = 0;    // bit p: newcomer, track record, kind ... as the caller likes
  std::int64_t cost = 0;           // minor units of one currency, 0 to largest_amount
  std::int64_t grant = 0;          // of the cost, what it asks of the funder; 0 to cost
  std::uint32_t group = no_group;  // entities linked by law share one
  bool may_coordinate = true;
};

/// What two candidates have in common: shared projects, say. Each pair at most once, in either
/// order; a pair without a tie has weight 0.
struct Tie {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;  // finite, 0 or more
};

/// What a rule says, and which fields of Rule it reads. Fields that a kind does not read are left
/// as they are made.
enum class RuleKind : std::uint8_t {
  MembersAtLeast,        // count
  MembersAtMost,         // count. Without one: largest_team
  CountriesAtLeast,      // count different countries; of `countries` alone unless that is empty,
                         // and of `members` alone unless that is
  CountriesAllowed,      // every member's country is one of `countries`
  PerCountryAtMost,      // count members of one country; each of `countries`, or of all where empty
  RoleAtLeast,           // count members take the role `mark`
  RolesPerMemberAtMost,  // count roles that one member takes; without one: all that it may take
  CompetenceAtLeast,     // count members have the competence `mark`
  PropertyAtLeast,       // count members have the property `mark`
  PropertyAtMost,        // count members have the property `mark`
  LinkedAtMost,          // count members of one group of linked entities
  CostAtMost,            // the members' cost, together: amount minor units
  GrantAtMost,           // the members' grant, together: amount minor units
  GrantAtLeast,          // the members' grant, together: amount minor units
  RateAtMost,      // grant / cost, all together with those `beside`: amount millionths (800,000:
                   // 80 %), 0 to whole_rate
  Coordinator,     // one member may coordinate, and is named: `members[0]`, or any if empty
  Required,        // each of `members` is in
  Forbidden,       // none of `members` is in
  TogetherAtMost,  // count of `members`: with two and a count of 1, a conflict of the two
};

struct Rule {
  RuleKind kind = RuleKind::MembersAtLeast;
  std::uint32_t count = 0;
  std::uint32_t mark = 0;  // number of a role, a competence or a property
  std::int64_t amount = 0;
  std::int64_t cost_beside = 0;          // of others than the team; 0 to largest_amount
  std::int64_t grant_beside = 0;         // 0 to cost_beside
  std::vector<std::uint16_t> countries;  // in any order
  std::vector<std::uint32_t> members;    // numbers of candidates, in any order
};

/// Several rules of one kind all hold. No rules, no ties, no candidates are all fine: without
/// candidates no team is eligible.
struct Problem {
  std::vector<Candidate> candidates;
  std::vector<Tie> ties;
  double tie_weight = 0;    // lambda: finite, 0 or more
  double member_price = 0;  // gamma: finite; below 0 it rewards size
  std::vector<Rule> rules;
};

/// Refuses what makes no sense: throws Error(InvalidArgument) with a Violation for each defect, the
/// first hundred, as {path, code, message}, e.g. {"candidates[3].fit", "not_finite", ...}. Codes:
///   not_finite     a fit, weight, tie_weight or member_price is no finite number
///   negative       a weight, tie_weight or amount below 0
///   too_large      a number, amount, mark, count or number of candidates above its bound
///   grant_above_cost
///   unknown_member a tie or rule names no candidate
///   self_tie, duplicate_tie
///   duplicate_member, duplicate_country   within one rule
///   too_many_members  more than one for Coordinator
///   missing        a rule of members or of countries without any (TogetherAtMost, Required,
///                  Forbidden, CountriesAllowed)
///   unknown_kind
/// Rules that nobody can keep, or that contradict each other, are not refused: they have an answer,
/// "infeasible". All of solve.hpp, explain.hpp and planner.hpp do this first. O(candidates + ties
/// log ties + rules).
void validate(const Problem& problem);

/// A rule in a few English words, for messages and logs: "at least 3 countries".
std::string describe(const Rule& rule);

}  // namespace koinon::partners::consortium
