// SPDX-License-Identifier: Apache-2.0
#include "graph/affiliations.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "graph/kept_rows.hpp"

namespace koinon::graph {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Bitmap larger_works(IncidenceView graph, std::uint32_t limit) {
  Bitmap larger(graph.work_count());
  for (std::uint32_t work = 0; work < graph.work_count(); ++work) {
    const auto rows = graph.members_of(work);
    std::size_t members = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      members += i == 0 || rows[i].member != rows[i - 1].member;
    }
    if (members > limit) larger.set(work);
  }
  return larger;
}

Affiliations::Affiliations(IncidenceView graph, const Slice& slice) {
  member_offsets_.assign(std::size_t{graph.member_count()} + 1, 0);
  work_offsets_.assign(std::size_t{graph.work_count()} + 1, 0);
  collect(graph, slice);
  turn();
  shares_.resize(graph.work_count());
  for (std::uint32_t work = 0; work < graph.work_count(); ++work) {
    const std::size_t members = members_of(work).size();
    shares_[work] = members < 2 ? 0.0 : 1.0 / static_cast<double>(members - 1);
  }
}

// The works of each member, and how many members each work has.
void Affiliations::collect(IncidenceView graph, const Slice& slice) {
  std::vector<std::uint32_t> last(graph.work_count(), nobody);  // the member seen last in a work
  each_kept_row(graph, slice, [&](std::uint32_t member, const MemberRow& row) {
    if (last[row.work] == member) return;
    last[row.work] = member;
    works_.push_back(row.work);
    ++work_offsets_[std::size_t{row.work} + 1];
    ++member_offsets_[std::size_t{member} + 1];
  });
  if (works_.size() >= nobody) throw std::length_error("more than 2^32 affiliations");
  for (std::uint32_t member = 0; member < graph.member_count(); ++member) {
    const std::size_t next = std::size_t{member} + 1;
    linked_members_ += member_offsets_[next] > 0;
    member_offsets_[next] += member_offsets_[member];
  }
  works_.shrink_to_fit();
}

// The members of each work. Members are gone through in order, so that each list is sorted.
void Affiliations::turn() {
  std::partial_sum(work_offsets_.begin(), work_offsets_.end(), work_offsets_.begin());
  members_.resize(works_.size());
  auto next = work_offsets_;
  for (std::uint32_t member = 0; member < member_count(); ++member) {
    for (const std::uint32_t work : works_of(member)) members_[next[work]++] = member;
  }
}

std::uint32_t Affiliations::strength_of(std::uint32_t member) const noexcept {
  const auto works = works_of(member);
  return static_cast<std::uint32_t>(std::count_if(
      works.begin(), works.end(), [this](std::uint32_t work) { return shares_[work] > 0; }));
}

std::size_t Affiliations::memory_bytes() const noexcept {
  return sizeof *this +
         (member_offsets_.capacity() + work_offsets_.capacity() + works_.capacity() +
          members_.capacity()) *
             sizeof(std::uint32_t) +
         shares_.capacity() * sizeof(double);
}

}  // namespace koinon::graph
