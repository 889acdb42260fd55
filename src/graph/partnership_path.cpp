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

// Which of the levels of a set, each beginning where the list says, a vertex is in; or unreached.
std::uint32_t level_of(const SparseSet& set, const std::vector<std::size_t>& begins,
                       std::uint32_t vertex) {
  const std::size_t place = set.find(vertex);
  if (place == set.members().size()) return unreached;
  const auto after = std::upper_bound(begins.begin(), begins.end(), place);
  return static_cast<std::uint32_t>(after - begins.begin()) - 1;
}

}  // namespace

void Surroundings::reset(const Affiliations& graph, std::uint32_t start) {
  members_.reset(graph.member_count());
  works_.reset(graph.work_count());
  begins_.assign(1, 0);
  work_begins_.clear();
  members_.insert(start);
}

void Surroundings::enter(const Affiliations& graph) {
  work_begins_.push_back(works_.members().size());
  for (const std::uint32_t member : last()) {
    for (const std::uint32_t work : graph.works_of(member)) works_.insert(work);
  }
}

void Surroundings::spread(const Affiliations& graph) {
  begins_.push_back(members().size());
  for (const std::uint32_t work : last_works()) {
    for (const std::uint32_t member : graph.members_of(work)) members_.insert(member);
  }
}

std::uint32_t Surroundings::distance(std::uint32_t member) const noexcept {
  return level_of(members_, begins_, member);
}

std::uint32_t Surroundings::work_distance(std::uint32_t work) const noexcept {
  return level_of(works_, work_begins_, work);
}

// Grows the ends until both have entered a work, which holds for all shortest paths at once: each
// goes through a work that both have just entered.
bool PathFinder::meet(const Affiliations& graph) {
  from_.enter(graph);
  to_.enter(graph);
  while (true) {
    const bool fewer = from_.last_works().size() <= to_.last_works().size();
    const Surroundings& small = fewer ? from_ : to_;
    const Surroundings& large = fewer ? to_ : from_;
    const auto works = small.last_works();
    if (works.empty()) return false;
    const auto shared = [&](std::uint32_t work) { return large.work_distance(work) != unreached; };
    if (std::any_of(works.begin(), works.end(), shared)) return true;
    Surroundings& side = fewer ? from_ : to_;
    side.spread(graph);
    side.enter(graph);
  }
}

// Marks, from the works where the ends meet back to the start, what lies on a shortest path.
void PathFinder::mark(const Affiliations& graph) {
  marked_.reset(graph.member_count());
  works_.reset(graph.work_count());
  const auto mark_work = [&](std::uint32_t work, std::uint32_t hops) {
    if (!works_.add(work)) return;
    for (const std::uint32_t member : graph.members_of(work)) {
      if (from_.distance(member) == hops) marked_.insert(member);
    }
  };
  for (const std::uint32_t work : from_.last_works()) {
    if (to_.work_distance(work) != unreached) mark_work(work, from_.hops());
  }
  std::size_t done = 0;
  for (std::uint32_t hops = from_.hops(); hops > 0; --hops) {
    for (const std::size_t end = marked_.members().size(); done < end; ++done) {
      for (const std::uint32_t work : graph.works_of(marked_.members()[done])) {
        if (from_.work_distance(work) == hops - 1) mark_work(work, hops - 1);
      }
    }
  }
}

PartnershipPath PathFinder::walk(const Affiliations& graph, std::uint32_t from) const {
  PartnershipPath path;
  path.members.push_back(from);
  const std::uint32_t length = from_.hops() + to_.hops() + 1;
  const auto marked = [](const SparseSet& set, std::uint32_t vertex) {
    return set.find(vertex) < set.members().size();
  };
  for (std::uint32_t hops = 1; hops <= length; ++hops) {
    const std::uint32_t left = length - hops;
    // Up to where the ends meet by the marks, from there by the distance from the other end.
    const bool before = hops <= from_.hops();
    std::uint32_t next = unreached;
    for (const std::uint32_t work : graph.works_of(path.members.back())) {
      if (before ? !marked(works_, work) : to_.work_distance(work) != left) continue;
      for (const std::uint32_t member : graph.members_of(work)) {
        if (member >= next) break;
        const bool fits = before ? from_.distance(member) == hops && marked(marked_, member)
                                 : to_.distance(member) == left;
        if (fits) next = member;
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
