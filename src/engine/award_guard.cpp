// SPDX-License-Identifier: Apache-2.0
#include "engine/award_guard.hpp"

#include <algorithm>

#include "engine/life_facts.hpp"
#include "engine/linked.hpp"
#include "engine/rules.hpp"

namespace koinon::engine {

namespace {

bool same_money(const Money& a, const Money& b) {
  return a.minor == b.minor && a.currency == b.currency;
}

// A parameter of a rule may cap the rate, so rules count among the terms; the programme tells by
// which rates of exchange currencies are compared.
bool same_terms(const Call& a, const Call& b) {
  return same_money(a.grant_max, b.grant_max) && same_money(a.budget, b.budget) &&
         programme::rate_cap(a) == programme::rate_cap(b) &&
         a.programme_record == b.programme_record;
}

bool same_rates(const Programme& a, const Programme& b) {
  const auto same = [](const ExchangeRate& one, const ExchangeRate& other) {
    return one.currency == other.currency && one.per == other.per && one.rate == other.rate;
  };
  return std::equal(a.rates.begin(), a.rates.end(), b.rates.begin(), b.rates.end(), same);
}

// The currency that a call gives money in, where it tells one.
std::string currency_of(const Call& call) {
  for (const Money* money : {&call.grant_max, &call.grant_min, &call.budget}) {
    if (money->minor) return money->currency;
  }
  return {};
}

bool is_something(const programme::Sums& awarded) {
  return std::any_of(awarded.all().begin(), awarded.all().end(),
                     [](const auto& sum) { return sum.second > 0; });
}

programme::Sums kept_sums(store::Reader& reader, const std::string& target, RecordKind kind) {
  programme::Sums sums;
  for (const store::Commitment& sum : reader.committed(target, kind))
    sums.add({sum.awarded, sum.currency, {}});
  return sums;
}

programme::Rates rates_for(store::Reader& reader, const Call& call) {
  const auto told = present<Programme>(reader, call.programme_record);
  return told ? programme::Rates(told->rates) : programme::Rates();
}

std::vector<programme::Breach> broken_by_bid(store::Reader& reader, const Bid& bid,
                                             const programme::Sums& awarded) {
  if (awarded.empty()) return {};
  const auto call = present<Call>(reader, bid.call);
  if (!call) return {};
  return programme::breaches(*call, bid, awarded, rates_for(reader, *call));
}

std::vector<programme::Breach> broken_by_call(store::Reader& reader, const std::string& id,
                                              const Call& call) {
  if (!call.budget.minor) return {};
  return programme::call_breaches(call, id, awarded_in(reader, id), rates_for(reader, call));
}

}  // namespace

programme::Sums awarded_to(store::Reader& reader, const std::string& bid) {
  if (reader.knows_funding()) return kept_sums(reader, bid, RecordKind::Award);
  programme::Sums sums;
  for (const auto& award : linked<Award>(reader, bid)) {
    if (award.record.bid == bid) sums.add(award.record.amount);
  }
  return sums;
}

programme::Sums awarded_in(store::Reader& reader, const std::string& call) {
  if (reader.knows_funding()) return kept_sums(reader, call, RecordKind::Bid);
  programme::Sums sums;
  for (const store::RecordRow& bid : reader.linked_to(call, RecordKind::Bid)) {
    for (const auto& award : linked<Award>(reader, bid.id)) {
      if (award.record.bid == bid.id) sums.add(award.record.amount);
    }
  }
  return sums;
}

std::vector<Finding> award_findings(store::Reader& reader, const std::string& id,
                                    const Record& record) {
  std::vector<Finding> findings;
  std::vector<programme::Breach> broken;
  if (const auto* bid = std::get_if<Bid>(&record)) {
    const programme::Sums awarded = awarded_to(reader, id);
    broken = broken_by_bid(reader, *bid, awarded);
    if (bid->state == "selected" && !is_something(awarded))
      findings.push_back({id, "is selected, and has no award"});
  } else if (const auto* call = std::get_if<Call>(&record)) {
    broken = broken_by_call(reader, id, *call);
  }
  for (programme::Breach& breach : broken)
    findings.push_back({id, "its awards: " + std::move(breach.reason)});
  return findings;
}

AwardGuard::Breaches AwardGuard::of_bid(const std::string& id) {
  const auto bid = present<Bid>(transaction_, id);
  if (!bid) return {};
  const programme::Sums awarded = awarded_to(transaction_, id);
  Breaches found = broken_by_bid(transaction_, *bid, awarded);
  // One that its source tells to be selected may come before its award.
  if (bid->state == "selected" && !bid->steps.empty() && !is_something(awarded)) {
    found.push_back({"award_missing", "", 1, "it is selected, and would have no award",
                     "leave it one, of the amount that it is to have"});
  }
  return found;
}

AwardGuard::Breaches AwardGuard::of_call(const std::string& id) {
  const auto call = present<Call>(transaction_, id);
  return call ? broken_by_call(transaction_, id, *call) : Breaches{};
}

// By how much a call under way wants more than its programme has for it.
AwardGuard::Breaches AwardGuard::uncovered(const std::string& id) {
  const auto call = present<Call>(transaction_, id);
  if (!call || !call->budget.minor || !programme::under_way(call->status)) return {};
  const auto money = programme_sums(transaction_, call->programme_record, id);
  if (!money || money->lines.empty()) return {};
  const std::string& currency = call->budget.currency;
  const auto room = programme::room_for(*money, id, currency);
  const std::int64_t wants = *call->budget.minor;
  if (!room) {
    return {{"other_currency", currency, wants,
             "the programme has no budget in " + currency + ", and no rate leads to one",
             "tell the call's budget in a currency of the programme's, or a rate of it"}};
  }
  if (wants <= *room) return {};
  const std::int64_t left = std::max<std::int64_t>(*room, 0);
  return {{"over_budget", currency, wants - left,
           "it wants " + programme::amount_text(wants, currency) + ", and the programme has " +
               programme::amount_text(*room, currency) + " beside what is promised to other calls",
           "let its budget be at most " + programme::amount_text(left, currency) +
               ", or raise the programme's"}};
}

void AwardGuard::remember_bid(const std::string& id) {
  if (id.empty() || bids_.count(id) > 0) return;
  bids_.emplace(id, of_bid(id));
  if (const auto bid = present<Bid>(transaction_, id)) remember_call(bid->call);
}

void AwardGuard::remember_call(const std::string& id) {
  if (!id.empty() && calls_.count(id) == 0) calls_.emplace(id, of_call(id));
}

void AwardGuard::touch_bid(const std::string& id, const Bid& bid) {
  const auto stored = present<Bid>(transaction_, id);
  if (!stored || stored->call != bid.call || !same_money(stored->requested, bid.requested))
    asking_.insert(id);
  if (transaction_.count_linked_to(id, RecordKind::Award) == 0) return;
  remember_bid(id);
  remember_call(bid.call);
}

void AwardGuard::touch_call(const std::string& id, const Call& call) {
  const auto stored = present<Call>(transaction_, id);
  const bool stays = stored && stored->programme_record == call.programme_record;
  const bool other_budget =
      !stays || !same_money(stored->budget, call.budget) || stored->status != call.status;
  if (other_budget && programme::under_way(call.status))
    uncovered_.emplace(id, stays ? uncovered(id) : Breaches{});
  if (stored && same_terms(*stored, call)) return;
  for (const store::RecordRow& bid : transaction_.linked_to(id, RecordKind::Bid))
    remember_bid(bid.id);
  remember_call(id);
}

// Whatever was awarded by the rates of a programme is to hold by those that come. O(its bids).
void AwardGuard::touch_programme(const std::string& id, const Programme& programme) {
  const auto stored = present<Programme>(transaction_, id);
  if (same_rates(stored.value_or(Programme{}), programme)) return;
  for (const store::RecordRow& call : transaction_.linked_to(id, RecordKind::Call)) {
    by_rate_.insert(call.id);
    for (const store::RecordRow& bid : transaction_.linked_to(call.id, RecordKind::Bid)) {
      by_rate_.insert(bid.id);
      remember_bid(bid.id);
    }
  }
}

void AwardGuard::touch(const std::string& id, const Record& record) {
  if (const auto* award = std::get_if<Award>(&record)) {
    remember_bid(award->bid);
    if (const auto stored = present<Award>(transaction_, id)) remember_bid(stored->bid);
  } else if (const auto* bid = std::get_if<Bid>(&record)) {
    touch_bid(id, *bid);
  } else if (const auto* call = std::get_if<Call>(&record)) {
    touch_call(id, *call);
  } else if (const auto* programme = std::get_if<Programme>(&record)) {
    touch_programme(id, *programme);
  }
}

void AwardGuard::touch_removed(const Record& record) {
  if (const auto* award = std::get_if<Award>(&record)) remember_bid(award->bid);
}

void AwardGuard::hold(const Breaches& before, const Breaches& now, const std::string& path,
                      const std::string& whose) {
  for (const programme::Breach& breach : now) {
    if (!programme::worsens(before, breach)) continue;
    violations_.push_back(
        {path, breach.code, whose + breach.reason + "; what helps: " + breach.help});
  }
}

// A bid that asks in a currency which its call cannot be held against.
void AwardGuard::check_asked(const std::string& id) {
  const auto bid = present<Bid>(transaction_, id);
  const auto call = bid ? present<Call>(transaction_, bid->call) : std::nullopt;
  if (!call || !bid->requested.minor) return;
  const std::string given = currency_of(*call);
  const std::string& asked = bid->requested.currency;
  if (given.empty() || programme::comparable(asked, given, rates_for(transaction_, *call))) return;
  violations_.push_back({"requested", "other_currency",
                         "the bid asks for " + asked + ", the call gives " + given +
                             ", and no rate is known; what helps: ask in " + given +
                             ", or let the programme tell a rate"});
}

void AwardGuard::check() {
  const auto path = [&](const std::string& id) {
    return by_rate_.count(id) > 0 ? "rates" : "amount";
  };
  for (const std::string& id : asking_) check_asked(id);
  for (const auto& [id, before] : bids_) {
    hold(before, of_bid(id), path(id), "bid '" + id + "': ");
    // One that is new with its award had no call to remember.
    const auto bid = present<Bid>(transaction_, id);
    if (bid && !bid->call.empty()) calls_.try_emplace(bid->call);
  }
  for (const auto& [id, before] : calls_) hold(before, of_call(id), path(id), "");
  for (const auto& [id, before] : uncovered_)
    hold(before, uncovered(id), "budget", "call '" + id + "': ");
  if (violations_.empty()) return;
  const std::string message = describe(violations_);
  throw Error(ErrorCode::InvalidRecord, message, std::move(violations_));
}

}  // namespace koinon::engine
