// SPDX-License-Identifier: Apache-2.0
//
// What limits awards besides the budget of a programme: the call's greatest grant, its share of the
// whole cost, what the bid asks for, and the budget of the call. To the cent; amounts in several
// currencies are held against each other by the rates of the call's programme, and by those alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"
#include "programme/budget.hpp"

namespace koinon::programme {

/// A limit that awards do not keep.
struct Breach {
  std::string code;
  std::string currency;   // that is compared in; of the awards where they cannot be compared
  std::int64_t over = 0;  // minor units past the limit; where none can be compared, all of them
  std::string reason;
  std::string help;  // with what would be allowed
  // What is over in the base of the rates, where they know the currency: awards in one currency are
  // compared in it, and those in several in the base.
  std::optional<std::int64_t> over_in_base = std::nullopt;
};

/// Of the awards of one bid. A limit that is not told holds nothing back, and neither does a share
/// of a cost that is not told.
std::vector<Breach> breaches(const Call& call, const Bid& bid, const Sums& awarded,
                             const Rates& rates);

/// Of the awards of all bids of a call, called `name`: past its budget.
std::vector<Breach> call_breaches(const Call& call, const std::string& name, const Sums& awarded,
                                  const Rates& rates);

/// Whether amounts in one currency can be held against those in another.
bool comparable(std::string_view currency, std::string_view other, const Rates& rates);

/// Whether a breach is worse than another state of the same awards.
bool worsens(const std::vector<Breach>& before, const Breach& now);

/// The share of the whole cost that a call pays at most, in millionths: its own, else the least
/// that its rules say.
std::optional<std::int64_t> rate_cap(const Call& call);

/// The one value of a parameter of a rule; null where it has none, or several.
const std::string* parameter(const EligibilityRule& rule, std::string_view name);

}  // namespace koinon::programme
