// SPDX-License-Identifier: Apache-2.0
#include "engine/life_guard.hpp"

#include <algorithm>
#include <set>

#include "domain/life.hpp"
#include "engine/content_guard.hpp"
#include "engine/life_facts.hpp"
#include "engine/linked.hpp"
#include "engine/rules.hpp"
#include "exchange/record_json.hpp"
#include "programme/transition.hpp"

namespace koinon::engine {

namespace {

using Steps = std::vector<LifeStep>;

bool begins_with(const Steps& all, const Steps& first) {
  return all.size() >= first.size() &&
         std::equal(first.begin(), first.end(), all.begin(), domain::same_step);
}

const char* state_path(const Record& record) {
  return std::holds_alternative<Call>(record) ? "status" : "state";
}

// The members whatever their order.
std::vector<std::string> members_of(const Consortium& consortium) {
  std::vector<std::string> members;
  for (const Participation& member : consortium.members) {
    Consortium alone;
    alone.members = {member};
    members.push_back(exchange::to_json(Record(std::move(alone))));
  }
  std::sort(members.begin(), members.end());
  return members;
}

// It was checked with these members, against the rules of this call.
std::vector<Violation> form_anew(const Consortium& before, Record& after, Timestamp now,
                                 const std::string& by) {
  const auto& told = std::get<Consortium>(after);
  const bool same_call = before.call == told.call;
  if (told.state != before.state || (same_call && members_of(before) == members_of(told)))
    return {};
  const programme::LifeCycle& table = *programme::life_cycle_of(RecordKind::Consortium);
  const std::string& state = programme::present_state(table, after);
  if (state == table.initial) return {};
  const char* what = same_call ? "members" : "call";
  if (table.edge(state, table.initial) == nullptr) {
    return {{what, "life_ended",
             "the consortium is " + state + ", and its " + what +
                 (same_call ? " stay as they were" : " stays as it was") + "; make another"}};
  }
  programme::step_by_write(table, after, table.initial, now, by,
                           std::string("its ") + what + " changed");
  return {};
}

}  // namespace

std::vector<Violation> keep_life(const Record& before, Record& after, Timestamp now,
                                 const std::string& by) {
  if (before.index() != after.index() || !domain::steps_of(before)) return {};
  const Steps& stored = *domain::steps_of(before);
  const Steps& told = domain::steps_of(after);
  if (told.size() < stored.size() || !begins_with(told, stored)) {
    return {{"steps", "steps_lost",
             "the steps that are stored stay as they are: read the record "
             "again, and change what you mean to change"}};
  }
  if (told.size() > stored.size())
    return {{"steps", "use_transition", "a step is taken by a transition, not by a write"}};
  const std::string& state = domain::state_of(after);
  if (!stored.empty() && state != *domain::state_of(before)) {
    return {{state_path(after), "use_transition",
             "steps led to '" + *domain::state_of(before) + "': take a step to '" + state +
                 "' by a transition"}};
  }
  if (const auto* consortium = std::get_if<Consortium>(&before))
    return form_anew(*consortium, after, now, by);
  keep_published(before, after, now, by);
  return {};
}

std::vector<Violation> follow_life(const Record& before, const Record& after) {
  const Steps* stored = domain::steps_of(before);
  const Steps* told = domain::steps_of(after);
  if (!stored || !told || begins_with(*told, *stored)) return {};
  return {{"steps", "steps_lost",
           "the catalogue has steps of this record that the file does not "
           "have, or has otherwise"}};
}

bool carry_life(const Record& before, Record& after) {
  if (before.index() != after.index() || !domain::steps_of(before)) return false;
  if (domain::steps_of(before)->empty()) return false;
  domain::steps_of(after) = *domain::steps_of(before);
  domain::state_of(after) = *domain::state_of(before);
  if (auto* consortium = std::get_if<Consortium>(&after))
    consortium->check = std::get<Consortium>(before).check;
  return true;
}

// ---- Budgets -----------------------------------------------------------------------------------

namespace {

// Whether a write may change what a programme has promised, or has: most calls and bids that are
// written stay where they were.
bool may_bind(store::Reader& reader, const std::string& id, const Record& record) {
  if (std::holds_alternative<Programme>(record) || std::holds_alternative<Award>(record))
    return true;
  if (const auto* call = std::get_if<Call>(&record)) {
    const auto stored = present<Call>(reader, id);
    return stored ? stored->programme_record != call->programme_record
                  : !reader.linked_to(id, RecordKind::Bid, 1).empty();
  }
  if (const auto* bid = std::get_if<Bid>(&record)) {
    const auto stored = present<Bid>(reader, id);
    return stored ? stored->call != bid->call : !reader.linked_to(id, RecordKind::Award, 1).empty();
  }
  return false;
}

}  // namespace

// The programme that a record binds, or gives, money of; "" where there is none.
std::string BudgetGuard::programme_of(const Record& record) {
  std::string bid_id;
  std::string call_id;
  if (const auto* award = std::get_if<Award>(&record)) bid_id = award->bid;
  if (const auto* bid = std::get_if<Bid>(&record)) call_id = bid->call;
  if (!bid_id.empty()) {
    const auto bid = present<Bid>(transaction_, bid_id);
    if (bid) call_id = bid->call;
  }
  if (const auto* call = std::get_if<Call>(&record)) return call->programme_record;
  if (call_id.empty()) return {};
  const auto call = present<Call>(transaction_, call_id);
  return call ? call->programme_record : std::string();
}

void BudgetGuard::remember(const std::string& programme) {
  if (programme.empty() || before_.count(programme) > 0) return;
  const auto money = programme_sums(transaction_, programme);
  before_.emplace(programme,
                  money ? programme::excesses(*money) : std::vector<programme::Excess>());
}

void BudgetGuard::touch(const std::string& id, const Record& record) {
  const RecordKind kind = kind_of(record);
  if (!may_bind(transaction_, id, record)) return;
  touched_.push_back({id, kind});
  if (kind == RecordKind::Programme) return remember(id);
  remember(programme_of(record));
  const auto row = transaction_.find(id);
  if (row && row->state == store::State::Present && row->kind == kind)
    remember(programme_of(exchange::from_json(kind, transaction_.body(row->change)).record));
}

void BudgetGuard::check() {
  std::set<std::string> programmes;
  for (const auto& [programme, excess] : before_) programmes.insert(programme);
  for (const Touched& touched : touched_) {
    if (touched.kind == RecordKind::Programme) continue;
    const auto row = transaction_.find(touched.id);
    if (!row || row->state != store::State::Present) continue;
    programmes.insert(
        programme_of(exchange::from_json(row->kind, transaction_.body(row->change)).record));
  }
  std::vector<Violation> violations;
  for (const std::string& programme : programmes) {
    const auto money = programme.empty() ? std::nullopt : programme_sums(transaction_, programme);
    if (!money) continue;
    for (const programme::Excess& excess : programme::excesses(*money)) {
      if (!programme::worsens(before_[programme], excess)) continue;
      violations.push_back({"amount", excess.known ? "over_budget" : "other_currency",
                            excess.known
                                ? "the awards of the programme '" + programme + "', " +
                                      programme::amount_text(excess.awarded, excess.currency) +
                                      ", would exceed its budget, " +
                                      programme::amount_text(excess.budget, excess.currency)
                                : "the programme '" + programme + "' has no budget in " +
                                      excess.currency + ", and no rate is known"});
    }
  }
  if (violations.empty()) return;
  const std::string message = describe(violations);
  throw Error(ErrorCode::InvalidRecord, message, std::move(violations));
}

}  // namespace koinon::engine
