// SPDX-License-Identifier: Apache-2.0
//
// What the graph of the catalogue knows of organisations as members of a consortium.
#include <algorithm>

#include "engine/graph_view.hpp"
#include "text/fold.hpp"

namespace koinon::engine {

namespace {

template <class T>
void sort_once(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool among(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

}  // namespace

GraphView::Experience GraphView::experience(const std::string& organisation, bool as_told,
                                            const std::vector<std::string>& topics) const {
  Experience found;
  const auto member = number_of(organisation, as_told);
  if (!member) return found;
  const graph::IncidenceView view = asked(as_told);
  std::vector<std::uint32_t> works;
  for (const graph::MemberRow& row : view.works_of(*member)) works.push_back(row.work);
  sort_once(works);
  for (const std::uint32_t work : works) {
    found.works.push_back(described_.work_ids[work]);
    const auto& themes = described_.themes.of(work);
    found.themes.insert(found.themes.end(), themes.begin(), themes.end());
    if (std::any_of(themes.begin(), themes.end(),
                    [&](const std::string& theme) { return among(topics, theme); }))
      ++found.on_topic;
  }
  sort_once(found.themes);
  return found;
}

std::string GraphView::merged_id(const std::string& organisation) const {
  const auto member = number_of(organisation, false);
  return member ? member_ids_[*member] : organisation;
}

bool GraphView::has_theme(const std::string& code) const {
  const auto told = [&](const graph::CodeSets& sets) {
    for (std::uint32_t number = 0; number < sets.set_count(); ++number) {
      const std::vector<std::string>& set = sets.set(number);
      if (std::binary_search(set.begin(), set.end(), code)) return true;
    }
    return false;
  };
  return told(described_.themes) || told(described_.offers) || told(described_.seeks) ||
         lineage_.has_theme(code);
}

std::string GraphView::capability_called(const std::string& told) const {
  const graph::CodeSets& sets = described_.capabilities;
  if (sets.has(told)) return told;
  const std::string folded = text::fold_name(told);
  std::string found;
  if (folded.empty()) return found;
  for (std::uint32_t number = 0; number < sets.set_count(); ++number) {
    for (const std::string& code : sets.set(number)) {
      // Of several that differ in nothing else, always the same one.
      if (text::fold_name(code) == folded && (found.empty() || code < found)) found = code;
    }
  }
  return found;
}

std::vector<std::string> GraphView::organisations(const TakingPart& wanted) const {
  const graph::IncidenceView view = asked(wanted.as_told);
  std::vector<std::uint32_t> works;
  const graph::Bitmap on_topic = described_.themes.having_any(wanted.themes);
  const auto count = static_cast<std::uint32_t>(described_.work_ids.size());
  for (std::uint32_t work = 0; work < count; ++work) {
    if (on_topic.test(work)) works.push_back(work);
  }
  for (const std::int64_t work : wanted.works) {
    if (work < works_) works.push_back(static_cast<std::uint32_t>(work));
  }
  sort_once(works);
  std::vector<std::uint32_t> members;
  for (const std::uint32_t work : works) {
    // Who only paid for a record has not shown that it can do what the record is about.
    for (const graph::WorkRow& row : view.members_of(work)) {
      if (role_codes_[row.role] != "funder") members.push_back(row.member);
    }
  }
  // Newcomers have no work yet, and may say that they would.
  for (std::uint32_t member = 0; member < member_ids_.size() && !wanted.themes.empty(); ++member) {
    const auto& offers = described_.offers.of(member);
    if (std::any_of(offers.begin(), offers.end(),
                    [&](const std::string& offer) { return among(wanted.themes, offer); }))
      members.push_back(wanted.as_told ? member : identities_.root(member));
  }
  sort_once(members);
  std::vector<std::string> ids;
  const auto passes = [](const std::vector<std::string>& codes, const std::string& code) {
    return codes.empty() || among(codes, code);
  };
  for (const std::uint32_t member : members) {
    if (identities_.present(member) &&
        passes(wanted.countries, code_shown(described_.countries, member, !wanted.as_told)) &&
        passes(wanted.kinds, code_shown(described_.kinds, member, !wanted.as_told)))
      ids.push_back(member_ids_[member]);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

NetworkTies GraphView::ties_among(const std::vector<std::string>& organisations,
                                  bool as_told) const {
  const graph::IncidenceView view = asked(as_told);
  std::unordered_map<std::uint32_t, std::uint32_t> places;
  std::vector<std::optional<std::uint32_t>> members;
  for (std::uint32_t i = 0; i < organisations.size(); ++i) {
    members.push_back(number_of(organisations[i], as_told));
    if (members.back()) places.emplace(*members.back(), i);
  }
  const auto kernels = kernels_->take();
  NetworkTies ties;
  for (std::uint32_t i = 0; i < organisations.size(); ++i) {
    if (!members[i]) continue;
    for (const graph::Tie& tie : kernels->projection.partners_of(view, *members[i])) {
      const auto other = places.find(tie.partner);
      if (other == places.end() || other->second <= i) continue;
      ties.from.push_back(i);
      ties.to.push_back(other->second);
      ties.strength.push_back(tie.strength);
    }
  }
  return ties;
}

std::vector<SharedWork> GraphView::shared_works(const std::string& one, const std::string& other,
                                                bool as_told, std::size_t limit,
                                                store::Snapshot& snapshot) const {
  const auto first = number_of(one, as_told);
  const auto second = number_of(other, as_told);
  if (!first || !second || *first == *second) return {};
  const graph::IncidenceView view = asked(as_told);
  const std::uint32_t partner = *second;
  const auto works = kernels_->take()->projection.shared_works(view, *first, {&partner, 1}, limit);
  ToldWorks told{snapshot, view};
  std::vector<SharedWork> shared;
  for (const std::uint32_t work : works[0])
    shared.push_back(shared_work(*first, partner, work, told));
  return shared;
}

}  // namespace koinon::engine
