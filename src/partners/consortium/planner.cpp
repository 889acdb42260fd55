// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/planner.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "koinon/error.hpp"
#include "partners/consortium/run.hpp"

namespace koinon::partners::consortium {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

Rule of_members(RuleKind kind, std::vector<std::uint32_t> members) {
  Rule rule;
  rule.kind = kind;
  rule.members = std::move(members);
  return rule;
}

std::vector<std::uint32_t> members_of(const Plan& plan) {
  std::vector<std::uint32_t> members;
  for (const Member& member : plan.members) members.push_back(member.candidate);
  return members;
}

}  // namespace

Planner::Planner(Problem problem)
    : problem_(std::move(problem)),
      relaxed_(problem_.rules.size(), false),
      standing_(problem_.candidates.size(), 0),
      bound_(infinite) {
  validate(problem_);
}

Planner::Planner(Problem problem, const Answer& known) : Planner(std::move(problem)) {
  keep(known);
}

void Planner::keep(const Answer& answer) {
  if (answer.scope == Scope::All && answer.status != Status::Unknown) {
    bound_ = answer.bound;
    proved_ = answer.status == Status::Optimal;
    newcomers_.clear();
  } else if (proved_) {
    return;  // of the team that is the best of all, not of the best of a pool
  }
  if (!answer.plan.members.empty()) team_ = members_of(answer.plan);
}

Problem Planner::current() const {
  Problem now = problem_;
  now.rules.clear();
  for (std::size_t r = 0; r < problem_.rules.size(); ++r) {
    if (!relaxed_[r]) now.rules.push_back(problem_.rules[r]);
  }
  std::vector<std::uint32_t> in;
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < standing_.size(); ++i) {
    if (standing_[i] > 0) in.push_back(i);
    if (standing_[i] < 0) out.push_back(i);
  }
  if (!in.empty()) now.rules.push_back(of_members(RuleKind::Required, std::move(in)));
  if (!out.empty()) now.rules.push_back(of_members(RuleKind::Forbidden, std::move(out)));
  return now;
}

// What was proved goes: a team that was not eligible, or not there, may be better now.
void Planner::loosened() {
  bound_ = infinite;
  proved_ = false;
  newcomers_.clear();
}

Answer Planner::solve(const SolveOptions& options, const SearchWatch& watch) {
  const Problem now = current();
  validate(now, options);
  Limits limits(options, watch);
  Course course;
  course.start = options.start.empty() ? team_ : options.start;
  course.pool = options.pool;
  course.gap = options.gap;
  Plan plan;
  const bool stands = proved_ && plan_of(now, team_, plan);
  Answer answer;
  if (stands && options.seconds > 0) {
    // Only teams with a newcomer can be better.
    answer.status = Status::Optimal;
    answer.plan = plan;
    answer.bound = plan.value;
    answer.gap = 0;
    double bound = plan.value;
    for (const std::uint32_t newcomer : newcomers_) {
      Problem with = now;
      with.rules.push_back(of_members(RuleKind::Required, {newcomer}));
      Course other = course;
      other.floor = answer.plan.value;
      other.pool = 0;
      const Answer better = run(with, other, limits);
      bound = std::max(bound, better.bound);
      if (!better.plan.members.empty()) answer.plan = better.plan;
    }
    answer.bound = std::max(bound, answer.plan.value);
    const double scale = std::max({1.0, answer.plan.value, -answer.plan.value});
    if (answer.bound - answer.plan.value > 2e-9 * scale) {
      answer.status = Status::Feasible;
      answer.gap = (answer.bound - answer.plan.value) / std::max(1e-9, scale);
    } else {
      answer.bound = answer.plan.value;
    }
    finish(now, limits, answer);
  } else {
    if (newcomers_.empty()) course.ceiling = bound_;
    answer = run(now, course, limits);
  }
  keep(answer);
  return answer;
}

void Planner::check_candidate(std::uint32_t candidate) const {
  if (candidate >= problem_.candidates.size())
    throw Error(ErrorCode::InvalidArgument, "candidate: name candidates by their place",
                {{"candidate", "unknown_member", "name candidates by their place"}});
}

void Planner::check_rule(std::uint32_t rule) const {
  if (rule >= problem_.rules.size())
    throw Error(ErrorCode::InvalidArgument, "rule: name rules by their place",
                {{"rule", "unknown_rule", "name rules by their place"}});
}

std::uint32_t Planner::add(const Candidate& candidate, const std::vector<Tie>& ties) {
  Problem with = problem_;
  const auto number = static_cast<std::uint32_t>(with.candidates.size());
  with.candidates.push_back(candidate);
  with.ties.insert(with.ties.end(), ties.begin(), ties.end());
  validate(with);
  // A tie between two who were there already can make any team of theirs better.
  const bool others = std::any_of(ties.begin(), ties.end(), [&](const Tie& tie) {
    return tie.left != number && tie.right != number;
  });
  problem_ = std::move(with);
  standing_.push_back(0);
  if (others)
    loosened();
  else
    newcomers_.push_back(number);
  return number;
}

void Planner::require(std::uint32_t candidate) {
  check_candidate(candidate);
  if (standing_[candidate] < 0) loosened();
  standing_[candidate] = 1;
}

void Planner::forbid(std::uint32_t candidate) {
  check_candidate(candidate);
  if (standing_[candidate] > 0) loosened();
  standing_[candidate] = -1;
}

void Planner::release(std::uint32_t candidate) {
  check_candidate(candidate);
  if (standing_[candidate] != 0) loosened();
  standing_[candidate] = 0;
}

void Planner::relax(std::uint32_t rule) {
  check_rule(rule);
  if (!relaxed_[rule]) loosened();
  relaxed_[rule] = true;
}

void Planner::enforce(std::uint32_t rule) {
  check_rule(rule);
  relaxed_[rule] = false;
}

void Planner::replace(std::uint32_t rule, Rule with) {
  check_rule(rule);
  Problem changed = problem_;
  changed.rules[rule] = std::move(with);
  validate(changed);
  problem_ = std::move(changed);
  if (!relaxed_[rule]) loosened();
}

std::uint32_t Planner::add_rule(Rule rule) {
  Problem changed = problem_;
  changed.rules.push_back(std::move(rule));
  validate(changed);
  problem_ = std::move(changed);
  relaxed_.push_back(false);
  return static_cast<std::uint32_t>(problem_.rules.size() - 1);
}

}  // namespace koinon::partners::consortium
