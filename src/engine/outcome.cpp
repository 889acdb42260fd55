// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/catalogue_impl.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "engine/ticker.hpp"
#include "koinon/error.hpp"
#include "koinon/outcome.hpp"

namespace koinon {

namespace engine {
namespace {

using Codes = std::set<std::string>;

Codes countries_of(const std::vector<Place>& places) {
  Codes countries;
  for (const Place& place : places) {
    const bool of_partner = place.role == "partner" || place.role == "seat";
    if (!of_partner && !place.country.empty()) countries.insert(place.country);
  }
  return countries;
}

std::vector<std::string> listed(const Codes& codes) {
  return {codes.begin(), codes.end()};
}

void need_funding(store::Snapshot& snapshot) {
  if (snapshot.knows_funding()) return;
  throw Error(ErrorCode::ReadOnly,
              "this file was written by an earlier version, which did not keep who draws on whom: "
              "open it once for writing");
}

// Follows the links from calls to what came of them, each record once.
class Tracer {
 public:
  Tracer(const GraphView& view, store::Snapshot& snapshot, const Task& task)
      : view_(view), snapshot_(snapshot), task_(task), ticker_(task, "outcome", 0) {}

  Outcome trace(const std::string& id) {
    outcome_.id = id;
    const Record record = known_record(snapshot_, id);
    if (!std::holds_alternative<Call>(record) && !std::holds_alternative<Programme>(record))
      refuse_kind(id, kind_of(record), "a call or a programme");
    outcome_.kind = kind_name(kind_of(record));
    outcome_.title = title_of(record, snapshot_);
    need_funding(snapshot_);
    outcome_.calls = snapshot_.funding_calls(id);
    take_money(id);
    for (const std::string& project : projects_) take_project(project);
    for (const std::string& initiative : initiatives_) take_initiative(initiative);
    for (const std::string& study : cases_) take_case(study);
    take_uptakes();
    finish();
    return std::move(outcome_);
  }

 private:
  // From what the store keeps of calls, bids and awards, which are many, without reading them.
  void take_money(const std::string& id) {
    for (const auto& [state, count] : snapshot_.funding_bids(id))
      outcome_.bids.push_back({state, count});
    snapshot_.each_award(id, [&](const store::FundingRow& award) {
      ticker_.look();
      add({award.amount, award.currency, {}});
      if (!award.project.empty()) projects_.insert(award.project);
    });
    named_by_awards_ = projects_;
    for (std::string& project : snapshot_.funding_projects(id))
      projects_.insert(std::move(project));
  }

  // A project names its call in one field, and might name it in another by mistake.
  bool is_of_calls(const std::string& id, const Project& project) const {
    return named_by_awards_.count(id) > 0 ||
           std::binary_search(outcome_.calls.begin(), outcome_.calls.end(), project.call);
  }

  void add(const Money& money) {
    if (!money.minor) return;
    OutcomeAmount& sum = awarded_[money.currency];
    sum.currency = money.currency;
    ++sum.awards;
    std::int64_t total = 0;
    const bool fits =
        sum.awards == 1 || (sum.minor && !__builtin_add_overflow(*sum.minor, *money.minor, &total));
    sum.minor = sum.awards == 1 ? money.minor : fits ? std::optional(total) : std::nullopt;
  }

  void keep(std::vector<OutcomeRecord>& list, const std::string& id, const Record& record,
            Codes countries) {
    countries_.insert(countries.begin(), countries.end());
    list.push_back({id, title_of(record, snapshot_), listed(countries)});
  }

  void take_project(const std::string& id) {
    ticker_.look();
    const auto record = present_record(snapshot_, id);
    const auto* project = record ? std::get_if<Project>(&*record) : nullptr;
    if (!project || !is_of_calls(id, *project)) return;
    keep(outcome_.projects, id, *record, countries_of(project->locations));
    initiatives_.insert(project->initiatives.begin(), project->initiatives.end());
    for (const auto& [study, told] : linked<CaseStudy>(snapshot_, id)) {
      const auto& named = told.projects;
      if (std::find(named.begin(), named.end(), id) == named.end()) continue;
      cases_.insert(study);
      if (!told.initiative.empty()) initiatives_.insert(told.initiative);
    }
  }

