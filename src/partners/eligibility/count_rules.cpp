// SPDX-License-Identifier: Apache-2.0
//
// Rules that ask for so many members of some kind.
#include <algorithm>
#include <cstdint>

#include "partners/eligibility/answers.hpp"

namespace koinon::partners {

namespace {

std::string noun_of(const ReadRule& rule) {
  switch (rule.kind) {
    case RuleKind::RoleRequired:
      return "member in the role " + rule.role;
    case RuleKind::CapabilityRequired:
      return "member with the capability " + rule.capability;
    case RuleKind::TrackRecord:
      return "member with a track record in " + rule.theme;
    case RuleKind::Newcomers:
      return "newcomer";
    case RuleKind::SizeRange:
      return "member";
    default:
      return "partner";
  }
}

// The plural falls on the first word.
std::string of_them(std::uint64_t number, const std::string& noun) {
  const std::size_t word = noun.find(' ');
  return counted(number, noun.substr(0, word)) +
         (word == std::string::npos ? "" : noun.substr(word));
}

std::string needed_from(const ReadRule& rule) {
  if (!rule.countries) return "";
  return " from " + (rule.countries->size() > 8
                         ? std::to_string(rule.countries->size()) + " countries"
                         : listed(*rule.countries));
}

ConsortiumEdit wanted(const ReadRule& rule, std::size_t count) {
  ConsortiumEdit edit;
  edit.action = "add";
  edit.count = count;
  edit.roles = rule.roles;
  edit.kinds = rule.kinds;
  if (rule.countries) edit.countries = *rule.countries;
  edit.role = rule.role;
  edit.capability = rule.capability;
  edit.theme = rule.theme;
  edit.newcomer = rule.kind == RuleKind::Newcomers;
  return edit;
}

}  // namespace

Answer asked_for(const ReadRule& rule, const Party& party) {
  switch (rule.kind) {
    case RuleKind::RoleRequired:
      return has({party.roles, !party.roles.empty()}, rule.role);
    case RuleKind::CapabilityRequired:
      return has(party.capabilities, rule.capability);
    case RuleKind::TrackRecord:
      return has(party.track_record, rule.theme);
    case RuleKind::Newcomers:
      if (!party.newcomer) return Answer::Maybe;
      return *party.newcomer ? Answer::Yes : Answer::No;
    default:
      return Answer::Yes;
  }
}

RuleFinding check_at_least(const ReadRule& rule, const BidFacts& bid) {
  const Split found = split(
      bid, [&](const Party& party) { return both(counts(rule, party), asked_for(rule, party)); });
  RuleFinding finding;
  finding.members = places(found.yes);
  const std::string noun = noun_of(rule);
  const std::string needed = of_them(rule.minimum, noun) + needed_from(rule);
  const std::string who = found.yes.empty() ? "" : ": " + named(found.yes);
  if (found.yes.size() >= rule.minimum) {
    finding.state = RuleState::Passes;
    finding.reason = "at least " + needed + ", and there " +
                     (found.yes.size() == 1 ? "is " : "are ") + std::to_string(found.yes.size()) +
                     who;
    return finding;
  }
  const std::size_t missing = static_cast<std::size_t>(rule.minimum) - found.yes.size();
  finding.reason = "at least " + needed + ", and " + std::to_string(found.yes.size()) +
                   (found.yes.size() == 1 ? " is" : " are") + " known" + who;
  if (found.yes.size() + found.maybe.size() >= rule.minimum) {
    const std::string what = untold(rule, found.maybe);
    finding.reason += "; not told of " + named(found.maybe) + ": " + what;
    not_told(finding, found.maybe, what);
    return finding;
  }
  finding.state = RuleState::Fails;
  // A role can be given; the rest is what somebody is.
  Parties others;
  if (rule.kind == RuleKind::RoleRequired) {
    for (const Party& party : bid.parties) {
      if (counts(rule, party) == Answer::Yes && asked_for(rule, party) != Answer::Yes)
        others.push_back(&party);
    }
  }
  const std::size_t given = std::min(others.size(), missing);
  if (given > 0) {
    ConsortiumEdit edit;
    edit.action = "assign";
    edit.count = given;
    edit.members = first_places(others);
    edit.role = rule.role;
    finding.changes.push_back(std::move(edit));
  }
  if (missing > given) finding.changes.push_back(wanted(rule, missing - given));
  return finding;
}

RuleFinding check_size(const ReadRule& rule, const BidFacts& bid) {
  const Split found = split(bid, [&](const Party& party) { return counts(rule, party); });
  const std::uint64_t least = found.yes.size();
  const std::uint64_t most = least + found.maybe.size();
  const std::uint64_t maximum = rule.maximum.value_or(UINT64_MAX);
  RuleFinding finding;
  finding.members = places(found.yes);
  finding.reason =
      (rule.minimum > 0 ? "from " + std::to_string(rule.minimum) + " " : "") +
      (rule.maximum ? (rule.minimum > 0 ? "to " : "at most ") + counted(maximum, "member")
                    : "members") +
      ", and there " + (least == 1 ? "is " : "are ") + std::to_string(least);
  if (least > maximum) {
    finding.state = RuleState::Fails;
    ConsortiumEdit edit;
    edit.action = "remove";
    edit.count = static_cast<std::size_t>(least - maximum);
    edit.members = first_places(found.yes);
    if (edit.count == found.yes.size()) {
      edit.members = places(found.yes);
      edit.count = edit.members.size();
    }
    finding.changes = {std::move(edit)};
  } else if (most < rule.minimum) {
    finding.state = RuleState::Fails;
    finding.changes = {wanted(rule, static_cast<std::size_t>(rule.minimum - least))};
  } else if (least < rule.minimum || most > maximum) {
    const std::string what = untold(rule, found.maybe);
    finding.reason += " or more: not told of " + named(found.maybe) + ": " + what;
    not_told(finding, found.maybe, what);
  } else {
    finding.state = RuleState::Passes;
  }
  return finding;
}

}  // namespace koinon::partners
