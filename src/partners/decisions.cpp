// SPDX-License-Identifier: Apache-2.0
#include "partners/decisions.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace koinon::partners {

namespace {

constexpr std::string_view rule_prefix = "rule:";

std::optional<Verdict> verdict_in(std::string_view code) {
  if (code == "same") return Verdict::Same;
  if (code == "different") return Verdict::Different;
  if (code == "unsure") return Verdict::Unsure;
  return std::nullopt;
}

// Of two said on one day, the more careful.
int care(Verdict verdict) {
  switch (verdict) {
    case Verdict::Different:
      return 2;
    case Verdict::Unsure:
      return 1;
    case Verdict::Same:
      return 0;
  }
  return 0;
}

// A total order, so that nothing depends on the order in which decisions came.
bool goes_before(const LoggedDecision& one, const LoggedDecision& other) {
  const auto weight = [](const LoggedDecision& decision) {
    const PartialDate& day = decision.decided_on;
    return std::tuple(day.year, day.month, day.day, care(*decision.verdict));
  };
  if (weight(one) != weight(other)) return weight(one) > weight(other);
  return one.id < other.id;
}

}  // namespace

bool by_rule(std::string_view decided_by) {
  return decided_by.substr(0, rule_prefix.size()) == rule_prefix;
}

LoggedDecision logged(std::string_view id, const MatchDecision& decision) {
  LoggedDecision entry;
  entry.id = id;
  entry.undoes = decision.undoes;
  entry.verdict = verdict_in(decision.verdict);
  entry.by_rule = by_rule(decision.decided_by);
  entry.decided_on = decision.decided_on;
  if (decision.probability)
    entry.millionths = static_cast<std::uint32_t>(decision.probability->millionths);
  return entry;
}

// From the decisions that nobody undoes inwards: each is looked at when all that undo it are known.
// What is never reached undoes itself in a ring.
std::vector<bool> holding(std::span<const LoggedDecision> decisions) {
  std::map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < decisions.size(); ++i) place.emplace(decisions[i].id, i);
  const auto undone_by = [&](std::size_t i) {
    const auto found = place.find(decisions[i].undoes);
    return found == place.end() ? decisions.size() : found->second;
  };
  std::vector<std::size_t> open(decisions.size(), 0);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (const std::size_t at = undone_by(i); at < decisions.size()) ++open[at];
  }
  std::vector<std::size_t> ready;
  std::vector<bool> holds(decisions.size(), false);
  std::vector<bool> undone(decisions.size(), false);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (open[i] == 0) ready.push_back(i);
  }
  while (!ready.empty()) {
    const std::size_t i = ready.back();
    ready.pop_back();
    holds[i] = !undone[i];
    const std::size_t at = undone_by(i);
    if (at == decisions.size()) continue;
    if (holds[i]) undone[at] = true;
    if (--open[at] == 0) ready.push_back(at);
  }
  return holds;
}

std::vector<bool> spent(std::span<const LoggedDecision> decisions) {
  const std::vector<bool> holds = holding(decisions);
  std::vector<bool> idle(decisions.size(), false);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!holds[i] || decisions[i].verdict) continue;
    for (std::size_t other = 0; other < decisions.size(); ++other) {
      if (decisions[other].id == decisions[i].undoes) idle[i] = idle[other] = true;
    }
  }
  return idle;
}

PairVerdict verdict_of(std::span<const LoggedDecision> decisions) {
  const std::vector<bool> holds = holding(decisions);
  PairVerdict found;
  const LoggedDecision* person = nullptr;
  const LoggedDecision* rule = nullptr;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const LoggedDecision& decision = decisions[i];
    if (!holds[i] || !decision.verdict) continue;
    const LoggedDecision*& best = decision.by_rule ? rule : person;
    if (best && !decision.by_rule && *best->verdict != *decision.verdict) found.contradicted = true;
    if (!best || goes_before(decision, *best)) best = &decision;
  }
  if (person) found.person = person->verdict;
  if (rule) {
    found.rule = rule->verdict;
    found.millionths = rule->millionths;
  }
  return found;
}

}  // namespace koinon::partners
