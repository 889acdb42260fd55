// SPDX-License-Identifier: Apache-2.0
//
// What the decisions on two organisations, as they were logged, come to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"
#include "partners/clusters.hpp"

namespace koinon::partners {

/// Whether decided_by names a rule: it begins with "rule:".
bool by_rule(std::string_view decided_by);

/// A decision as the log has it, in what matters here.
struct LoggedDecision {
  std::string id;
  std::string undoes;              // id of another on the same two, or ""
  std::optional<Verdict> verdict;  // none: it only withdraws another
  bool by_rule = false;
  PartialDate decided_on;
  std::uint32_t millionths = 1000000;  // probability, of a rule
};

/// Throws nothing for a verdict that it does not know: that is one without.
LoggedDecision logged(std::string_view id, const MatchDecision& decision);

/// Of all decisions on one pair, which hold: those that no other that holds undoes. Of decisions
/// that undo each other in a ring none does. Beside `decisions`. O(n log n).
std::vector<bool> holding(std::span<const LoggedDecision> decisions);

/// Which of them say nothing any more: those that are withdrawn, and the withdrawals that did it. A
/// withdrawal of what is not there, or not yet, is none of them. What is left says the same alone.
/// Beside `decisions`. O(n²).
std::vector<bool> spent(std::span<const LoggedDecision> decisions);

/// What they come to. A person's word goes before a rule's. Of several persons' that hold at once,
/// the latest day counts; of one day "different" goes before "unsure", that before "same", so that
/// nothing is one that somebody keeps apart; of equals that of the smallest id.
struct PairVerdict {
  std::optional<Verdict> person;
  std::optional<Verdict> rule;
  std::uint32_t millionths = 0;  // of the rule's
  bool contradicted = false;     // persons' decisions that hold do not agree
};
PairVerdict verdict_of(std::span<const LoggedDecision> decisions);

}  // namespace koinon::partners
