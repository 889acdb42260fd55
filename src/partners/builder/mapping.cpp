// SPDX-License-Identifier: Apache-2.0
#include "partners/builder/mapping.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "partners/builder/scope.hpp"
#include "partners/eligibility/answers.hpp"
#include "partners/eligibility/rule.hpp"

namespace koinon::partners::builder {

namespace {

using consortium::Problem;
using consortium::Rule;
using Kind = consortium::RuleKind;

constexpr const char* coordinator = "coordinator";
constexpr const char* partner = "partner";
constexpr const char* left_to_check = "left to the check of what is found";
constexpr const char* kept_anyway = "kept whoever is found";
constexpr const char* not_contrary = ", of those of whom the contrary is not known";

bool among(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

std::uint32_t count32(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, consortium::largest_team + 1));
}

bool is_linked(const Party& party) {
  return party.group && !party.group->empty();
}

// Places in the pool by what they have in common.
using Groups = std::map<std::string, std::vector<std::uint32_t>>;

class Mapper {
 public:
  Mapper(const Pool& pool, const Wishes& wishes) : pool_(pool), wishes_(wishes), scope_(pool) {
    mapped_.problem.tie_weight = wishes.tie_weight;
    mapped_.problem.member_price = wishes.member_price;
    mapped_.problem.ties = pool.ties;
    for (const PoolMember& member : pool.members) {
      consortium::Candidate& made = mapped_.problem.candidates.emplace_back();
      made.fit = member.fit;
      made.country = country(member.party.country, mapped_.problem.candidates.size());
      made.group = group(member.party);
      made.may_coordinate = may_coordinate(member.party);
    }
  }

  Mapped map(const std::vector<EligibilityRule>& rules, std::int32_t day) {
    for (const EligibilityRule& rule : rules) {
      mapped_.rules.push_back({rule, false, left_to_check});
      const ReadRule read = read_rule(rule, day);
      if (!read.fault) call_rule(read);
    }
    own_rules();
    return std::move(mapped_);
  }

 private:
  bool doubt_counts() const { return wishes_.doubt == Doubt::Counts; }

  // How many of those beside help to keep a rule that asks for so many.
  std::uint64_t helping_beside(const ReadRule& rule) {
    const std::uint64_t surely = scope_.beside(rule, Answer::Yes);
    const std::uint64_t possibly = scope_.beside(rule, Answer::Maybe);
    if (!doubt_counts() && possibly > surely) mapped_.held_to_known = true;
    return doubt_counts() ? possibly : surely;
  }

  // Who helps to keep a rule that asks for so many.
  Answer helping() const { return doubt_counts() ? Answer::Maybe : Answer::Yes; }

  // Who may be from anywhere has, where doubt counts, a country of its own.
  std::uint16_t country(const std::string& code, std::size_t place) {
    if (code.empty() && !doubt_counts()) return consortium::no_country;
    const std::string name = code.empty() ? "of " + std::to_string(place) : code;
    return countries_.emplace(name, static_cast<std::uint16_t>(countries_.size())).first->second;
  }

  std::uint32_t group(const Party& party) {
    if (!is_linked(party)) return consortium::no_group;
    return groups_.emplace(*party.group, static_cast<std::uint32_t>(groups_.size())).first->second;
  }

  const std::string& country_of(std::uint32_t place) const {
    return pool_.members[place].party.country;
  }

  // A rule of the problem for the last of those told.
  void search(Rule rule) {
    ToldRule& told = mapped_.rules.back();
    const std::string words = consortium::describe(rule);
    told.words = told.searched ? told.words + ", " + words : words;
    told.searched = true;
    mapped_.problem.rules.push_back(std::move(rule));
    mapped_.source.push_back(mapped_.rules.size() - 1);
  }

  void search(Kind kind, std::uint64_t count, std::vector<std::uint32_t> members = {}) {
    Rule rule;
    rule.kind = kind;
    rule.count = count32(count);
    rule.members = std::move(members);
    search(std::move(rule));
  }

  void say(const std::string& words) {
    mapped_.rules.back().searched = true;
    mapped_.rules.back().words = words;
  }

