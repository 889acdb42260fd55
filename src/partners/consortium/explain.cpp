// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/explain.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "koinon/error.hpp"
#include "partners/consortium/check.hpp"
#include "partners/consortium/run.hpp"

namespace koinon::partners::consortium {

namespace {

// Millionths, rounded up.
std::int64_t rate(std::int64_t grant, std::int64_t cost) {
  return cost == 0 ? 0 : (grant * whole_rate + cost - 1) / cost;
}

constexpr double infinite = std::numeric_limits<double>::infinity();

bool has(const std::vector<std::uint32_t>& members, std::uint32_t candidate) {
  return std::find(members.begin(), members.end(), candidate) != members.end();
}

// Rules that nobody at all would break.
bool asks_for_somebody(const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::MembersAtLeast:
    case RuleKind::CountriesAtLeast:
    case RuleKind::RoleAtLeast:
    case RuleKind::CompetenceAtLeast:
    case RuleKind::PropertyAtLeast:
      return rule.count > 0;
    case RuleKind::GrantAtLeast:
      return rule.amount > 0;
    case RuleKind::Coordinator:
    case RuleKind::Required:
      return true;
    case RuleKind::RateAtMost:
      return rule.grant_beside * whole_rate > rule.cost_beside * rule.amount;
    default:
      return false;
  }
}

// Deals the time and the nodes that are left out to the searches that are left.
class Shares {
 public:
  Shares(const SolveOptions& options, const SearchWatch& watch, std::size_t searches)
      : options_(options), watch_(watch), whole_(options, watch), searches_(searches) {}

  template <typename Act>
  Answer next(Act act) {
    SolveOptions part = options_;
    const double left = std::max(0.0, options_.seconds - whole_.seconds());
    part.seconds = left / double(searches_);
    if (options_.nodes > 0) {
      part.nodes = (options_.nodes - std::min(options_.nodes, nodes_)) / searches_;
      if (part.nodes == 0) part.seconds = 0;
    }
    if (stopped_) part.seconds = 0;
    --searches_;
    Limits limits(part, watch_);
    const Answer answer = act(limits);
    nodes_ += limits.nodes();
    stopped_ = stopped_ || limits.stopped();
    return answer;
  }

 private:
  SolveOptions options_;
  const SearchWatch& watch_;
  Limits whole_;
  std::size_t searches_;
  std::uint64_t nodes_ = 0;
  bool stopped_ = false;
};

class Explainer {
 public:
  Explainer(const Problem& problem, const Plan& plan, Shares shares)
      : problem_(problem), plan_(plan), shares_(std::move(shares)) {
    for (const Member& member : plan.members) members_.push_back(member.candidate);
    bare_.candidates = problem.candidates;
    for (const Rule& rule : problem.rules) {
      if (rule.kind == RuleKind::RolesPerMemberAtMost) few_roles_.push_back(rule);
    }
  }

  MemberReason member(std::size_t place) {
    MemberReason reason;
    reason.candidate = members_[place];
    reason.fit = problem_.candidates[reason.candidate].fit;
    for (const Tie& tie : problem_.ties) {
      const std::uint32_t other = tie.left == reason.candidate    ? tie.right
                                  : tie.right == reason.candidate ? tie.left
                                                                  : nobody;
      if (other == nobody || tie.weight <= 0 || !is_member(other)) continue;
      reason.ties.push_back({other, tie.weight, problem_.tie_weight * tie.weight});
    }
    std::sort(reason.ties.begin(), reason.ties.end(), [](const MemberTie& a, const MemberTie& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.other < b.other;
    });
    needed(place, reason);
    substitute(place, reason);
    loss(place, reason);
    return reason;
  }

