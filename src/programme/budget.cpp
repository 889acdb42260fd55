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

void add_all(Sums& sums, const Sums& more) {
  for (const auto& [currency, sum] : more.all()) sums.add({sum, currency, {}});
}

// The lines of a budget, and what an amount draws on: the line of its own currency, else the one
// that a rate leads to. What draws on none stays in its currency.
class Lines {
 public:
  explicit Lines(const ProgrammeMoney& money)
      : budget_(budget_of(money)),
        rates_(money.rates),
        leads_(budget_.of(rates_.base()).has_value()) {}

  const Sums& budget() const { return budget_; }
  const std::string& of(const std::string& currency) const {
    return leads_ && !budget_.of(currency) && rates_.know(currency) ? rates_.base() : currency;
  }
  Money drawn(const Money& money) const {
    const std::string& line = of(money.currency);
    if (!money.minor || line == money.currency) return money;
    return {rates_.into_base_up(*money.minor, money.currency), line, {}};
  }
  Sums drawn(const Sums& sums) const {
    Sums made;
    for (const auto& [currency, sum] : sums.all()) made.add(drawn({sum, currency, {}}));
    return made;
  }

 private:
  Sums budget_;
  const Rates& rates_;
  bool leads_;
};

Sums awards_of(const CallMoney& call) {
  Sums sums;
  for (const Money& award : call.awards) sums.add(award);
  return sums;
}

// Whether a call plans in one currency and awards in another: of such a one alone it matters that
// the awards count in the plan by the rate. Of the others sums of each currency tell all.
bool crosses(const CallMoney& call, const Sums& awards) {
  if (!under_way(call.state) || !call.budget.minor) return false;
  return std::any_of(awards.all().begin(), awards.all().end(), [&](const auto& sum) {
    return sum.second != 0 && sum.first != call.budget.currency;
  });
}

// What calls have promised: their awards, and under way their whole budgets at least.
class Promised {
 public:
  explicit Promised(const Lines& lines) : lines_(lines) {}

  void add(const Sums& sums) { add_all(told_, sums); }
  void add(const CallMoney& call) {
    Sums sums = awards_of(call);
    if (crosses(call, sums)) {
      sums = lines_.drawn(sums);
      sums.at_least(lines_.drawn(call.budget));
      return add_all(drawn_, sums);
    }
    if (under_way(call.state)) sums.at_least(call.budget);
    add(sums);
  }

  // As it is told, save of calls that award in another currency than they plan in.
  const Sums& told() const { return told_; }
  // By the lines that it draws on, those alone.
  const Sums& drawn() const { return drawn_; }

 private:
  const Lines& lines_;
  Sums told_;
  Sums drawn_;
};

std::vector<Excess> past_budget(const Lines& lines, const Sums& drawn) {
  std::vector<Excess> found;
  if (lines.budget().empty()) return found;
  for (const auto& [currency, sum] : drawn.all()) {
    const auto limit = lines.budget().of(currency);
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
  for (const CallMoney& call : money.calls) add_all(awarded, awards_of(call));
  const Lines lines(money);
  return past_budget(lines, lines.drawn(awarded));
}

Sums promised(const ProgrammeMoney& money) {
  const Lines lines(money);
  Promised all(lines);
  all.add(money.promised);
  for (const CallMoney& call : money.calls) all.add(call);
  Sums sums = lines.drawn(all.told());
  add_all(sums, all.drawn());
  return sums;
}

std::vector<Excess> promised_excesses(const ProgrammeMoney& money) {
  return past_budget(Lines(money), promised(money));
}

std::string line_of(const ProgrammeMoney& money, const std::string& currency) {
  return Lines(money).of(currency);
}

std::optional<std::int64_t> room_for(const ProgrammeMoney& money, std::string_view call,
                                     const std::string& currency) {
  const Lines lines(money);
  const std::string& line = lines.of(currency);
  const auto limit = lines.budget().of(line);
  if (!limit) return std::nullopt;
  Promised others(lines);
  others.add(money.promised);
  for (const CallMoney& other : money.calls) {
    if (other.id != call) others.add(other);
  }
  // What is in the same currency is taken off in it, so that a rate rounds once.
  Sums taken = others.drawn();
  for (const auto& [told, sum] : others.told().all()) {
    if (told != currency) taken.add(lines.drawn(Money{sum, told, {}}));
  }
  std::int64_t room = clamped_difference(*limit, taken.of(line).value_or(0));
  if (line != currency) room = money.rates.out_of_base_down(room, currency);
  return clamped_difference(room, others.told().of(currency).value_or(0));
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
