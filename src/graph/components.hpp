// SPDX-License-Identifier: Apache-2.0
//
// Which members can reach each other over works.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/dynamic_incidence.hpp"

namespace koinon::graph {

/// Stands for the component of a member without works, which belongs to none.
inline constexpr std::uint32_t no_component = 0xffffffff;

/// The components of the members that take part in anything. Two members are in one component if a
/// chain of works, each sharing a member with the next, leads from one to the other. A member whose
/// works are all its own is a component of one.
struct Components {
  /// By member: the number of its component, or no_component. Components are numbered in the order
  /// of their smallest members, so that the same graph always gets the same numbers.
  std::vector<std::uint32_t> of_member;
  /// By component: its members. The sum is linked_members() of the graph.
  std::vector<std::uint32_t> sizes;

  /// Members of the largest component, 0 if there is none. O(components).
  std::uint32_t largest() const noexcept;
};

/// The members of each work are joined, the greater root below the less, with paths halved on the
/// way: O(works + rows log members) at worst and hardly more than O(members + rows) in practice, in
/// the order in which the rows lie, and 4 bytes per member while it runs. Throws std::bad_alloc.
/// (R. Tarjan, J. van Leeuwen, J. ACM 31, 245-281, 1984.)
Components connected_components(IncidenceView graph);

/// How many members one member can reach over any number of works, itself included: the size of its
/// component, and 1 for a member without works. O(rows of the component), after clearing 4 bytes
/// per vertex. Throws std::out_of_range if there is no such member.
std::uint32_t component_size(IncidenceView graph, std::uint32_t member);

}  // namespace koinon::graph
