// SPDX-License-Identifier: Apache-2.0
#include "programme/award_limits.hpp"

#include <algorithm>
#include <utility>

#include "domain/decimal.hpp"

namespace koinon::programme {

namespace {

// The greatest whole amount that is at most `millionths` of `amount`, both not below 0.
std::int64_t share_of(std::int64_t amount, std::int64_t millionths) {
  constexpr std::int64_t whole = 1'000'000;
  return amount / whole * millionths + amount % whole * millionths / whole;
}

Breach other_currency(const std::string& currency, std::int64_t amount, const char* what,
                      const std::string& other) {
  return {"other_currency", currency, amount,
          "the award is in " + currency + ", " + what + " in " + other + ", and no rate is known",
          "award in " + other + ", or let the programme tell a rate"};
}

// What is awarded and what it is held to, in one currency.
struct Compared {
  std::string currency;
  std::int64_t amount = 0;
  std::int64_t limit = 0;
  std::string told;  // the limit as it was told, where it is of another currency

  std::int64_t over() const { return amount - std::max<std::int64_t>(limit, 0); }
};

// Awards, and the limits that they are held to.
class Limits {
 public:
  Limits(const Sums& awarded, const Rates& rates) : rates_(rates) {
    for (const auto& [currency, amount] : awarded.all()) {
      if (amount > 0) awarded_.emplace_back(currency, amount);
    }
  }

  // What exceeds the limit. That an award is in a currency with no rate is told once, not by each.
  std::optional<Compared> past(const Money& most, const char* what) {
    if (!most.minor) return std::nullopt;
    const std::vector<Amount> held = comparable_with(most.currency, what);
    const auto is_own = [&](const Amount& amount) { return amount.first == most.currency; };
    const bool direct = std::all_of(held.begin(), held.end(), is_own);
    Compared compared = direct ? Compared{most.currency, 0, *most.minor, {}} : in_base(most);
    Sums sums;
    for (const auto& [currency, amount] : held)
      sums.add({direct ? amount : rates_.into_base_up(amount, currency), compared.currency, {}});
    compared.amount = sums.of(compared.currency).value_or(0);
    if (held.empty() || compared.amount <= compared.limit) return std::nullopt;
    return compared;
  }

  void hold(const char* code, const Money& most, const char* what) {
    const auto over = past(most, what);
    if (!over) return;
    const std::string limit = amount_text(over->limit, over->currency);
    keep(code, *over,
         amount_text(over->amount, over->currency) + " is more than " + what + ", " + limit +
             over->told,
         "award at most " + limit);
  }

  void keep(const char* code, const Compared& past, std::string reason, std::string help) {
    Breach breach{code, past.currency, past.over(), std::move(reason), std::move(help)};
    if (rates_.know(past.currency))
      breach.over_in_base = rates_.into_base_up(breach.over, breach.currency);
    found_.push_back(std::move(breach));
  }

  std::vector<Breach> take() { return std::move(found_); }

 private:
  using Amount = std::pair<std::string, std::int64_t>;

  std::vector<Amount> comparable_with(const std::string& currency, const char* what) {
    std::vector<Amount> held;
    for (const Amount& each : awarded_) {
      if (comparable(each.first, currency, rates_)) {
        held.push_back(each);
      } else if (std::find(strange_.begin(), strange_.end(), each.first) == strange_.end()) {
        strange_.push_back(each.first);
        found_.push_back(other_currency(each.first, each.second, what, currency));
      }
    }
    return held;
  }

  Compared in_base(const Money& limit) const {
    Compared compared{rates_.base(), 0, rates_.into_base_down(*limit.minor, limit.currency), {}};
    if (limit.currency != rates_.base()) {
      compared.told = " (" + amount_text(*limit.minor, limit.currency) + " at " +
                      rates_.text(limit.currency) + ")";
    }
    return compared;
  }

  const Rates& rates_;
  std::vector<Amount> awarded_;
  std::vector<std::string> strange_;
  std::vector<Breach> found_;
};

}  // namespace

const std::string* parameter(const EligibilityRule& rule, std::string_view name) {
  for (const Parameter& each : rule.parameters) {
    if (each.name == name && each.values.size() == 1) return &each.values[0];
  }
  return nullptr;
}

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

std::vector<Breach> breaches(const Call& call, const Bid& bid, const Sums& awarded,
                             const Rates& rates) {
  Money share;
  const auto cap = rate_cap(call);
  if (cap && bid.total_cost.minor && *bid.total_cost.minor >= 0)
    share = {share_of(*bid.total_cost.minor, *cap), bid.total_cost.currency, ""};
  Limits limits(awarded, rates);
  limits.hold("above_grant", call.grant_max, "the greatest grant of the call");
  limits.hold("above_rate", share, "the call's share of the whole cost");
  limits.hold("above_request", bid.requested, "what the bid asks for");
  return limits.take();
}

std::vector<Breach> call_breaches(const Call& call, const std::string& name, const Sums& awarded,
                                  const Rates& rates) {
  Limits limits(awarded, rates);
  const auto over = limits.past(call.budget, "the budget of the call");
  if (over) {
    limits.keep(
        "over_call_budget", *over,
        "the awards of the call '" + name + "', " + amount_text(over->amount, over->currency) +
            ", exceed its budget, " + amount_text(over->limit, over->currency) + over->told,
        "award " + amount_text(over->over(), over->currency) + " less, or raise the budget");
  }
  return limits.take();
}

bool comparable(std::string_view currency, std::string_view other, const Rates& rates) {
  return currency == other || (rates.know(currency) && rates.know(other));
}

bool worsens(const std::vector<Breach>& before, const Breach& now) {
  return std::none_of(before.begin(), before.end(), [&](const Breach& other) {
    if (other.code != now.code) return false;
    if (other.currency == now.currency) return other.over >= now.over;
    return other.over_in_base && now.over_in_base && *other.over_in_base >= *now.over_in_base;
  });
}

}  // namespace koinon::programme
