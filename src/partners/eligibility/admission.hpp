// SPDX-License-Identifier: Apache-2.0
//
// What the rules of a call say of one organisation, whoever else takes part.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "partners/eligibility/rule.hpp"

namespace koinon::partners {

/// The rules that can keep an organisation out by itself, which are those of allowed countries; all
/// others look at a consortium as a whole. A rule that cannot be read keeps nobody out.
class Admission {
 public:
  /// `day` as in read_rule(); `role`: a code of participation-roles that is to be filled.
  Admission(const std::vector<EligibilityRule>& rules, std::int32_t day, std::string role);

  bool open() const noexcept { return rules_.empty(); }
  /// Whether one of this country and kind fails a rule for certain: "" is not told, and what is not
  /// told keeps nobody out. O(rules · log countries).
  bool keeps_out(const std::string& country, const std::string& kind) const;

 private:
  std::vector<ReadRule> rules_;
  std::string role_;
};

}  // namespace koinon::partners