  RuleReason rule(std::uint32_t number) {
    RuleReason reason;
    reason.rule = number;
    reason.slack = slack(problem_.rules[number]);
    Problem without = problem_;
    Rule& rule = without.rules[number];
    if (rule.kind == RuleKind::MembersAtMost)
      ++rule.count;
    else
      without.rules.erase(without.rules.begin() + number);
    const Answer answer = shares_.next([&](Limits& limits) {
      Course course;
      course.start = members_;
      return run(without, course, limits);
    });
    if (!answer.plan.members.empty()) reason.gain = std::max(0.0, answer.plan.value - plan_.value);
    reason.proved = answer.status == Status::Optimal;
    reason.binding = reason.gain > 1e-9 * std::max(1.0, std::abs(plan_.value));
    return reason;
  }

 private:
  bool is_member(std::uint32_t candidate) const { return has(members_, candidate); }

  std::vector<std::uint32_t> others(std::size_t place) const {
    auto others = members_;
    others.erase(others.begin() + std::ptrdiff_t(place));
    return others;
  }

  // The rules that a team of the others alone breaks: each is asked as if it were the only one.
  void needed(std::size_t place, MemberReason& reason) {
    const auto rest = others(place);
    for (std::uint32_t r = 0; r < problem_.rules.size(); ++r) {
      if (problem_.rules[r].kind == RuleKind::RolesPerMemberAtMost) continue;
      // Of a team of one nobody is left, who breaks what asks for somebody alone.
      if (rest.empty() && !asks_for_somebody(problem_.rules[r])) continue;
      bare_.rules = few_roles_;
      bare_.rules.push_back(problem_.rules[r]);
      Plan plan;
      if (rest.empty() || !plan_of(bare_, rest, plan)) reason.needed_for.push_back(r);
    }
  }

  void substitute(std::size_t place, MemberReason& reason) const {
    const Model model(problem_);
    std::vector<std::uint32_t> vertices;
    std::vector<std::uint32_t> leaving;
    if (!model.vertices_of(others(place), vertices) ||
        !model.vertices_of(std::span(&members_[place], 1), leaving))
      return;
    Team team(model);
    for (const std::uint32_t v : vertices) team.add(v);
    double best = -infinite;
    for (std::uint32_t v = 0; v < model.size(); ++v) {
      if (team.has(v) || v == leaving[0]) continue;
      const double value = team.value() + model.gain[v] + team.tied(v);
      if (value <= best) continue;
      team.add_counts(v);
      if (team.eligible()) {
        best = value;
        reason.substitute = model.candidate[v];
        reason.substitute_loss = plan_.value - value;
      }
      team.remove_counts(v);
    }
  }

  void loss(std::size_t place, MemberReason& reason) {
    Problem without = problem_;
    Rule rule;
    rule.kind = RuleKind::Forbidden;
    rule.members = {members_[place]};
    without.rules.push_back(rule);
    const Answer answer = shares_.next([&](Limits& limits) {
      Course course;
      course.start = others(place);
      if (reason.substitute != nobody) course.start.push_back(reason.substitute);
      return run(without, course, limits);
    });
    reason.loss = reason.substitute_loss;
    if (!answer.plan.members.empty()) reason.loss = plan_.value - answer.plan.value;
    reason.loss_at_least = plan_.value - answer.bound;
    reason.loss_proved = answer.status == Status::Optimal || answer.status == Status::Infeasible;
    if (answer.status == Status::Infeasible) reason.loss = infinite;
    if (reason.loss_proved) reason.loss_at_least = reason.loss;
  }

