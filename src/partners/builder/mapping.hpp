// SPDX-License-Identifier: Apache-2.0
//
// From the rules of a call and what is known of candidates to the problem that the search solves.
// What no search can decide (documents, facts that are not known, kinds of rule that this version
// does not know) is left to the check of what was found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "partners/consortium/problem.hpp"
#include "partners/eligibility/bid.hpp"

namespace koinon::partners::builder {

/// How many members are looked for where nothing says how many there may be.
inline constexpr std::uint32_t usual_size = 8;

/// One among whom to look, or who stands beside.
struct PoolMember {
  Party party;
  double fit = 0;
  bool fixed = false;
  std::optional<std::int64_t> budget;  // minor units of the one currency of the pool
  std::optional<std::int64_t> grant;
};

struct Pool {
  std::vector<PoolMember> members;
  std::vector<consortium::Tie> ties;  // between places in `members`
  /// Who stands beside whatever is found: fixed in a role in which it does not apply.
  std::vector<PoolMember> beside;
};

/// Of whom a fact that a rule asks for is not told.
enum class Doubt : std::uint8_t {
  KnownFirst,  // they count only where too few are known for the rule
  Counts,      // they may be what the rule asks for: all is let through that does not surely fail
};

struct Wishes {
  std::size_t size_least = 0;  // 0: none
  std::size_t size_most = 0;   // 0: usual_size, or as many as the rules need or allow
  double tie_weight = 0;
  double member_price = 0;
  Doubt doubt = Doubt::KnownFirst;
  /// Without size_most: as many as the rules need together, instead of each.
  bool as_many_as_needed = false;
};

/// A rule as it is searched for.
struct ToldRule {
  EligibilityRule rule;  // without a kind: the builder's own
  bool searched = false;
  std::string words;
};

struct Mapped {
  consortium::Problem problem;
  std::vector<ToldRule> rules;      // those of the call in their order, then the builder's own
  std::vector<std::size_t> source;  // of each rule of the problem, its place in `rules`
  /// Something is kept out that may keep the rules: Doubt::Counts may find what this does not.
  bool held_to_known = false;
  /// Wishes::as_many_as_needed would allow more.
  bool may_need_more = false;
};

/// `day` as in read_rule(). O(rules · candidates).
Mapped map_problem(const std::vector<EligibilityRule>& rules, const Pool& pool,
                   const Wishes& wishes, std::int32_t day);

/// The roles that a member has in a plan: those told of it, else coordinator or partner.
std::vector<std::string> planned_roles(const Party& party, bool coordinates);

/// Whether one told these roles applies itself.
bool applies(const std::vector<std::string>& roles);

}  // namespace koinon::partners::builder
