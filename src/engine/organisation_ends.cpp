// SPDX-License-Identifier: Apache-2.0
#include "engine/organisation_ends.hpp"

#include <algorithm>
#include <unordered_map>

#include "domain/kinds.hpp"

namespace koinon::engine {

namespace {

void add_participations(const std::vector<Participation>& told,
                        std::vector<OrganisationEnd>& ends) {
  for (std::size_t i = 0; i < told.size(); ++i)
    ends.push_back(
        {"participations[" + std::to_string(i) + "].organisation", told[i].organisation});
}

}  // namespace

std::vector<OrganisationEnd> organisation_ends(const Record& record) {
  std::vector<OrganisationEnd> ends;
  if (const auto* project = std::get_if<Project>(&record)) {
    add_participations(project->participations, ends);
  } else if (const auto* study = std::get_if<CaseStudy>(&record)) {
    if (!study->lead_organisation.empty())
      ends.push_back({"lead_organisation", study->lead_organisation});
    add_participations(study->participations, ends);
  } else if (const auto* organisation = std::get_if<Organisation>(&record)) {
    if (!organisation->parent.empty()) ends.push_back({"parent", organisation->parent});
    for (std::size_t i = 0; i < organisation->predecessors.size(); ++i)
      ends.push_back({"predecessors[" + std::to_string(i) + ']', organisation->predecessors[i]});
  }
  return ends;
}

std::vector<Violation> wrong_ends(const Record& record, const AskKind& ask) {
  std::vector<Violation> violations;
  for (const OrganisationEnd& end : organisation_ends(record)) {
    const auto kind = ask(end.id);
    if (!kind || *kind == RecordKind::Organisation) continue;
    violations.push_back({end.path, "bad_reference",
                          "'" + end.id + "' is a " +
                              domain::kind_names[static_cast<std::size_t>(*kind)] +
                              ", not an organisation"});
  }
  return violations;
}

std::vector<Finding> parent_circles(std::span<const Parenthood> parents) {
  std::unordered_map<std::string, std::string> parent_of(parents.begin(), parents.end());
  std::unordered_map<std::string, std::size_t> walk_of;  // in which walk an id was met first
  std::vector<Finding> findings;
  for (std::size_t walk = 0; walk < parents.size(); ++walk) {
    std::vector<std::string> way;
    std::string at = parents[walk].first;
    while (parent_of.count(at) > 0 && walk_of.emplace(at, walk).second) {
      way.push_back(at);
      at = parent_of.at(at);
    }
    if (way.empty() || walk_of.count(at) == 0 || walk_of.at(at) != walk) continue;
    std::vector<std::string> circle(std::find(way.begin(), way.end(), at), way.end());
    if (circle.size() < 2) continue;  // refused, and found by itself
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    std::string text = circle.front();
    for (std::size_t i = 1; i < circle.size(); ++i) text += " → " + circle[i];
    findings.push_back(
        {circle.front() + ".parent",
         "organisations are their own parents in a circle: " + text + " → " + circle.front()});
  }
  std::sort(findings.begin(), findings.end(),
            [](const Finding& a, const Finding& b) { return a.where < b.where; });
  return findings;
}

}  // namespace koinon::engine
