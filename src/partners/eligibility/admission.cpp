// SPDX-License-Identifier: Apache-2.0
#include "partners/eligibility/admission.hpp"

#include <algorithm>
#include <utility>

#include "partners/eligibility/answers.hpp"

namespace koinon::partners {

Admission::Admission(const std::vector<EligibilityRule>& rules, std::int32_t day, std::string role)
    : role_(std::move(role)) {
  for (const EligibilityRule& rule : rules) {
    ReadRule read = read_rule(rule, day);
    if (!read.fault && read.kind == RuleKind::AllowedCountries) rules_.push_back(std::move(read));
  }
}

bool Admission::keeps_out(const std::string& country, const std::string& kind) const {
  BidFacts alone;
  Party& party = alone.parties.emplace_back();
  party.members = {0};
  party.roles = {role_};
  party.country = country;
  party.kind = kind;
  return std::any_of(rules_.begin(), rules_.end(), [&](const ReadRule& rule) {
    return check_allowed_countries(rule, alone).state == RuleState::Fails;
  });
}

}  // namespace koinon::partners
