// SPDX-License-Identifier: Apache-2.0
#include "engine/offer_guard.hpp"

#include <algorithm>
#include <iterator>

#include "data/vocabulary.hpp"
#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "engine/life_facts.hpp"
#include "engine/linked.hpp"
#include "exchange/record_json.hpp"
#include "programme/award_limits.hpp"
#include "programme/guards.hpp"

namespace koinon::engine {

namespace {

using Days = std::vector<std::int32_t>;

constexpr const char* way_out = "cancel the call by a step, and publish another";

bool is_handed_in(const Bid& bid) {
  return !bid.steps.empty() && bid.state != "drafted" && bid.state != "withdrawn";
}

// Whether somebody has to be able to rely on what the call says.
bool is_relied_on(store::Reader& reader, const std::string& id, const Call& call) {
  if (!call.steps.empty())
    return call.status == "open" || call.status == "closed" || call.status == "evaluating";
  if (call.status == "awarded" || call.status == "cancelled") return false;
  const auto bids = linked<Bid>(reader, id);
  return std::any_of(bids.begin(), bids.end(), [&](const Told<Bid>& bid) {
    return bid.record.call == id && is_handed_in(bid.record);
  });
}

bool same_date(PartialDate a, PartialDate b) {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}

// The rules whatever their order.
std::vector<std::string> rules_of(const Call& call) {
  std::vector<std::string> rules;
  for (const EligibilityRule& rule : call.rules) {
    Call alone;
    alone.rules = {rule};
    rules.push_back(exchange::to_json(Record(std::move(alone))));
  }
  std::sort(rules.begin(), rules.end());
  return rules;
}

// The days on which deadlines end, in order; of a date that names no day the last one counts.
Days days_of(const Call& call) {
  Days days;
  for (const PartialDate& deadline : call.deadlines) days.push_back(domain::last_day(deadline));
  std::sort(days.begin(), days.end());
  return days;
}

Days without(const Days& days, const Days& others) {
  Days left;
  std::set_difference(days.begin(), days.end(), others.begin(), others.end(),
                      std::back_inserter(left));
  return left;
}

class Offer {
 public:
  Offer(const Call& before, const Call& after, std::int32_t today)
      : before_(before), after_(after), today_(today) {
    state_ = before.status.empty() ? std::string("one that bids were handed in for")
                                   : data::label("call-states", before.status, "en");
  }

  std::vector<Violation> violations() {
    // What was not told may be told late, save for a rule.
    hold_fixed("opening", !before_.opening || same_date(before_.opening, after_.opening));
    hold_fixed("model", before_.model.empty() || before_.model == after_.model);
    hold_fixed("rules", rules_of(before_) == rules_of(after_));
    hold_deadlines();
    hold_money("budget", before_.budget, after_.budget, false);
    hold_money("grant_min", before_.grant_min, after_.grant_min, true);
    hold_money("grant_max", before_.grant_max, after_.grant_max, false);
    hold_rate();
    return std::move(found_);
  }

 private:
  void refuse(const char* field, const char* code, const std::string& reason,
              const std::string& help) {
    found_.push_back({field, code,
                      "the call is " + state_ + ", and " + reason + "; what helps: " + help +
                          ", or " + way_out});
  }

  void hold_fixed(const char* field, bool stays) {
    if (!stays)
      refuse(field, "content_fixed", "this stays as it was when the call opened", "keep the field");
  }

  void hold_deadlines() {
    const Days was = days_of(before_);
    const Days told = days_of(after_);
    Days gone = without(was, told);
    Days fresh = without(told, was);
    if (gone.empty() && fresh.empty()) return;
    if (before_.status == "closed" || before_.status == "evaluating")
      return refuse("deadlines", "content_fixed", "takes no more bids: its deadlines stay",
                    "keep the field");
    if (!was.empty() && was.back() < today_)
      return refuse("deadlines", "deadline_passed", "its last deadline has passed: deadlines stay",
                    "keep the field");
    if (!gone.empty() && gone.front() < today_)
      return refuse("deadlines", "deadline_passed",
                    "its deadline of " + date_of(before_, gone.front()) + " has passed, and stays",
                    "keep that deadline");
    if (!fresh.empty() && fresh.front() < today_)
      return refuse(
          "deadlines", "deadline_passed",
          "a deadline of " + date_of(after_, fresh.front()) + " would have passed already",
          "tell a deadline of today or later");
    hold_moved(gone, fresh);
  }

  // The latest of those that are gone is the latest of the new ones, and so on down.
  void hold_moved(const Days& gone, const Days& fresh) {
    for (std::size_t i = 1; i <= gone.size(); ++i) {
      const std::int32_t day = gone[gone.size() - i];
      if (i <= fresh.size() && fresh[fresh.size() - i] >= day) continue;
      const std::string date = date_of(before_, day);
      return refuse("deadlines", "deadline_shortened",
                    "its deadline of " + date + " may move only to a later day",
                    "let it be " + date + " or later");
    }
  }

  static std::string date_of(const Call& call, std::int32_t day) {
    for (const PartialDate& deadline : call.deadlines) {
      if (domain::last_day(deadline) == day) return domain::format_date(deadline);
    }
    return {};
  }

  void hold_money(const char* field, const Money& was, const Money& told, bool may_fall) {
    if (!told.minor) return;
    if (!was.minor) return refuse_new_limit(field);
    const bool same_currency = was.currency == told.currency;
    if (same_currency && (may_fall ? *told.minor <= *was.minor : *told.minor >= *was.minor)) return;
    refuse_worse(field, programme::amount_text(*was.minor, was.currency), may_fall);
  }

  // Its own rate, or the least of its rules.
  void hold_rate() {
    const auto was = programme::rate_cap(before_);
    const auto told = programme::rate_cap(after_);
    if (!told) return;
    if (!was) return refuse_new_limit("rate_cap");
    if (*told < *was) refuse_worse("rate_cap", domain::format_decimal(*was, 6, false), false);
  }

  void refuse_new_limit(const char* field) {
    refuse(field, "content_fixed", "no limit comes to be that was not told when it opened",
           "leave the field out");
  }

  void refuse_worse(const char* field, const std::string& was, bool may_fall) {
    refuse(field, "offer_lowered", "this changes only in favour of those who bid",
           "let it be " + was + (may_fall ? " at most" : " at least"));
  }

  const Call& before_;
  const Call& after_;
  std::int32_t today_;
  std::string state_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> keep_offer(store::Reader& reader, const std::string& id,
                                  const Record& before, const Record& after, Timestamp now) {
  const auto* was = std::get_if<Call>(&before);
  const auto* told = std::get_if<Call>(&after);
  if (was == nullptr || told == nullptr) return {};
  std::vector<Violation> found = Offer(*was, *told, day_of(now)).violations();
  // Asked last, since it may read bids, and most writes change nothing of the offer.
  if (found.empty() || !is_relied_on(reader, id, *was)) return {};
  return found;
}

}  // namespace koinon::engine
