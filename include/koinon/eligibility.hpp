// SPDX-License-Identifier: Apache-2.0
//
// Whether a set of organisations may answer a call: each eligibility rule of the call passes, fails
// or cannot be told yet. docs/reference/eligibility.md has the kinds of rule and their parameters.
// Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// Somebody in a consortium: an organisation of the catalogue, or facts alone. What is told here
/// goes before the record. A record says what an organisation has, never that it has no more, so
/// that what a rule asks for and a record lacks "cannot be told"; a list that is told here is
/// complete, and what it lacks is not there.
struct ConsortiumMember {
  std::string organisation;        // record id; "" for one that the catalogue does not have
  std::string name;                // for messages; "" as its record says
  std::vector<std::string> roles;  // vocabulary participation-roles; none told: an applicant
  std::string country;             // a code, or a name in any language of the vocabulary countries
  std::string kind;                // vocabulary organisation-kinds
  std::optional<std::vector<std::string>> capabilities;  // words of the rules capability-required
  std::optional<std::vector<std::string>> track_record;  // themes in which it has one
  std::optional<bool> newcomer;
  /// Members with the same word here are legally linked; "" is linked to nobody.
  std::optional<std::string> group;
  std::optional<std::uint64_t> other_bids;  // of the same call that it coordinates besides this one
  std::optional<std::vector<std::string>> documents;  // that it supplies
  Money grant;                                        // that it asks for,
  Money budget;                                       // and its share of the whole cost
};

struct EligibilityRequest {
  std::string call;                       // record id; "": `rules` alone
  std::vector<EligibilityRule> rules;     // besides those of the call
  std::vector<ConsortiumMember> members;  // the same organisation twice is one, with both roles
  std::optional<std::vector<std::string>> documents;  // of the bid as a whole
  std::optional<Share> eu_share;  // of the whole cost; else `grant` of `budget`, else the members'
  Money grant;
  Money budget;
  /// The day for which groups of countries ("EU") are read; none: the call's last deadline, else
  /// its opening, else those in force without a known end.
  PartialDate on;
  bool wait = true;      // false: ErrorCode::Busy while the graph is being built
  bool as_told = false;  // true: each organisation as its own record tells it
};

enum class RuleState : std::uint8_t { Passes, Fails, Unknown };

/// "passes", "fails", "unknown".
const char* rule_state_name(RuleState state);

/// One step of a change to a consortium.
struct ConsortiumEdit {
  /// "add": `count` members as described. "remove": `count` of `members`, or have them take part in
  /// a role that the rule does not count. "assign": `role` to `count` of `members`. "release":
  /// `count` of `members` from `role`. "move": `role` to one of `members`, or with none to a new
  /// one. "lower-share": to `share`. "supply": `document`, by `count` of `members` or by the bid.
  /// "tell": `fact`, of `members`.
  std::string action;
  std::size_t count = 0;
  std::vector<std::size_t> members;        // places in EligibilityReport::members
  std::vector<std::string> countries;      // of one of these,
  std::vector<std::string> not_countries;  // of none of these
  bool different_countries = false;        // each of another
  std::string role;
  std::vector<std::string> roles;  // in one of these
  std::vector<std::string> kinds;  // of one of these
  std::string capability;
  std::string theme;  // with a track record in it
  bool newcomer = false;
  std::string document;
  std::string fact;  // for people
  std::optional<Share> share;
};

/// What one rule says of a consortium.
struct RuleFinding {
  EligibilityRule rule;
  RuleState state = RuleState::Unknown;
  /// Why it cannot be told: "unknown_kind" (this version does not know such a rule), "in_words"
  /// (the call has it in words alone: kind "as-written"),
  /// "unknown_parameter", "missing_parameter", "bad_parameter" (see `parameter`), "not_told" (facts
  /// are missing). "" otherwise.
  std::string problem;
  std::string parameter;
  std::string reason;                // for people
  std::vector<std::size_t> members;  // places of those concerned, rising
  /// The fewest members added, removed or given another role, or the least change of share and
  /// documents, after which the rule passes; all steps together. Empty where it does, and where no
  /// such change exists.
  std::vector<ConsortiumEdit> changes;
  std::string advice;  // the same for people
};

/// Rules that no consortium can fulfil together.
struct RuleContradiction {
  std::vector<std::size_t> rules;  // places in EligibilityReport::findings
  std::string reason;
};

/// A member as the rules saw it.
struct CheckedMember {
  std::string organisation;
  std::string name;
  std::string country;
  std::string kind;
  std::vector<std::string> roles;
  /// Members of one number are legally one: named twice, or made one by decisions.
  std::size_t entity = 0;
};

struct EligibilityReport {
  std::uint64_t change = 0;  // of the catalogue that the answer is of
  std::string call;
  std::string title;  // of the call
  /// Fails if any rule does, else Unknown if any is, or if there are no rules.
  RuleState state = RuleState::Passes;
  PartialDate on;                            // for which groups of countries were read
  std::vector<RuleFinding> findings;         // in the order of the rules
  std::vector<RuleContradiction> conflicts;  // of the rules themselves, whoever the members are
  std::vector<CheckedMember> members;        // in the order of the request
};

/// A request as JSON: docs/reference/eligibility.md. Errors: InvalidArgument, with a violation for
/// everything that is wrong.
EligibilityRequest eligibility_request_from_json(std::string_view json);
/// The report as the C API gives it.
std::string to_json(const EligibilityReport& report);

}  // namespace koinon
