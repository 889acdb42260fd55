// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/run.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "koinon/error.hpp"
#include "partners/consortium/check.hpp"
#include "partners/consortium/first_team.hpp"

namespace koinon::partners::consortium {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
// Steps of the first search, in candidates: so that it takes some tens of milliseconds at any size.
constexpr std::uint32_t first_work = 80'000;
constexpr std::uint32_t least_beginnings = 8;
constexpr std::uint32_t most_beginnings = 200;
// From so many candidates on the most promising ones are searched on their own first.
constexpr std::uint32_t large = 300;
constexpr std::uint32_t first_pool = 100;
constexpr std::uint64_t first_pool_nodes = 2'000;

[[noreturn]] void refuse(const std::string& path, const std::string& code,
                         const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, path + ": " + message, {{path, code, message}});
}

// Of the greatest promise, those whom a rule demands, and those required; the rest.
std::vector<std::uint32_t> out_of_pool(const Model& model, std::uint32_t pool) {
  const std::vector<std::uint32_t> ranked = FirstTeam(model).promising(model.size());
  std::vector<bool> in(model.size(), false);
  for (const std::uint32_t v : model.required) in[v] = true;
  for (std::uint32_t i = 0; i < std::min(pool, model.size()); ++i) in[ranked[i]] = true;
  std::vector<std::uint32_t> lacking = model.demands;
  for (const std::uint32_t v : ranked) {
    for (const std::uint32_t d : model.demands_of[v]) {
      if (lacking[d] == 0) continue;
      --lacking[d];
      in[v] = true;
    }
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t v = 0; v < model.size(); ++v) {
    if (!in[v]) out.push_back(model.candidate[v]);
  }
  return out;
}

Problem without(const Problem& problem, std::vector<std::uint32_t> members) {
  Problem smaller = problem;
  Rule rule;
  rule.kind = RuleKind::Forbidden;
  rule.members = std::move(members);
  smaller.rules.push_back(std::move(rule));
  return smaller;
}

Plan plan_from(const Model& model, std::vector<std::uint32_t> vertices) {
  std::sort(vertices.begin(), vertices.end());
  Plan plan;
  std::vector<std::uint64_t> roles;
  deal_roles(model, vertices, roles);
  double ties = 0;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    plan.members.push_back({model.candidate[vertices[i]], roles[i]});
    plan.value += model.gain[vertices[i]];
    for (std::size_t j = 0; j < i; ++j) ties += model.tie(vertices[i], vertices[j]);
  }
  plan.value += ties;
  const auto& rules = model.problem.rules;
  const auto coordinates = [](const Rule& rule) { return rule.kind == RuleKind::Coordinator; };
  if (std::none_of(rules.begin(), rules.end(), coordinates)) return plan;
  for (const Rule& rule : rules) {
    if (coordinates(rule) && !rule.members.empty()) plan.coordinator = rule.members[0];
  }
  if (plan.coordinator != nobody) return plan;
  double best = -infinite;
  for (const std::uint32_t v : vertices) {
    if (!model.problem.candidates[model.candidate[v]].may_coordinate) continue;
    double worth = model.problem.candidates[model.candidate[v]].fit;
    for (const std::uint32_t w : vertices) worth += v == w ? 0 : model.tie(v, w);
    if (worth > best) {
      best = worth;
      plan.coordinator = model.candidate[v];
    }
  }
  return plan;
}

}  // namespace

void finish(const Problem& problem, const Limits& limits, Answer& answer) {
  answer.nodes = limits.nodes();
  answer.seconds = limits.seconds();
  answer.stopped = limits.stopped();
  const auto defects = check_answer(problem, answer);
  if (!defects.empty())
    throw Error(
        ErrorCode::Internal,
        "the search for a consortium answered wrongly; please report it with the problem: " +
            defects[0].message);
}

