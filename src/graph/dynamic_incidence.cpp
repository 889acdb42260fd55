// SPDX-License-Identifier: Apache-2.0
#include "graph/dynamic_incidence.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "graph/components.hpp"

namespace koinon::graph {
namespace {

void check(std::span<const Incidence> rows, std::uint32_t members, std::uint32_t work) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].work != work) {
      throw std::invalid_argument("row " + std::to_string(i) + ": work " +
                                  std::to_string(rows[i].work) + " among those of " +
                                  std::to_string(work));
    }
    if (rows[i].member >= members) {
      throw std::invalid_argument("row " + std::to_string(i) + ": member " +
                                  std::to_string(rows[i].member) + " of " +
                                  std::to_string(members));
    }
    check_row(rows[i], i);
  }
}

// The rows of one member with those of `work` taken out and `added` (its new ones there) put in.
std::vector<MemberRow> edited(std::span<const MemberRow> rows, std::uint32_t work,
                              std::span<const Incidence> added) {
  std::vector<MemberRow> result;
  result.reserve(rows.size() + added.size());
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(result),
               [&](const MemberRow& row) { return row.work != work; });
  for (const Incidence& row : added) {
    const MemberRow fresh = member_row(row);
    result.insert(std::upper_bound(result.begin(), result.end(), fresh), fresh);
  }
  return result;
}

// The rows at the front that are of `member`, taken off.
template <class Row>
std::span<const Row> take(std::span<const Row>& rows, std::uint32_t member) {
  const auto end =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.member != member; });
  const auto taken = rows.first(std::size_t(end - rows.begin()));
  rows = rows.subspan(taken.size());
  return taken;
}

}  // namespace

DynamicIncidence::DynamicIncidence(const IncidenceGraph& graph)
    : member_rows_(graph.member_count(), [&](std::uint32_t m) { return graph.works_of(m); }),
      work_rows_(graph.work_count(), [&](std::uint32_t w) { return graph.members_of(w); }),
      members_(graph.member_count()),
      works_(graph.work_count()),
      linked_members_(graph.linked_members()),
      linked_works_(graph.linked_works()),
      rows_(graph.row_count()) {
  components_.build(graph);
}

void DynamicIncidence::grow(std::uint32_t members, std::uint32_t works) noexcept {
  members_ = std::max(members_, members);
  works_ = std::max(works_, works);
}

void DynamicIncidence::replace(std::uint32_t work, std::span<const Incidence> rows) {
  if (work >= works_) throw_no_vertex("work", work, works_);
  check(rows, members_, work);
  std::vector<Incidence> wanted(rows.begin(), rows.end());
  wanted.resize(normalise_work(wanted));
  const auto present = members_of(work);

  std::vector<WorkRow> work_rows;
  work_rows.reserve(wanted.size());
  for (const Incidence& row : wanted) work_rows.push_back(work_row(row));
  PagedRows<WorkRow>::Change work_change(work_rows_);
  work_change.add(work, std::move(work_rows));

  // Both lists run by member: walk them together.
  PagedRows<MemberRow>::Change member_change(member_rows_);
  std::vector<std::uint32_t> left;
  bool kept = false;
  std::uint32_t linked = linked_members_;
  std::span<const WorkRow> old = present;
  std::span<const Incidence> fresh = wanted;
  while (!old.empty() || !fresh.empty()) {
    const std::uint32_t member = fresh.empty() || (!old.empty() && old[0].member < fresh[0].member)
                                     ? old[0].member
                                     : fresh[0].member;
    const auto before = works_of(member);
    const bool was = !take(old, member).empty();
    const auto added = take(fresh, member);
    kept |= was && !added.empty();
    if (was && added.empty()) left.push_back(member);
    auto after = edited(before, work, added);
    linked = linked - !before.empty() + !after.empty();
    member_change.add(member, std::move(after));
  }
  work_change.prepare();
  member_change.prepare();

  const std::size_t had = present.size();  // the span ends with the change
  work_change.commit();
  member_change.commit();
  linked_members_ = linked;
  linked_works_ = linked_works_ - (had > 0) + !wanted.empty();
  rows_ = rows_ - had + wanted.size();
  try {
    components_.follow(*this, work, left, kept);
  } catch (const std::bad_alloc&) {
    // The rows are right; sizes of components are walked for until the next change.
  }
}

std::uint32_t DynamicIncidence::component_size(std::uint32_t member) const {
  if (member >= members_) throw_no_vertex("member", member, members_);
  return components_.stale() ? graph::component_size(*this, member) : components_.size_of(member);
}

std::size_t DynamicIncidence::memory_bytes() const noexcept {
  return sizeof *this + member_rows_.memory_bytes() + work_rows_.memory_bytes() +
         components_.memory_bytes();
}

std::uint32_t IncidenceView::component_size(std::uint32_t member) const {
  return dynamic_ ? dynamic_->component_size(member) : graph::component_size(*this, member);
}

std::span<const WorkRow> IncidenceView::roles_of(std::uint32_t member, std::uint32_t work) const {
  const auto rows = members_of(work);
  const auto by_member = [](const WorkRow& row, std::uint32_t id) { return row.member < id; };
  const auto begin = std::lower_bound(rows.begin(), rows.end(), member, by_member);
  const auto end =
      std::find_if(begin, rows.end(), [&](const WorkRow& row) { return row.member != member; });
  return {begin, end};
}

}  // namespace koinon::graph