  void call_rule(const ReadRule& rule) {
    switch (rule.kind) {
      case RuleKind::CoordinatorOnce:
        return one_coordinator();
      case RuleKind::RateCap:
        return rate(rule);
      case RuleKind::DocumentRequired:
        return;
      case RuleKind::RoleRequired:
        if (rule.role != coordinator) return at_least(rule);
        if (rule.minimum == 1 && rule.roles.empty() && rule.kinds.empty() && !rule.countries)
          one_coordinator();
        return;
      case RuleKind::LinkedOnce:
        return linked(rule);
      case RuleKind::MinimumCountries:
        return minimum_countries(rule);
      case RuleKind::AllowedCountries:
        return allowed(rule);
      case RuleKind::MaximumPerCountry:
        return per_country(rule);
      case RuleKind::SizeRange:
        return size(rule);
      default:
        return at_least(rule);
    }
  }

  // ---- So many members ------------------------------------------------------------------------

  void at_least(const ReadRule& rule) {
    const std::uint64_t there = helping_beside(rule);
    if (there >= rule.minimum) return say(kept_anyway);
    const auto known = scope_.of(rule, Answer::Yes);
    // A role can be given to anybody, which is for people to decide.
    if (rule.kind == RuleKind::RoleRequired && rule.role != partner &&
        (!known || known->size() < rule.minimum - there))
      return;
    members_at_least(rule, rule.minimum - there);
  }

  // Where too few are known to be what is asked for, those of whom it is not known may; the check
  // says so.
  void members_at_least(const ReadRule& rule, std::uint64_t need) {
    const auto known = scope_.of(rule, Answer::Yes);
    const auto possible = scope_.of(rule, Answer::Maybe);
    if (!known || !possible) return;
    const auto asked = [&](const Counted& counted) {
      return static_cast<std::uint64_t>(
          std::max<std::int64_t>(0, static_cast<std::int64_t>(need) - counted.shift));
    };
    const bool doubted = possible->in != known->in || possible->shift != known->shift;
    const bool too_few =
        static_cast<std::int64_t>(known->size()) + known->shift < static_cast<std::int64_t>(need);
    const bool lenient = doubted && (doubt_counts() || too_few);
    const Counted& those = lenient ? *possible : *known;
    if (doubted && !lenient) mapped_.held_to_known = true;
    if (asked(those) == 0) return say(kept_anyway);
    if (those.size() == pool_.members.size()) {
      search(Kind::MembersAtLeast, asked(those));
      mapped_.rules.back().words = "at least " + counted(need, "member");
    } else {
      if (!having(Kind::PropertyAtLeast, asked(those), those)) return;
      mapped_.rules.back().words =
          "at least " + counted(need, "member") + " that the rule asks for";
    }
    if (those.shift < 0) mapped_.rules.back().words += " besides the coordinator";
    if (lenient) mapped_.rules.back().words += not_contrary;
    if (asked(those) > consortium::largest_team)
      mapped_.rules.back().words += "; no consortium has more than " +
                                    std::to_string(consortium::largest_team) + " members here";
  }

  // False where the problem has no mark left for them: then the rule is left to the check.
  bool having(Kind kind, std::uint64_t count, const Counted& those) {
    if (properties_ == consortium::most_marks) return false;
    for (const std::uint32_t i : those.places())
      mapped_.problem.candidates[i].properties |= std::uint64_t{1} << properties_;
    Rule rule;
    rule.kind = kind;
    rule.count = count32(count);
    rule.mark = properties_++;
    search(std::move(rule));
    return true;
  }

  void size(const ReadRule& rule) {
    const auto surely = scope_.of(rule, Answer::Yes);
    const std::uint64_t there = scope_.beside(rule, Answer::Yes);
    if (!surely || (rule.maximum && *rule.maximum < there)) return;
    const std::uint64_t least = rule.minimum - std::min(rule.minimum, helping_beside(rule));
    if (least > 0) members_at_least(rule, least);
    if (least > 0 && !mapped_.rules.back().searched) return;
    if (!rule.maximum) return least > 0 ? void() : say(kept_anyway);
    if (!members_at_most(static_cast<std::int64_t>(*rule.maximum - there) - surely->shift, *surely))
      return;
    mapped_.rules.back().words =
        (least > 0 ? mapped_.rules.back().words + " and at most " : "at most ") +
        counted(*rule.maximum - there, "member");
  }

