// SPDX-License-Identifier: Apache-2.0
#include "engine/lineage_index.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace koinon::engine {

namespace {

void drop(std::vector<std::int64_t>& records, std::int64_t record) {
  records.erase(std::remove(records.begin(), records.end(), record), records.end());
}

void sort_once(std::vector<std::string>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

// Where a case is carried out: not where its partners sit.
std::vector<std::string> places_of_action(const CaseStudy& study) {
  std::vector<std::string> countries;
  for (const Place& place : study.locations) {
    if (place.country.empty() || place.role == "partner" || place.role == "seat") continue;
    countries.push_back(place.country);
  }
  sort_once(countries);
  return countries;
}

}  // namespace

std::uint32_t LineageIndex::number(const std::string& id) {
  const auto [place, fresh] = numbers_.emplace(id, size());
  if (fresh) initiatives_.emplace_back().id = id;
  return place->second;
}

std::optional<std::uint32_t> LineageIndex::find(const std::string& id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

void LineageIndex::follow(const ViewChange& change) {
  switch (change.kind) {
    case RecordKind::Initiative:
      return follow_initiative(change);
    case RecordKind::Replication:
      return follow_replication(change);
    case RecordKind::CaseStudy:
    case RecordKind::Project:
      return follow_document(change);
    default:
      return;
  }
}

void LineageIndex::follow_initiative(const ViewChange& change) {
  const std::string id(change.id);
  if (!change.record && numbers_.count(id) == 0) return;
  Known& known = initiatives_[number(id)];
  const auto* told = change.record ? std::get_if<Initiative>(change.record) : nullptr;
  known.present = told != nullptr;
  known.name = told && !told->names.empty() ? told->names[0].text : std::string();
  known.country = told ? told->origin.country : std::string();
}

void LineageIndex::follow_replication(const ViewChange& change) {
  const auto before = edges_.find(change.seq);
  if (before != edges_.end()) {
    drop(initiatives_[before->second.child].into, change.seq);
    drop(initiatives_[before->second.parent].out_of, change.seq);
    edges_.erase(before);
  }
  const auto* told = change.record ? std::get_if<Replication>(change.record) : nullptr;
  if (!told) return;
  const Edge edge{number(told->parent), number(told->child), told->date, told->kind};
  edges_.emplace(change.seq, edge);
  initiatives_[edge.child].into.push_back(change.seq);
  initiatives_[edge.parent].out_of.push_back(change.seq);
}

void LineageIndex::follow_document(const ViewChange& change) {
  const auto before = documents_.find(change.seq);
  if (before != documents_.end()) {
    for (const std::uint32_t initiative : before->second.initiatives)
      drop(initiatives_[initiative].documents, change.seq);
    documents_.erase(before);
  }
  const auto at = static_cast<std::size_t>(change.seq);
  const auto* study = change.record ? std::get_if<CaseStudy>(change.record) : nullptr;
  const auto* project = change.record ? std::get_if<Project>(change.record) : nullptr;
  const PartialDate start = study     ? study->period.from
                            : project ? project->period.from
                                      : PartialDate();
  if (starts_.size() <= at && start) starts_.resize(at + 1);
  if (at < starts_.size()) starts_[at] = start;

  Document document;
  if (study && !study->initiative.empty()) {
    document.case_study = true;
    document.initiatives = {number(study->initiative)};
    document.countries = places_of_action(*study);
    document.themes = study->themes;
    document.projects = study->projects;
  } else if (project) {
    for (const std::string& id : project->initiatives) document.initiatives.push_back(number(id));
  }
  if (document.initiatives.empty()) return;
  for (const std::uint32_t initiative : document.initiatives)
    initiatives_[initiative].documents.push_back(change.seq);
  documents_.emplace(change.seq, std::move(document));
}

std::vector<std::string> LineageIndex::countries_of(std::uint32_t initiative) const {
  const Known& known = initiatives_[initiative];
  std::vector<std::string> countries;
  if (!known.country.empty()) countries.push_back(known.country);
  for (const std::int64_t record : known.documents) {
    const Document& document = documents_.at(record);
    countries.insert(countries.end(), document.countries.begin(), document.countries.end());
  }
  sort_once(countries);
  return countries;
}

bool LineageIndex::has_theme(const std::string& code) const {
  return std::any_of(documents_.begin(), documents_.end(), [&](const auto& known) {
    const std::vector<std::string>& themes = known.second.themes;
    return std::find(themes.begin(), themes.end(), code) != themes.end();
  });
}

PartialDate LineageIndex::start_of(std::int64_t record) const {
  const auto at = static_cast<std::size_t>(record);
  return at < starts_.size() ? starts_[at] : PartialDate();
}

std::vector<std::uint32_t> LineageIndex::region_of(std::uint32_t initiative) const {
  std::vector<std::uint32_t> region = {initiative};
  std::unordered_set<std::uint32_t> seen = {initiative};
  const auto visit = [&](std::uint32_t other) {
    if (seen.insert(other).second) region.push_back(other);
  };
  for (std::size_t next = 0; next < region.size(); ++next) {
    for (const std::int64_t record : out_of(region[next])) visit(edge(record).child);
  }
  for (std::size_t next = 0; next < region.size(); ++next) {
    for (const std::int64_t record : into(region[next])) visit(edge(record).parent);
  }
  return region;
}

}  // namespace koinon::engine
