// SPDX-License-Identifier: Apache-2.0
//
// What a programme has to give, and what it has promised: to the cent, each currency by itself,
// save where the programme tells a rate of one that its budget has no line in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"
#include "programme/rates.hpp"

namespace koinon::programme {

/// Sums of amounts, one for each currency. A sum past what 64 bits hold stays at their end, so that
/// it is never taken for a small one.
class Sums {
 public:
  void add(const Money& money);
  /// Raises the sum of a currency to this amount, where it is less.
  void at_least(const Money& money);
  /// Nothing where no amount of the currency was added.
  std::optional<std::int64_t> of(std::string_view currency) const;
  const std::map<std::string, std::int64_t, std::less<>>& all() const { return sums_; }
  bool empty() const { return sums_.empty(); }

 private:
  std::map<std::string, std::int64_t, std::less<>> sums_;
};

/// A call as its programme sees it.
struct CallMoney {
  std::string id;
  std::string state;  // vocabulary call-states
  Money budget;
  std::vector<Money> awards;  // of its bids
};

/// Whether a call in this state (vocabulary call-states) has its budget spoken for, though it is
/// not awarded yet.
bool under_way(std::string_view state);

/// A programme with all calls that draw on it: some one by one, the others as sums.
struct ProgrammeMoney {
  std::string id;
  std::vector<BudgetLine> lines;  // none: its budget is not told, and nothing can exceed it
  Rates rates;
  std::vector<CallMoney> calls;
  Sums awarded;   // by the other calls
  Sums promised;  // by these: of each the greater of its awards and, under way, its whole budget
};

/// What was awarded, or promised, past a budget.
struct Excess {
  std::string currency;
  std::int64_t committed = 0;  // minor units
  std::int64_t budget = 0;
  bool known = true;  // false: the budget has no line in this currency, and no rate leads to one
};

/// By currency of the budget's lines, to which others count that a rate leads there; none where
/// every award is within the budget. O(awards).
std::vector<Excess> excesses(const ProgrammeMoney& money);

/// The same of all that calls have promised, which is never less than their awards: of each the
/// greater of its awards and, under way, its whole budget. O(awards).
std::vector<Excess> promised_excesses(const ProgrammeMoney& money);

/// What all calls have promised, by the currency of the line that it draws on.
Sums promised(const ProgrammeMoney& money);

/// What a call may still promise in a currency: the budget without the awards of the other calls
/// and, of those that are under way, without their whole budgets. Nothing where the budget has no
/// line in the currency, and no rate leads to one. May be below 0.
std::optional<std::int64_t> room_for(const ProgrammeMoney& money, std::string_view call,
                                     const std::string& currency);

/// The line of the budget, by its currency, that an amount in a currency draws on; the currency
/// itself where there is none.
std::string line_of(const ProgrammeMoney& money, const std::string& currency);

/// By how much, at least 1.
std::int64_t over(const Excess& excess);

/// Whether one excess is worse than another state of the same programme.
bool worsens(const std::vector<Excess>& before, const Excess& now);

/// "1,250,000.00 EUR"
std::string amount_text(std::int64_t minor, std::string_view currency);

}  // namespace koinon::programme
