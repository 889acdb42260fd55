// SPDX-License-Identifier: Apache-2.0
#include "programme/budget.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "domain/decimal.hpp"

namespace koinon::programme {

namespace {

std::int64_t clamped_sum(std::int64_t a, std::int64_t b) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  if (b > 0 && a > most - b) return most;
  if (b < 0 && a < least - b) return least;
  return a + b;
}

std::int64_t clamped_difference(std::int64_t a, std::int64_t b) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  return b == least ? std::numeric_limits<std::int64_t>::max() : clamped_sum(a, -b);
}

Sums budget_of(const ProgrammeMoney& money) {
  Sums sums;
  for (const BudgetLine& line : money.lines) sums.add(line.amount);
  return sums;
}

// What a call has promised: its awards, and under way its whole budget at least.
Sums promised_by(const CallMoney& call) {
  Sums sums;
  for (const Money& award : call.awards) sums.add(award);
  if (under_way(call.state)) sums.at_least(call.budget);
  return sums;
}

void add_all(Sums& sums, const Sums& more) {
  for (const auto& [currency, sum] : more.all()) sums.add({sum, currency, {}});
}

std::vector<Excess> past_budget(const ProgrammeMoney& money, const Sums& committed) {
  std::vector<Excess> found;
  const Sums budget = budget_of(money);
  if (budget.empty()) return found;
  for (const auto& [currency, sum] : committed.all()) {
    const auto limit = budget.of(currency);
    if (sum > limit.value_or(0))
      found.push_back({currency, sum, limit.value_or(0), limit.has_value()});
  }
  return found;
}

}  // namespace

bool under_way(std::string_view state) {
  static constexpr std::array<std::string_view, 4> states = {"upcoming", "open", "closed",
                                                             "evaluating"};
  return std::find(states.begin(), states.end(), state) != states.end();
}

void Sums::add(const Money& money) {
  if (!money.minor) return;
  std::int64_t& sum = sums_[money.currency];
  sum = clamped_sum(sum, *money.minor);
}

void Sums::at_least(const Money& money) {
  if (!money.minor) return;
  std::int64_t& sum = sums_[money.currency];
  sum = std::max(sum, *money.minor);
}

std::optional<std::int64_t> Sums::of(std::string_view currency) const {
  const auto found = sums_.find(currency);
  return found == sums_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Excess> excesses(const ProgrammeMoney& money) {
  Sums awarded = money.awarded;
  for (const CallMoney& call : money.calls) {
    for (const Money& award : call.awards) awarded.add(award);
  }
  return past_budget(money, awarded);
}

Sums promised(const ProgrammeMoney& money) {
  Sums sums = money.promised;
  for (const CallMoney& call : money.calls) add_all(sums, promised_by(call));
  return sums;
}

std::vector<Excess> promised_excesses(const ProgrammeMoney& money) {
  return past_budget(money, promised(money));
}

std::optional<std::int64_t> room_for(const ProgrammeMoney& money, std::string_view call,
                                     std::string_view currency) {
  const auto budget = budget_of(money).of(currency);
  if (!budget) return std::nullopt;
  std::int64_t room = clamped_difference(*budget, money.promised.of(currency).value_or(0));
  for (const CallMoney& other : money.calls) {
    if (other.id == call) continue;
    room = clamped_difference(room, promised_by(other).of(currency).value_or(0));
  }
  return room;
}

std::int64_t over(const Excess& excess) {
  return clamped_difference(excess.committed, excess.budget);
}

bool worsens(const std::vector<Excess>& before, const Excess& now) {
  const auto same = [&](const Excess& other) { return other.currency == now.currency; };
  const auto was = std::find_if(before.begin(), before.end(), same);
  if (was == before.end()) return true;
  return over(now) > over(*was);
}

std::string amount_text(std::int64_t minor, std::string_view currency) {
  std::string text = domain::format_decimal(minor, domain::currency_digits(currency), true);
  const std::size_t sign = text.front() == '-' ? 1 : 0;
  std::size_t place = std::min(text.find('.'), text.size());
  while (place > sign + 3) {
    place -= 3;
    text.insert(place, ",");
  }
  return text + ' ' + std::string(currency);
}

}  // namespace koinon::programme
