// SPDX-License-Identifier: Apache-2.0
//
// Guards of case studies, of moderation, of methods and of experiments.
#include <algorithm>

#include "data/vocabulary.hpp"
#include "programme/design.hpp"
#include "programme/guards.hpp"

namespace koinon::programme {

namespace {

std::string listed(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) {
    if (!text.empty()) text += ", ";
    text += data::label("countries", code, "en");
  }
  return text;
}

std::vector<Refusal> of_findings(const char* guard, std::vector<DesignFinding> findings) {
  std::vector<Refusal> refusals;
  for (DesignFinding& finding : findings) {
    const std::string code = finding.code == "missing"
                                 ? finding.field.substr(0, finding.field.find('[')) + "_missing"
                                 : finding.code;
    refusals.push_back({guard, code, std::move(finding.reason), std::move(finding.help)});
  }
  return refusals;
}

}  // namespace

std::vector<Refusal> not_the_author(const Facts& facts) {
  if (facts.actor.empty()) {
    return {{"not-the-author", "actor_unknown", "it is not told who takes the step",
             "say by whom: somebody who neither wrote nor submitted the record"}};
  }
  if (!*facts.actor_wrote_it) return {};
  return {{"not-the-author", "author", "'" + facts.actor + "' wrote or submitted it",
           "somebody else has to take this step"}};
}

std::vector<Refusal> own_country(const Facts& facts) {
  const std::vector<std::string>& countries = *facts.countries;
  if (countries.empty()) {
    return {{"own-country", "country_unknown", "the country of the case is not told",
             "add a location with its country, or a lead organisation with an address"}};
  }
  if (facts.country.empty()) {
    return {{"own-country", "actor_country_unknown",
             "it is not told for which country the step is taken",
             "say the country; the case lies in " + listed(countries)}};
  }
  if (std::find(countries.begin(), countries.end(), facts.country) != countries.end()) return {};
  return {{"own-country", "other_country",
           "the case does not lie in " + data::label("countries", facts.country, "en"),
           "somebody of " + listed(countries) + " has to take this step"}};
}

std::vector<Refusal> checklist(const Facts& facts) {
  const auto* told = std::get_if<CaseStudy>(facts.record);
  if (told == nullptr) return {};
  std::vector<Refusal> refusals;
  const auto need = [&](bool answered, const char* item, const char* what, const char* fields) {
    if (answered) return;
    refusals.push_back({"checklist", std::string("checklist_") + item,
                        std::string("the case does not tell ") + what,
                        std::string("fill in ") + fields});
  };
  need(!told->problem.empty(), "problem", "which problem it answers", "`problem`");
  need(!told->solution.empty(), "approach", "how it goes about it", "`solution`");
  need(!told->results.empty(), "results", "what came of it", "`results`");
  need(!told->transferability.empty(), "transfer", "how it can be scaled or transferred",
       "`transferability`");
  return refusals;
}

std::vector<Refusal> assessed(const Facts& facts) {
  if (*facts.assessments > 0) return {};
  return {{"assessed", "assessment_missing", "nobody has assessed the method",
           "add an assessment that names it"}};
}

std::vector<Refusal> pilot_evidence(const Facts& facts) {
  if (*facts.pilots_with_evidence > 0) return {};
  if (*facts.pilots == 0) {
    return {{"pilot-evidence", "pilot_missing", "the method has not been piloted",
             "add a pilot that names it, and evidence about the pilot"}};
  }
  return {{"pilot-evidence", "evidence_missing", "there is no evidence about any of its pilots",
           "add evidence about a pilot"}};
}

std::vector<Refusal> licence(const Facts& facts) {
  const auto* told = std::get_if<Method>(facts.record);
  if (told == nullptr || !told->licence.empty()) return {};
  if (!told->versions.empty() && !told->versions.back().licence.empty()) return {};
  return {{"licence", "licence_missing",
           "it is not told under which licence others may use the method",
           "fill in `licence`, or that of its latest version"}};
}

std::vector<Refusal> successor(const Facts& facts) {
  const auto* told = std::get_if<Method>(facts.record);
  if (told == nullptr) return {};
  if (told->superseded_by.empty()) {
    return {{"successor", "successor_missing", "no method is named that takes its place",
             "fill in `superseded_by`"}};
  }
  if (told->superseded_by != facts.id && *facts.successor_there) return {};
  return {{"successor", "successor_unknown",
           "'" + told->superseded_by + "' is no other method of the catalogue",
           "let `superseded_by` name one, or add it"}};
}

std::vector<Refusal> design_complete(const Facts& facts) {
  const auto* told = std::get_if<Experiment>(facts.record);
  if (told == nullptr) return {};
  return of_findings("design-complete", design_gaps(*told));
}

std::vector<Refusal> level_within_reach(const Facts& facts) {
  const auto* told = std::get_if<Experiment>(facts.record);
  if (told == nullptr) return {};
  return of_findings("level-reachable", level_gaps(*told));
}

std::vector<Refusal> outcomes_reported(const Facts& facts) {
  const auto* told = std::get_if<Experiment>(facts.record);
  if (told == nullptr) return {};
  return of_findings("outcomes-reported", outcome_gaps(*told));
}

std::vector<Refusal> uptake(const Facts& facts) {
  if (*facts.uptakes > 0) return {};
  return {{"uptake", "uptake_missing", "the catalogue knows of nobody who took it up",
           "add an uptake of it"}};
}

}  // namespace koinon::programme