  bool members_at_most(std::int64_t most, const Counted& those) {
    const std::uint64_t count = static_cast<std::uint64_t>(std::max<std::int64_t>(most, 0));
    const bool all = those.size() == pool_.members.size();
    if (most >= 0 && !all && those.size() > count)
      return having(Kind::PropertyAtMost, count, those);
    if (most < 0) search(Kind::MembersAtLeast, consortium::largest_team + 1);
    if (most >= 0 && all) search(Kind::MembersAtMost, count);
    mapped_.rules.back().searched = true;
    return true;
  }

  // ---- Countries and links --------------------------------------------------------------------

  // Countries of those beside that count.
  struct Reached {
    std::set<std::string> countries;
    std::uint64_t untold = 0;  // others, where doubt counts: each from a country of its own
    std::uint64_t count() const { return countries.size() + untold; }
  };

  Reached reached_beside(const ReadRule& rule) {
    Reached there;
    for (const PoolMember& one : pool_.beside) {
      const Answer answer = counts(rule, one.party);
      const bool is_told = !one.party.country.empty();
      if (answer >= helping() && is_told) there.countries.insert(one.party.country);
      if (answer >= helping() && !is_told && doubt_counts()) ++there.untold;
      const bool in_doubt = answer == Answer::Maybe || (answer == Answer::Yes && !is_told);
      if (in_doubt && !doubt_counts()) mapped_.held_to_known = true;
    }
    return there;
  }

  void minimum_countries(const ReadRule& rule) {
    // Whoever counts is from somewhere.
    if (rule.minimum == 1) return one_country(rule);
    const auto those = scope_.whoever_coordinates(rule, helping());
    const auto possible = scope_.whoever_coordinates(rule, Answer::Maybe);
    if (!those || !possible) return;
    const Reached there = reached_beside(rule);
    if (there.count() >= rule.minimum) return say(kept_anyway);
    Rule made;
    made.kind = Kind::CountriesAtLeast;
    made.count = count32(rule.minimum - there.count());
    if (those->size() < pool_.members.size()) made.members = those->places();
    std::set<std::uint16_t> fresh;
    for (const std::uint32_t i : those->places()) {
      const std::uint16_t number = mapped_.problem.candidates[i].country;
      const bool is_new = there.countries.count(country_of(i)) == 0;
      if (number != consortium::no_country && is_new) fresh.insert(number);
    }
    if (!there.countries.empty()) made.countries.assign(fresh.begin(), fresh.end());
    // What the problem has no word for: nobody counts, or fewer countries than are asked for.
    if (fresh.empty() || (rule.countries && rule.countries->size() < rule.minimum))
      made.count = consortium::largest_team + 1;
    if (!doubt_counts() && (possible->size() > those->size() || untold(possible->places())))
      mapped_.held_to_known = true;
    search(std::move(made));
    mapped_.rules.back().words = "at least " + counted(rule.minimum, "country") +
                                 (rule.countries ? " of those that count" : "");
  }

  void one_country(const ReadRule& rule) {
    if (helping_beside(rule) > 0) return say(kept_anyway);
    members_at_least(rule, 1);
    if (mapped_.rules.back().searched) mapped_.rules.back().words = "at least 1 country";
  }

  bool untold(const std::vector<std::uint32_t>& places) const {
    return std::any_of(places.begin(), places.end(),
                       [&](std::uint32_t i) { return country_of(i).empty(); });
  }

