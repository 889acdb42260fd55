// SPDX-License-Identifier: Apache-2.0
//
// A consortium as rules see it: legal entities and what is known of each. What is not known stays
// unknown, and a rule that depends on it cannot be told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/eligibility.hpp"

namespace koinon::partners {

/// What somebody is known to have; `complete`: and nothing else.
struct Told {
  std::vector<std::string> has;
  bool complete = false;
};

/// A legal entity; members that are one are one.
struct Party {
  std::vector<std::size_t> members;  // places in the request, rising
  std::string name;                  // for messages
  std::vector<std::string> roles;
  std::string country;  // a code; "" unknown
  std::string kind;     // "" unknown
  Told capabilities;
  Told track_record;  // themes
  Told documents;
  std::optional<bool> newcomer;
  /// Parties of one word are linked; "" is known to be linked to nobody, none: not known.
  std::optional<std::string> group;
  std::optional<std::uint64_t> other_bids;
};

/// What the rules of a call ask of a bid, whether it is a record or only thought of.
struct BidFacts {
  std::vector<Party> parties;
  Told documents;  // of the bid as a whole
  std::optional<Share> eu_share;
  /// Minor units of one currency: what is asked for of the whole cost.
  std::optional<std::int64_t> grant;
  std::optional<std::int64_t> budget;
  std::string currency;
  /// Why amounts that were told have no sum, in words: "the grant is in EUR and the budget in SEK".
  std::string money_unclear;
};

/// Checks each rule, and the rules against each other; fills `state`, `findings` and `conflicts`.
/// `day` as in read_rule(). O(rules · parties · log parties).
EligibilityReport check_rules(const std::vector<EligibilityRule>& rules, const BidFacts& bid,
                              std::int32_t day);

}  // namespace koinon::partners
