// SPDX-License-Identifier: Apache-2.0
//
// Guards of calls, of consortia and of bids.
#include <algorithm>

#include "data/vocabulary.hpp"
#include "domain/date.hpp"
#include "programme/award_limits.hpp"
#include "programme/guards.hpp"

namespace koinon::programme {

namespace {

// Where the whole life of a call hangs on a call that is not there.
std::vector<Refusal> no_call(const char* guard) {
  return {{guard, "call_unknown", "it names no call that is in the catalogue",
           "let `call` name one, or add it"}};
}

std::vector<Refusal> award_refusals(const std::vector<Breach>& breaches) {
  std::vector<Refusal> refusals;
  for (const Breach& breach : breaches)
    refusals.push_back({"award-within-limits", breach.code, breach.reason, breach.help});
  return refusals;
}

// What the selection of a bid asks for besides the limits that every write of an award is held to.
std::vector<Refusal> award_gaps(const Call& call, const Bid& bid, const Sums& awarded) {
  std::vector<Refusal> refusals;
  for (const auto& [currency, amount] : awarded.all()) {
    if (amount > 0) continue;
    refusals.push_back(
        {"award-within-limits", "award_empty", "its award is of nothing", "award an amount"});
  }
  if (rate_cap(call) && bid.total_cost.minor.value_or(-1) < 0) {
    refusals.push_back({"award-within-limits", "total_cost_missing",
                        "the call pays a share, and the bid does not tell its whole cost",
                        "fill in `total_cost` of the bid"});
  }
  return refusals;
}

std::vector<Refusal> programme_refusals(const ProgrammeMoney& programme, const Sums& awarded) {
  std::vector<Refusal> refusals;
  for (const Excess& excess : excesses(programme)) {
    const auto is_drawn = [&](const auto& sum) {
      return line_of(programme, sum.first) == excess.currency;
    };
    if (std::none_of(awarded.all().begin(), awarded.all().end(), is_drawn)) continue;
    if (!excess.known) {
      refusals.push_back(
          {"award-within-limits", "other_currency",
           "the programme has no budget in " + excess.currency + ", and no rate leads to one",
           "award in a currency of its budget, or let the programme tell a rate"});
      continue;
    }
    refusals.push_back({"award-within-limits", "over_budget",
                        "the awards of the programme, " +
                            amount_text(excess.committed, excess.currency) +
                            ", exceed its budget, " + amount_text(excess.budget, excess.currency),
                        "award less, or raise the budget"});
  }
  return refusals;
}

void append(std::vector<Refusal>& all, std::vector<Refusal> more) {
  for (Refusal& refusal : more) all.push_back(std::move(refusal));
}

// Of a call that has deadlines.
PartialDate latest_deadline(const Call& call) {
  return *std::max_element(
      call.deadlines.begin(), call.deadlines.end(),
      [](PartialDate a, PartialDate b) { return domain::last_day(a) < domain::last_day(b); });
}

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

std::vector<Refusal> deadline_ahead(const Facts& facts) {
  const std::optional<Call>& call = *facts.call;
  if (!call) return no_call("deadline-ahead");
  // A clock that is asked late opens what was announced in time, and closes it at once.
  if (is_permanent(*call) || facts.actor == clock_actor) return {};
  const auto last = last_deadline(*call);
  if (!last || facts.today <= *last) return {};
  return {{"deadline-ahead", "deadline_passed",
           "the last deadline of the call, " + domain::format_date(latest_deadline(*call)) +
               ", has passed",
           "let `deadlines` end today or later, or let `model` be permanent"}};
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
  return {{"deadlines-passed", "too_early",
           "the last deadline of the call is " + domain::format_date(latest_deadline(*call)),
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
                  "the programme has no budget in " + currency + ", and no rate leads to one",
                  "tell the call's budget in a currency of the programme's, or a rate of it");
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
  const auto* bid = std::get_if<Bid>(facts.record);
  if (bid != nullptr && consortium->call != bid->call) {
    return {{"consortium-checked", "consortium_of_other_call",
             consortium->call.empty()
                 ? "the consortium names no call to be checked against"
                 : "the consortium is one for the call '" + consortium->call + "'",
             "let a consortium be checked for the call '" + bid->call + "'"}};
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
  if (bid == nullptr) return {};
  Sums awarded;
  for (const Money& award : *facts.awards) awarded.add(award);
  if (awarded.empty()) {
    return {{"award-within-limits", "award_missing", "the bid has no award", "add an award of it"}};
  }
  const std::optional<Call>& call = *facts.call;
  if (!call) return no_call("award-within-limits");
  std::vector<Refusal> refusals = award_gaps(*call, *bid, awarded);
  const auto& programme = *facts.programme;
  const Rates rates = programme ? programme->rates : Rates();
  append(refusals, award_refusals(breaches(*call, *bid, awarded, rates)));
  append(refusals,
         award_refusals(call_breaches(*call, facts.call_id, *facts.awarded_in_call, rates)));
  if (programme) append(refusals, programme_refusals(*programme, awarded));
  return refusals;
}

}  // namespace koinon::programme
