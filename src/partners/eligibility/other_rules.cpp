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
  if (part / of >= 1000) return {1000 * whole, true};  // past all reason, and all caps
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
    const bool unclear = !bid.money_unclear.empty();
    finding.reason += ", and " + (of_nothing ? "the whole budget is 0"
                                  : unclear  ? bid.money_unclear
                                             : "what is asked for is not told");
    not_told(finding, {},
             of_nothing ? "a budget above 0"
                        : std::string("the EU share, or the grant and the whole budget") +
                              (unclear ? " in one currency" : ""));
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

bool counts_surely(const ReadRule& rule, const Party& party) {
  return counts(rule, party) == Answer::Yes;
}

// One that has to bring a document: a member, or those of a country.
struct Owing {
  Parties surely;    // who count for it whatever is told yet
  Parties possibly;  // and who may
};

std::vector<Owing> owing(const ReadRule& rule, const BidFacts& bid) {
  std::map<std::string, Owing> by_country;
  std::vector<Owing> all;
  for (const Party& party : bid.parties) {
    if (counts(rule, party) == Answer::No) continue;
    const bool of_country = rule.per == Per::Country && !party.country.empty();
    Owing& one = of_country ? by_country[party.country] : all.emplace_back();
    (counts_surely(rule, party) ? one.surely : one.possibly).push_back(&party);
  }
  for (auto& [country, one] : by_country) all.push_back(std::move(one));
  return all;
}

// Who may turn out to be of the same country: those whose country is not told, or, where it is that
// of the group, everybody.
Parties may_join(const ReadRule& rule, const BidFacts& bid, const Owing& group) {
  Parties others;
  if (rule.per != Per::Country) return others;
  const Party* first = (group.surely.empty() ? group.possibly : group.surely).front();
  for (const Party& party : bid.parties) {
    const bool somewhere = party.country.empty() || first->country.empty();
    if (&party != first && somewhere && counts(rule, party) != Answer::No) others.push_back(&party);
  }
  return others;
}

// Whether a group has its document, whatever is told yet.
Answer is_there(const ReadRule& rule, const BidFacts& bid, const Owing& group) {
  const auto has_it = [&](const Party* party) { return has(party->documents, rule.document); };
  const auto brings = [&](const Party* party) { return has_it(party) == Answer::Yes; };
  const auto may_bring = [&](const Party* party) { return has_it(party) != Answer::No; };
  const Parties others = may_join(rule, bid, group);
  if (std::any_of(group.surely.begin(), group.surely.end(), brings)) return Answer::Yes;
  const bool all_bring = std::all_of(group.surely.begin(), group.surely.end(), brings) &&
                         std::all_of(group.possibly.begin(), group.possibly.end(), brings);
  if (all_bring) return Answer::Yes;
  const bool nobody_may = std::none_of(group.surely.begin(), group.surely.end(), may_bring) &&
                          std::none_of(group.possibly.begin(), group.possibly.end(), may_bring) &&
                          std::none_of(others.begin(), others.end(), may_bring);
  return nobody_may && !group.surely.empty() ? Answer::No : Answer::Maybe;
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
  Parties untold_of;
  for (const Owing& group : owing(rule, bid)) {
    const Answer answer = is_there(rule, bid, group);
    if (answer == Answer::Yes) continue;
    // One who surely counts is enough; of those who may, each has to.
    const Parties& able = group.surely.empty() ? group.possibly : group.surely;
    ConsortiumEdit edit = edit_of("supply", able, group.surely.empty() ? able.size() : 1);
    edit.document = rule.document;
    finding.changes.push_back(std::move(edit));
    Parties& those = answer == Answer::No ? without : untold_of;
    those.insert(those.end(), able.begin(), able.end());
  }
  const std::string each = rule.per == Per::Country ? "each country" : "each member";
  finding.reason = "the document " + rule.document + " is needed from " + each;
  if (!without.empty()) {
    finding.state = RuleState::Fails;
    finding.reason += ", and is missing from " + named(without);
  } else if (!untold_of.empty()) {
    finding.state = RuleState::Unknown;
    finding.problem = "not_told";
    finding.reason += ", and whether it is there is not told of " + named(untold_of);
  } else {
    finding.reason += ", and is there";
  }
  without.insert(without.end(), untold_of.begin(), untold_of.end());
  finding.members = places(without);
  return finding;
}

}  // namespace koinon::partners
