// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "domain/date.hpp"
#include "domain/life.hpp"
#include "engine/life.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "engine/unit_of_work.hpp"
#include "exchange/record_json.hpp"
#include "programme/design.hpp"
#include "programme/grades.hpp"
#include "programme/transition.hpp"

namespace koinon::engine {

namespace {

[[noreturn]] void refuse(std::string message, std::vector<Violation> violations) {
  throw Error(ErrorCode::InvalidArgument, message, std::move(violations));
}

[[noreturn]] void refuse_guarded(const std::string& what, const std::vector<Refusal>& refusals) {
  std::vector<Violation> violations;
  for (const Refusal& refusal : refusals) {
    violations.push_back(
        {refusal.guard, refusal.code, refusal.reason + "; what helps: " + refusal.help});
  }
  std::string message = what + ": " + refusals.front().reason;
  if (refusals.size() > 1) message += ", and " + std::to_string(refusals.size() - 1) + " more";
  refuse(std::move(message), std::move(violations));
}

const std::string& member_of(const Transition& request, const std::string& field) {
  return field == "country" ? request.country : request.reason;
}

Timestamp last_step(const Record& record) {
  const auto& steps = *domain::steps_of(record);
  return steps.empty() ? 0 : steps.back().at.at;
}

// What a check of the rules leaves in the consortium.
std::vector<CheckedRule> checked_rules(const EligibilityReport& report) {
  std::vector<CheckedRule> rules;
  for (const RuleFinding& finding : report.findings) {
    if (finding.rule.kind.empty()) continue;
    const char* outcome = finding.state == RuleState::Unknown ? "open"
                          : finding.state == RuleState::Fails ? "fails"
                                                              : "passes";
    rules.push_back({finding.rule.kind, outcome, finding.reason});
  }
  return rules;
}

Moved moved_of(const Written& written, const LifeStep& step) {
  return {written.id, written.version, written.change, step};
}

void check_version(const LivingRecord& living, const StepAsked& asked) {
  const std::uint64_t wanted = asked.request.expected_version.value_or(asked.seen);
  if (living.row.version == wanted && living.row.version == asked.seen) return;
  throw Error(ErrorCode::Conflict,
              "'" + living.row.id + "' is at version " + std::to_string(living.row.version) +
                  ", not " + std::to_string(wanted) + "; look at it again, and repeat the step");
}

LifeStep step_of(const LivingRecord& living, const Actor& actor, const StepAsked& asked) {
  const Transition& request = asked.request;
  const Timestamp last = last_step(living.record);
  if (request.at && *request.at < last) {
    const std::string message = "the last step was taken at " + domain::format_timestamp(last) +
                                ", after " + domain::format_timestamp(*request.at);
    refuse(message, {{"at", "reversed_time", message}});
  }
  LifeStep step;
  step.from = programme::present_state(*living.table, living.record);
  step.to = request.to;
  // A clock that was put back does not put a step before another.
  step.at = {request.at.value_or(std::max(asked.now, last))};
  step.by = request.by;
  step.country = actor.country;
  step.reason = request.reason;
  return step;
}

}  // namespace

NextSteps next_steps(const LivingRecord& living, const Actor& actor, Timestamp now,
                     std::string_view language, store::Reader& reader, AskEligibility eligibility) {
  NextSteps answer;
  answer.change = reader.last_change();
  answer.id = living.row.id;
  answer.version = living.row.version;
  answer.life_cycle = living.table->name;
  answer.states = living.table->states;
  answer.state = programme::present_state(*living.table, living.record);
  const auto facts = facts_of(living, known_actor(actor), now, reader, std::move(eligibility));
  answer.steps = programme::next_steps(*living.table, answer.state, facts, language);
  return answer;
}

bool asks_eligibility(const LivingRecord& living, std::string_view to) {
  const auto* edge = living.table->edge(programme::present_state(*living.table, living.record), to);
  return edge != nullptr &&
         std::find(edge->guards.begin(), edge->guards.end(), "eligible") != edge->guards.end();
}

void check_request(const Transition& request, Timestamp now) {
  std::vector<Violation> violations;
  if (request.by.empty())
    violations.push_back({"by", "missing", "a step needs to be told who takes it"});
  if (request.to.empty())
    violations.push_back({"to", "missing", "a step needs to be told where it leads"});
  if (request.at && *request.at > now)
    violations.push_back({"at", "bad_date", "a step cannot be taken later than now"});
  if (request.at && *request.at <= 0)
    violations.push_back({"at", "bad_date", "a step is taken after 1970"});
  if (violations.empty()) return;
  const std::string message = describe(violations);
  refuse(message, std::move(violations));
}

Moved take_step(store::Transaction& transaction, const StepAsked& asked) {
  const Transition& request = asked.request;
  LivingRecord living = living_record(transaction, request.id);
  check_version(living, asked);
  const std::string& from = programme::present_state(*living.table, living.record);
  const programme::Edge* edge = living.table->edge(from, request.to);
  if (edge == nullptr) {
    const Violation wrong = programme::no_such_step(*living.table, from, request.to);
    refuse(wrong.message, {wrong});
  }
  const Actor actor = known_actor({request.by, request.country});
  for (const std::string& field : edge->asks) {
    if (!member_of(request, field).empty()) continue;
    const std::string message = "the step to " + request.to + " asks for a " + field;
    refuse(message, {{field, "missing", message}});
  }
  const LifeStep step = step_of(living, actor, asked);
  {
    const auto facts =
        facts_of(living, actor, step.at.at, transaction, [&] { return asked.eligibility; });
    const std::vector<Refusal> refused = programme::refusals(*edge, facts);
    if (!refused.empty())
      refuse_guarded("'" + request.id + "' cannot become " + request.to, refused);
  }
  if (auto* consortium = std::get_if<Consortium>(&living.record);
      consortium != nullptr && request.to == "checked" && asked.eligibility)
    consortium->check = checked_rules(*asked.eligibility);
  programme::take(living.record, step);
  std::vector<Violation> violations = check_rules(living.record, request.id);
  if (!violations.empty()) {
    const std::string message = "the record cannot be written: " + describe(violations);
    throw Error(ErrorCode::InvalidRecord, message, std::move(violations));
  }
  UnitOfWork work(transaction, asked.now, request.by, transaction.last_change(), nullptr);
  const std::string body = exchange::to_json(living.record);
  work.move({request.id, std::move(living.record), living.row.version}, body);
  work.flush();
  transaction.commit();
  return moved_of(work.written(request.id), step);
}

// ---- What the clock does -----------------------------------------------------------------------

namespace {

const char* next_by_clock(const std::string& state) {
  if (state == "upcoming") return "open";
  return state == "open" ? "closed" : nullptr;
}

// That the day has not come is no news; what else holds a call back is.
bool only_early(const std::vector<Refusal>& refusals) {
  return std::any_of(refusals.begin(), refusals.end(), [](const Refusal& refusal) {
    return refusal.code == "too_early" || refusal.code == "permanent" ||
           refusal.code == "deadline_unknown" || refusal.code == "opening_unknown";
  });
}

// A call that its file told with days that cannot be is not led here before they are mended.
std::vector<Refusal> broken_rules(const Record& record, const std::string& id) {
  std::vector<Refusal> refusals;
  for (const Violation& violation : check_rules(record, id)) {
    refusals.push_back(
        {"rules", violation.code, violation.path + ": " + violation.message, "mend the record"});
  }
  return refusals;
}

class Clock {
 public:
  Clock(store::Transaction& transaction, Timestamp now)
      : transaction_(transaction),
        now_(now),
        work_(transaction, now, programme::clock_actor, transaction.last_change(), nullptr) {
    advanced_.now = now;
  }

