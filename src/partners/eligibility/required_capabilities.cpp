// SPDX-License-Identifier: Apache-2.0
#include "partners/eligibility/required_capabilities.hpp"

#include <utility>

#include "partners/eligibility/answers.hpp"

namespace koinon::partners {

RequiredCapability::RequiredCapability(ReadRule rule, std::string role)
    : rule_(std::move(rule)), role_(std::move(role)) {}

bool RequiredCapability::counts(const std::string& country, const std::string& kind) const {
  Party party;
  party.roles = {role_};
  party.country = country;
  party.kind = kind;
  return partners::counts(rule_, party) == Answer::Yes;
}

std::vector<RequiredCapability> required_capabilities(const std::vector<EligibilityRule>& rules,
                                                      std::int32_t day, const std::string& role) {
  std::vector<RequiredCapability> required;
  for (const EligibilityRule& rule : rules) {
    ReadRule read = read_rule(rule, day);
    if (!read.fault && read.kind == RuleKind::CapabilityRequired)
      required.emplace_back(std::move(read), role);
  }
  return required;
}

}  // namespace koinon::partners
