// SPDX-License-Identifier: Apache-2.0
#include "programme/staleness.hpp"

#include <algorithm>
#include <optional>

#include "domain/date.hpp"
#include "koinon/error.hpp"
#include "programme/membership.hpp"

namespace koinon::programme {

namespace {

using domain::first_day;
using domain::format_date;
using domain::last_day;

bool over(PartialDate date, std::int32_t day) {
  return date && last_day(date) < day;
}
bool to_come(PartialDate date, std::int32_t day) {
  return date && first_day(date) > day;
}

bool is_outside(const Period& part, const Period& whole) {
  return domain::surely_before(part.from, whole.from) || domain::surely_before(whole.to, part.to);
}

std::uint32_t bit(Stale what) {
  return 1U << static_cast<unsigned>(what);
}

[[noreturn]] void refuse(const char* path, const char* code, const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, std::string(path) + ": " + message,
              {{path, code, message}});
}

template <class Test>
const NamedRecord* first(const CaseFacts& facts, Test&& test) {
  const auto found = std::find_if(facts.projects.begin(), facts.projects.end(),
                                  [&](const NamedRecord* project) { return test(*project); });
  return found == facts.projects.end() ? nullptr : *found;
}

const NamedRecord* removed_project(const CaseFacts& facts) {
  return first(facts, [](const NamedRecord& project) { return !project.present; });
}
const NamedRecord* outside_project(const CaseFacts& facts) {
  return first(facts, [&](const NamedRecord& project) {
    return project.present && is_outside(project.period, facts.period);
  });
}

}  // namespace

Running running_of(const std::string& code) {
  if (code == "planned" || code == "in-development") return Running::Planned;
  if (code == "pilot" || code == "running") return Running::Going;
  if (code == "ended") return Running::Ended;
  return Running::NotTold;
}

StaleLimits limits_of(const StaleRequest& request) {
  if (!request.as_of)
    refuse("as_of", "missing", "must be told: the day as of which records are looked at");
  if (!domain::is_valid(request.as_of)) refuse("as_of", "bad_date", "there is no such day");
  for (const std::string& code : request.codes) {
    if (std::find(stale_codes.begin(), stale_codes.end(), code) == stale_codes.end())
      refuse("codes", "unknown_code", "there is no finding '" + code + "'");
  }
  StaleLimits limits;
  limits.day = last_day(request.as_of);
  const auto before = [&](std::uint32_t days) {
    return limits.day - static_cast<std::int32_t>(std::min(days, 1'000'000U));
  };
  limits.updated_before = before(request.not_updated_days);
  limits.in_state_before = before(request.in_review_days);
  limits.over_before = before(request.over_days);
  return limits;
}

std::uint32_t codes_wanted(const StaleRequest& request) {
  if (request.codes.empty()) return (1U << stale_codes.size()) - 1;
  std::uint32_t wanted = 0;
  for (std::size_t i = 0; i < stale_codes.size(); ++i) {
    if (std::find(request.codes.begin(), request.codes.end(), stale_codes[i]) !=
        request.codes.end())
      wanted |= 1U << i;
  }
  return wanted;
}

std::uint32_t stale_bits(const CaseFacts& facts, const StaleLimits& limits) {
  std::uint32_t bits = 0;
  const auto when = [&](bool holds, Stale what) { bits |= holds ? bit(what) : 0U; };
  const Period& period = facts.period;
  const bool ended = over(period.to, limits.day);
  const bool open = facts.running == Running::Going || facts.running == Running::Planned;
  when(ended && open, Stale::EndedButRunning);
  when(!ended && facts.running == Running::Planned && over(period.from, limits.day),
       Stale::BegunButPlanned);
  when(facts.running == Running::Going && to_come(period.from, limits.day),
       Stale::NotBegunButRunning);
  when(facts.running == Running::Ended && to_come(period.to, limits.day), Stale::NotOverButEnded);
  when(domain::surely_before(period.to, period.from), Stale::PeriodBackwards);
  when(facts.running == Running::NotTold && over(period.to, limits.over_before), Stale::DeadPeriod);
  // What was written after the day was not there to be stale.
  when(facts.published && facts.updated < limits.updated_before, Stale::NotUpdated);
  when(facts.in_review && facts.in_state != 0 && facts.in_state < limits.in_state_before,
       Stale::InReview);
  when(facts.lead && !facts.lead->present, Stale::LeadRemoved);
  if (!facts.projects.empty()) {
    when(removed_project(facts) != nullptr, Stale::ProjectRemoved);
    when(outside_project(facts) != nullptr, Stale::ProjectOutside);
  }
  return bits;
}

StaleFinding stale_finding(Stale what, const CaseFacts& facts, const StaleLimits& limits) {
  StaleFinding finding;
  finding.code = stale_codes[static_cast<std::size_t>(what)];
  const std::string from = format_date(facts.period.from);
  const std::string to = format_date(facts.period.to);
  const auto say = [&](const char* field, const std::string& reason, PartialDate since = {}) {
    finding.field = field;
    finding.reason = reason;
    finding.since = since;
  };
  switch (what) {
    case Stale::EndedButRunning:
      say("running", "its period ended " + to + ", and it is said to go on", facts.period.to);
      break;
    case Stale::BegunButPlanned:
      say("running", "its period began " + from + ", and it is said to be planned",
          facts.period.from);
      break;
    case Stale::NotBegunButRunning:
      say("running", "its period begins " + from + " only, and it is said to go on");
      break;
    case Stale::NotOverButEnded:
      say("running", "its period ends " + to + " only, and it is said to have ended");
      break;
    case Stale::PeriodBackwards:
      say("period", "it ends " + to + ", before it begins " + from);
      break;
    case Stale::DeadPeriod:
      say("running", "its period ended " + to + ", and nobody says what became of it",
          facts.period.to);
      break;
    case Stale::NotUpdated:
      say("updated",
          "it is published, and nobody touched it for " +
              std::to_string(limits.day - facts.updated) + " days",
          date_of(facts.updated));
      break;
    case Stale::InReview:
      say("state", "it lies in review for " + std::to_string(limits.day - facts.in_state) + " days",
          date_of(facts.in_state));
      break;
    case Stale::LeadRemoved:
      say("lead_organisation", "its lead organisation is not in the catalogue");
      finding.other = facts.lead->id;
      break;
    case Stale::ProjectRemoved:
      say("projects", "a project that it names is not in the catalogue");
      finding.other = removed_project(facts)->id;
      break;
    case Stale::ProjectOutside: {
      const NamedRecord& project = *outside_project(facts);
      const auto shown = [](const Period& period) {
        return (period.from ? format_date(period.from) : "…") + " to " +
               (period.to ? format_date(period.to) : "…");
      };
      say("period",
          "a project of it lasts " + shown(project.period) + ", the case " + shown(facts.period));
      finding.other = project.id;
      break;
    }
  }
  return finding;
}

}  // namespace koinon::programme
