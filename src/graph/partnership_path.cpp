// SPDX-License-Identifier: Apache-2.0
#include "graph/partnership_path.hpp"

#include <algorithm>
#include <iterator>

#include "graph/hops.hpp"

namespace koinon::graph {
namespace {

// The lowest work that two members share. They share one.
std::uint32_t lowest_shared(const Affiliations& graph, std::uint32_t a, std::uint32_t b) {
  std::uint32_t lowest = unreached;
  for (const std::uint32_t work : graph.works_of(a)) {
    const auto members = graph.members_of(work);
    if (work < lowest && std::binary_search(members.begin(), members.end(), b)) lowest = work;
  }
  return lowest;
}

}  // namespace

void Surroundings::reset(const Affiliations& graph, std::uint32_t start) {
  members_.reset(graph.member_count());
  works_.reset(graph.work_count());
  begins_.assign(1, 0);
  members_.insert(start);
}

void Surroundings::grow(const Affiliations& graph) {
  const std::size_t begin = begins_.back();
  const std::size_t end = members().size();
  begins_.push_back(end);
  for (std::size_t i = begin; i < end; ++i) {
    for (const std::uint32_t work : graph.works_of(members()[i])) {
      if (!works_.add(work)) continue;
      for (const std::uint32_t member : graph.members_of(work)) members_.insert(member);
    }
  }
}

std::uint32_t Surroundings::distance(std::uint32_t member) const noexcept {
  const std::size_t place = members_.find(member);
  if (place == members().size()) return unreached;
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), place);
  return static_cast<std::uint32_t>(after - begins_.begin()) - 1;
}

// Grows the ends until a member of one level has been reached by the other end, which holds for all
// shortest paths at once: they cross the level just grown.
bool PathFinder::meet(const Affiliations& graph) {
  while (true) {
    const bool first = from_.last().size() <= to_.last().size();
    Surroundings& side = first ? from_ : to_;
    const Surroundings& other = first ? to_ : from_;
    side.grow(graph);
    const auto level = side.last();
    if (level.empty()) return false;
    const auto known = [&](std::uint32_t member) { return other.distance(member) != unreached; };
    if (std::any_of(level.begin(), level.end(), known)) return true;
  }
}

// Marks, level by level back to the start, the members that lie on a shortest path.
void PathFinder::mark(const Affiliations& graph) {
  marked_.reset(graph.member_count());
  for (const std::uint32_t member : from_.last()) {
    if (to_.distance(member) == to_.hops()) marked_.insert(member);
  }
  std::size_t done = 0;
  for (std::uint32_t hops = from_.hops(); hops > 1; --hops) {
    const std::size_t end = marked_.members().size();
    works_.reset(graph.work_count());
    for (; done < end; ++done) {
      for (const std::uint32_t work : graph.works_of(marked_.members()[done])) {
        if (!works_.add(work)) continue;
        for (const std::uint32_t member : graph.members_of(work)) {
          if (from_.distance(member) == hops - 1) marked_.insert(member);
        }
      }
    }
  }
}

PartnershipPath PathFinder::walk(const Affiliations& graph, std::uint32_t from) const {
  PartnershipPath path;
  path.members.push_back(from);
  const std::uint32_t length = from_.hops() + to_.hops();
  for (std::uint32_t hops = 1; hops <= length; ++hops) {
    const auto fits = [&](std::uint32_t member) {
      if (hops > from_.hops()) return to_.distance(member) == length - hops;
      return from_.distance(member) == hops && marked_.find(member) < marked_.members().size();
    };
    std::uint32_t next = unreached;
    for (const std::uint32_t work : graph.works_of(path.members.back())) {
      for (const std::uint32_t member : graph.members_of(work)) {
        if (member < next && fits(member)) next = member;
      }
    }
    path.works.push_back(lowest_shared(graph, path.members.back(), next));
    path.members.push_back(next);
  }
  return path;
}

PartnershipPath PathFinder::find(const Affiliations& graph, std::uint32_t from, std::uint32_t to) {
  graph.check_member(from);
  graph.check_member(to);
  if (from == to) return {{from}, {}};
  from_.reset(graph, from);
  to_.reset(graph, to);
  if (!meet(graph)) return {};
  mark(graph);
  return walk(graph, from);
}

EgoNetwork ego_network(const Affiliations& graph, std::uint32_t member, std::uint32_t radius) {
  EgoNetwork ego;
  graph.check_member(member);
  Surroundings around;
  around.reset(graph, member);
  ego.members.push_back(member);
  ego.hops.push_back(0);
  while (around.hops() < radius && !around.last().empty()) {
    around.grow(graph);
    const auto begin = static_cast<std::ptrdiff_t>(ego.members.size());
    ego.members.insert(ego.members.end(), around.last().begin(), around.last().end());
    std::sort(ego.members.begin() + begin, ego.members.end());
    ego.hops.resize(ego.members.size(), around.hops());
  }
  ego.ties = TieGraph::project(graph, ego.members);
  return ego;
}

}  // namespace koinon::graph
