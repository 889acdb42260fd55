// SPDX-License-Identifier: Apache-2.0
#include "graph/tie_graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include "graph/neighbour_access.hpp"

namespace koinon::graph {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

void check(std::span<const TieGraph::Edge> edges, std::uint32_t vertices) {
  const auto refuse = [](std::size_t edge, const std::string& why) {
    throw std::invalid_argument("edge " + std::to_string(edge) + ": " + why);
  };
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const std::uint32_t last = std::max(edges[i].from, edges[i].to);
    if (last >= vertices) {
      refuse(i, "vertex " + std::to_string(last) + " of " + std::to_string(vertices));
    }
    if (edges[i].from == edges[i].to) refuse(i, "both ends are " + std::to_string(last));
    if (!(edges[i].strength > 0) || std::isinf(edges[i].strength)) {
      refuse(i, "its strength is no positive number");
    }
  }
}

[[noreturn]] void throw_twice(const char* kind, std::uint32_t vertex) {
  throw std::invalid_argument(std::string(kind) + " " + std::to_string(vertex) + " named twice");
}

// By vertex, its place in the list, or nobody.
std::vector<std::uint32_t> numbered(std::span<const std::uint32_t> vertices, std::uint32_t count) {
  std::vector<std::uint32_t> number(count, nobody);
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    if (vertices[i] >= count) throw_no_vertex("vertex", vertices[i], count);
    if (number[vertices[i]] != nobody) throw_twice("vertex", vertices[i]);
    number[vertices[i]] = static_cast<std::uint32_t>(i);
  }
  return number;
}

}  // namespace

struct TieGraph::Upper {
  explicit Upper(std::uint32_t vertices) : offsets(std::size_t{vertices} + 1) {}

  void push(std::uint32_t vertex, double strength) {
    to.push_back(vertex);
    strengths.push_back(strength);
  }

  // The accumulated row of a vertex, which is left at zero.
  void take(const std::vector<std::uint32_t>& met, std::vector<double>& strength,
            std::size_t vertex) {
    for (const std::uint32_t partner : met) {
      push(partner, strength[partner]);
      strength[partner] = 0;
    }
    offsets[vertex + 1] = to.size();
  }

  std::vector<std::size_t> offsets;
  std::vector<std::uint32_t> to;
  std::vector<double> strengths;
};

// Going through the vertices in order, each is written down with its higher partners: so their
// lower halves come out sorted. Going through those in the same way sorts the upper halves.
TieGraph::TieGraph(const Upper& upper) : offsets_(upper.offsets.size()) {
  const std::size_t vertices = upper.offsets.size() - 1;
  std::vector<std::size_t> lower(vertices);
  for (const std::uint32_t to : upper.to) ++lower[to];
  for (std::size_t v = 0; v < vertices; ++v) {
    offsets_[v + 1] = offsets_[v] + lower[v] + (upper.offsets[v + 1] - upper.offsets[v]);
  }
  neighbours_.resize(offsets_[vertices]);
  strengths_.resize(offsets_[vertices]);
  std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
  for (std::size_t v = 0; v < vertices; ++v) {
    for (std::size_t i = upper.offsets[v]; i < upper.offsets[v + 1]; ++i) {
      const std::size_t place = next[upper.to[i]]++;
      neighbours_[place] = static_cast<std::uint32_t>(v);
      strengths_[place] = upper.strengths[i];
    }
  }
  for (std::size_t v = 0; v < vertices; ++v) {
    for (std::size_t i = offsets_[v]; i < offsets_[v] + lower[v]; ++i) {
      const std::size_t place = next[neighbours_[i]]++;
      neighbours_[place] = static_cast<std::uint32_t>(v);
      strengths_[place] = strengths_[i];
    }
  }
}

