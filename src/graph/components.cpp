// SPDX-License-Identifier: Apache-2.0
#include "graph/components.hpp"

#include <algorithm>
#include <numeric>

#include "graph/sparse_set.hpp"

namespace koinon::graph {

std::uint32_t Components::largest() const noexcept {
  return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

namespace {

// The least of those that a member is known to be joined with; on the way there paths are halved.
std::uint32_t root_of(std::vector<std::uint32_t>& towards, std::uint32_t member) {
  while (towards[member] != member) member = towards[member] = towards[towards[member]];
  return member;
}

}  // namespace

Components connected_components(IncidenceView graph) {
  std::vector<std::uint32_t> towards(graph.member_count());
  std::iota(towards.begin(), towards.end(), 0U);
  for (std::uint32_t work = 0; work < graph.work_count(); ++work) {
    const auto rows = graph.members_of(work);
    if (rows.size() < 2) continue;
    std::uint32_t least = root_of(towards, rows.front().member);
    for (const WorkRow& row : rows.subspan(1)) {
      const std::uint32_t other = root_of(towards, row.member);
      const std::uint32_t joined = std::min(least, other);
      towards[std::max(least, other)] = joined;
      least = joined;
    }
  }
  Components components;
  components.of_member.assign(graph.member_count(), no_component);
  for (std::uint32_t member = 0; member < graph.member_count(); ++member) {
    const std::uint32_t root = root_of(towards, member);
    if (root != member) {
      ++components.sizes[components.of_member[member] = components.of_member[root]];
    } else if (!graph.works_of(member).empty()) {
      components.of_member[member] = static_cast<std::uint32_t>(components.sizes.size());
      components.sizes.push_back(1);
    }
  }
  return components;
}

std::uint32_t component_size(IncidenceView graph, std::uint32_t member) {
  if (member >= graph.member_count()) throw_no_vertex("member", member, graph.member_count());
  SparseSet reached;  // in order of arrival it is the queue as well
  SparseSet works;
  reached.reset(graph.member_count());
  works.reset(graph.work_count());
  reached.insert(member);
  for (std::size_t next = 0; next < reached.members().size(); ++next) {
    for (const MemberRow& row : graph.works_of(reached.members()[next])) {
      if (!works.add(row.work)) continue;
      for (const WorkRow& other : graph.members_of(row.work)) reached.insert(other.member);
    }
  }
  return static_cast<std::uint32_t>(reached.members().size());
}

}  // namespace koinon::graph
