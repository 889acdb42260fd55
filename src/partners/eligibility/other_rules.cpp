// SPDX-License-Identifier: Apache-2.0
//
// Rules about the coordinator, the money and the papers of a bid.
#include <algorithm>
#include <map>
#include <optional>

#include "domain/decimal.hpp"
#include "partners/eligibility/answers.hpp"

namespace koinon::partners {

namespace {

constexpr std::int64_t whole = 1'000'000;
constexpr const char* coordinator = "coordinator";

ConsortiumEdit edit_of(const char* action, const Parties& parties, std::size_t count) {
  ConsortiumEdit edit;
  edit.action = action;
  edit.members = first_places(parties);
  edit.count = count;
  return edit;
}

// The share that is asked for, in millionths rounded down, and whether anything was lost by that.
struct AskedShare {
  std::int64_t millionths = 0;
  bool more = false;
};

// Digit by digit: the product of an amount and a million can be past 64 bits. `of` is less than a
// tenth of those.
AskedShare ratio(std::int64_t part, std::int64_t of) {
  AskedShare share{part / of, false};
  std::int64_t rest = part % of;
  for (int digit = 0; digit < 6; ++digit) {
    share.millionths = share.millionths * 10 + rest * 10 / of;
    rest = rest * 10 % of;
  }
  share.more = rest != 0;
  return share;
}

// Of what was told in several ways the greatest.
std::optional<AskedShare> asked_share(const BidFacts& bid) {
  std::optional<AskedShare> asked;
  if (bid.eu_share) asked = AskedShare{bid.eu_share->millionths, false};
  if (bid.grant && bid.budget && *bid.budget > 0) {
    const AskedShare told = ratio(*bid.grant, *bid.budget);
    if (!asked || told.millionths > asked->millionths ||
        (told.millionths == asked->millionths && told.more))
      asked = told;
  }
  return asked;
}

std::string amount(std::int64_t minor, const std::string& currency) {
  return domain::format_decimal(minor, domain::currency_digits(currency), true) + " " + currency;
}

}  // namespace

namespace {

// One of several stays, if one may; else another takes it over.
std::vector<ConsortiumEdit> one_coordinator(const Parties& coordinators, const Parties& free) {
  const auto by_bids = [](const Party* a, const Party* b) {
    return a->other_bids.value_or(1) < b->other_bids.value_or(1);
  };
  const Party* best = *std::min_element(coordinators.begin(), coordinators.end(), by_bids);
  const bool stays = best->other_bids.value_or(0) == 0;
  Parties others;
  for (const Party* party : coordinators) {
    if (!stays || party != best) others.push_back(party);
  }
  std::vector<ConsortiumEdit> edits = {edit_of("release", others, others.size())};
  if (!stays) edits.push_back(edit_of(free.empty() ? "add" : "assign", free, 1));
  for (ConsortiumEdit& edit : edits) edit.role = coordinator;
  return edits;
}

}  // namespace

RuleFinding check_coordinator(const ReadRule&, const BidFacts& bid) {
  Parties coordinators;
  Parties free;
  for (const Party& party : bid.parties) {
    const bool is = has({party.roles, true}, coordinator) == Answer::Yes;
    if (is) coordinators.push_back(&party);
    if (!is && party.other_bids == std::uint64_t{0}) free.push_back(&party);
  }
  RuleFinding finding;
  finding.members = places(coordinators);
  if (coordinators.empty()) {
    finding.problem = "not_told";
    finding.reason = "nobody is the coordinator yet";
    Parties able;
    for (const Party& party : bid.parties) {
      if (party.other_bids.value_or(0) == 0) able.push_back(&party);
    }
    finding.changes = {edit_of(able.empty() ? "add" : "assign", able, 1)};
    finding.changes[0].role = coordinator;
  } else if (coordinators.size() > 1) {
    finding.state = RuleState::Fails;
    finding.reason = "a bid has one coordinator, and this has " +
                     std::to_string(coordinators.size()) + ": " + named(coordinators);
    finding.changes = one_coordinator(coordinators, free);
  } else if (!coordinators[0]->other_bids) {
    finding.reason = "whether " + named(coordinators) + " coordinates another bid is not told";
    not_told(finding, coordinators, "which other bids of this call it coordinates");
  } else if (*coordinators[0]->other_bids > 0) {
    finding.state = RuleState::Fails;
    finding.reason = named(coordinators) + " coordinates " +
                     counted(*coordinators[0]->other_bids, "other bid") + " of this call";
    finding.changes = {edit_of("move", free, 1)};
    finding.changes[0].role = coordinator;
  } else {
    finding.state = RuleState::Passes;
    finding.reason = named(coordinators) + " coordinates no other bid of this call";
  }
  return finding;
}

RuleFinding check_rate(const ReadRule& rule, const BidFacts& bid) {
  RuleFinding finding;
  finding.reason = "the EU share is at most " + percent(rule.cap);
  const auto asked = asked_share(bid);
  if (!asked) {
    const bool of_nothing = bid.budget == std::int64_t{0};
    finding.reason +=
        of_nothing ? ", and the whole budget is 0" : ", and what is asked for is not told";
    not_told(finding, {},
             of_nothing ? "a budget above 0" : "the EU share, or the grant and the whole budget");
    return finding;
  }
  finding.reason += ", and " + std::string(asked->more ? "more than " : "") +
                    percent(static_cast<std::int32_t>(std::min(asked->millionths, 1000 * whole))) +
                    " is asked for";
  if (asked->millionths < rule.cap || (asked->millionths == rule.cap && !asked->more)) {
    finding.state = RuleState::Passes;
    return finding;
  }
  finding.state = RuleState::Fails;
  ConsortiumEdit edit;
  edit.action = "lower-share";
  edit.share = Share{rule.cap};
  finding.changes = {std::move(edit)};
  if (bid.grant && bid.budget) {
    const std::int64_t most =
        *bid.budget / whole * rule.cap + *bid.budget % whole * rule.cap / whole;
    finding.reason += ": the grant can be " + amount(most, bid.currency) + " of " +
                      amount(*bid.budget, bid.currency);
  }
  return finding;
}

namespace {

// Who has to bring a document: each group needs it once.
std::vector<Parties> owing(const ReadRule& rule, const BidFacts& bid) {
  std::map<std::string, Parties> by_country;
  std::vector<Parties> groups;
  for (const Party& party : bid.parties) {
    if (counts(rule, party) == Answer::No) continue;
    if (rule.per == Per::Country && !party.country.empty()) {
      by_country[party.country].push_back(&party);
    } else {
      groups.push_back({&party});
    }
  }
  for (auto& [country, parties] : by_country) groups.push_back(std::move(parties));
  return groups;
}

RuleFinding check_bid_document(const ReadRule& rule, const BidFacts& bid) {
  RuleFinding finding;
  Answer answer = has(bid.documents, rule.document);
  for (const Party& party : bid.parties) {
    if (has(party.documents, rule.document) == Answer::Yes) answer = Answer::Yes;
  }
  if (answer == Answer::Yes) {
    finding.state = RuleState::Passes;
    finding.reason = "the document " + rule.document + " is there";
    return finding;
  }
  finding.state = answer == Answer::No ? RuleState::Fails : RuleState::Unknown;
  if (answer == Answer::Maybe) finding.problem = "not_told";
  finding.reason =
      "the document " + rule.document +
      (answer == Answer::No ? " is not there" : " is needed, and whether it is there is not told");
  ConsortiumEdit edit;
  edit.action = "supply";
  edit.document = rule.document;
  edit.count = 1;
  finding.changes = {std::move(edit)};
  return finding;
}

}  // namespace

RuleFinding check_document(const ReadRule& rule, const BidFacts& bid) {
  if (rule.per == Per::BidFacts) return check_bid_document(rule, bid);
  RuleFinding finding;
  finding.state = RuleState::Passes;
  Parties without;
  Parties untold;
  for (const Parties& group : owing(rule, bid)) {
    Answer answer = Answer::No;
    for (const Party* party : group)
      answer = std::max(answer, has(party->documents, rule.document));
    if (answer == Answer::Yes) continue;
    ConsortiumEdit edit = edit_of("supply", group, 1);
    edit.document = rule.document;
    finding.changes.push_back(std::move(edit));
    Parties& those = answer == Answer::No ? without : untold;
    those.insert(those.end(), group.begin(), group.end());
  }
  const std::string each = rule.per == Per::Country ? "each country" : "each member";
  finding.reason = "the document " + rule.document + " is needed from " + each;
  if (!without.empty()) {
    finding.state = RuleState::Fails;
    finding.reason += ", and is missing from " + named(without);
  } else if (!untold.empty()) {
    finding.state = RuleState::Unknown;
    finding.problem = "not_told";
    finding.reason += ", and whether it is there is not told of " + named(untold);
  } else {
    finding.reason += ", and is there";
  }
  without.insert(without.end(), untold.begin(), untold.end());
  finding.members = places(without);
  return finding;
}

}  // namespace koinon::partners
