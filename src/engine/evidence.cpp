// SPDX-License-Identifier: Apache-2.0
#include "engine/evidence.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "domain/date.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "koinon/catalogue.hpp"
#include "programme/agreement.hpp"
#include "programme/grades.hpp"

namespace koinon::engine {

namespace {

using Ids = std::vector<std::string>;

// Gathers what speaks for an innovation: its cases, their pilots, and studies of any of them.
class Gathering {
 public:
  explicit Gathering(store::Reader& reader) : reader_(reader) {}

  void studies_about(const std::string& id) {
    if (!asked_.insert(id).second) return;
    for (auto& [study, told] : linked<Evidence>(reader_, id)) {
      if (told.about == id && seen_.insert(study).second)
        facts.studies.push_back({study, std::move(told)});
    }
  }

  void take_case(const std::string& id, const CaseStudy& study) {
    if (!cases_.insert(id).second) return;
    if (programme::is_account(study)) facts.accounts.push_back(id);
    studies_about(id);
    for (const auto& [pilot, told] : linked<Pilot>(reader_, id)) {
      if (told.case_study == id) take_pilot(pilot, told);
    }
    for (const MethodUse& use : study.methods) {
      const auto method = present_record(reader_, use.method);
      const auto* told = method ? std::get_if<Method>(&*method) : nullptr;
      if (told && programme::has_manual(*told)) manuals_.insert(use.method);
    }
  }

  void take_pilot(const std::string& id, const Pilot& pilot) {
    if (!pilots_.insert(id).second) return;
    if (pilot.outcome == "confirmed") facts.confirmed.push_back(id);
    studies_about(id);
  }

  void take_initiative(const std::string& id) {
    if (!initiatives_.insert(id).second) return;
    studies_about(id);
    for (const auto& [study, told] : linked<CaseStudy>(reader_, id)) {
      if (told.initiative == id) take_case(study, told);
    }
  }

  programme::StandardFacts facts;

  Ids cases() const { return {cases_.begin(), cases_.end()}; }
  Ids pilots() const { return {pilots_.begin(), pilots_.end()}; }
  Ids manuals() const { return {manuals_.begin(), manuals_.end()}; }