  void look(const std::string& id) {
    LivingRecord call = living_record(transaction_, id);
    std::vector<LifeStep> taken;
    while (const auto step = step_on(call)) {
      programme::take(call.record, *step);
      taken.push_back(*step);
    }
    if (taken.empty()) return;
    if (std::vector<Refusal> broken = broken_rules(call.record, id); !broken.empty()) {
      advanced_.held.push_back({id, taken.back().to, std::move(broken)});
      return;
    }
    const std::string body = exchange::to_json(call.record);
    work_.move({id, std::move(call.record), call.row.version}, body);
    for (LifeStep& step : taken) advanced_.moved.push_back({id, 0, 0, std::move(step)});
  }

  AdvancedCalls finish() {
    work_.flush();
    for (Moved& moved : advanced_.moved) {
      const Written written = work_.written(moved.id);
      moved.version = written.version;
      moved.change = written.change;
      advanced_.change = std::max(advanced_.change, written.change);
    }
    transaction_.commit();
    return std::move(advanced_);
  }

 private:
  std::optional<LifeStep> step_on(const LivingRecord& call) {
    const std::string& state = programme::present_state(*call.table, call.record);
    const char* to = next_by_clock(state);
    const Timestamp last = last_step(call.record);
    if (to == nullptr || now_ < last) return std::nullopt;
    const programme::Edge* edge = call.table->edge(state, to);
    const auto facts = facts_of(call, {programme::clock_actor, {}}, now_, transaction_, {});
    std::vector<Refusal> refused = programme::refusals(*edge, facts);
    if (refused.empty()) return LifeStep{state, to, {now_}, programme::clock_actor, {}, {}};
    if (!only_early(refused)) advanced_.held.push_back({call.row.id, to, std::move(refused)});
    return std::nullopt;
  }

  store::Transaction& transaction_;
  Timestamp now_;
  UnitOfWork work_;
  AdvancedCalls advanced_;
};

}  // namespace

std::vector<std::string> calls_by_clock(store::Reader& reader, Timestamp now) {
  return reader.calls_due(day_of(now));
}

AdvancedCalls advance_calls(store::Transaction& transaction, const std::vector<std::string>& calls,
                            Timestamp now, const Task& task) {
  Ticker ticker(task, "calls", calls.size());
  Clock clock(transaction, now);
  for (const std::string& id : calls) {
    ticker.step();
    clock.look(id);
  }
  return clock.finish();
}

// ---- Designs -----------------------------------------------------------------------------------

DesignReport check_design(store::Reader& reader, const std::string& id) {
  const LivingRecord living = living_record(reader, id);
  const auto* experiment = std::get_if<Experiment>(&living.record);
  if (experiment == nullptr) refuse_kind(id, living.row.kind, "an experiment");
  DesignReport report;
  report.change = reader.last_change();
  report.id = id;
  report.claimed = experiment->claimed_level;
  const int reachable = programme::maryland_level(experiment->features);
  if (reachable > 0) report.reachable = std::to_string(reachable);
  report.findings = programme::design_gaps(*experiment);
  for (DesignFinding& finding : programme::level_gaps(*experiment))
    report.findings.push_back(std::move(finding));
  return report;
}

}  // namespace koinon::engine
