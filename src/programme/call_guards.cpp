// SPDX-License-Identifier: Apache-2.0
//
// Guards of calls, of consortia and of bids.
#include <algorithm>

#include "data/vocabulary.hpp"
#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "programme/guards.hpp"

namespace koinon::programme {

namespace {

// Where the whole life of a call hangs on a call that is not there.
std::vector<Refusal> no_call(const char* guard) {
  return {{guard, "call_unknown", "it names no call that is in the catalogue",
           "let `call` name one, or add it"}};
}

const std::string* parameter(const EligibilityRule& rule, std::string_view name) {
  for (const Parameter& each : rule.parameters) {
    if (each.name == name && each.values.size() == 1) return &each.values[0];
  }
  return nullptr;
}

// The share of the whole cost that a call pays at most, in millionths: its own, else the least that
// its rules say.
std::optional<std::int64_t> rate_cap(const Call& call) {
  if (call.rate_cap) return call.rate_cap->millionths;
  std::optional<std::int64_t> least;
  for (const EligibilityRule& rule : call.rules) {
    if (rule.kind != "rate-cap") continue;
    std::optional<std::int64_t> told;
    if (const std::string* rate = parameter(rule, "rate")) {
      told = domain::parse_decimal(*rate, 6);
    } else if (const std::string* percent = parameter(rule, "percent")) {
      told = domain::parse_decimal(*percent, 4);
    }
    if (told && (!least || *told < *least)) least = told;
  }
  return least;
}

// The greatest whole amount that is at most `millionths` of `amount`, both not below 0.
std::int64_t share_of(std::int64_t amount, std::int64_t millionths) {
  constexpr std::int64_t whole = 1'000'000;
  return amount / whole * millionths + amount % whole * millionths / whole;
}

class AwardLimits {
 public:
  AwardLimits(const Facts& facts, const Bid& bid) : facts_(facts), bid_(bid) {
    for (const Money& award : *facts.awards) sums_.add(award);
  }

  std::vector<Refusal> take() {
    if (sums_.empty()) {
      refuse("award_missing", "the bid has no award", "add an award of it");
      return std::move(refusals_);
    }
    const std::optional<Call>& call = *facts_.call;
    if (!call) return no_call("award-within-limits");
    for (const auto& [currency, amount] : sums_.all()) {
      if (amount <= 0) refuse("award_empty", "its award is of nothing", "award an amount");
      hold_to_grant(*call, currency, amount);
      hold_to_rate(*call, currency, amount);
    }
    hold_to_budget();
    return std::move(refusals_);
  }

 private:
  void refuse(const char* code, std::string reason, std::string help) {
    refusals_.push_back({"award-within-limits", code, std::move(reason), std::move(help)});
  }

  void hold_to_grant(const Call& call, const std::string& currency, std::int64_t amount) {
    if (!call.grant_max.minor) return;
    const Money& most = call.grant_max;
    if (most.currency != currency)
      return other_currency(currency, "the greatest grant of the call", most.currency);
    if (amount <= *most.minor) return;
    refuse("above_grant",
           amount_text(amount, currency) + " is more than the call grants at most, " +
               amount_text(*most.minor, most.currency),
           "award less");
  }

  void hold_to_rate(const Call& call, const std::string& currency, std::int64_t amount) {
    const auto cap = rate_cap(call);
    if (!cap) return;
    const Money& cost = bid_.total_cost;
    if (!cost.minor || *cost.minor < 0) {
      refuse("total_cost_missing",
             "the call pays a share, and the bid does not tell its whole cost",
             "fill in `total_cost` of the bid");
      return;
    }
    if (cost.currency != currency) return other_currency(currency, "the whole cost", cost.currency);
    const std::int64_t most = share_of(*cost.minor, *cap);
    if (amount <= most) return;
    refuse("above_rate",
           amount_text(amount, currency) + " is more than the call's share of the whole cost, " +
               amount_text(most, currency),
           "award less");
  }

