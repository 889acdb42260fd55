// SPDX-License-Identifier: Apache-2.0
#include "graph/components.hpp"

#include <algorithm>

#include "graph/bitmap.hpp"
#include "graph/sparse_set.hpp"

namespace koinon::graph {

std::uint32_t Components::largest() const noexcept {
  return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

Components connected_components(IncidenceView graph) {
  Components components;
  components.of_member.assign(graph.member_count(), no_component);
  Bitmap entered(graph.work_count());
  std::vector<std::uint32_t> reached;  // and not yet left
  for (std::uint32_t first = 0; first < graph.member_count(); ++first) {
    if (components.of_member[first] != no_component || graph.works_of(first).empty()) continue;
    const auto number = static_cast<std::uint32_t>(components.sizes.size());
    std::uint32_t size = 1;
    components.of_member[first] = number;
    reached.assign(1, first);
    while (!reached.empty()) {
      const std::uint32_t member = reached.back();
      reached.pop_back();
      for (const MemberRow& row : graph.works_of(member)) {
        if (entered.test(row.work)) continue;
        entered.set(row.work);
        for (const WorkRow& other : graph.members_of(row.work)) {
          std::uint32_t& component = components.of_member[other.member];
          if (component == number) continue;
          component = number;
          ++size;
          reached.push_back(other.member);
        }
      }
    }
    components.sizes.push_back(size);
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
