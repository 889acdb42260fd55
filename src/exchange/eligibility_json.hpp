// SPDX-License-Identifier: Apache-2.0
//
// Parts that requests about consortia share, as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "exchange/json_values.hpp"
#include "koinon/eligibility.hpp"

namespace koinon::exchange {

class BidReader : protected JsonValues {
 protected:
  using JsonValues::take;

  void take(const Json& value, const std::string& path, ConsortiumMember& into);
  void take(const Json& value, const std::string& path, std::vector<EligibilityRule>& into);
  void take(const Json& value, const std::string& path, Money& into);
  void take(const Json& value, const std::string& path, PartialDate& into);
  /// "0.8", or 0.8.
  void take(const Json& value, const std::string& path, std::optional<Share>& into);
  void take(const Json& value, const std::string& path,
            std::optional<std::vector<std::string>>& into);
};

nlohmann::ordered_json rule_json(const EligibilityRule& rule);
nlohmann::ordered_json report_json(const EligibilityReport& report);

}  // namespace koinon::exchange