  void take_initiative(const std::string& id) {
    ticker_.look();
    const auto record = present_record(snapshot_, id);
    const auto* initiative = record ? std::get_if<Initiative>(&*record) : nullptr;
    if (!initiative) return;
    Codes countries;
    if (!initiative->origin.country.empty()) countries.insert(initiative->origin.country);
    keep(outcome_.initiatives, id, *record, std::move(countries));
    for (const auto& [study, told] : linked<CaseStudy>(snapshot_, id)) {
      if (told.initiative == id) cases_.insert(study);
    }
    for (const LineageInitiative& each : view_.lineage(id, {}, snapshot_, task_).descendants) {
      replicas_.insert(each.id);
      reached_.insert(each.countries.begin(), each.countries.end());
    }
  }

  void take_case(const std::string& id) {
    ticker_.look();
    const auto record = present_record(snapshot_, id);
    const auto* study = record ? std::get_if<CaseStudy>(&*record) : nullptr;
    if (study) keep(outcome_.cases, id, *record, countries_of(study->locations));
  }

  void take_uptakes() {
    std::map<std::string, Uptake> found;
    for (const auto* list : {&outcome_.projects, &outcome_.initiatives, &outcome_.cases}) {
      for (const OutcomeRecord& each : *list) {
        ticker_.look();
        for (auto& [id, told] : linked<Uptake>(snapshot_, each.id)) {
          if (told.of == each.id) found.emplace(id, std::move(told));
        }
      }
    }
    for (const auto& [id, told] : found) {
      Codes countries;
      if (!told.country.empty()) countries.insert(told.country);
      const std::string title = told.measure.empty() ? std::string() : told.measure[0].text;
      outcome_.uptakes.push_back({id, title, listed(countries)});
    }
  }

  void finish() {
    for (const auto& [currency, sum] : awarded_) outcome_.awarded.push_back(sum);
    for (const OutcomeRecord& own : outcome_.initiatives) replicas_.erase(own.id);
    outcome_.replicas = listed(replicas_);
    outcome_.countries = listed(countries_);
    for (const std::string& country : countries_) reached_.erase(country);
    outcome_.reached = listed(reached_);
    const std::pair<const char*, std::size_t> results[] = {
        {"project", outcome_.projects.size()},
        {"initiative", outcome_.initiatives.size()},
        {"case-study", outcome_.cases.size()},
        {"replication", outcome_.replicas.size()},
        {"country", countries_.size() + reached_.size()}};
    for (const OutcomeAmount& sum : outcome_.awarded) {
      if (!sum.minor) continue;
      for (const auto& [result, count] : results) {
        if (count > 0)
          outcome_.costs.push_back({sum.currency, result, count, shared(*sum.minor, count)});
      }
    }
  }

  // Rounded half up.
  static std::int64_t shared(std::int64_t minor, std::size_t among) {
    const auto by = static_cast<std::int64_t>(among);
    const std::int64_t whole = minor / by;
    return whole + (minor % by >= by - minor % by ? 1 : 0);
  }

  const GraphView& view_;
  store::Snapshot& snapshot_;
  const Task& task_;
  Ticker ticker_;
  Outcome outcome_;
  std::map<std::string, OutcomeAmount> awarded_;
  Codes projects_;
  Codes named_by_awards_;
  Codes initiatives_;
  Codes cases_;
  Codes replicas_;
  Codes countries_;
  Codes reached_;
};

}  // namespace
}  // namespace engine

Outcome Catalogue::outcome(const std::string& id, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, true);
  const auto& view = static_cast<const engine::GraphView&>(impl_->graph.view());
  Outcome outcome = engine::Tracer(view, reading.snapshot, task).trace(id);
  outcome.change = view.reached();
  return outcome;
}

}  // namespace koinon