 private:
  store::Reader& reader_;
  std::set<std::string> asked_;
  std::set<std::string> seen_;
  std::set<std::string> cases_;
  std::set<std::string> pilots_;
  std::set<std::string> initiatives_;
  std::set<std::string> manuals_;
};

GradedStudy shown(const programme::Study& study, store::Reader& reader) {
  GradedStudy graded;
  graded.id = study.id;
  graded.title = title_of(study.told, reader);
  graded.about = study.told.about;
  graded.features = study.told.features;
  graded.independence = study.told.independence;
  graded.country = study.told.country;
  graded.date = study.told.date;
  graded.shows_change = programme::shows_change(study.told);
  graded.maryland = programme::maryland_of(study.told);
  return graded;
}

// A method's own account, and what its users and pilots show.
Gathering gathered_for(const std::string& id, const Method& method, store::Reader& reader) {
  Gathering gathering(reader);
  if (programme::is_account(method)) gathering.facts.accounts.push_back(id);
  gathering.studies_about(id);
  for (const auto& [pilot, told] : linked<Pilot>(reader, id)) {
    if (told.method == id) gathering.take_pilot(pilot, told);
  }
  for (const auto& [study, told] : linked<CaseStudy>(reader, id)) {
    const bool used = std::any_of(told.methods.begin(), told.methods.end(),
                                  [&](const MethodUse& use) { return use.method == id; });
    if (used) gathering.take_case(study, told);
  }
  if (programme::has_manual(method)) gathering.facts.manuals = {id};
  return gathering;
}

void tell(Gathering& gathering, EvidenceReport& report, store::Reader& reader) {
  for (const programme::Study& study : gathering.facts.studies)
    report.studies.push_back(shown(study, reader));
  std::sort(report.studies.begin(), report.studies.end(),
            [](const GradedStudy& a, const GradedStudy& b) {
              return a.maryland.grade != b.maryland.grade ? a.maryland.grade > b.maryland.grade
                                                          : a.id < b.id;
            });
  report.cases = gathering.cases();
  report.pilots = gathering.pilots();
}

void tell_initiative(const std::string& id, const Initiative& initiative, EvidenceReport& report,
                     store::Reader& reader) {
  Gathering gathering(reader);
  gathering.take_initiative(id);
  for (const store::ReplicationRow& row : reader.replications_of(id)) {
    report.replicas.push_back(row.child);
    gathering.take_initiative(row.child);
  }
  std::sort(report.replicas.begin(), report.replicas.end());
  report.replicas.erase(std::unique(report.replicas.begin(), report.replicas.end()),
                        report.replicas.end());
  gathering.facts.manuals = gathering.manuals();
  report.initiative = id;
  report.standard = programme::standard_of(gathering.facts, initiative.standard);
  tell(gathering, report, reader);
}

}  // namespace

EvidenceReport evidence_of(const std::string& id, store::Reader& reader) {
  const Record record = known_record(reader, id);
  EvidenceReport report;
  report.id = id;
  report.kind = kind_name(kind_of(record));
  report.title = title_of(record, reader);
  report.change = reader.last_change();
  if (const auto* study = std::get_if<Evidence>(&record)) {
    report.studies.push_back(shown({id, *study}, reader));
  } else if (const auto* initiative = std::get_if<Initiative>(&record)) {
    tell_initiative(id, *initiative, report, reader);
  } else if (const auto* method = std::get_if<Method>(&record)) {
    Gathering gathering = gathered_for(id, *method, reader);
    report.standard = programme::standard_of(gathering.facts, method->standard);
    tell(gathering, report, reader);
  } else if (const auto* told = std::get_if<CaseStudy>(&record)) {
    const auto about = present_record(reader, told->initiative);
    const auto* own = about ? std::get_if<Initiative>(&*about) : nullptr;
    if (own) {
      tell_initiative(told->initiative, *own, report, reader);
    } else {
      Gathering gathering(reader);
      gathering.take_case(id, *told);
      tell(gathering, report, reader);
    }
  } else if (std::holds_alternative<Pilot>(record) || std::holds_alternative<Experiment>(record)) {
    Gathering gathering(reader);
    gathering.studies_about(id);
    tell(gathering, report, reader);
  } else {
    refuse_kind(id, kind_of(record),
                "a study, an initiative, a case study, a method, a pilot or an experiment");
  }
  return report;
}

void add_uses(const std::string& id, const CaseStudy& study, const std::string& method,
              store::Reader& reader, std::vector<MethodUseShown>& uses) {
  for (const MethodUse& use : study.methods) {
    if (use.method != method) continue;
    MethodUseShown shown;
    shown.case_study = id;
    shown.title = title_of(study, reader);
    for (const Place& place : study.locations) {
      if (!place.country.empty()) shown.countries.push_back(place.country);
    }
    std::sort(shown.countries.begin(), shown.countries.end());
    shown.countries.erase(std::unique(shown.countries.begin(), shown.countries.end()),
                          shown.countries.end());
    shown.version = use.version;
    shown.effect = use.effect;
    uses.push_back(std::move(shown));
  }
}

namespace {

// The last of those that each supersede the one before; "" where there is none that is present, and
// of a circle.
std::string successor_of(const std::string& id, const Method& method, store::Reader& reader) {
  std::set<std::string> seen = {id};
  std::string last;
  for (std::string next = method.superseded_by; !next.empty();) {
    if (!seen.insert(next).second) return {};
    const auto record = present_record(reader, next);
    const auto* told = record ? std::get_if<Method>(&*record) : nullptr;
    if (!told) break;
    last = next;
    next = told->superseded_by;
  }
  return last;
}

std::vector<DisseminationShown> disseminations_of(const std::string& method, Shown& shown,
                                                  store::Reader& reader) {
  std::vector<DisseminationShown> all;
  for (const auto& [id, told] : linked<Dissemination>(reader, method)) {
    DisseminationShown one;
    one.id = id;
    one.version = told.version;
    one.from = told.from;
    if (!told.from.empty()) one.from_name = shown.title(told.from);
    one.to = told.to;
    for (const std::string& to : told.to) one.to_names.push_back(shown.title(to));
    one.channel = told.channel;
    one.language = told.language;
    one.date = told.date;
    all.push_back(std::move(one));
  }
  std::stable_sort(all.begin(), all.end(), [](const DisseminationShown& a, const auto& b) {
    return domain::last_day(a.date) > domain::last_day(b.date);
  });
  return all;
}

}  // namespace

MethodReport method_report(const std::string& id, store::Reader& reader) {
  const auto method = known_record<Method>(reader, id, "a method");
  MethodReport report;
  report.change = reader.last_change();
  report.id = id;
  report.title = title_of(method, reader);
  report.kind = method.kind;
  report.state = method.state;
  report.superseded_by = method.superseded_by;
  report.successor = successor_of(id, method, reader);
  Shown shown(reader);
  if (!report.successor.empty()) report.successor_title = shown.title(report.successor);
  for (const auto& [other, told] : linked<Method>(reader, id)) {
    if (told.superseded_by == id) report.supersedes.push_back(other);
  }
  std::sort(report.supersedes.begin(), report.supersedes.end());
  report.versions = method.versions;
  report.standard = programme::standard_of(gathered_for(id, method, reader).facts, method.standard);
  std::vector<Assessment> assessments;
  for (auto& [assessment, told] : linked<Assessment>(reader, id)) {
    if (told.method == id) assessments.push_back(std::move(told));
  }
  report.assessments = programme::assessed(assessments);
  for (const auto& [study, told] : linked<CaseStudy>(reader, id))
    add_uses(study, told, id, reader, report.uses);
  // One case may tell of several, in its own order.
  std::stable_sort(report.uses.begin(), report.uses.end(),
                   [](const auto& a, const auto& b) { return a.case_study < b.case_study; });
  report.disseminations = disseminations_of(id, shown, reader);
  return report;
}

}  // namespace koinon::engine