void validate(const Problem& problem, const SolveOptions& options) {
  validate(problem);
  if (!(options.seconds >= 0)) refuse("seconds", "negative", "give 0 or more seconds");
  if (!(options.gap >= 0)) refuse("gap", "negative", "give a gap of 0 or more");
  for (const std::uint32_t member : options.start) {
    if (member >= problem.candidates.size())
      refuse("start", "unknown_member", "name candidates by their place");
  }
  auto start = options.start;
  std::sort(start.begin(), start.end());
  if (std::adjacent_find(start.begin(), start.end()) != start.end())
    refuse("start", "duplicate_member", "name each once");
}

bool plan_of(const Problem& problem, std::span<const std::uint32_t> members, Plan& plan) {
  const Model model(problem);
  std::vector<std::uint32_t> vertices;
  if (model.hopeless || !model.vertices_of(members, vertices)) return false;
  Team team(model);
  for (const std::uint32_t v : vertices) team.add(v);
  if (vertices.empty() || !team.eligible()) return false;
  plan = plan_from(model, std::move(vertices));
  return true;
}

Answer run(const Problem& problem, const Course& course, Limits& limits) {
  Answer answer;
  if (!limits.look({})) {
    finish(problem, limits, answer);
    return answer;
  }
  const Model whole(problem, course.others);
  if (course.pool > 0 && !whole.hopeless) {
    auto out = out_of_pool(whole, course.pool);
    if (!out.empty()) {
      Course inner = course;
      inner.pool = 0;
      answer = run(without(problem, std::move(out)), inner, limits);
      answer.scope = Scope::Pool;
      return answer;
    }
  }
  Search search(whole, limits, course.gap);
  search.only_above(course.floor, course.ceiling);
  if (!whole.hopeless) {
    std::vector<std::uint32_t> start;
    for (const std::uint32_t candidate : course.start) {
      std::vector<std::uint32_t> vertex;
      if (whole.vertices_of(std::span(&candidate, 1), vertex)) start.push_back(vertex[0]);
    }
    FirstTeam first(whole);
    const auto found = first.find(
        std::clamp(first_work / std::max(whole.size(), 1U), least_beginnings, most_beginnings),
        start, [&](bool better) {
          if (better) search.begin_with(first.best(), first.value());
          return limits.look(search.state()) && !search.good_enough();
        });
    if (!found.empty()) search.begin_with(found, first.value());
    if (whole.size() > large && !search.good_enough()) {
      const Problem few = without(problem, out_of_pool(whole, first_pool));
      const Model small(few, course.others);
      Search inner(small, limits, course.gap);
      std::vector<std::uint32_t> vertices;
      inner.only_above(course.floor, course.ceiling);
      if (search.found()) inner.must_exceed(search.value());
      inner.part_of(search.state());
      inner.stop_after(first_pool_nodes);
      if (!small.hopeless) inner.run();
      if (inner.found()) {
        for (const std::uint32_t v : inner.best()) {
          std::vector<std::uint32_t> vertex;
          whole.vertices_of(std::span(&small.candidate[v], 1), vertex);
          vertices.push_back(vertex[0]);
        }
        search.begin_with(vertices, inner.value());
      }
    }
  }
  search.run();
  answer.first_seconds = search.first_seconds();
  if (search.found()) {
    answer.plan = plan_from(whole, search.best());
    answer.bound = std::max(answer.plan.value, std::min(search.bound(), course.ceiling));
    const double scale = std::max(std::abs(answer.plan.value), 1e-9);
    const bool proved = answer.bound - answer.plan.value <= 2e-9 * std::max(1.0, scale);
    answer.status = proved ? Status::Optimal : Status::Feasible;
    if (proved) answer.bound = answer.plan.value;
    answer.gap = (answer.bound - answer.plan.value) / scale;
  } else if (search.finished()) {
    answer.status = Status::Infeasible;
    answer.bound = -infinite;
  } else {
    answer.bound = std::min(search.bound(), course.ceiling);
  }
  finish(problem, limits, answer);
  return answer;
}

}  // namespace koinon::partners::consortium
