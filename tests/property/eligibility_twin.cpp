// SPDX-License-Identifier: Apache-2.0
//
// Eligibility against its definition: a rule holds or does not, written as one would say it; what
// is not known is tried out; and the smallest change is looked for among all changes.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "partners/eligibility/bid.hpp"
#include "partners/eligibility/rule.hpp"

using namespace koinon;
using namespace koinon::partners;

namespace {

const std::vector<std::string> all_countries = {"ES", "FR", "NO", "IT", "SE"};
const std::vector<std::vector<std::string>> all_roles = {
    {"coordinator"}, {"partner"}, {"associated-partner"}};

// ---- The slow twin ------------------------------------------------------------------------------

bool is_in(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

std::vector<std::string> parameter(const EligibilityRule& rule, const std::string& name) {
  for (const Parameter& each : rule.parameters) {
    if (each.name == name) return each.values;
  }
  return {};
}

bool in_scope(const EligibilityRule& rule, const Party& party) {
  const auto roles = parameter(rule, "roles");
  bool counts = false;
  for (const std::string& role : party.roles) {
    const bool everybody = rule.kind == "role-required" || rule.kind == "capability-required" ||
                           rule.kind == "track-record" || rule.kind == "linked-entities-once";
    if (roles.empty() ? everybody || role == "coordinator" || role == "partner"
                      : is_in(roles, role))
      counts = true;
  }
  const auto countries = parameter(rule, "countries");
  if (rule.kind != "allowed-countries" && !countries.empty() && !is_in(countries, party.country))
    counts = false;
  return counts;
}

// By the words of docs/reference/eligibility.md; everything of the bid is known.
bool holds(const EligibilityRule& rule, const std::vector<Party>& parties) {
  std::vector<Party> those;
  for (const Party& party : parties) {
    if (in_scope(rule, party)) those.push_back(party);
  }
  const auto number = [&](const char* name) {
    const auto told = parameter(rule, name);
    return told.empty() ? std::size_t{1} : static_cast<std::size_t>(std::stoul(told[0]));
  };
  std::map<std::string, std::size_t> of_country;
  std::map<std::string, std::size_t> of_group;
  std::size_t having = 0;
  for (const Party& party : those) {
    ++of_country[party.country];
    if (!party.group->empty()) ++of_group[*party.group];
    if (rule.kind == "role-required" && is_in(party.roles, parameter(rule, "role")[0])) ++having;
    if (rule.kind == "capability-required" && is_in(party.capabilities.has, "c")) ++having;
    if (rule.kind == "track-record" && is_in(party.track_record.has, "t")) ++having;
    if (rule.kind == "newcomers" && *party.newcomer) ++having;
  }
  if (rule.kind == "minimum-partners") return those.size() >= number("minimum");
  if (rule.kind == "minimum-countries") return of_country.size() >= number("minimum");
  if (rule.kind == "size-range")
    return those.size() >= number("minimum") && those.size() <= number("maximum");
  if (rule.kind == "allowed-countries") {
    const auto allowed = parameter(rule, "countries");
    return std::all_of(those.begin(), those.end(),
                       [&](const Party& party) { return is_in(allowed, party.country); });
  }
  if (rule.kind == "maximum-per-country") {
    return std::all_of(of_country.begin(), of_country.end(),
                       [&](const auto& each) { return each.second <= number("maximum"); });
  }
  if (rule.kind == "linked-entities-once") {
    return std::all_of(of_group.begin(), of_group.end(),
                       [](const auto& each) { return each.second <= 1; });
  }
  if (rule.kind == "coordinator-once") {
    std::vector<Party> coordinators;
    for (const Party& party : parties) {
      if (is_in(party.roles, "coordinator")) coordinators.push_back(party);
    }
    return coordinators.size() == 1 && coordinators[0].other_bids == std::uint64_t{0};
  }
  return having >= number("minimum");
}

// All ways in which what is not known of the bid may be.
std::vector<std::vector<Party>> completions(const std::vector<Party>& parties) {
  std::vector<std::vector<Party>> all = {{}};
  const auto spread = [](std::vector<Party> ways, auto unknown, auto values, auto set) {
    std::vector<Party> more;
    for (const Party& way : ways) {
      if (!unknown(way)) {
        more.push_back(way);
        continue;
      }
      for (const auto& value : values) {
        more.push_back(way);
        set(more.back(), value);
      }
    }
    return more;
  };
  for (const Party& party : parties) {
    std::vector<Party> ways = {party};
    ways = spread(
        ways, [](const Party& p) { return p.country.empty(); }, all_countries,
        [](Party& p, const std::string& code) { p.country = code; });
    ways = spread(
        ways, [](const Party& p) { return !p.newcomer; }, std::vector<int>{0, 1},
        [](Party& p, int value) { p.newcomer = value == 1; });
    ways = spread(
        ways, [](const Party& p) { return !p.capabilities.complete; }, std::vector<int>{0, 1},
        [](Party& p, int value) {
          p.capabilities.complete = true;
          if (value == 1) p.capabilities.has.push_back("c");
        });
    ways = spread(
        ways, [](const Party& p) { return !p.group; }, std::vector<std::string>{"", "g", "h"},
        [](Party& p, const std::string& group) { p.group = group; });
    ways = spread(
        ways, [](const Party& p) { return !p.other_bids; }, std::vector<std::uint64_t>{0, 1},
        [](Party& p, std::uint64_t bids) { p.other_bids = bids; });
    std::vector<std::vector<Party>> longer;
    for (const auto& bid : all) {
      for (const Party& way : ways) {
        longer.push_back(bid);
        longer.back().push_back(way);
      }
    }
    all = std::move(longer);
  }
  return all;
}

// ---- Bids and changes ---------------------------------------------------------------------------

Party party(const std::string& country, const std::vector<std::string>& roles, bool able) {
  Party made;
  made.name = "x";
  made.country = country;
  made.roles = roles;
  made.kind = "ngo";
  made.newcomer = able;
  made.capabilities = {{}, true};
  made.track_record = {{}, true};
  if (able) made.capabilities.has = {"c"};
  if (able) made.track_record.has = {"t"};
  made.group = "";
  made.other_bids = 0;
  return made;
}

// Whom one may add.
std::vector<Party> pool() {
  std::vector<Party> all;
  for (const std::string& country : all_countries) {
    for (const auto& roles : all_roles) {
      for (const bool able : {false, true}) all.push_back(party(country, roles, able));
    }
  }
  return all;
}

// What one step can make of a bid: somebody more, somebody less, a role given or taken.
std::vector<std::vector<Party>> steps(const std::vector<Party>& bid) {
  static const std::vector<Party> others = pool();
  std::vector<std::vector<Party>> all;
  for (const Party& other : others) {
    all.push_back(bid);
    all.back().push_back(other);
  }
  for (std::size_t i = 0; i < bid.size(); ++i) {
    all.push_back(bid);
    all.back().erase(all.back().begin() + static_cast<std::ptrdiff_t>(i));
    for (const auto& role : all_roles) {
      all.push_back(bid);
      auto& roles = all.back()[i].roles;
      if (is_in(roles, role[0])) {
        if (roles.size() == 1) {
          all.pop_back();  // nobody without a role: that is an applicant's, by the rules
        } else {
          roles.erase(std::find(roles.begin(), roles.end(), role[0]));
        }
      } else {
        roles.push_back(role[0]);
      }
    }
  }
  return all;
}

// The fewest steps after which the rule holds, or `most` + 1.
std::size_t distance(const EligibilityRule& rule, const std::vector<Party>& bid, std::size_t most) {
  if (holds(rule, bid)) return 0;
  if (most == 0) return 1;
  std::size_t least = most + 1;
  for (const auto& next : steps(bid)) {
    least = std::min(least, 1 + distance(rule, next, least >= 2 ? least - 2 : 0));
    if (least == 1) break;
  }
  return least;
}

std::vector<Party> changed(const std::vector<ConsortiumEdit>& edits, std::vector<Party> bid) {
  std::set<std::size_t> gone;
  std::set<std::string> there;
  for (const Party& one : bid) there.insert(one.country);
  for (const ConsortiumEdit& edit : edits) {
    if (edit.action == "remove") {
      for (std::size_t i = 0; i < edit.count; ++i) gone.insert(edit.members[i]);
    } else if (edit.action == "assign") {
      for (std::size_t i = 0; i < edit.count; ++i) bid[edit.members[i]].roles.push_back(edit.role);
    } else if (edit.action == "release") {
      for (std::size_t i = 0; i < edit.count; ++i) bid[edit.members[i]].roles = {"partner"};
    } else if (edit.action == "move") {
      for (Party& one : bid) {
        if (is_in(one.roles, edit.role)) one.roles = {"partner"};
      }
      if (edit.members.empty()) {
        bid.push_back(party("SE", {edit.role}, false));
      } else {
        bid[edit.members[0]].roles.push_back(edit.role);
      }
    } else if (edit.action == "add") {
      for (std::size_t i = 0; i < edit.count; ++i) {
        // Somebody as described and no more than that.
        std::string country = edit.countries.empty() ? "" : edit.countries[0];
        const auto& choice = edit.countries.empty() ? all_countries : edit.countries;
        for (const std::string& code : choice) {
          if (is_in(edit.not_countries, code)) continue;
          if (edit.different_countries && there.count(code) > 0) continue;
          country = code;
          break;
        }
        there.insert(country);
        const bool able = !edit.capability.empty() || !edit.theme.empty() || edit.newcomer;
        std::vector<std::string> roles = {"partner"};
        if (!edit.roles.empty()) roles = {edit.roles[0]};
        if (!edit.role.empty()) roles.push_back(edit.role);
        bid.push_back(party(country, roles, able));
      }
    }
  }
  std::vector<Party> left;
  for (std::size_t i = 0; i < bid.size(); ++i) {
    if (gone.count(i) == 0) left.push_back(bid[i]);
  }
  return left;
}

std::size_t cost(const std::vector<ConsortiumEdit>& edits) {
  std::size_t steps = 0;
  for (const ConsortiumEdit& edit : edits) steps += edit.action == "move" ? 2 : edit.count;
  return steps;
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

  EligibilityRule rule() {
    static const std::vector<std::string> kinds = {
        "minimum-partners",    "minimum-countries",    "allowed-countries", "role-required",
        "capability-required", "coordinator-once",     "track-record",      "newcomers",
        "maximum-per-country", "linked-entities-once", "size-range"};
    EligibilityRule rule{of(kinds), {}, ""};
    const auto number = [&](std::size_t least, std::size_t more) {
      return std::vector<std::string>{std::to_string(least + below(more))};
    };
    if (rule.kind == "coordinator-once") return rule;
    if (rule.kind == "maximum-per-country") {
      rule.parameters.push_back({"maximum", number(1, 2)});
    } else if (rule.kind == "size-range") {
      const std::size_t least = below(3);
      rule.parameters.push_back({"minimum", {std::to_string(least)}});
      rule.parameters.push_back(
          {"maximum", {std::to_string(std::max<std::size_t>(1, least + below(2)))}});
    } else if (rule.kind != "allowed-countries" && rule.kind != "linked-entities-once") {
      rule.parameters.push_back({"minimum", number(0, 4)});
    }
    if (rule.kind == "role-required") rule.parameters.push_back({"role", {of(all_roles)[0]}});
    if (rule.kind == "capability-required") rule.parameters.push_back({"capability", {"c"}});
    if (rule.kind == "track-record") rule.parameters.push_back({"theme", {"t"}});
    if (rule.kind == "allowed-countries" || below(3) == 0)
      rule.parameters.push_back({"countries", {"ES", "FR", "IT", "SE"}});
    if (below(3) == 0 && rule.kind != "role-required")
      rule.parameters.push_back(
          {"roles", below(2) == 0 ? std::vector<std::string>{"partner"}
                                  : std::vector<std::string>{"partner", "associated-partner"}});
    return rule;
  }

  std::vector<Party> bid(std::size_t most, bool known) {
    std::vector<Party> parties;
    const std::size_t size = below(most + 1);
    for (std::size_t i = 0; i < size; ++i) {
      Party made =
          party(of(std::vector<std::string>{"ES", "FR", "NO"}), of(all_roles), below(2) == 0);
      made.members = {i};
      made.group = of(std::vector<std::string>{"", "g", "h"});
      made.other_bids = below(2);
      if (below(4) == 0) made.roles.push_back(of(all_roles)[0]);
      std::sort(made.roles.begin(), made.roles.end());
      made.roles.erase(std::unique(made.roles.begin(), made.roles.end()), made.roles.end());
      if (!known) {
        if (below(3) == 0) made.country.clear();
        if (below(3) == 0) made.newcomer.reset();
        if (below(3) == 0) made.capabilities = {};
        if (below(3) == 0) made.group.reset();
        if (below(3) == 0) made.other_bids.reset();
      }
      parties.push_back(std::move(made));
    }
    return parties;
  }

 private:
  std::mt19937 engine_;
};

RuleFinding finding_of(const EligibilityRule& rule, const std::vector<Party>& parties) {
  BidFacts bid;
  bid.parties = parties;
  return check_rules({rule}, bid, 0).findings.at(0);
}

std::string told(const EligibilityRule& rule, const std::vector<Party>& parties) {
  std::string text = rule.kind;
  for (const Parameter& each : rule.parameters) {
    text += " " + each.name + "=";
    for (const std::string& value : each.values) text += value + ",";
  }
  for (const Party& one : parties) {
    text += " | " + one.country + " ";
    for (const std::string& role : one.roles) text += role + ",";
    text += one.newcomer ? (*one.newcomer ? " able" : " unable") : " ?";
    text += one.group ? " " + *one.group : " ?";
    text += one.other_bids ? " " + std::to_string(*one.other_bids) : " ?";
  }
  return text;
}

}  // namespace

TEST_CASE("a rule of a call passes just where its definition holds", "[eligibility]") {
  Random random(1);
  for (int round = 0; round < 4000; ++round) {
    const EligibilityRule rule = random.rule();
    const auto parties = random.bid(4, true);
    CAPTURE(round, told(rule, parties));
    const RuleFinding finding = finding_of(rule, parties);
    const bool nobody_yet = rule.kind == "coordinator-once" && finding.state == RuleState::Unknown;
    REQUIRE((finding.state == RuleState::Passes) == holds(rule, parties));
    REQUIRE((finding.state != RuleState::Unknown || nobody_yet));
    CHECK(finding.changes.empty() == (finding.state == RuleState::Passes));
  }
}

TEST_CASE("what cannot be told of a bid is what depends on the facts that are missing",
          "[eligibility]") {
  Random random(2);
  for (int round = 0; round < 600; ++round) {
    const EligibilityRule rule = random.rule();
    const auto parties = random.bid(2, false);
    CAPTURE(round, told(rule, parties));
    bool always = true;
    bool ever = false;
    for (const auto& way : completions(parties)) {
      const bool now = holds(rule, way);
      always = always && now;
      ever = ever || now;
    }
    const RuleFinding finding = finding_of(rule, parties);
    if (rule.kind == "coordinator-once" && finding.reason == "nobody is the coordinator yet")
      continue;
    const RuleState expected = always  ? RuleState::Passes
                               : !ever ? RuleState::Fails
                                       : RuleState::Unknown;
    REQUIRE(finding.state == expected);
  }
}

TEST_CASE("the change that is proposed passes the rule, and none of fewer steps does",
          "[eligibility]") {
  Random random(3);
  constexpr std::size_t most = 2;
  for (int round = 0; round < 400; ++round) {
    const EligibilityRule rule = random.rule();
    const auto parties = random.bid(3, true);
    CAPTURE(round, told(rule, parties));
    const RuleFinding finding = finding_of(rule, parties);
    if (finding.state == RuleState::Passes) continue;
    INFO(finding.advice);
    REQUIRE(holds(rule, changed(finding.changes, parties)));
    const std::size_t claimed = cost(finding.changes);
    // Whatever is cheaper by one would be found.
    if (claimed <= most + 1) CHECK(distance(rule, parties, claimed - 1) == claimed);
  }
}
