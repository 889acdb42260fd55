// SPDX-License-Identifier: Apache-2.0
#include "graph/partnership_path.hpp"

#include <algorithm>

#include "graph/hops.hpp"
#include "graph/neighbour_access.hpp"

namespace koinon::graph {

template <class Graph>
void Surroundings::reset(const Graph& graph, std::uint32_t start) {
  members_.reset(graph.member_count());
  works_.reset(graph.work_count());
  begins_.assign(1, 0);
  works_begin_ = 0;
  members_.add(start, unreached);
}

template <class Graph>
std::uint32_t Surroundings::enter(const Graph& graph, const Surroundings* other) {
  works_begin_ = works_.vertices().size();
  for (const std::uint32_t member : last()) {
    for (const auto& row : graph.works_of(member)) {
      const std::uint32_t work = work_in(row);
      if (works_.add(work, member) && other && other->works_.contains(work)) return work;
    }
  }
  return unreached;
}

template <class Graph>
bool Surroundings::spread(const Graph& graph, std::size_t most) {
  begins_.push_back(members().size());
  for (const std::uint32_t work : last_works()) {
    for (const auto& row : graph.members_of(work)) {
      if (!members_.add(member_in(row), work) || members().size() <= most) continue;
      members_.drop_last();
      return false;
    }
  }
  return true;
}

PartnershipPath Surroundings::way_back(std::uint32_t work) const {
  PartnershipPath path;
  while (true) {
    const std::uint32_t member = works_.of(work);
    path.members.push_back(member);
    work = members_.of(member);
    if (work == unreached) return path;
    path.works.push_back(work);
  }
}

// A work that both ends have entered, or unreached if there is none.
template <class Graph>
std::uint32_t PathFinder::meet(const Graph& graph, const Watch& watch) {
  from_.enter(graph);
  std::uint32_t work = to_.enter(graph, &from_);
  while (work == unreached) {
    tell(watch, from_.members().size() + to_.members().size(), graph.member_count());
    const bool first = from_.last_works().size() <= to_.last_works().size();
    Surroundings& side = first ? from_ : to_;
    side.spread(graph);
    if (side.last().empty()) break;
    work = side.enter(graph, first ? &to_ : &from_);
  }
  return work;
}

template <class Graph>
PartnershipPath PathFinder::search(const Graph& graph, std::uint32_t from, std::uint32_t to,
                                   const Watch& watch) {
  check_member(graph, from);
  check_member(graph, to);
  if (from == to) return {{from}, {}};
  from_.reset(graph, from);
  to_.reset(graph, to);
  const std::uint32_t work = meet(graph, watch);
  if (work == unreached) return {};
  PartnershipPath path = from_.way_back(work);
  std::reverse(path.members.begin(), path.members.end());
  std::reverse(path.works.begin(), path.works.end());
  path.works.push_back(work);
  const PartnershipPath rest = to_.way_back(work);
  path.members.insert(path.members.end(), rest.members.begin(), rest.members.end());
  path.works.insert(path.works.end(), rest.works.begin(), rest.works.end());
  return path;
}

template <class Graph>
EgoNetwork EgoFinder::search(const Graph& graph, std::uint32_t member, std::uint32_t radius,
                             std::size_t most, const Watch& watch) {
  EgoNetwork ego;
  check_member(graph, member);
  around_.reset(graph, member);
  ego.members.push_back(member);
  ego.hops.push_back(0);
  while (ego.complete && around_.hops() < radius && !around_.last().empty()) {
    tell(watch, ego.members.size(), graph.member_count());
    around_.enter(graph);
    ego.complete = around_.spread(graph, std::max<std::size_t>(most, 1));
    const auto begin = static_cast<std::ptrdiff_t>(ego.members.size());
    ego.members.insert(ego.members.end(), around_.last().begin(), around_.last().end());
    std::sort(ego.members.begin() + begin, ego.members.end());
    ego.hops.resize(ego.members.size(), around_.hops());
  }
  ego.ties = TieGraph::project(graph, ego.members, places_, watch);
  return ego;
}

EgoNetwork ego_network(const Affiliations& graph, std::uint32_t member, std::uint32_t radius,
                       const Watch& watch) {
  return EgoFinder().find(graph, member, radius, EgoFinder::no_limit, watch);
}

// Both forms.
template void Surroundings::reset(const Affiliations&, std::uint32_t);
template void Surroundings::reset(const IncidenceView&, std::uint32_t);
template std::uint32_t Surroundings::enter(const Affiliations&, const Surroundings*);
template std::uint32_t Surroundings::enter(const IncidenceView&, const Surroundings*);
template bool Surroundings::spread(const Affiliations&, std::size_t);
template bool Surroundings::spread(const IncidenceView&, std::size_t);
template PartnershipPath PathFinder::search(const Affiliations&, std::uint32_t, std::uint32_t,
                                            const Watch&);
template PartnershipPath PathFinder::search(const IncidenceView&, std::uint32_t, std::uint32_t,
                                            const Watch&);
template EgoNetwork EgoFinder::search(const Affiliations&, std::uint32_t, std::uint32_t,
                                      std::size_t, const Watch&);
template EgoNetwork EgoFinder::search(const IncidenceView&, std::uint32_t, std::uint32_t,
                                      std::size_t, const Watch&);

}  // namespace koinon::graph