  // Who breaks a rule beside does so whoever is found: then the search has no part in it.
  void allowed(const ReadRule& rule) {
    const auto surely = scope_.whoever_coordinates(rule, Answer::Yes);
    const auto possible = scope_.whoever_coordinates(rule, Answer::Maybe);
    const auto outside = [&](const std::string& code) {
      return !code.empty() && !among(*rule.countries, code);
    };
    const bool broken =
        std::any_of(pool_.beside.begin(), pool_.beside.end(), [&](const PoolMember& one) {
          return counts(rule, one.party) == Answer::Yes && outside(one.party.country);
        });
    if (!surely || !possible || broken) return;
    std::vector<std::uint32_t> out;
    for (const std::uint32_t i : possible->places()) {
      const bool fails = surely->in[i] && outside(country_of(i));
      const bool may_fail = country_of(i).empty() || outside(country_of(i));
      if (fails || (may_fail && !doubt_counts())) out.push_back(i);
      if (may_fail && !fails && !doubt_counts()) mapped_.held_to_known = true;
    }
    if (out.empty()) return say(kept_anyway);
    search(Kind::Forbidden, 0, std::move(out));
    mapped_.rules.back().words = counted(rule.countries->size(), "country") + " allowed";
  }

  void per_country(const ReadRule& rule) {
    const auto those = scope_.whoever_coordinates(rule, Answer::Yes);
    if (!those) return;
    Groups members;
    for (const std::uint32_t i : those->places()) {
      if (!country_of(i).empty()) members[country_of(i)].push_back(i);
    }
    at_most_of_each(rule, count32(*rule.maximum), *those, members, Kind::PerCountryAtMost,
                    [](const Party& party) { return party.country; });
    mapped_.rules.back().words = "at most " + counted(*rule.maximum, "member") + " of one country";
  }

  void linked(const ReadRule& rule) {
    const auto those = scope_.whoever_coordinates(rule, Answer::Yes);
    if (!those) return;
    Groups members;
    for (const std::uint32_t i : those->places()) {
      const Party& party = pool_.members[i].party;
      if (is_linked(party)) members[*party.group].push_back(i);
    }
    at_most_of_each(rule, 1, *those, members, Kind::LinkedAtMost,
                    [](const Party& party) { return party.group.value_or(""); });
    mapped_.rules.back().words = "at most one of linked entities";
  }

  // At most so many of each group, with those beside; by one rule where all count and nobody does
  // beside.
  template <class GroupOf>
  void at_most_of_each(const ReadRule& rule, std::uint32_t most, const Counted& those,
                       const Groups& members, Kind whole, GroupOf group_of) {
    std::map<std::string, std::uint32_t> beside;
    for (const PoolMember& one : pool_.beside) {
      const std::string group = group_of(one.party);
      if (counts(rule, one.party) == Answer::Yes && !group.empty() && ++beside[group] > most)
        return;
    }
    mapped_.rules.back().searched = true;
    if (beside.empty() && those.size() == pool_.members.size()) return search(whole, most);
    for (const auto& [group, places] : members) {
      const auto there = beside.find(group);
      const std::uint32_t left = most - (there == beside.end() ? 0 : there->second);
      if (places.size() > left) search(Kind::TogetherAtMost, left, places);
    }
  }

  // ---- Money ----------------------------------------------------------------------------------

  static bool tells_money(const PoolMember& one) {
    return one.budget && one.grant && *one.grant <= *one.budget &&
           *one.budget <= consortium::largest_amount;
  }
  // Who stands beside asks for nothing unless it says so.
  static bool may_tell_money(const PoolMember& one) {
    return tells_money(one) || (!one.budget && !one.grant);
  }

  // Only where all say what they ask for of what.
  void rate(const ReadRule& rule) {
    const std::vector<PoolMember>& members = pool_.members;
    const std::vector<PoolMember>& beside = pool_.beside;
    if (members.empty() || !std::all_of(members.begin(), members.end(), tells_money) ||
        !std::all_of(beside.begin(), beside.end(), may_tell_money))
      return;
    Rule made;
    made.kind = Kind::RateAtMost;
    made.amount = rule.cap;
    for (const PoolMember& one : beside) {
      made.cost_beside += one.budget.value_or(0);
      made.grant_beside += one.grant.value_or(0);
      if (made.cost_beside > consortium::largest_amount) return;
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
      mapped_.problem.candidates[i].cost = *members[i].budget;
      mapped_.problem.candidates[i].grant = *members[i].grant;
    }
    search(std::move(made));
    mapped_.rules.back().words = "an EU share of at most " + percent(rule.cap);
  }

