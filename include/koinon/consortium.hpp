// SPDX-License-Identifier: Apache-2.0
//
// The consortium builder: out of candidates the members that answer a call best and keep its rules,
// with reasons. docs/reference/consortium-requests.md tells what a request may say and how fit and
// ties are measured, docs/reference/consortium.md how the best consortium is found. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/eligibility.hpp"
#include "koinon/partners.hpp"

namespace koinon {

/// A change to a request, to see what it would do.
struct ConsortiumWhatIf {
  std::vector<std::string> add;     // organisations among the candidates that must be in
  std::vector<std::string> forbid;  // that must not, be they members or not
  std::vector<std::string> relax;   // kinds of rules that are left out
};

struct ConsortiumRequest {
  std::string call;                    // record id; "": `rules` alone
  std::vector<EligibilityRule> rules;  // besides those of the call
  /// In every answer. One in the role coordinator is the coordinator; those in roles in which
  /// nobody applies, such as associated-partner, stand beside the consortium that is looked for.
  std::vector<ConsortiumMember> fixed;
  /// Among whom to look; what is told of them goes before their records. Empty: who takes part in
  /// records with a theme of `themes`, else of the call, or that `text`, else the title of the
  /// call, finds; the most fitting.
  std::vector<ConsortiumMember> candidates;
  std::string text;
  std::string language;             // of `text`
  std::vector<std::string> themes;  // codes or concepts
  std::vector<std::string>
      concepts;  // of the thesaurus, URIs: records that have one count as found
  std::vector<std::string> countries;  // only candidates of these, and
  std::vector<std::string> kinds;      // of these kinds
  std::size_t most_candidates = 200;   // looked at; 1 to 5,000
  std::vector<std::string> forbidden;  // organisations that are in no answer
  std::size_t size_least = 0;          // members, associated ones not counted; 0: as the rules say
  std::size_t size_most = 0;   // at most 64; 0: as the rules allow, else 8, or as many as they need
  double tie_weight = 0.5;     // what a tie of strength 1 is worth between two of fit 1
  double member_price = 0.25;  // taken off for each member: who adds less to the value stays out
  std::size_t answers = 1;     // plans, the best first; 1 to 20
  /// Members of each plan that are not in another before it; 1 to 64. With a `gap` each is good
  /// enough by itself, and a later one may be worth more.
  std::size_t different = 1;
  double seconds = 10;      // for the search of the plans, and as long again for all else
  std::uint64_t nodes = 0;  // teams looked at after which a search ends; 0: no limit
  double gap = 0;           // good enough: ends as soon as the answer is so near to the bound
  bool explain = true;      // reasons of members and rules, which cost a search each
  std::vector<ConsortiumWhatIf> what_if;
  /// Of the bid, for the rules that ask for them.
  std::optional<std::vector<std::string>> documents;
  std::optional<Share> eu_share;
  PartialDate on;         // as EligibilityRequest::on
  std::size_t works = 3;  // shown behind each tie, at most
  bool wait = true;       // false: ErrorCode::Busy while a view is being built
  bool as_told = false;   // true: each organisation as its own record tells it
};

/// Why a candidate fits: fit = 0.5 topic + 0.3 relevance + 0.2 activity, each from 0 to 1.
struct ConsortiumFit {
  double fit = 0;
  double topic = 0;  // n / (n + 1), n: records on the themes, and twice the share of them offered
  double relevance = 0;     // of its best record that the text finds, as a share of the best score
  double activity = 0;      // w / (w + 4) with w records
  std::uint64_t works = 0;  // records it takes part in
  std::uint64_t works_on_topic = 0;  // of these, those on the themes
  std::vector<std::string> themes;   // that it shares
};

struct ConsortiumTie {
  std::size_t other = 0;          // place in ConsortiumPlan::members
  double strength = 0;            // Newman's, at most 1
  double value = 0;               // what it adds to the plan: by the lesser fit of the two
  std::vector<SharedWork> works;  // behind it, latest first
};

struct ConsortiumSubstitute {
  std::string organisation;
  std::string name;
  std::string country;
  double loss = 0;  // of the plan's value with it in the place of the member
};

/// A member of a plan, and why it is one.
struct PlannedMember {
  std::string organisation;
  std::string name;
  std::string country;
  std::string kind;
  std::vector<std::string> roles;
  bool fixed = false;
  bool beside = false;  // fixed in a role in which it does not apply: no part of the search
  ConsortiumFit fit;
  std::vector<ConsortiumTie> ties;      // the strongest first
  std::vector<std::size_t> needed_for;  // places of rules that hold with it and not without
  /// What the best plan without it is worth less: from loss_at_least to loss, the same if proved.
  /// Infinite and proved: there is none without it. Not proved, infinite: none was found, or none
  /// was looked for (without ConsortiumRequest::explain, in further plans, after a cancel).
  double loss = std::numeric_limits<double>::infinity();
  double loss_at_least = -std::numeric_limits<double>::infinity();
  bool loss_proved = false;
  std::optional<ConsortiumSubstitute> substitute;  // best in its place, all others kept
};

/// What a rule costs.
struct BindingRule {
  std::size_t rule = 0;    // place in ConsortiumAnswer::rules
  std::int64_t slack = 0;  // how far the plan is from breaking it: members, countries, basis points
  /// Of value, at least, if the rule were not there; for a greatest size, if it were one more.
  double gain = 0;
  bool proved = false;  // just so much
};

struct ConsortiumPlan {
  std::vector<PlannedMember> members;  // the coordinator first, then by id
  double value = 0;
  std::string status;  // "optimal": no plan of the scope that differs so is better; or "feasible"
  double bound = std::numeric_limits<double>::infinity();
  double gap = std::numeric_limits<double>::infinity();
  EligibilityReport eligibility;     // checked anew; members in the order of the plan
  std::vector<BindingRule> binding;  // rules that cost something, of the first plan alone
};

/// A rule that the search held to, or could not.
struct SearchedRule {
  EligibilityRule rule;
  std::string source;  // "call", "request" (its rules) or "builder" (sizes, members, coordinator)
  /// False: nobody can tell beforehand, or it does not say what can be searched for; the report of
  /// the plan has what is known.
  bool searched = false;
  std::string words;  // what was searched for
};

/// Rules that no consortium among the candidates keeps together.
struct ConsortiumConflict {
  std::vector<std::size_t> rules;  // places in ConsortiumAnswer::rules; empty: no candidates at all
  /// "smallest": no smaller set conflicts; "irreducible": none of these can be left out of it;
  /// "conflicting": the time was over before it could be made smaller.
  std::string proof;
};

struct WhatIfAnswer {
  std::string status;
  double value = 0;
  double bound = std::numeric_limits<double>::infinity();
  double gap = std::numeric_limits<double>::infinity();
  double difference = 0;    // of value to the first plan; 0 without one
  std::uint64_t nodes = 0;  // teams looked at; none where what was proved of the plans still holds
  std::vector<std::string> members;
  std::vector<std::string> joined;  // against the first plan
  std::vector<std::string> left;
};

struct ConsortiumAnswer {
  std::uint64_t change = 0;
  std::string call;
  std::string title;
  /// "optimal": no consortium of the scope is worth more. "feasible": one may be, up to `bound`.
  /// "infeasible": none keeps the rules; see `conflict`. "unknown": the time was over before.
  std::string status;
  double value = 0;  // of the best plan
  double bound = std::numeric_limits<double>::infinity();
  double gap = std::numeric_limits<double>::infinity();  // (bound - value) / |value|
  std::uint64_t nodes = 0;
  double seconds = 0;
  bool stopped = false;  // cancelled: what was found by then
  /// "candidates": the best of all that were found or given; "pool": of the most fitting of these.
  std::string scope;
  std::size_t candidates = 0;  // looked at
  std::size_t found = 0;       // before the most fitting were taken
  std::vector<SearchedRule> rules;
  std::vector<ConsortiumPlan> plans;
  /// Why there are fewer plans than were asked for: "none": no other that differs so keeps the
  /// rules; "unknown": the search ended before, or was held to those of whom all is known. ""
  /// otherwise.
  std::string further;
  std::optional<ConsortiumConflict> conflict;  // where infeasible
  std::vector<WhatIfAnswer> what_if;           // in the order of the request
};

/// A request as JSON: docs/reference/consortium-requests.md. Errors: InvalidArgument, with a
/// violation for everything that is wrong.
ConsortiumRequest consortium_request_from_json(std::string_view json);
/// The answer as the C API gives it; null for what is infinite.
std::string to_json(const ConsortiumAnswer& answer);

}  // namespace koinon
