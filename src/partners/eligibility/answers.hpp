// SPDX-License-Identifier: Apache-2.0
//
// What the checks of single rules share: answers that may be unknown, and words for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "partners/eligibility/bid.hpp"
#include "partners/eligibility/rule.hpp"

namespace koinon::partners {

enum class Answer : std::uint8_t { No, Maybe, Yes };

/// Kleene's "and" and "not".
inline Answer both(Answer a, Answer b) {
  return a < b ? a : b;
}

/// Whether somebody has something, as far as it is told.
Answer has(const Told& told, std::string_view what);

/// Whether a party counts for a rule: its roles, kind and, unless they are what the rule is about,
/// countries.
Answer counts(const ReadRule& rule, const Party& party);

/// Whether a party is what a rule of the form "at least so many" asks for, whether it counts or
/// not.
Answer asked_for(const ReadRule& rule, const Party& party);

using Parties = std::vector<const Party*>;

/// Parties by their answer.
struct Split {
  Parties yes;
  Parties maybe;
};
template <class Ask>
Split split(const BidFacts& bid, Ask&& ask) {
  Split parts;
  for (const Party& party : bid.parties) {
    const Answer answer = ask(party);
    if (answer == Answer::Yes) parts.yes.push_back(&party);
    if (answer == Answer::Maybe) parts.maybe.push_back(&party);
  }
  return parts;
}

/// The places of all their members, rising.
std::vector<std::size_t> places(const Parties& parties);
/// The first place of each: for steps that choose among parties.
std::vector<std::size_t> first_places(const Parties& parties);

/// "Verein A (AT), B (DE) and 3 more"
std::string named(const Parties& parties);
/// "AT, BE, BG"
std::string listed(const std::vector<std::string>& words);
/// "1 member", "2 members"; "1 country", "2 countries".
std::string counted(std::uint64_t number, std::string_view noun);
/// "0.8" as "80 %", "0.805" as "80.5 %".
std::string percent(std::int32_t millionths);

/// What has to be told of parties of whom it is not known whether they count for a rule, or are
/// what it asks for: "the kind and the country"; with `where`, their country whatever the rule
/// says.
std::string untold(const ReadRule& rule, const Parties& parties, bool where = false);
/// "the kind of A is not told".
std::string is_untold(const std::string& what, const Parties& parties);

/// Makes the finding unknown until `what` is told of these parties.
void not_told(RuleFinding& finding, const Parties& parties, const std::string& what);

/// The steps of a finding in words: "add one more member from a country other than ES, FR".
std::string advice_for(const std::vector<ConsortiumEdit>& changes, const BidFacts& bid);

// -- The checks: each fills all of a finding but `rule` and `advice` --------------------------

RuleFinding check_at_least(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_size(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_minimum_countries(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_allowed_countries(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_maximum_per_country(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_linked(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_coordinator(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_rate(const ReadRule& rule, const BidFacts& bid);
RuleFinding check_document(const ReadRule& rule, const BidFacts& bid);

std::vector<RuleContradiction> contradictions(const std::vector<ReadRule>& rules);

}  // namespace koinon::partners
