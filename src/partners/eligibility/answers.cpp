// SPDX-License-Identifier: Apache-2.0
#include "partners/eligibility/answers.hpp"

#include <algorithm>

#include "domain/decimal.hpp"

namespace koinon::partners {

namespace {

bool among(const std::vector<std::string>& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

Answer role_counts(const ReadRule& rule, const Party& party) {
  if (rule.roles.empty()) {
    if (rule.everyone || party.roles.empty()) return Answer::Yes;
    return std::any_of(party.roles.begin(), party.roles.end(), is_applicant_role) ? Answer::Yes
                                                                                  : Answer::No;
  }
  if (party.roles.empty()) return Answer::Maybe;
  return std::any_of(party.roles.begin(), party.roles.end(),
                     [&](const std::string& role) { return among(rule.roles, role); })
             ? Answer::Yes
             : Answer::No;
}

}  // namespace

Answer has(const Told& told, std::string_view what) {
  if (among(told.has, what)) return Answer::Yes;
  return told.complete ? Answer::No : Answer::Maybe;
}

Answer counts(const ReadRule& rule, const Party& party) {
  Answer answer = role_counts(rule, party);
  if (!rule.kinds.empty()) {
    const Answer kind = among(rule.kinds, party.kind) ? Answer::Yes : Answer::No;
    answer = both(answer, party.kind.empty() ? Answer::Maybe : kind);
  }
  if (rule.countries && rule.kind != RuleKind::AllowedCountries) {
    const Answer country = among(*rule.countries, party.country) ? Answer::Yes : Answer::No;
    answer = both(answer, party.country.empty() ? Answer::Maybe : country);
  }
  return answer;
}

std::vector<std::size_t> places(const Parties& parties) {
  std::vector<std::size_t> all;
  for (const Party* party : parties)
    all.insert(all.end(), party->members.begin(), party->members.end());
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::size_t> first_places(const Parties& parties) {
  std::vector<std::size_t> all;
  for (const Party* party : parties) all.push_back(party->members.front());
  std::sort(all.begin(), all.end());
  return all;
}

std::string named(const Parties& parties) {
  static constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < parties.size() && i < most; ++i) {
    const Party& party = *parties[i];
    text += (i == 0 ? "" : ", ") + party.name;
    if (!party.country.empty()) text += " (" + party.country + ")";
  }
  if (parties.size() > most) text += " and " + std::to_string(parties.size() - most) + " more";
  return text;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  std::string text = std::to_string(number) + " " + std::string(noun);
  if (number == 1) return text;
  if (text.back() == 'y') return text.substr(0, text.size() - 1) + "ies";
  return text + "s";
}

std::string percent(std::int32_t millionths) {
  return domain::format_decimal(millionths, 4, false) + " %";
}

namespace {

// "whether it is a newcomer": what makes somebody what a rule asks for.
std::string asked_fact(const ReadRule& rule) {
  if (rule.kind == RuleKind::CapabilityRequired)
    return "whether it has the capability " + rule.capability;
  if (rule.kind == RuleKind::TrackRecord) return "whether it has a track record in " + rule.theme;
  if (rule.kind == RuleKind::Newcomers) return "whether it is a newcomer";
  return "the roles";
}

std::string joined(const std::vector<std::string>& facts) {
  std::string text;
  for (std::size_t i = 0; i < facts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == facts.size() ? " and " : ", ") + facts[i];
  return text;
}

}  // namespace

std::string untold(const ReadRule& rule, const Parties& parties, bool where) {
  const auto of_any = [&](auto lacks) {
    return std::any_of(parties.begin(), parties.end(),
                       [&](const Party* party) { return lacks(*party); });
  };
  std::vector<std::string> facts;
  const auto add = [&](bool lacking, const std::string& fact) {
    if (lacking && std::find(facts.begin(), facts.end(), fact) == facts.end())
      facts.push_back(fact);
  };
  add((where || rule.countries) && of_any([](const Party& one) { return one.country.empty(); }),
      "the country");
  add(!rule.kinds.empty() && of_any([](const Party& one) { return one.kind.empty(); }), "the kind");
  add(!rule.roles.empty() && of_any([](const Party& one) { return one.roles.empty(); }),
      "the roles");
  add(of_any([&](const Party& one) { return asked_for(rule, one) == Answer::Maybe; }),
      asked_fact(rule));
  return joined(facts);
}

std::string is_untold(const std::string& what, const Parties& parties) {
  return what + " of " + named(parties) + (what.find(" and ") == what.npos ? " is" : " are") +
         " not told";
}

void not_told(RuleFinding& finding, const Parties& parties, const std::string& what) {
  finding.state = RuleState::Unknown;
  finding.problem = "not_told";
  finding.members = places(parties);
  ConsortiumEdit edit;
  edit.action = "tell";
  edit.fact = what;
  edit.members = first_places(parties);
  edit.count = edit.members.size();
  finding.changes = {std::move(edit)};
}

// ---- Steps in words ----------------------------------------------------------------------------

namespace {

class Words {
 public:
  explicit Words(const BidFacts& bid) : bid_(bid) {}