  // ---- The builder's own ----------------------------------------------------------------------

  // Two rules that ask for it are two: one may be left out.
  void one_coordinator() {
    coordinated_ = true;
    const auto named = scope_.coordinator();
    search(Kind::Coordinator, 0,
           named ? std::vector<std::uint32_t>{*named} : std::vector<std::uint32_t>{});
    mapped_.rules.back().words =
        named ? pool_.members[*named].party.name + " coordinates" : "one coordinator";
  }

  void own(Kind kind, std::uint64_t count, std::vector<std::uint32_t> members,
           const std::string& words) {
    mapped_.rules.push_back({{}, false, ""});
    search(kind, count, std::move(members));
    mapped_.rules.back().words = words;
  }

  void own_rules() {
    for (std::uint32_t i = 0; i < pool_.members.size(); ++i) {
      if (pool_.members[i].fixed)
        own(Kind::Required, 0, {i}, pool_.members[i].party.name + " is in");
    }
    if (!coordinated_) {
      mapped_.rules.push_back({{}, false, ""});
      one_coordinator();
    }
    if (wishes_.size_least > 0)
      own(Kind::MembersAtLeast, wishes_.size_least, {},
          "at least " + counted(wishes_.size_least, "member"));
    if (wishes_.size_most > 0)
      return own(Kind::MembersAtMost, wishes_.size_most, {},
                 "at most " + counted(wishes_.size_most, "member"));
    unasked_size();
  }

  // As many as the rules allow; where they do not say, as is usual, or as they need.
  void unasked_size() {
    std::uint32_t most = usual_size;
    std::uint64_t together = 0;
    for (const Rule& rule : mapped_.problem.rules) {
      if (rule.kind == Kind::MembersAtMost) return;
      if (rule.kind == Kind::Required) ++together;
      if (rule.kind != Kind::MembersAtLeast && rule.kind != Kind::CountriesAtLeast &&
          rule.kind != Kind::PropertyAtLeast)
        continue;
      if (rule.count > consortium::largest_team) continue;  // nobody can keep it
      most = std::max(most, rule.count);
      together += rule.count;
    }
    most = std::max(most, count32(static_cast<std::uint64_t>(
                              std::count_if(pool_.members.begin(), pool_.members.end(),
                                            [](const PoolMember& one) { return one.fixed; }))));
    const std::uint32_t needed = std::max(most, count32(together));
    mapped_.may_need_more = needed > most;
    most = std::min(wishes_.as_many_as_needed ? needed : most, consortium::largest_team);
    own(Kind::MembersAtMost, most, {},
        "at most " + counted(most, "member") + ", as nothing else is asked");
  }

  const Pool& pool_;
  const Wishes& wishes_;
  const Scope scope_;
  Mapped mapped_;
  std::map<std::string, std::uint16_t> countries_;
  std::map<std::string, std::uint32_t> groups_;
  std::uint32_t properties_ = 0;
  bool coordinated_ = false;
};

}  // namespace

std::vector<std::string> planned_roles(const Party& party, bool coordinates) {
  if (coordinates && among(party.roles, coordinator)) return party.roles;
  if (coordinates) return {coordinator};
  std::vector<std::string> roles = party.roles;
  roles.erase(std::remove(roles.begin(), roles.end(), coordinator), roles.end());
  if (roles.empty()) roles = {partner};
  return roles;
}

bool applies(const std::vector<std::string>& roles) {
  return roles.empty() || std::any_of(roles.begin(), roles.end(), is_applicant_role);
}

Mapped map_problem(const std::vector<EligibilityRule>& rules, const Pool& pool,
                   const Wishes& wishes, std::int32_t day) {
  return Mapper(pool, wishes).map(rules, day);
}

}  // namespace koinon::partners::builder
