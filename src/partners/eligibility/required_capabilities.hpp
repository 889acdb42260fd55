// SPDX-License-Identifier: Apache-2.0
//
// What the rules of a call ask somebody to be able to do, whoever takes part so far.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "partners/eligibility/rule.hpp"

namespace koinon::partners {

/// A rule capability-required, as it bears on one who takes part in a role.
class RequiredCapability {
 public:
  RequiredCapability(ReadRule rule, std::string role);

  const std::string& capability() const noexcept { return rule_.capability; }
  std::uint64_t minimum() const noexcept { return rule_.minimum; }
  /// Whether one of this country and kind that has it counts for certain. O(log countries).
  bool counts(const std::string& country, const std::string& kind) const;

 private:
  ReadRule rule_;
  std::string role_;
};

/// Those of a call's rules that can be read; `day` and `role` as of Admission. O(rules).
std::vector<RequiredCapability> required_capabilities(const std::vector<EligibilityRule>& rules,
                                                      std::int32_t day, const std::string& role);

}  // namespace koinon::partners
