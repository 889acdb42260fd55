// SPDX-License-Identifier: Apache-2.0
//
// Written against problem.hpp alone; slow and plain on purpose.
#include "partners/consortium/check.hpp"

#include <cmath>
#include <map>
#include <set>

namespace koinon::partners::consortium {

namespace {

bool about_equal(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

class Check {
 public:
  Check(const Problem& problem, const Plan& plan) : problem_(problem), plan_(plan) {}

  std::vector<Defect> run() {
    if (!look_at_members()) return defects_;
    for (std::uint32_t r = 0; r < problem_.rules.size(); ++r) {
      if (!keeps(problem_.rules[r])) fault(r, "breaks: " + describe(problem_.rules[r]));
    }
    look_at_coordinator();
    look_at_value();
    return defects_;
  }

 private:
  void fault(std::uint32_t rule, const std::string& message) {
    defects_.push_back({rule, message});
  }

  const Candidate& of(const Member& member) const { return problem_.candidates[member.candidate]; }

  bool look_at_members() {
    if (plan_.members.empty()) fault(nobody, "nobody is in the team");
    if (plan_.members.size() > largest_team) fault(nobody, "the team is too large");
    for (const Member& member : plan_.members) {
      if (member.candidate >= problem_.candidates.size()) {
        fault(nobody, "a member is no candidate");
        return false;
      }
      if (!in_.insert(member.candidate).second) fault(nobody, "a member is in twice");
      if ((member.roles & ~of(member).roles) != 0)
        fault(nobody, "a member takes a role that is not its own");
    }
    return defects_.empty();
  }

  template <typename Has>
  std::uint64_t count(Has has) const {
    std::uint64_t count = 0;
    for (const Member& member : plan_.members) count += has(member) ? 1 : 0;
    return count;
  }

  template <typename Amount>
  std::int64_t total(Amount amount) const {
    std::int64_t total = 0;
    for (const Member& member : plan_.members) total += amount(of(member));
    return total;
  }

  std::uint64_t in_of(const std::vector<std::uint32_t>& members) const {
    std::uint64_t count = 0;
    for (const std::uint32_t member : members) count += in_.count(member);
    return count;
  }

  bool keeps(const Rule& rule) const {
    const std::set<std::uint16_t> countries(rule.countries.begin(), rule.countries.end());
    const auto meant = [&](std::uint16_t country) {
      return country != no_country && (countries.empty() || countries.count(country) > 0);
    };
    const auto bit = [&](std::uint64_t bits) { return (bits >> rule.mark & 1) != 0; };
    switch (rule.kind) {
      case RuleKind::MembersAtLeast:
        return plan_.members.size() >= rule.count;
      case RuleKind::MembersAtMost:
        return plan_.members.size() <= rule.count;
      case RuleKind::CountriesAtLeast: {
        const std::set<std::uint32_t> named(rule.members.begin(), rule.members.end());
        std::set<std::uint16_t> different;
        for (const Member& member : plan_.members) {
          const bool counts = rule.members.empty() || named.count(member.candidate) > 0;
          if (counts && meant(of(member).country)) different.insert(of(member).country);
        }
        return different.size() >= rule.count;
      }
      case RuleKind::CountriesAllowed:
        return count([&](const Member& m) { return meant(of(m).country); }) == plan_.members.size();
      case RuleKind::PerCountryAtMost: {
        std::map<std::uint16_t, std::uint32_t> members;
        for (const Member& member : plan_.members) {
          if (meant(of(member).country) && ++members[of(member).country] > rule.count) return false;
        }
        return true;
      }
      case RuleKind::RoleAtLeast:
        return count([&](const Member& m) { return bit(m.roles); }) >= rule.count;
      case RuleKind::RolesPerMemberAtMost:
        return count([&](const Member& m) {
                 std::uint32_t roles = 0;
                 for (std::uint64_t left = m.roles; left != 0; left >>= 1) roles += left & 1;
                 return roles > rule.count;
               }) == 0;
      case RuleKind::CompetenceAtLeast:
        return count([&](const Member& m) { return bit(of(m).competences); }) >= rule.count;
      case RuleKind::PropertyAtLeast:
        return count([&](const Member& m) { return bit(of(m).properties); }) >= rule.count;
      case RuleKind::PropertyAtMost:
        return count([&](const Member& m) { return bit(of(m).properties); }) <= rule.count;
      case RuleKind::LinkedAtMost: {
        std::map<std::uint32_t, std::uint32_t> members;
        for (const Member& member : plan_.members) {
          if (of(member).group != no_group && ++members[of(member).group] > rule.count)
            return false;
        }
        return true;
      }
      case RuleKind::CostAtMost:
        return total([](const Candidate& c) { return c.cost; }) <= rule.amount;
      case RuleKind::GrantAtMost:
        return total([](const Candidate& c) { return c.grant; }) <= rule.amount;
      case RuleKind::GrantAtLeast:
        return total([](const Candidate& c) { return c.grant; }) >= rule.amount;
      case RuleKind::RateAtMost:
        return (total([](const Candidate& c) { return c.grant; }) + rule.grant_beside) *
                   whole_rate <=
               (total([](const Candidate& c) { return c.cost; }) + rule.cost_beside) * rule.amount;
      case RuleKind::Coordinator:
        return rule.members.empty() || plan_.coordinator == rule.members[0];
      case RuleKind::Required:
        return in_of(rule.members) == rule.members.size();
      case RuleKind::Forbidden:
        return in_of(rule.members) == 0;
      case RuleKind::TogetherAtMost:
        return in_of(rule.members) <= rule.count;
    }
    return false;
  }

  void look_at_coordinator() {
    bool asked = false;
    for (const Rule& rule : problem_.rules) asked = asked || rule.kind == RuleKind::Coordinator;
    if (plan_.coordinator == nobody) {
      if (asked) fault(nobody, "no coordinator is named");
      return;
    }
    if (in_.count(plan_.coordinator) == 0)
      fault(nobody, "the coordinator is no member");
    else if (!problem_.candidates[plan_.coordinator].may_coordinate)
      fault(nobody, "the coordinator may not coordinate");
  }

  void look_at_value() {
    double fit = 0;
    for (const Member& member : plan_.members) fit += of(member).fit;
    double ties = 0;
    for (const Tie& tie : problem_.ties) {
      if (in_.count(tie.left) > 0 && in_.count(tie.right) > 0) ties += tie.weight;
    }
    const double value =
        fit + problem_.tie_weight * ties - problem_.member_price * double(plan_.members.size());
    if (!about_equal(value, plan_.value))
      fault(nobody,
            "the team is worth " + std::to_string(value) + ", not " + std::to_string(plan_.value));
  }

  const Problem& problem_;
  const Plan& plan_;
  std::set<std::uint32_t> in_;
  std::vector<Defect> defects_;
};

}  // namespace

std::vector<Defect> check_plan(const Problem& problem, const Plan& plan) {
  return Check(problem, plan).run();
}

std::vector<Defect> check_answer(const Problem& problem, const Answer& answer) {
  std::vector<Defect> defects;
  const auto fault = [&](const char* message) { defects.push_back({nobody, message}); };
  const bool has_plan = answer.status == Status::Optimal || answer.status == Status::Feasible;
  if (has_plan) {
    defects = check_plan(problem, answer.plan);
    if (answer.bound < answer.plan.value && !about_equal(answer.bound, answer.plan.value))
      fault("the team is above the bound");
    if (!(answer.gap >= 0)) fault("the gap is below 0");
    if (answer.status == Status::Optimal && (answer.gap != 0 || answer.bound != answer.plan.value))
      fault("an optimal team has a gap");
  } else {
    if (!answer.plan.members.empty()) fault("a team where none is told");
    if (answer.status == Status::Infeasible && answer.bound > -1e300)
      fault("a bound where no team is eligible");
  }
  return defects;
}

}  // namespace koinon::partners::consortium