  void hold_to_budget() {
    const auto& programme = *facts_.programme;
    if (!programme) return;
    for (const Excess& excess : excesses(*programme)) {
      if (!sums_.of(excess.currency)) continue;
      if (!excess.known) {
        refuse("other_currency",
               "the programme has no budget in " + excess.currency + ", and no rate is known",
               "award in a currency of its budget");
        continue;
      }
      refuse("over_budget",
             "the awards of the programme, " + amount_text(excess.awarded, excess.currency) +
                 ", exceed its budget, " + amount_text(excess.budget, excess.currency),
             "award less, or raise the budget");
    }
  }

  void other_currency(const std::string& currency, const char* what, const std::string& other) {
    refuse("other_currency",
           "the award is in " + currency + ", " + what + " in " + other + ", and no rate is known",
           "award in " + other);
  }

  const Facts& facts_;
  const Bid& bid_;
  Sums sums_;
  std::vector<Refusal> refusals_;
};

}  // namespace

std::optional<std::int32_t> last_deadline(const Call& call) {
  std::optional<std::int32_t> last;
  for (const PartialDate& deadline : call.deadlines) {
    const std::int32_t day = domain::last_day(deadline);
    if (!last || day > *last) last = day;
  }
  return last;
}

bool is_permanent(const Call& call) {
  return call.model == "permanent";
}

std::vector<Refusal> opening_reached(const Facts& facts) {
  const std::optional<Call>& call = *facts.call;
  if (!call) return no_call("opening-reached");
  if (!call->opening) {
    return {{"opening-reached", "opening_unknown", "it is not told when the call opens",
             "fill in `opening`"}};
  }
  // Of a month or a year that is known alone, the last day: from then on it surely has come.
  if (facts.today >= domain::last_day(call->opening)) return {};
  return {{"opening-reached", "too_early",
           "the call opens on " + domain::format_date(call->opening),
           "wait until then, or let `opening` be an earlier day"}};
}

std::vector<Refusal> not_permanent(const Facts& facts) {
  const std::optional<Call>& call = *facts.call;
  if (!call || !is_permanent(*call) || facts.actor != clock_actor) return {};
  return {{"not-permanent", "permanent", "a permanent call does not close by itself",
           "somebody has to close it"}};
}

std::vector<Refusal> deadlines_passed(const Facts& facts) {
  const std::optional<Call>& call = *facts.call;
  if (!call) return no_call("deadlines-passed");
  if (is_permanent(*call)) return {};
  const auto last = last_deadline(*call);
  if (!last) {
    return {{"deadlines-passed", "deadline_unknown", "the call tells no deadline",
             "fill in `deadlines`, or let `model` be permanent"}};
  }
  if (facts.today > *last) return {};
  const auto latest = std::max_element(
      call->deadlines.begin(), call->deadlines.end(),
      [](PartialDate a, PartialDate b) { return domain::last_day(a) < domain::last_day(b); });
  return {{"deadlines-passed", "too_early",
           "the last deadline of the call is " + domain::format_date(*latest),
           "wait until that day is over"}};
}

std::vector<Refusal> budget_covers_call(const Facts& facts) {
  const std::optional<Call>& call = *facts.call;
  if (!call || !call->budget.minor) return {};
  const auto& programme = *facts.programme;
  if (!programme) return {};
  const auto refuse = [](const char* code, std::string reason, const char* help) {
    return std::vector<Refusal>{{"budget-covers-call", code, std::move(reason), help}};
  };
  if (programme->lines.empty()) {
    return refuse("budget_unknown", "the budget of the programme is not told",
                  "fill in `budget` of the programme");
  }
  const std::string& currency = call->budget.currency;
  const auto room = room_for(*programme, facts.call_id, currency);
  if (!room) {
    return refuse("other_currency",
                  "the programme has no budget in " + currency + ", and no rate is known",
                  "tell the call's budget in a currency of the programme's");
  }
  if (*call->budget.minor <= *room) return {};
  return refuse("over_budget",
                "the call wants " + amount_text(*call->budget.minor, currency) +
                    ", and the programme has " + amount_text(*room, currency) +
                    " beside what is promised to other calls",
                "lower the call's budget, or raise the programme's");
}

std::vector<Refusal> call_named(const Facts& facts) {
  return *facts.call ? std::vector<Refusal>{} : no_call("call-named");
}

std::vector<Refusal> call_open(const Facts& facts) {
  const std::optional<Call>& call = *facts.call;
  if (!call) return no_call("call-open");
  if (call->status != "open") {
    const std::string state = call->status.empty() ? "not told to be open"
                                                   : data::label("call-states", call->status, "en");
    return {{"call-open", "call_not_open", "the call is " + state, "wait until it is open"}};
  }
  const auto last = is_permanent(*call) ? std::nullopt : last_deadline(*call);
  if (!last || facts.today <= *last) return {};
  return {{"call-open", "deadline_passed", "the last deadline of the call has passed",
           "look for another call"}};
}

std::vector<Refusal> eligible(const Facts& facts) {
  const std::optional<EligibilityReport>& report = *facts.eligibility;
  if (!report) return no_call("eligible");
  std::vector<Refusal> refusals;
  for (const RuleFinding& finding : report->findings) {
    if (finding.state != RuleState::Fails) continue;
    refusals.push_back(
        {"eligible", "rule_fails", finding.reason,
         finding.advice.empty() ? "no change of the members passes this rule" : finding.advice});
  }
  return refusals;
}

std::vector<Refusal> award_exists(const Facts& facts) {
  if (!facts.awards->empty()) return {};
  return {{"award-exists", "award_missing", "no bid of the consortium has an award",
           "add an award of its bid"}};
}

std::vector<Refusal> consortium_checked(const Facts& facts) {
  const std::optional<Consortium>& consortium = *facts.consortium;
  if (!consortium) {
    return {{"consortium-checked", "consortium_unknown",
             "it names no consortium that is in the catalogue",
             "let `consortium` name one, or add it"}};
  }
  const std::string& state = consortium->state;
  if (state == "checked" || state == "submitted") return {};
  return {{"consortium-checked", "consortium_not_checked",
           "the consortium is " + (state.empty() ? "not told to be checked"
                                                 : data::label("consortium-states", state, "en")),
           "have it checked against the rules of the call"}};
}

std::vector<Refusal> documents(const Facts& facts) {
  const auto* bid = std::get_if<Bid>(facts.record);
  const std::optional<Call>& call = *facts.call;
  if (bid == nullptr || !call) return {};
  std::vector<Refusal> refusals;
  for (const EligibilityRule& rule : call->rules) {
    if (rule.kind != "document-required") continue;
    const std::string* wanted = parameter(rule, "document");
    if (wanted == nullptr) continue;
    const auto is_it = [&](const BidDocument& document) { return document.kind == *wanted; };
    if (std::any_of(bid->documents.begin(), bid->documents.end(), is_it)) continue;
    refusals.push_back({"documents", "document_missing",
                        "the document '" + *wanted + "' is missing",
                        "add it to the documents of the bid"});
  }
  return refusals;
}

std::vector<Refusal> requested(const Facts& facts) {
  const auto* bid = std::get_if<Bid>(facts.record);
  if (bid == nullptr || bid->requested.minor.value_or(0) > 0) return {};
  return {{"requested", "requested_missing", "the bid does not tell an amount that it asks for",
           "fill in `requested`"}};
}

std::vector<Refusal> award_within_limits(const Facts& facts) {
  const auto* bid = std::get_if<Bid>(facts.record);
  return bid == nullptr ? std::vector<Refusal>{} : AwardLimits(facts, *bid).take();
}

}  // namespace koinon::programme
