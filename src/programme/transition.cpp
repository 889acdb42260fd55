// SPDX-License-Identifier: Apache-2.0
#include "programme/transition.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "domain/life.hpp"
#include "programme/guards.hpp"

namespace koinon::programme {

std::vector<Refusal> refusals(const Edge& edge, const Facts& facts) {
  std::vector<Refusal> found;
  for (const std::string& name : edge.guards) {
    const Guard* asked = guard(name);
    if (asked == nullptr) throw std::logic_error("there is no guard " + name);
    for (Refusal& refusal : asked->refusals(facts)) found.push_back(std::move(refusal));
  }
  return found;
}

std::vector<NextStep> next_steps(const LifeCycle& table, std::string_view state, const Facts& facts,
                                 std::string_view language) {
  std::vector<NextStep> steps;
  for (const Edge* edge : table.out_of(state)) {
    NextStep step;
    step.to = edge->to;
    step.name = edge->name;
    step.label = label_of(*edge, language);
    step.refusals = refusals(*edge, facts);
    step.allowed = step.refusals.empty();
    step.asks = edge->asks;
    step.guards = edge->guards;
    steps.push_back(std::move(step));
  }
  return steps;
}

const std::string& present_state(const LifeCycle& table, const Record& record) {
  const std::string* told = domain::state_of(record);
  return told == nullptr || told->empty() ? table.initial : *told;
}

std::string state_at(const Record& record, Timestamp at) {
  const std::vector<LifeStep>& steps = *domain::steps_of(record);
  std::string state = *domain::state_of(record);
  for (auto step = steps.rbegin(); step != steps.rend() && step->at.at > at; ++step)
    state = step->from;
  return state;
}

void take(Record& record, LifeStep step) {
  domain::state_of(record) = step.to;
  domain::steps_of(record).push_back(std::move(step));
}

void step_by_write(const LifeCycle& table, Record& record, const std::string& to, Timestamp now,
                   const std::string& by, std::string reason) {
  const std::vector<LifeStep>& steps = domain::steps_of(record);
  LifeStep step;
  step.from = present_state(table, record);
  step.to = to;
  step.at = {std::max(now, steps.empty() ? 0 : steps.back().at.at)};
  step.by = by;
  step.reason = std::move(reason);
  take(record, std::move(step));
}

Violation no_such_step(const LifeCycle& table, std::string_view from, std::string_view to) {
  std::string others;
  for (const Edge* edge : table.out_of(from)) {
    if (!others.empty()) others += ", ";
    others += edge->to;
  }
  return {"to", "no_such_step",
          "no step of the life cycle '" + table.name + "' leads from " + std::string(from) +
              " to '" + std::string(to) + "'; " +
              (others.empty() ? "none leads out of " + std::string(from)
                              : "those that do lead to " + others)};
}

}  // namespace koinon::programme
