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
  WeighedMean mean;
  for (const FitReason& reason : reasons) mean.add(reason.part, reason.weight);
  return mean.value();
}

double standard_part(const std::string& grade) {
  const bool known = grade.size() == 1 && grade[0] >= '1' && grade[0] <= '5';
  return known ? (grade[0] - '0') / 5.0 : 0;
}

RoleRank role_rank(const std::string& role) {
  if (role == "managing-authority" || role == "intermediate-body") return RoleRank::Authority;
  if (role == "coordinator" || role == "lead") return RoleRank::Lead;
  if (role == "partner" || role == "beneficiary" || role == "organiser") return RoleRank::Partner;
  return RoleRank::Other;
}

RoleRank role_rank(const std::vector<std::string>& roles) {
  RoleRank highest = RoleRank::Other;
  for (const std::string& role : roles) highest = std::max(highest, role_rank(role));
  return highest;
}

double role_weight(RoleRank rank) {
  switch (rank) {
    case RoleRank::Authority:
    case RoleRank::Lead:
      return 1;
    case RoleRank::Partner:
      return 0.7;
    default:
      return 0.4;
  }
}

std::map<std::string, std::vector<std::string>> roles_in(const Record& record) {
  std::map<std::string, std::vector<std::string>> roles;
  const auto take = [&](const std::string& id, const std::string& role) {
    if (id.empty()) return;
    std::vector<std::string>& own = roles[id];
    if (std::find(own.begin(), own.end(), role) == own.end()) own.push_back(role);
  };
  if (const auto* study = std::get_if<CaseStudy>(&record)) {
    take(study->lead_organisation, "lead");
    for (const Participation& part : study->participations) take(part.organisation, part.role);
  } else if (const auto* project = std::get_if<Project>(&record)) {
    for (const Participation& part : project->participations) take(part.organisation, part.role);
  } else if (const auto* method = std::get_if<Method>(&record)) {
    take(method->maintainer, "lead");
  }
  return roles;
}

double summed(std::vector<double> scores) {
  std::sort(scores.begin(), scores.end(), std::greater<>());
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) sum += scores[i] / static_cast<double>(i + 1);
  return sum;
}

}  // namespace koinon::programme
