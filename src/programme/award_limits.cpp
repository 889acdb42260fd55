// SPDX-License-Identifier: Apache-2.0
#include "programme/award_limits.hpp"

#include <algorithm>

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
          "award in " + other};
}

// The limits of one bid, in one currency of its awards.
class Limits {
 public:
  Limits(std::string currency, std::int64_t amount)
      : currency_(std::move(currency)), amount_(amount) {}

  // That an award is in a currency with no rate is told once, not by each limit.
  void hold(const char* code, const Money& most, const char* what) {
    if (!most.minor || strange_) return;
    if (most.currency != currency_) {
      strange_ = true;
      found_.push_back(other_currency(currency_, amount_, what, most.currency));
      return;
    }
    if (amount_ <= *most.minor) return;
    const std::string limit = amount_text(*most.minor, currency_);
    found_.push_back({code, currency_, amount_ - std::max<std::int64_t>(*most.minor, 0),
                      amount_text(amount_, currency_) + " is more than " + what + ", " + limit,
                      "award at most " + limit});
  }

  std::vector<Breach> take() { return std::move(found_); }

 private:
  std::string currency_;
  std::int64_t amount_;
  bool strange_ = false;
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

std::vector<Breach> breaches(const Call& call, const Bid& bid, const Sums& awarded) {
  Money share;
  const auto cap = rate_cap(call);
  if (cap && bid.total_cost.minor && *bid.total_cost.minor >= 0)
    share = {share_of(*bid.total_cost.minor, *cap), bid.total_cost.currency, ""};
  std::vector<Breach> found;
  for (const auto& [currency, amount] : awarded.all()) {
    if (amount <= 0) continue;
    Limits limits(currency, amount);
    limits.hold("above_grant", call.grant_max, "the greatest grant of the call");
    limits.hold("above_rate", share, "the call's share of the whole cost");
    limits.hold("above_request", bid.requested, "what the bid asks for");
    for (Breach& breach : limits.take()) found.push_back(std::move(breach));
  }
  return found;
}

std::vector<Breach> call_breaches(const Call& call, const std::string& name, const Sums& awarded) {
  std::vector<Breach> found;
  if (!call.budget.minor) return found;
  for (const auto& [currency, amount] : awarded.all()) {
    if (amount <= 0) continue;
    if (currency != call.budget.currency) {
      found.push_back(
          other_currency(currency, amount, "the budget of the call", call.budget.currency));
      continue;
    }
    if (amount <= *call.budget.minor) continue;
    const std::int64_t over = amount - std::max<std::int64_t>(*call.budget.minor, 0);
    found.push_back({"over_call_budget", currency, over,
                     "the awards of the call '" + name + "', " + amount_text(amount, currency) +
                         ", exceed its budget, " + amount_text(*call.budget.minor, currency),
                     "award " + amount_text(over, currency) + " less, or raise the budget"});
  }
  return found;
}

bool worsens(const std::vector<Breach>& before, const Breach& now) {
  return std::none_of(before.begin(), before.end(), [&](const Breach& other) {
    return other.code == now.code && other.currency == now.currency && other.over >= now.over;
  });
}

}  // namespace koinon::programme
