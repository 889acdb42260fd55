// SPDX-License-Identifier: Apache-2.0
//
// An eligibility rule as its call writes it, read: what it asks for, or what is wrong with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"

namespace koinon::partners {

/// The kinds that this version can check; codes of the vocabulary rule-kinds, in this order.
enum class RuleKind : std::uint8_t {
  MinimumPartners,
  MinimumCountries,
  AllowedCountries,
  RoleRequired,
  CapabilityRequired,
  CoordinatorOnce,
  RateCap,
  DocumentRequired,
  TrackRecord,
  Newcomers,
  MaximumPerCountry,
  LinkedOnce,
  SizeRange,
};

/// Who supplies a document: the bid as a whole, somebody in each country, or each member.
enum class Per : std::uint8_t { BidFacts, Country, Member };

/// Why a rule cannot be read.
struct RuleFault {
  std::string problem;    // as RuleFinding::problem
  std::string parameter;  // "" where it is the kind
  std::string message;
};

/// Only what its kind has is set.
struct ReadRule {
  RuleKind kind = RuleKind::MinimumPartners;
  std::uint64_t minimum = 0;
  std::optional<std::uint64_t> maximum;
  std::vector<std::string> roles;  // of those that count; empty: see `everyone`
  bool everyone = false;           // without `roles`: all members, not only applicants
  std::vector<std::string> kinds;  // of those that count; empty: any
  /// Codes, sorted: of those that count, or of those allowed; none: any.
  std::optional<std::vector<std::string>> countries;
  std::string role;
  std::string capability;
  std::string theme;
  std::string document;
  Per per = Per::BidFacts;
  std::int32_t cap = 0;  // millionths of the cost
  std::optional<RuleFault> fault;
};

/// Reads a rule; groups of countries as of `day` (20240930; 0: see data::countries_of()). What is
/// wrong is told in `fault`, never thrown. O(its parameters).
ReadRule read_rule(const EligibilityRule& rule, std::int32_t day);

/// Roles in which a member applies itself: it counts for rules that name no roles.
bool is_applicant_role(std::string_view role);

}  // namespace koinon::partners
