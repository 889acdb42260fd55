// SPDX-License-Identifier: Apache-2.0
//
// Rules about the countries of members, and about who is linked to whom.
#include <algorithm>
#include <map>
#include <set>

#include "partners/eligibility/answers.hpp"

namespace koinon::partners {

namespace {

// "from EU" in a message, where a rule counts only some countries.
std::string of_which(const ReadRule& rule) {
  if (!rule.countries) return "";
  if (rule.countries->size() > 8) return " out of " + std::to_string(rule.countries->size());
  return " out of " + listed(*rule.countries);
}

std::vector<std::string> sorted(const std::set<std::string>& words) {
  return {words.begin(), words.end()};
}

ConsortiumEdit removal(std::size_t count, const Parties& parties) {
  ConsortiumEdit edit;
  edit.action = "remove";
  edit.count = count;
  edit.members = first_places(parties);
  // Whoever takes part twice goes twice.
  if (count >= parties.size()) {
    edit.members = places(parties);
    edit.count = edit.members.size();
  }
  return edit;
}

}  // namespace

RuleFinding check_minimum_countries(const ReadRule& rule, const BidFacts& bid) {
  std::set<std::string> known;
  std::set<std::string> possible;
  Parties counted_ones;
  Parties doubtful;
  std::size_t unknown = 0;
  for (const Party& party : bid.parties) {
    const Answer answer = counts(rule, party);
    if (answer == Answer::No) continue;
    if (answer == Answer::Yes && !party.country.empty()) {
      known.insert(party.country);
      counted_ones.push_back(&party);
    } else {
      doubtful.push_back(&party);
      if (party.country.empty()) {
        ++unknown;
      } else {
        possible.insert(party.country);
      }
    }
  }
  for (const std::string& code : known) possible.erase(code);
  std::size_t most = known.size() + possible.size() + unknown;
  if (rule.countries) most = std::min(most, rule.countries->size());
  RuleFinding finding;
  finding.members = places(counted_ones);
  const std::string there = known.empty() ? "" : ": " + listed(sorted(known));
  finding.reason = "at least " + counted(rule.minimum, "country") + of_which(rule) + ", and " +
                   (known.size() == 1 ? "there is " : "there are ") + std::to_string(known.size()) +
                   there;
  // Somebody who counts is from somewhere.
  const bool somebody = std::any_of(doubtful.begin(), doubtful.end(), [&](const Party* party) {
    return counts(rule, *party) == Answer::Yes;
  });
  const std::size_t least = known.empty() && somebody ? 1 : known.size();
  if (least >= rule.minimum) {
    if (known.empty() && somebody)
      finding.reason = "at least 1 country, and whoever counts is from one, which is not told of " +
                       named(doubtful);
    finding.state = RuleState::Passes;
    return finding;
  }
  if (most >= rule.minimum) {
    const std::string what = untold(rule, doubtful, true);
    finding.reason += "; " + is_untold(what, doubtful);
    not_told(finding, doubtful, what);
    return finding;
  }
  finding.state = RuleState::Fails;
  if (rule.countries && rule.countries->size() < rule.minimum) {
    finding.reason += "; no more than " + std::to_string(rule.countries->size()) + " count";
    return finding;
  }
  ConsortiumEdit edit;
  edit.action = "add";
  edit.count = static_cast<std::size_t>(rule.minimum) - known.size();
  edit.different_countries = true;
  edit.roles = rule.roles;
  edit.kinds = rule.kinds;
  if (rule.countries) {
    for (const std::string& code : *rule.countries) {
      if (known.count(code) == 0) edit.countries.push_back(code);
    }
  } else {
    edit.not_countries = sorted(known);
  }
  finding.changes = {std::move(edit)};
  return finding;
}

RuleFinding check_allowed_countries(const ReadRule& rule, const BidFacts& bid) {
  const auto allowed = [&](const Party& party) {
    return std::binary_search(rule.countries->begin(), rule.countries->end(), party.country);
  };
  Parties outside;
  Parties doubtful;
  Parties inside;
  for (const Party& party : bid.parties) {
    const Answer answer = counts(rule, party);
    if (answer == Answer::No) continue;
    if (party.country.empty()) {
      doubtful.push_back(&party);
    } else if (allowed(party)) {
      if (answer == Answer::Yes) inside.push_back(&party);
    } else {
      (answer == Answer::Yes ? outside : doubtful).push_back(&party);
    }
  }
  RuleFinding finding;
  if (!outside.empty()) {
    finding.state = RuleState::Fails;
    finding.members = places(outside);
    finding.reason = named(outside) + (outside.size() == 1 ? " is" : " are") +
                     " from outside the countries allowed: " + listed(*rule.countries);
    finding.changes = {removal(outside.size(), outside)};
  } else if (!doubtful.empty()) {
    const std::string what = untold(rule, doubtful, true);
    finding.reason = is_untold(what, doubtful);
    not_told(finding, doubtful, what);
  } else {
    finding.state = RuleState::Passes;
    finding.members = places(inside);
    finding.reason = inside.empty() ? "nobody is from outside the countries allowed"
                                    : "all are from countries allowed: " + named(inside);
  }
  return finding;
}

RuleFinding check_maximum_per_country(const ReadRule& rule, const BidFacts& bid) {
  std::map<std::string, Parties> sure;
  std::map<std::string, std::size_t> possible;
  Parties doubtful;
  std::size_t unknown = 0;
  for (const Party& party : bid.parties) {
    const Answer answer = counts(rule, party);
    if (answer == Answer::No) continue;
    if (answer == Answer::Yes && !party.country.empty()) {
      sure[party.country].push_back(&party);
      ++possible[party.country];
    } else {
      doubtful.push_back(&party);
      if (party.country.empty()) {
        ++unknown;
      } else {
        ++possible[party.country];
      }
    }
  }
  RuleFinding finding;
  finding.reason = "at most " + counted(*rule.maximum, "member") + " of one country";
  Parties too_many;
  std::string countries;
  for (const auto& [country, parties] : sure) {
    if (parties.size() <= *rule.maximum) continue;
    too_many.insert(too_many.end(), parties.begin(), parties.end());
    countries += (countries.empty() ? ", and there are " : " and ") +
                 std::to_string(parties.size()) + " of " + country;
    finding.changes.push_back(
        removal(parties.size() - static_cast<std::size_t>(*rule.maximum), parties));
  }
  bool might = unknown > *rule.maximum;
  for (const auto& [country, number] : possible) might = might || number + unknown > *rule.maximum;
  if (!too_many.empty()) {
    finding.state = RuleState::Fails;
    finding.members = places(too_many);
    finding.reason += countries;
  } else if (!doubtful.empty() && might) {
    const std::string what = untold(rule, doubtful, true);
    finding.reason += "; " + is_untold(what, doubtful);
    not_told(finding, doubtful, what);
  } else {
    finding.state = RuleState::Passes;
    finding.reason += ", and no country has more";
  }
  return finding;
}

RuleFinding check_linked(const ReadRule& rule, const BidFacts& bid) {
  std::map<std::string, Parties> groups;
  Parties untold;
  Parties doubtful;
  std::size_t linkable = 0;
  for (const Party& party : bid.parties) {
    const Answer answer = counts(rule, party);
    if (answer == Answer::No) continue;
    if (!party.group || !party.group->empty()) ++linkable;
    if (!party.group) {
      untold.push_back(&party);
    } else if (!party.group->empty()) {
      if (answer == Answer::Yes) {
        groups[*party.group].push_back(&party);
      } else {
        doubtful.push_back(&party);
      }
    }
  }
  RuleFinding finding;
  Parties linked;
  std::string who;
  for (const auto& [group, parties] : groups) {
    if (parties.size() < 2) continue;
    linked.insert(linked.end(), parties.begin(), parties.end());
    who += (who.empty() ? "" : "; ") + named(parties);
    finding.changes.push_back(removal(parties.size() - 1, parties));
  }
  for (const Party* party : doubtful) {
    const auto found = groups.find(*party->group);
    const auto same = [&](const Party* other) {
      return other != party && *other->group == *party->group;
    };
    if (found != groups.end() || std::any_of(doubtful.begin(), doubtful.end(), same))
      untold.push_back(party);
  }
  if (!linked.empty()) {
    finding.state = RuleState::Fails;
    finding.members = places(linked);
    finding.reason = "linked entities take part once, and these are linked: " + who;
  } else if (!untold.empty() && linkable > 1) {
    finding.reason = "whether " + named(untold) + " is linked to another member is not told";
    not_told(finding, untold, "to whom it is linked");
  } else {
    finding.state = RuleState::Passes;
    finding.reason = "linked entities take part once, and no link between members is known";
  }
  return finding;
}

}  // namespace koinon::partners
