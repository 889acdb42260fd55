// SPDX-License-Identifier: Apache-2.0
#include "graph/incidence.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>

namespace koinon::graph {
namespace {

void check(std::span<const Incidence> rows, std::uint32_t members, std::uint32_t works) {
  const auto refuse = [](std::size_t row, const char* kind, std::uint32_t id, std::uint32_t count) {
    throw std::invalid_argument("row " + std::to_string(row) + ": " + kind + " " +
                                std::to_string(id) + " of " + std::to_string(count));
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].member >= members) refuse(i, "member", rows[i].member, members);
    if (rows[i].work >= works) refuse(i, "work", rows[i].work, works);
    check_row(rows[i], i);
  }
}

// Where the rows of each vertex begin once they are grouped by it, and, last, how many there are.
std::vector<std::size_t> offsets_by(std::uint32_t Incidence::*vertex,
                                    std::span<const Incidence> rows, std::uint32_t vertices) {
  std::vector<std::size_t> offsets(std::size_t{vertices} + 1);
  for (const Incidence& row : rows) ++offsets[std::size_t{row.*vertex} + 1];
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  return offsets;
}

std::uint32_t count_linked(const std::vector<std::size_t>& offsets) {
  std::uint32_t linked = 0;
  for (std::size_t v = 0; v + 1 < offsets.size(); ++v) linked += offsets[v] != offsets[v + 1];
  return linked;
}

void join(Incidence& kept, const Incidence& other) {
  if (kept.from_day == unknown_from) {
    kept.from_day = other.from_day;
  } else if (other.from_day != unknown_from) {
    kept.from_day = std::min(kept.from_day, other.from_day);
  }
  if (kept.to_day == unknown_to) {
    kept.to_day = other.to_day;
  } else if (other.to_day != unknown_to) {
    kept.to_day = std::max(kept.to_day, other.to_day);
  }
  if (kept.share == unknown_share) {
    kept.share = other.share;
  } else if (other.share != unknown_share) {
    kept.share = std::min(kept.share + other.share, whole_share);
  }
}

}  // namespace

void check_row(const Incidence& row, std::size_t number) {
  if (row.role > greatest_role)
    throw std::invalid_argument("row " + std::to_string(number) + ": role " +
                                std::to_string(row.role) + " of " +
                                std::to_string(greatest_role + 1));
  if (row.share > whole_share && row.share != unknown_share)
    throw std::invalid_argument("row " + std::to_string(number) + ": a share of " +
                                std::to_string(row.share) + " millionths");
}

std::size_t normalise_work(std::span<Incidence> rows) {
  const auto key = [](const Incidence& row) { return std::tie(row.member, row.role); };
  std::sort(rows.begin(), rows.end(),
            [&](const Incidence& a, const Incidence& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const Incidence& row : rows) {
    if (kept > 0 && key(rows[kept - 1]) == key(row)) {
      join(rows[kept - 1], row);
    } else {
      rows[kept++] = row;
    }
  }
  return kept;
}

void throw_no_vertex(const char* kind, std::uint32_t vertex, std::uint32_t count) {
  throw std::out_of_range(std::string(kind) + " " + std::to_string(vertex) + " of " +
                          std::to_string(count));
}

IncidenceGraph::IncidenceGraph(std::span<const Incidence> rows, std::uint32_t members,
                               std::uint32_t works) {
  check(rows, members, works);

  const auto begins = offsets_by(&Incidence::work, rows, works);
  std::vector<Incidence> by_work(rows.size());
  auto next = begins;
  for (const Incidence& row : rows) by_work[next[row.work]++] = row;

  // Only here do the copies of a row meet; what is left moves up to close the gaps.
  work_offsets_.assign(begins.size(), 0);
  std::size_t kept = 0;
  for (std::size_t w = 0; w < works; ++w) {
    const auto group = std::span(by_work).subspan(begins[w], begins[w + 1] - begins[w]);
    const std::size_t left = normalise_work(group);
    if (kept != begins[w]) std::copy_n(group.begin(), left, by_work.begin() + std::ptrdiff_t(kept));
    kept += left;
    work_offsets_[w + 1] = kept;
  }
  by_work.resize(kept);

  work_rows_.reserve(kept);
  for (const Incidence& row : by_work) work_rows_.push_back(work_row(row));

  member_offsets_ = offsets_by(&Incidence::member, by_work, members);
  member_rows_.resize(kept);
  next = member_offsets_;
  for (const Incidence& row : by_work) {
    member_rows_[next[row.member]++] = member_row(row);
  }
  for (std::size_t m = 0; m < members; ++m) {
    std::sort(member_rows_.begin() + std::ptrdiff_t(member_offsets_[m]),
              member_rows_.begin() + std::ptrdiff_t(member_offsets_[m + 1]));
  }
  linked_members_ = count_linked(member_offsets_);
  linked_works_ = count_linked(work_offsets_);
}

std::span<const MemberRow> IncidenceGraph::works_of(std::uint32_t member) const {
  if (member >= member_count()) throw_no_vertex("member", member, member_count());
  const std::size_t begin = member_offsets_[member];
  return {member_rows_.data() + begin, member_offsets_[std::size_t{member} + 1] - begin};
}

std::span<const WorkRow> IncidenceGraph::members_of(std::uint32_t work) const {
  if (work >= work_count()) throw_no_vertex("work", work, work_count());
  const std::size_t begin = work_offsets_[work];
  return {work_rows_.data() + begin, work_offsets_[std::size_t{work} + 1] - begin};
}

std::size_t IncidenceGraph::memory_bytes() const noexcept {
  return sizeof *this +
         (member_offsets_.capacity() + work_offsets_.capacity()) * sizeof(std::size_t) +
         member_rows_.capacity() * sizeof(MemberRow) + work_rows_.capacity() * sizeof(WorkRow);
}

}  // namespace koinon::graph
