// SPDX-License-Identifier: Apache-2.0
#include "programme/fit.hpp"

#include <algorithm>
#include <functional>

namespace koinon::programme {

FitReason codes_in_common(const char* code, const std::vector<std::string>& asked,
                          const std::vector<std::string>& there) {
  FitReason reason{code, 0, codes_weight, {}};
  for (const std::string& one : asked) {
    if (std::find(there.begin(), there.end(), one) != there.end()) reason.what.push_back(one);
  }
  if (!asked.empty())
    reason.part = static_cast<double>(reason.what.size()) / static_cast<double>(asked.size());
  return reason;
}

double weighed_mean(const std::vector<FitReason>& reasons) {
  double sum = 0;
  double weights = 0;
  for (const FitReason& reason : reasons) {
    sum += reason.part * reason.weight;
    weights += reason.weight;
  }
  return weights > 0 ? sum / weights : 0;
}

double standard_part(const std::string& grade) {
  const bool known = grade.size() == 1 && grade[0] >= '1' && grade[0] <= '5';
  return known ? (grade[0] - '0') / 5.0 : 0;
}

double role_weight(const std::string& role) {
  if (role == "coordinator" || role == "lead" || is_authority(role)) return 1;
  if (role == "partner" || role == "beneficiary" || role == "organiser") return 0.7;
  return 0.4;
}

bool is_authority(const std::string& role) {
  return role == "managing-authority" || role == "intermediate-body";
}

double summed(std::vector<double> scores) {
  std::sort(scores.begin(), scores.end(), std::greater<>());
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) sum += scores[i] / static_cast<double>(i + 1);
  return sum;
}

}  // namespace koinon::programme
