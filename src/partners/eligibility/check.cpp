// SPDX-License-Identifier: Apache-2.0
#include "partners/eligibility/answers.hpp"

namespace koinon {

const char* rule_state_name(RuleState state) {
  switch (state) {
    case RuleState::Passes:
      return "passes";
    case RuleState::Fails:
      return "fails";
    default:
      return "unknown";
  }
}

}  // namespace koinon

namespace koinon::partners {

namespace {

RuleFinding check_rule(const ReadRule& rule, const BidFacts& bid) {
  switch (rule.kind) {
    case RuleKind::MinimumCountries:
      return check_minimum_countries(rule, bid);
    case RuleKind::AllowedCountries:
      return check_allowed_countries(rule, bid);
    case RuleKind::MaximumPerCountry:
      return check_maximum_per_country(rule, bid);
    case RuleKind::LinkedOnce:
      return check_linked(rule, bid);
    case RuleKind::CoordinatorOnce:
      return check_coordinator(rule, bid);
    case RuleKind::RateCap:
      return check_rate(rule, bid);
    case RuleKind::DocumentRequired:
      return check_document(rule, bid);
    case RuleKind::SizeRange:
      return check_size(rule, bid);
    default:
      return check_at_least(rule, bid);
  }
}

RuleFinding cannot_be_told(const RuleFault& fault) {
  RuleFinding finding;
  finding.problem = fault.problem;
  finding.parameter = fault.parameter;
  finding.reason = "cannot be told: " + fault.message;
  return finding;
}

}  // namespace

EligibilityReport check_rules(const std::vector<EligibilityRule>& rules, const BidFacts& bid,
                              std::int32_t day) {
  EligibilityReport report;
  // Where nothing is asked for, nothing says that this is enough.
  if (rules.empty()) report.state = RuleState::Unknown;
  std::vector<ReadRule> read;
  for (const EligibilityRule& rule : rules) {
    read.push_back(read_rule(rule, day));
    RuleFinding finding =
        read.back().fault ? cannot_be_told(*read.back().fault) : check_rule(read.back(), bid);
    finding.rule = rule;
    finding.advice = advice_for(finding.changes, bid);
    if (finding.state == RuleState::Fails) {
      report.state = RuleState::Fails;
    } else if (finding.state == RuleState::Unknown && report.state == RuleState::Passes) {
      report.state = RuleState::Unknown;
    }
    report.findings.push_back(std::move(finding));
  }
  report.conflicts = contradictions(read);
  return report;
}

}  // namespace koinon::partners
