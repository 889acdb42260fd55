// SPDX-License-Identifier: Apache-2.0
#include "engine/budget_guard.hpp"

#include <algorithm>

#include "engine/life_facts.hpp"
#include "engine/linked.hpp"
#include "engine/rules.hpp"
#include "exchange/record_json.hpp"

namespace koinon::engine {

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

BudgetGuard::Overdrawn BudgetGuard::overdrawn(const std::string& programme) {
  const auto money = programme_sums(transaction_, programme);
  if (!money) return {};
  return {!money->lines.empty(), programme::excesses(*money), programme::promised_excesses(*money)};
}

void BudgetGuard::remember(const std::string& programme) {
  if (programme.empty() || before_.count(programme) > 0) return;
  before_.emplace(programme, overdrawn(programme));
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

bool BudgetGuard::is_written(const std::string& programme) const {
  return std::any_of(touched_.begin(), touched_.end(),
                     [&](const Touched& touched) { return touched.id == programme; });
}

void BudgetGuard::hold_awarded(const std::string& programme, const programme::Excess& excess) {
  const std::string awards = programme::amount_text(excess.committed, excess.currency);
  if (!excess.known) {
    violations_.push_back({"amount", "other_currency",
                           "the programme '" + programme + "' has no budget in " + excess.currency +
                               ", and no rate leads to one; what helps: award in a currency of its "
                               "budget, or keep its line in " +
                               excess.currency + ", or tell a rate"});
    return;
  }
  violations_.push_back({"amount", "over_budget",
                         "the awards of the programme '" + programme + "', " + awards +
                             ", would exceed its budget, " +
                             programme::amount_text(excess.budget, excess.currency) +
                             "; what helps: award " +
                             programme::amount_text(programme::over(excess), excess.currency) +
                             " less, or let the budget be at least " + awards});
}

void BudgetGuard::hold_promised(const std::string& programme, const programme::Excess& excess) {
  const std::string& currency = excess.currency;
  const std::string promised = programme::amount_text(excess.committed, currency);
  const std::string path = is_written(programme) ? "budget" : "amount";
  const std::string what = "the programme '" + programme + "' would have promised " + promised +
                           " by awards and calls under way, ";
  if (!excess.known) {
    violations_.push_back({path, "other_currency",
                           what + "and no budget in " + currency +
                               "; what helps: a line of its budget of at least " + promised +
                               ", or a rate of the currency"});
    return;
  }
  violations_.push_back(
      {path, "over_budget",
       what + "and a budget of " + programme::amount_text(excess.budget, currency) +
           "; what helps: let the budget be at least " + promised + ", or promise " +
           programme::amount_text(programme::over(excess), currency) + " less"});
}

// Nothing exceeds a budget that is not told, so it would be the way around all limits.
void BudgetGuard::hold_untold(const std::string& programme) {
  const auto money = programme_sums(transaction_, programme);
  if (!money || !money->lines.empty()) return;
  const programme::Sums promised = programme::promised(*money);
  for (const auto& [currency, sum] : promised.all()) {
    if (sum <= 0) continue;
    violations_.push_back(
        {"budget", "budget_unknown",
         "the programme '" + programme + "' has promised " + programme::amount_text(sum, currency) +
             " and would no longer tell its budget; what helps: keep the budget"});
  }
}

void BudgetGuard::hold(const std::string& programme, const Overdrawn& before) {
  if (before.told) hold_untold(programme);
  const Overdrawn now = overdrawn(programme);
  std::vector<programme::Excess> told;  // a currency once
  for (const programme::Excess& excess : now.awarded) {
    if (!programme::worsens(before.awarded, excess)) continue;
    hold_awarded(programme, excess);
    told.push_back(excess);
  }
  for (const programme::Excess& excess : now.promised) {
    const auto same = [&](const programme::Excess& other) {
      return other.currency == excess.currency;
    };
    if (std::none_of(told.begin(), told.end(), same) && programme::worsens(before.promised, excess))
      hold_promised(programme, excess);
  }
}

void BudgetGuard::check() {
  for (const Touched& touched : touched_) {
    if (touched.kind == RecordKind::Programme) continue;
    const auto row = transaction_.find(touched.id);
    if (!row || row->state != store::State::Present) continue;
    const std::string programme =
        programme_of(exchange::from_json(row->kind, transaction_.body(row->change)).record);
    if (!programme.empty()) before_.try_emplace(programme);
  }
  for (const auto& [programme, before] : before_) hold(programme, before);
  if (violations_.empty()) return;
  const std::string message = describe(violations_);
  throw Error(ErrorCode::InvalidRecord, message, std::move(violations_));
}

}  // namespace koinon::engine