TieGraph::TieGraph(std::uint32_t vertices, std::span<const Edge> edges) {
  check(edges, vertices);
  Upper upper(vertices);
  std::vector<std::size_t> begins(std::size_t{vertices} + 1);
  for (const Edge& edge : edges) ++begins[std::size_t{std::min(edge.from, edge.to)} + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::uint32_t> to(edges.size());
  std::vector<double> strengths(edges.size());
  auto next = begins;
  for (const Edge& edge : edges) {
    const std::size_t place = next[std::min(edge.from, edge.to)]++;
    to[place] = std::max(edge.from, edge.to);
    strengths[place] = edge.strength;
  }
  std::vector<std::size_t> places(vertices, edges.size());  // in `upper`, of the current row
  for (std::uint32_t v = 0; v < vertices; ++v) {
    for (std::size_t i = begins[v]; i < begins[std::size_t{v} + 1]; ++i) {
      std::size_t& place = places[to[i]];
      if (place < upper.to.size() && place >= upper.offsets[v]) {
        upper.strengths[place] += strengths[i];
      } else {
        place = upper.to.size();
        upper.push(to[i], strengths[i]);
      }
    }
    upper.offsets[std::size_t{v} + 1] = upper.to.size();
  }
  *this = TieGraph(upper);
}

TieGraph TieGraph::project(const Affiliations& affiliations, const Watch& watch) {
  const std::uint32_t members = affiliations.member_count();
  Upper upper(members);
  std::vector<double> strength(members);
  std::vector<std::uint32_t> passed(affiliations.work_count());  // of each work, the members so far
  std::vector<std::uint32_t> met;
  for (std::uint32_t member = 0; member < members; ++member) {
    if (member % 4096 == 0) tell(watch, member, members);
    met.clear();
    for (const std::uint32_t work : affiliations.works_of(member)) {
      const double share = affiliations.share(work);
      for (const std::uint32_t partner : affiliations.members_of(work).subspan(++passed[work])) {
        if (strength[partner] == 0) met.push_back(partner);
        strength[partner] += share;
      }
    }
    upper.take(met, strength, member);
  }
  return TieGraph(upper);
}

void TieGraph::Workspace::number(std::span<const std::uint32_t> members, std::uint32_t count) {
  places_.reset(count);
  for (const std::uint32_t member : members) {
    if (member >= count) throw_no_vertex("member", member, count);
    if (!places_.add(member)) throw_twice("member", member);
  }
}

// Visits each work of a member once, with what it adds to a tie.
template <class Visit>
void TieGraph::Workspace::each_work(const Affiliations& graph, std::uint32_t member, Visit visit) {
  for (const std::uint32_t work : graph.works_of(member)) visit(work, graph.share(work));
}

template <class Visit>
void TieGraph::Workspace::each_work(IncidenceView graph, std::uint32_t member, Visit visit) {
  works_.reset(graph.work_count());
  for (const MemberRow& row : graph.works_of(member)) {
    if (!works_.add(row.work)) continue;
    const std::size_t members = count_members(graph.members_of(row.work));
    visit(row.work, members < 2 ? 0.0 : 1.0 / static_cast<double>(members - 1));
  }
}

template <class Graph>
TieGraph TieGraph::project_some(const Graph& graph, std::span<const std::uint32_t> members,
                                Workspace& workspace) {
  workspace.number(members, graph.member_count());
  Upper upper(static_cast<std::uint32_t>(members.size()));
  std::vector<double> strength(members.size());
  std::vector<std::uint32_t> met;
  for (std::size_t i = 0; i < members.size(); ++i) {
    met.clear();
    workspace.each_work(graph, members[i], [&](std::uint32_t work, double share) {
      for_each_member(graph.members_of(work), [&](std::uint32_t partner) {
        const std::size_t place = workspace.places_.find(partner);
        if (place == members.size() || place <= i) return;
        if (strength[place] == 0) met.push_back(static_cast<std::uint32_t>(place));
        strength[place] += share;
      });
    });
    upper.take(met, strength, i);
  }
  return TieGraph(upper);
}

TieGraph TieGraph::project(const Affiliations& affiliations, std::span<const std::uint32_t> members,
                           Workspace& workspace) {
  return project_some(affiliations, members, workspace);
}

TieGraph TieGraph::project(IncidenceView graph, std::span<const std::uint32_t> members,
                           Workspace& workspace) {
  return project_some(graph, members, workspace);
}

TieGraph TieGraph::project(const Affiliations& affiliations,
                           std::span<const std::uint32_t> members) {
  Workspace workspace;
  return project_some(affiliations, members, workspace);
}

TieGraph TieGraph::induced(std::span<const std::uint32_t> vertices) const {
  const auto number = numbered(vertices, vertex_count());
  Upper upper(static_cast<std::uint32_t>(vertices.size()));
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const auto others = neighbours(vertices[i]);
    for (std::size_t j = 0; j < others.size(); ++j) {
      const std::uint32_t other = number[others[j]];
      if (other != nobody && other > i) upper.push(other, strengths(vertices[i])[j]);
    }
    upper.offsets[i + 1] = upper.to.size();
  }
  return TieGraph(upper);
}

std::size_t TieGraph::memory_bytes() const noexcept {
  return sizeof *this + offsets_.capacity() * sizeof(std::size_t) +
         neighbours_.capacity() * sizeof(std::uint32_t) + strengths_.capacity() * sizeof(double);
}

}  // namespace koinon::graph
