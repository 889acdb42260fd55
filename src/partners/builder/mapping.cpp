// SPDX-License-Identifier: Apache-2.0
#include "partners/builder/mapping.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

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

bool among(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

bool may_coordinate(const Party& party) {
  return party.other_bids.value_or(0) == 0 &&
         (party.roles.empty() || among(party.roles, coordinator));
}

// Coordinator and partners alike count for the rule, or alike do not.
bool one_scope(const ReadRule& rule) {
  return rule.roles.empty() || among(rule.roles, coordinator) == among(rule.roles, partner);
}

std::uint32_t count32(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, consortium::largest_team + 1));
}

class Mapper {
 public:
  Mapper(const Pool& pool, const Wishes& wishes) : pool_(pool) {
    mapped_.problem.tie_weight = wishes.tie_weight;
    mapped_.problem.member_price = wishes.member_price;
    mapped_.problem.ties = pool.ties;
    for (const PoolMember& member : pool.members) {
      consortium::Candidate& made = mapped_.problem.candidates.emplace_back();
      made.fit = member.fit;
      made.country = country(member.party.country);
      made.group = group(member.party);
      made.may_coordinate = may_coordinate(member.party);
    }
  }

  Mapped map(const std::vector<EligibilityRule>& rules, const Wishes& wishes, std::int32_t day) {
    for (const EligibilityRule& rule : rules) {
      mapped_.rules.push_back({rule, false, left_to_check});
      const ReadRule read = read_rule(rule, day);
      if (!read.fault) call_rule(read);
    }
    own_rules(wishes);
    return std::move(mapped_);
  }

 private:
  std::uint16_t country(const std::string& code) {
    if (code.empty()) return consortium::no_country;
    return countries_.emplace(code, static_cast<std::uint16_t>(countries_.size())).first->second;
  }
  std::vector<std::uint16_t> countries(const std::vector<std::string>& codes) {
    std::vector<std::uint16_t> numbers;
    for (const std::string& code : codes) numbers.push_back(country(code));
    return numbers;
  }

