// SPDX-License-Identifier: Apache-2.0
#include "graph/partnership_path.hpp"

#include <algorithm>

#include "graph/hops.hpp"

namespace koinon::graph {

void Surroundings::reset(const Affiliations& graph, std::uint32_t start) {
  members_.reset(graph.member_count());
  works_.reset(graph.work_count());
  begins_.assign(1, 0);
  works_begin_ = 0;
  members_.add(start, unreached);
}

std::uint32_t Surroundings::enter(const Affiliations& graph, const Surroundings* other) {
  works_begin_ = works_.vertices().size();
  for (const std::uint32_t member : last()) {
    for (const std::uint32_t work : graph.works_of(member)) {
      if (works_.add(work, member) && other && other->works_.contains(work)) return work;
    }
  }
  return unreached;
}

void Surroundings::spread(const Affiliations& graph) {
  begins_.push_back(members().size());
  for (const std::uint32_t work : last_works()) {
    for (const std::uint32_t member : graph.members_of(work)) {
      members_.add(member, work);
    }
  }
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
std::uint32_t PathFinder::meet(const Affiliations& graph) {
  from_.enter(graph);
  std::uint32_t work = to_.enter(graph, &from_);
  while (work == unreached) {
    const bool first = from_.last_works().size() <= to_.last_works().size();
    Surroundings& side = first ? from_ : to_;
    side.spread(graph);
    if (side.last().empty()) break;
    work = side.enter(graph, first ? &to_ : &from_);
  }
  return work;
}

PartnershipPath PathFinder::find(const Affiliations& graph, std::uint32_t from, std::uint32_t to) {
  graph.check_member(from);
  graph.check_member(to);
  if (from == to) return {{from}, {}};
  from_.reset(graph, from);
  to_.reset(graph, to);
  const std::uint32_t work = meet(graph);
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

EgoNetwork ego_network(const Affiliations& graph, std::uint32_t member, std::uint32_t radius) {
  EgoNetwork ego;
  graph.check_member(member);
  Surroundings around;
  around.reset(graph, member);
  ego.members.push_back(member);
  ego.hops.push_back(0);
  while (around.hops() < radius && !around.last().empty()) {
    around.enter(graph);
    around.spread(graph);
    const auto begin = static_cast<std::ptrdiff_t>(ego.members.size());
    ego.members.insert(ego.members.end(), around.last().begin(), around.last().end());
    std::sort(ego.members.begin() + begin, ego.members.end());
    ego.hops.resize(ego.members.size(), around.hops());
  }
  ego.ties = TieGraph::project(graph, ego.members);
  return ego;
}

}  // namespace koinon::graph