  std::string of(const ConsortiumEdit& edit) const {
    if (edit.action == "add") return add(edit);
    if (edit.action == "remove") return "leave out " + some(edit);
    if (edit.action == "assign") return "give " + some(edit) + " the role " + edit.role;
    if (edit.action == "release") return "take the role " + edit.role + " from " + some(edit);
    if (edit.action == "move") {
      return edit.members.empty() ? "let a new member be the " + edit.role
                                  : "let " + any(edit.members) + " be the " + edit.role;
    }
    if (edit.action == "lower-share")
      return "lower the EU share to " + percent(edit.share->millionths);
    if (edit.action == "supply") {
      return "supply the document " + edit.document +
             (edit.members.empty() ? "" : " for " + each(edit));
    }
    return "tell " + (edit.members.empty() ? "" : "of " + all(edit.members) + ": ") + edit.fact;
  }

 private:
  static std::string add(const ConsortiumEdit& edit) {
    const bool one = edit.count == 1;
    std::string text =
        one ? "add one more member" : "add " + std::to_string(edit.count) + " more members";
    if (!edit.kinds.empty()) text += " of the kind " + either(edit.kinds);
    if (!edit.role.empty()) text += " in the role " + edit.role;
    if (!edit.roles.empty()) text += " in the role " + either(edit.roles);
    if (!edit.capability.empty()) text += " with the capability " + edit.capability;
    if (!edit.theme.empty()) text += " with a track record in " + edit.theme;
    if (edit.newcomer) text += one ? " that is a newcomer" : " that are newcomers";
    if (!edit.countries.empty()) text += " from " + either(edit.countries);
    if (!edit.not_countries.empty()) {
      text += (edit.countries.empty() ? " from a country other than " : " but not from ") +
              listed(edit.not_countries);
    }
    if (edit.different_countries && !one)
      text += edit.not_countries.empty() ? " from different countries" : ", each from another";
    return text;
  }

  // "a, b or c", with long lists cut.
  static std::string either(const std::vector<std::string>& words) {
    static constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < most; ++i) {
      const bool last = i + 1 == words.size();
      text += (i == 0 ? "" : last ? " or " : ", ") + words[i];
    }
    if (words.size() > most) text += " or " + std::to_string(words.size() - most) + " others";
    return text;
  }

  const Party& party(std::size_t member) const {
    for (const Party& party : bid_.parties) {
      if (std::find(party.members.begin(), party.members.end(), member) != party.members.end())
        return party;
    }
    return bid_.parties.front();
  }

  std::string all(const std::vector<std::size_t>& members) const {
    Parties parties;
    for (const std::size_t member : members) {
      const Party* one = &party(member);
      if (std::find(parties.begin(), parties.end(), one) == parties.end()) parties.push_back(one);
    }
    return named(parties);
  }

  std::string any(const std::vector<std::size_t>& members) const {
    return (members.size() > 1 ? "one of " : "") + all(members);
  }

  std::string some(const ConsortiumEdit& edit) const {
    if (edit.count >= edit.members.size()) return all(edit.members);
    return (edit.count == 1 ? "one" : std::to_string(edit.count)) + " of " + all(edit.members);
  }

  std::string each(const ConsortiumEdit& edit) const {
    return edit.count < edit.members.size() ? "one of " + all(edit.members) : all(edit.members);
  }

  const BidFacts& bid_;
};

}  // namespace

std::string advice_for(const std::vector<ConsortiumEdit>& changes, const BidFacts& bid) {
  const Words words(bid);
  std::string text;
  for (const ConsortiumEdit& edit : changes)
    text += (text.empty() ? "" : ", and ") + words.of(edit);
  return text;
}

}  // namespace koinon::partners
