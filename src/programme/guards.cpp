// SPDX-License-Identifier: Apache-2.0
#include "programme/guards.hpp"

#include <algorithm>

namespace koinon::programme {

const std::vector<Guard>& guards() {
  static const std::vector<Guard> all = {
      {"assessed", "an assessment of the method is in the catalogue", assessed},
      {"award-exists", "a bid of the consortium has an award", award_exists},
      {"award-within-limits",
       "the bid has an award: at most the call's greatest grant, its rate of the whole cost and "
       "what the bid asks for, within the budgets of the call and the programme",
       award_within_limits},
      {"budget-covers-call",
       "the programme's budget covers the call's beside what is promised to others",
       budget_covers_call},
      {"call-named", "the consortium names a call that is in the catalogue", call_named},
      {"call-open", "the call is open, and its last deadline has not passed", call_open},
      {"checklist", "problem, approach, results, and scaling or transfer are answered", checklist},
      {"consortium-checked", "the consortium is checked or submitted, for the call of the bid",
       consortium_checked},
      {"deadline-ahead",
       "the last deadline has not passed; the clock opens late what was announced in time",
       deadline_ahead},
      {"deadlines-passed", "the last deadline has passed", deadlines_passed},
      {"design-complete", "the design tells all that it takes to carry it out", design_complete},
      {"documents", "the documents that the call's rules require are there", documents},
      {"eligible", "no rule of the call fails", eligible},
      {"level-reachable", "the features of the design reach the level that it claims",
       level_within_reach},
      {"licence", "the method has a licence", licence},
      {"not-permanent", "the clock closes no permanent call; a person may", not_permanent},
      {"not-the-author", "who takes the step neither wrote nor submitted the record",
       not_the_author},
      {"opening-reached", "the day of the opening has come", opening_reached},
      {"outcomes-reported", "every planned outcome has a result", outcomes_reported},
      {"own-country", "who takes the step speaks for a country of the case", own_country},
      {"pilot-evidence", "a pilot of the method has evidence", pilot_evidence},
      {"requested", "the bid asks for an amount", requested},
      {"successor", "the method that takes its place is named, and in the catalogue", successor},
      {"uptake", "an uptake of the experiment is in the catalogue", uptake},
  };
  return all;
}

const Guard* guard(std::string_view name) {
  const auto& all = guards();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Guard& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace koinon::programme
