// SPDX-License-Identifier: Apache-2.0
#include "programme/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "domain/date.hpp"

namespace koinon::programme {

Agreement ordinal_alpha(const std::vector<std::vector<int>>& units) {
  std::map<int, std::size_t> places;
  for (const auto& unit : units) {
    if (unit.size() < 2) continue;
    for (const int grade : unit) places.emplace(grade, 0);
  }
  if (places.empty()) return {std::nullopt, "no-pairs"};
  if (places.size() == 1) return {std::nullopt, "no-variation"};
  std::size_t next = 0;
  for (auto& [grade, place] : places) place = next++;

  const std::size_t grades = places.size();
  std::vector<double> coincidences(grades * grades, 0);
  std::vector<double> sums(grades, 0);
  double all = 0;
  for (const auto& unit : units) {
    if (unit.size() < 2) continue;
    std::vector<double> counts(grades, 0);
    for (const int grade : unit) ++counts[places[grade]];
    const auto others = static_cast<double>(unit.size() - 1);
    for (std::size_t c = 0; c < grades; ++c) {
      sums[c] += counts[c];
      all += counts[c];
      for (std::size_t k = 0; k < grades; ++k)
        coincidences[c * grades + k] += counts[c] * (counts[k] - (c == k ? 1 : 0)) / others;
    }
  }
  double observed = 0;
  double expected = 0;
  for (std::size_t c = 0; c < grades; ++c) {
    double between = sums[c] / 2;
    for (std::size_t k = c + 1; k < grades; ++k) {
      const double distance = (between + sums[k] / 2) * (between + sums[k] / 2);
      observed += 2 * coincidences[c * grades + k] * distance;
      expected += 2 * sums[c] * sums[k] * distance;
      between += sums[k];
    }
  }
  return {1 - (all - 1) * observed / expected, ""};
}

namespace {

// Of one criterion: what each assessor said last.
using Grades = std::map<std::string, std::string>;

CriterionResult result_of(const std::string& criterion, const Grades& grades) {
  CriterionResult result;
  result.criterion = criterion;
  result.assessors = grades.size();
  for (const auto& [assessor, grade] : grades) {
    result.grades.push_back(grade);
    result.mean += std::atoi(grade.c_str());
  }
  const auto count = static_cast<double>(grades.size());
  result.mean /= count;
  if (grades.size() < 2) return result;
  double squares = 0;
  for (const std::string& grade : result.grades)
    squares += std::pow(std::atoi(grade.c_str()) - result.mean, 2);
  result.spread = std::sqrt(squares / (count - 1));
  return result;
}

}  // namespace

std::vector<AssessmentResult> assessed(const std::vector<Assessment>& assessments) {
  std::vector<const Assessment*> told;
  for (const Assessment& each : assessments) told.push_back(&each);
  std::stable_sort(told.begin(), told.end(), [](const Assessment* a, const Assessment* b) {
    return domain::last_day(a->date) < domain::last_day(b->date);
  });
  std::map<std::string, std::map<std::string, Grades>> versions;
  std::map<std::string, std::set<std::string>> assessors;
  for (const Assessment* each : told) {
    assessors[each->version].insert(each->assessor);
    for (const CriterionGrade& grade : each->grades)
      versions[each->version][grade.criterion][each->assessor] = grade.grade;
  }
  std::vector<AssessmentResult> results;
  for (const auto& [version, names] : assessors) {
    AssessmentResult result;
    result.version = version;
    result.assessors.assign(names.begin(), names.end());
    std::vector<std::vector<int>> units;
    for (const auto& [criterion, grades] : versions[version]) {
      result.criteria.push_back(result_of(criterion, grades));
      auto& unit = units.emplace_back();
      for (const auto& [assessor, grade] : grades) unit.push_back(std::atoi(grade.c_str()));
    }
    const Agreement agreement = ordinal_alpha(units);
    result.agreement = agreement.alpha;
    result.undefined = agreement.undefined;
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace koinon::programme