  std::uint32_t group(const Party& party) {
    if (!party.group || party.group->empty()) return consortium::no_group;
    return groups_.emplace(*party.group, static_cast<std::uint32_t>(groups_.size())).first->second;
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

  void search(Kind kind, std::uint64_t count) {
    Rule rule;
    rule.kind = kind;
    rule.count = count32(count);
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

  // As a member that is no coordinator, unless its roles are told.
  static Party as_member(const Party& party) {
    Party member = party;
    member.roles = planned_roles(party, false);
    return member;
  }

  // Everybody in the pool, and nobody there counts more or less than another.
  bool about_all(const ReadRule& rule) const {
    if (!one_scope(rule)) return false;
    return std::all_of(pool_.members.begin(), pool_.members.end(), [&](const PoolMember& one) {
      return counts(rule, as_member(one.party)) == Answer::Yes;
    });
  }

  // Of a rule about countries or links: all members count for it, whatever their country.
  bool members_count(const ReadRule& rule) const {
    ReadRule anywhere = rule;
    anywhere.countries.reset();
    return rule.kinds.empty() && about_all(anywhere);
  }

  // Those beside that count for a rule.
  std::vector<const Party*> counted_beside(const ReadRule& rule) const {
    std::vector<const Party*> those;
    for (const PoolMember& one : pool_.beside) {
      if (counts(rule, one.party) != Answer::No) those.push_back(&one.party);
    }
    return those;
  }

  // Everybody but the coordinator will be a partner.
  bool all_partners() const {
    return std::all_of(pool_.members.begin(), pool_.members.end(), [](const PoolMember& one) {
      return among(planned_roles(one.party, false), partner);
    });
  }

  std::uint64_t beside(const ReadRule& rule) const {
    return static_cast<std::uint64_t>(
        std::count_if(pool_.beside.begin(), pool_.beside.end(), [&](const PoolMember& one) {
          return both(counts(rule, one.party), asked_for(rule, one.party)) == Answer::Yes;
        }));
  }

  void at_least(const ReadRule& rule) {
    const std::uint64_t there = beside(rule);
    if (there >= rule.minimum) return say("kept whoever is found");
    const std::uint64_t need = rule.minimum - there;
    if (!one_scope(rule)) {
      // One of the members coordinates, and all others are partners.
      if (rule.kind == RuleKind::MinimumPartners && among(rule.roles, partner) &&
          rule.kinds.empty() && !rule.countries && all_partners())
        search(Kind::MembersAtLeast, need + 1);
      return;
    }
    if (rule.kind == RuleKind::RoleRequired && rule.role == partner) {
      if (rule.roles.empty() && rule.kinds.empty() && !rule.countries && all_partners())
        search(Kind::MembersAtLeast, need + 1);
      return;
    }
    std::vector<Answer> answers;
    for (const PoolMember& one : pool_.members) {
      const Party member = as_member(one.party);
      answers.push_back(both(counts(rule, member), asked_for(rule, member)));
    }
    const auto known = std::count(answers.begin(), answers.end(), Answer::Yes);
    const auto possible = known + std::count(answers.begin(), answers.end(), Answer::Maybe);
    if (static_cast<std::size_t>(known) == answers.size())
      return search(Kind::MembersAtLeast, need);
    // A role can be given to anybody, which is for people to decide.
    if (rule.kind == RuleKind::RoleRequired && static_cast<std::uint64_t>(known) < need) return;
    // Where too few are known to have it, those of whom it is not known may; the check says so.
    const bool strict = static_cast<std::uint64_t>(known) >= need || possible == known;
    having(Kind::PropertyAtLeast, need, answers, strict ? Answer::Yes : Answer::Maybe);
    if (!strict) mapped_.rules.back().words += ", of those of whom the contrary is not known";
  }

  void having(Kind kind, std::uint64_t count, const std::vector<Answer>& answers, Answer least) {
    if (properties_ == consortium::most_marks) return;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i] >= least)
        mapped_.problem.candidates[i].properties |= std::uint64_t{1} << properties_;
    }
    Rule rule;
    rule.kind = kind;
    rule.count = count32(count);
    rule.mark = properties_++;
    search(std::move(rule));
    mapped_.rules.back().words = (kind == Kind::PropertyAtLeast ? "at least " : "at most ") +
                                 counted(count, "member") + " that the rule asks for";
  }

  void minimum_countries(const ReadRule& rule) {
    if (!members_count(rule) || !counted_beside(rule).empty()) return;
    Rule made;
    made.kind = Kind::CountriesAtLeast;
    made.count = count32(rule.minimum);
    // Of a list of none nobody counts, which the problem has no word for.
    if (rule.countries && rule.countries->empty()) made.count = consortium::largest_team + 1;
    if (rule.countries) made.countries = countries(*rule.countries);
    search(std::move(made));
    mapped_.rules.back().words = "at least " + counted(rule.minimum, "country") +
                                 (rule.countries ? " of those that count" : "");
  }

  void allowed(const ReadRule& rule) {
    const auto others = counted_beside(rule);
    const bool inside = std::all_of(others.begin(), others.end(), [&](const Party* party) {
      return among(*rule.countries, party->country);
    });
    if (!about_all(rule) || !inside) return;
    Rule made;
    made.kind = Kind::CountriesAllowed;
    made.countries = countries(*rule.countries);
    if (made.countries.empty()) return;
    search(std::move(made));
    mapped_.rules.back().words = counted(rule.countries->size(), "country") + " allowed";
  }

  void per_country(const ReadRule& rule) {
    if (!members_count(rule) || !counted_beside(rule).empty()) return;
    Rule made;
    made.kind = Kind::PerCountryAtMost;
    made.count = count32(*rule.maximum);
    if (rule.countries) made.countries = countries(*rule.countries);
    if (rule.countries && made.countries.empty()) return say("kept whoever is found");
    search(std::move(made));
    mapped_.rules.back().words = "at most " + counted(*rule.maximum, "member") + " of one country";
  }

  void linked(const ReadRule& rule) {
    if (!members_count(rule) || rule.countries) return;
    std::set<std::string> taken;
    for (const Party* other : counted_beside(rule)) {
      // Two beside that are linked break the rule, whoever is found.
      if (other->group && !other->group->empty() && !taken.insert(*other->group).second) return;
    }
    search(Kind::LinkedAtMost, 1);
    // Who is linked to somebody beside cannot come in.
    Rule made;
    made.kind = Kind::Forbidden;
    for (std::uint32_t i = 0; i < pool_.members.size(); ++i) {
      const auto& group = pool_.members[i].party.group;
      if (group && taken.count(*group) > 0) made.members.push_back(i);
    }
    if (!made.members.empty()) search(std::move(made));
    mapped_.rules.back().words = "at most one of linked entities";
  }

  void size(const ReadRule& rule) {
    if (!one_scope(rule)) return;
    const std::uint64_t there = counted_beside(rule).size();
    if (rule.maximum && *rule.maximum < there) return;
    const std::uint64_t least = rule.minimum - std::min(rule.minimum, there);
    const bool all = about_all(rule);
    std::vector<Answer> answers;
    for (const PoolMember& one : pool_.members)
      answers.push_back(counts(rule, as_member(one.party)));
    const bool nobody = std::count(answers.begin(), answers.end(), Answer::No) ==
                        static_cast<std::ptrdiff_t>(answers.size());
    if (least == 0 && (!rule.maximum || nobody)) return say("kept whoever is found");
    if (all && least > 0) search(Kind::MembersAtLeast, least);
    if (all && rule.maximum) search(Kind::MembersAtMost, *rule.maximum - there);
    if (all) return;
    if (least > 0) having(Kind::PropertyAtLeast, least, answers, Answer::Yes);
    if (rule.maximum) having(Kind::PropertyAtMost, *rule.maximum - there, answers, Answer::Yes);
  }

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
    made.amount = rule.cap / 100;  // millionths as basis points
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

  void one_coordinator() {
    if (coordinated_) return say("one coordinator");
    coordinated_ = true;
    std::string words = "one coordinator";
    Rule made;
    made.kind = Kind::Coordinator;
    for (std::uint32_t i = 0; i < pool_.members.size(); ++i) {
      const PoolMember& one = pool_.members[i];
      if (!one.fixed || !among(one.party.roles, coordinator)) continue;
      made.members = {i};
      words = one.party.name + " coordinates";
    }
    search(std::move(made));
    mapped_.rules.back().words = words;
  }

  void own_rules(const Wishes& wishes) {
    const auto own = [&](Rule rule, const std::string& words) {
      mapped_.rules.push_back({{}, false, ""});
      search(std::move(rule));
      mapped_.rules.back().words = words;
    };
    for (std::uint32_t i = 0; i < pool_.members.size(); ++i) {
      if (!pool_.members[i].fixed) continue;
      Rule required;
      required.kind = Kind::Required;
      required.members = {i};
      own(std::move(required), pool_.members[i].party.name + " is in");
    }
    if (!coordinated_) {
      mapped_.rules.push_back({{}, false, ""});
      one_coordinator();
    }
    Rule size;
    size.kind = Kind::MembersAtLeast;
    size.count = count32(wishes.size_least);
    if (wishes.size_least > 0) own(size, "at least " + counted(wishes.size_least, "member"));
    size.kind = Kind::MembersAtMost;
    size.count = wishes.size_most > 0 ? count32(wishes.size_most) : unasked_size();
    if (size.count > consortium::largest_team) return;
    own(size, "at most " + counted(size.count, "member") +
                  (wishes.size_most > 0 ? "" : ", as nothing else is asked"));
  }

  // As many as the rules allow; where they do not say, as is usual, or as they need.
  std::uint32_t unasked_size() const {
    std::uint32_t most = usual_size;
    for (const Rule& rule : mapped_.problem.rules) {
      if (rule.kind == Kind::MembersAtMost) return consortium::largest_team + 1;
      if (rule.kind == Kind::MembersAtLeast || rule.kind == Kind::CountriesAtLeast ||
          rule.kind == Kind::PropertyAtLeast)
        most = std::max(most, std::min(rule.count, consortium::largest_team));
    }
    const auto fixed = std::count_if(pool_.members.begin(), pool_.members.end(),
                                     [](const PoolMember& one) { return one.fixed; });
    return std::max(most, count32(static_cast<std::uint64_t>(fixed)));
  }

  const Pool& pool_;
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
  return Mapper(pool, wishes).map(rules, wishes, day);
}

}  // namespace koinon::partners::builder