  std::int64_t slack(const Rule& rule) const {
    std::int64_t members = 0;
    std::int64_t cost = 0;
    std::int64_t grant = 0;
    std::map<std::uint32_t, std::int64_t> in_country;
    std::map<std::uint32_t, std::int64_t> in_group;
    const std::set<std::uint16_t> countries(rule.countries.begin(), rule.countries.end());
    std::int64_t role = 0;
    std::int64_t competence = 0;
    std::int64_t property = 0;
    std::int64_t together = 0;
    std::int64_t roles_most = 0;
    for (const Member& member : plan_.members) {
      const Candidate& candidate = problem_.candidates[member.candidate];
      ++members;
      cost += candidate.cost;
      grant += candidate.grant;
      const bool counts = rule.kind != RuleKind::CountriesAtLeast || rule.members.empty() ||
                          has(rule.members, member.candidate);
      if (counts && candidate.country != no_country &&
          (countries.empty() || countries.count(candidate.country) > 0))
        ++in_country[candidate.country];
      if (candidate.group != no_group) ++in_group[candidate.group];
      role += member.roles >> (rule.mark & 63) & 1;
      competence += candidate.competences >> (rule.mark & 63) & 1;
      property += candidate.properties >> (rule.mark & 63) & 1;
      together += has(rule.members, member.candidate) ? 1 : 0;
      std::int64_t roles = 0;
      for (std::uint64_t bits = member.roles; bits != 0; bits &= bits - 1) ++roles;
      roles_most = std::max(roles_most, roles);
    }
    const auto largest = [](const std::map<std::uint32_t, std::int64_t>& counts) {
      std::int64_t most = 0;
      for (const auto& [key, members_of_key] : counts) most = std::max(most, members_of_key);
      return most;
    };
    const auto count = std::int64_t(rule.count);
    switch (rule.kind) {
      case RuleKind::MembersAtLeast:
        return members - count;
      case RuleKind::MembersAtMost:
        return count - members;
      case RuleKind::CountriesAtLeast:
        return std::int64_t(in_country.size()) - count;
      case RuleKind::PerCountryAtMost:
        return count - largest(in_country);
      case RuleKind::RoleAtLeast:
        return role - count;
      case RuleKind::RolesPerMemberAtMost:
        return count - roles_most;
      case RuleKind::CompetenceAtLeast:
        return competence - count;
      case RuleKind::PropertyAtLeast:
        return property - count;
      case RuleKind::PropertyAtMost:
        return count - property;
      case RuleKind::LinkedAtMost:
        return count - largest(in_group);
      case RuleKind::CostAtMost:
        return rule.amount - cost;
      case RuleKind::GrantAtMost:
        return rule.amount - grant;
      case RuleKind::GrantAtLeast:
        return grant - rule.amount;
      case RuleKind::RateAtMost:
        return rule.amount - rate(grant + rule.grant_beside, cost + rule.cost_beside);
      case RuleKind::TogetherAtMost:
        return count - together;
      default:
        return 0;
    }
  }

  const Problem& problem_;
  const Plan& plan_;
  Shares shares_;
  std::vector<std::uint32_t> members_;
  Problem bare_;  // the candidates alone, for a rule at a time
  std::vector<Rule> few_roles_;
};

}  // namespace

Explanation explain(const Problem& problem, const Plan& plan, const SolveOptions& options,
                    const SearchWatch& watch) {
  validate(problem, options);
  std::vector<std::uint32_t> members;
  for (const Member& member : plan.members) members.push_back(member.candidate);
  Plan real;
  for (const std::uint32_t member : members) {
    if (member >= problem.candidates.size()) members.clear();
  }
  std::sort(members.begin(), members.end());
  if (members.empty() || std::adjacent_find(members.begin(), members.end()) != members.end() ||
      !plan_of(problem, members, real))
    throw Error(ErrorCode::InvalidArgument, "plan: only an eligible team can be explained",
                {{"plan", "not_eligible", "give a plan that solve() returned"}});
  Explainer explainer(problem, real,
                      Shares(options, watch, real.members.size() + problem.rules.size()));
  Explanation explanation;
  for (std::size_t m = 0; m < real.members.size(); ++m)
    explanation.members.push_back(explainer.member(m));
  for (std::uint32_t r = 0; r < problem.rules.size(); ++r)
    explanation.rules.push_back(explainer.rule(r));
  return explanation;
}

}  // namespace koinon::partners::consortium
