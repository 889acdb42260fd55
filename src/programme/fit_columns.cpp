// SPDX-License-Identifier: Apache-2.0
#include "programme/fit_columns.hpp"

#include <algorithm>
#include <utility>

#include "programme/grades.hpp"

namespace koinon::programme {

// Takes what a record tells into its row.
struct FitColumns::Teller {
  FitColumns& columns;
  std::uint32_t number;

  template <class T>
  void operator()(const T&) const {}

  void operator()(const Organisation& r) const {
    if (!r.addresses.empty()) columns.countries_.set(number, r.addresses[0].country);
  }

  void operator()(const CaseStudy& r) const {
    columns.themes_.set(number, r.themes);
    columns.target_groups_.set(number, r.target_groups);
    std::vector<std::string> countries;
    for (const Place& place : r.locations) {
      if (!place.country.empty()) countries.push_back(place.country);
    }
    columns.countries_.set(number, std::move(countries));
    flag(account, is_account(r));
    for (const MethodUse& use : r.methods) columns.link(number, use.method, As::Use);
  }

  void operator()(const Project& r) const { columns.themes_.set(number, r.themes); }

  void operator()(const Method& r) const {
    columns.themes_.set(number, r.themes);
    columns.target_groups_.set(number, r.target_groups);
    std::vector<std::string> languages;
    for (const MethodVersion& version : r.versions) {
      languages.insert(languages.end(), version.languages.begin(), version.languages.end());
      for (const Text& text : version.text) languages.push_back(text.language);
    }
    columns.languages_.set(number, std::move(languages));
    flag(account, is_account(r));
    flag(manual, has_manual(r));
    flag(rejected, r.state == "rejected");
    flag(overridden, r.standard.has_value());
    if (r.standard) columns.grades_.set(number, r.standard->grade);
    columns.link(number, r.superseded_by, As::Successor);
  }

  void operator()(const Evidence& r) const {
    flag(change, shows_change(r));
    flag(comparing, has_comparison(r));
    flag(independent, r.independence == "independent");
    columns.link(number, r.about, As::Study);
  }

  void operator()(const Pilot& r) const {
    columns.link(number, r.method, As::PilotOfMethod);
    columns.link(number, r.case_study, As::PilotOfCase);
  }

  void flag(std::uint8_t bit, bool on) const {
    if (on) columns.rows_[number].flags |= bit;
  }
};

namespace {

bool tells(RecordKind kind) {
  switch (kind) {
    case RecordKind::Organisation:
    case RecordKind::CaseStudy:
    case RecordKind::Project:
    case RecordKind::Method:
    case RecordKind::Evidence:
    case RecordKind::Pilot:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::uint32_t FitColumns::number_of(std::string_view id) {
  const std::uint32_t number = numbers_.of(id);
  if (number == rows_.size()) rows_.emplace_back();
  return number;
}

void FitColumns::link(std::uint32_t number, const std::string& id, As as) {
  if (id.empty()) return;
  const std::uint32_t other = number_of(id);
  rows_[number].names.push_back({other, as});
  rows_[other].named_by.push_back({number, as});
}

void FitColumns::clear(std::uint32_t number) {
  Row& row = rows_[number];
  row.kind = UINT8_MAX;
  row.flags = 0;
  row.roles.clear();
  for (const Link& link : std::exchange(row.names, {})) {
    std::vector<Link>& there = rows_[link.other].named_by;
    const auto place = std::find(there.begin(), there.end(), Link{number, link.as});
    if (place == there.end()) continue;
    *place = there.back();
    there.pop_back();
  }
  for (graph::CodeSets* sets : {&themes_, &target_groups_, &countries_, &languages_, &grades_})
    sets->set(number, std::vector<std::string>());
}

void FitColumns::set(std::int64_t seq, std::string_view id, const Record* record) {
  if (const std::uint32_t known = at(seq); known != nothing) {
    clear(known);
    numbers_.forget(seq);
  }
  if (record == nullptr || !tells(kind_of(*record))) return;
  const std::uint32_t number = number_of(id);
  numbers_.tell(seq, number);
  rows_[number].kind = static_cast<std::uint8_t>(kind_of(*record));
  for (const auto& [who, roles] : roles_in(*record)) {
    const std::uint32_t other = number_of(who);
    rows_[number].roles.push_back({other, role_rank(roles)});
  }
  rows_[number].roles.shrink_to_fit();
  std::visit(Teller{*this, number}, *record);
}

template <class Each>
void FitColumns::each(std::uint32_t number, As as, Each&& found) const {
  for (const Link& link : rows_[number].named_by) {
    if (link.as == as) found(link.other);
  }
}

std::string FitColumns::standard(std::uint32_t method) const {
  const Row& own = rows_[method];
  if ((own.flags & overridden) != 0) {
    const auto& grade = grades_.of(method);
    return grade.empty() ? std::string() : grade.front();
  }
  StandardSigns signs;
  signs.account = (own.flags & account) != 0;
  signs.manual = (own.flags & manual) != 0;
  std::uint32_t compared = nothing;  // what the first study that compares is about
  const auto studies_about = [&](std::uint32_t of) {
    each(of, As::Study, [&](std::uint32_t study) {
      const std::uint8_t shown = rows_[study].flags;
      if ((shown & change) == 0) return;
      signs.change = true;
      if ((shown & comparing) == 0) return;
      signs.comparing = true;
      signs.replicated = signs.replicated || (compared != nothing && compared != of);
      compared = of;
      signs.independent = signs.independent || (shown & independent) != 0;
    });
  };
  studies_about(method);
  each(method, As::PilotOfMethod, studies_about);
  each(method, As::Use, [&](std::uint32_t study) {
    signs.account = signs.account || (rows_[study].flags & account) != 0;
    studies_about(study);
    each(study, As::PilotOfCase, studies_about);
  });
  const int level = standard_level(signs);
  return level > 0 ? std::to_string(level) : std::string();
}

std::uint32_t FitColumns::successor(std::uint32_t method) const {
  std::vector<std::uint32_t> seen = {method};
  std::uint32_t last = nothing;
  for (std::uint32_t at = method;;) {
    std::uint32_t next = nothing;
    for (const Link& link : rows_[at].names) {
      if (link.as == As::Successor) next = link.other;
    }
    if (next == nothing) return last;
    if (std::find(seen.begin(), seen.end(), next) != seen.end()) return nothing;
    if (!is(next, RecordKind::Method)) return last;
    seen.push_back(next);
    last = at = next;
  }
}

std::vector<std::uint32_t> FitColumns::uses(std::uint32_t method) const {
  std::vector<std::uint32_t> found;
  each(method, As::Use, [&](std::uint32_t study) { found.push_back(study); });
  return found;
}

}  // namespace koinon::programme
