// SPDX-License-Identifier: Apache-2.0
#include "graph/projection.hpp"

#include <stdexcept>
#include <string>

#include "graph/neighbour_access.hpp"

namespace koinon::graph {
std::span<const Tie> Projection::partners_of(IncidenceView graph, std::uint32_t member) {
  const auto own = graph.works_of(member);
  met_.reset(graph.member_count());
  seen_.reset(graph.work_count());
  ties_.clear();
  for (const MemberRow& row : own) {
    if (!seen_.add(row.work)) continue;
    const auto rows = graph.members_of(row.work);
    const std::size_t members = count_members(rows);
    if (members < 2) continue;
    const double share = 1.0 / static_cast<double>(members - 1);
    for_each_member(rows, [&](std::uint32_t partner) {
      if (partner == member) return;
      const std::size_t place = met_.insert(partner);
      if (place == ties_.size()) ties_.push_back({partner, 0, 0});
      ++ties_[place].shared;
      ties_[place].strength += share;
    });
  }
  return ties_;
}

std::vector<std::vector<std::uint32_t>> Projection::shared_works(
    IncidenceView graph, std::uint32_t member, std::span<const std::uint32_t> partners,
    std::size_t limit) {
  const auto own = graph.works_of(member);
  met_.reset(graph.member_count());
  seen_.reset(graph.work_count());
  for (const std::uint32_t partner : partners) {
    if (partner >= graph.member_count()) {
      throw_no_vertex("member", partner, graph.member_count());
    }
    if (!met_.add(partner)) {
      throw std::invalid_argument("member " + std::to_string(partner) + " named twice");
    }
  }
  std::vector<std::vector<std::uint32_t>> works(partners.size());
  std::size_t open = limit > 0 ? partners.size() : 0;  // lists that are not full
  for (auto row = own.rbegin(); row != own.rend() && open > 0; ++row) {
    if (!seen_.add(row->work)) continue;
    for_each_member(graph.members_of(row->work), [&](std::uint32_t partner) {
      const std::size_t place = met_.find(partner);
      if (partner == member || place == works.size() || works[place].size() == limit) return;
      works[place].push_back(row->work);
      if (works[place].size() == limit) --open;
    });
  }
  return works;
}

}  // namespace koinon::graph
