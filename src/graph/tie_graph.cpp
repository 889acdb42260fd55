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
constexpr std::size_t between_looks = 65'536;  // ties that are put in their places

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
TieGraph::TieGraph(const Upper& upper, const Watch& watch) : offsets_(upper.offsets.size()) {
  const std::size_t vertices = upper.offsets.size() - 1;
  std::vector<std::size_t> lower(vertices);
  for (const std::uint32_t to : upper.to) ++lower[to];
  for (std::size_t v = 0; v < vertices; ++v) {
    offsets_[v + 1] = offsets_[v] + lower[v] + (upper.offsets[v + 1] - upper.offsets[v]);
  }
  neighbours_.resize(offsets_[vertices]);
  strengths_.resize(offsets_[vertices]);
  std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
  std::size_t look = between_looks;
  const auto row_at = [&](std::size_t begin) {
    if (begin < look) return;
    look = begin + between_looks;
    tell(watch, vertices, vertices);  // all rows have been gone through once
  };
  for (std::size_t v = 0; v < vertices; ++v) {
    row_at(upper.offsets[v]);
    for (std::size_t i = upper.offsets[v]; i < upper.offsets[v + 1]; ++i) {
      const std::size_t place = next[upper.to[i]]++;
      neighbours_[place] = static_cast<std::uint32_t>(v);
      strengths_[place] = upper.strengths[i];
    }
  }
  look = between_looks;
  for (std::size_t v = 0; v < vertices; ++v) {
    row_at(offsets_[v]);
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
  *this = TieGraph(upper, {});
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
  return TieGraph(upper, watch);
}

namespace {

double share_of(const Affiliations& graph, std::uint32_t work) {
  return graph.share(work);
}

double share_of(const IncidenceView& graph, std::uint32_t work) {
  return 1.0 / static_cast<double>(count_members(graph.members_of(work)) - 1);
}

}  // namespace

// Of each work that any of the members is in, which of them are: so that a tie costs no look at
// those who are not asked for.
template <class Graph>
void TieGraph::Workspace::gather(const Graph& graph, std::span<const std::uint32_t> members) {
  places_.reset(graph.member_count());
  works_.reset(graph.work_count());
  begins_.assign(1, 0);
  works_of_.clear();
  parts_.clear();
  for (const std::uint32_t member : members) {
    if (member >= graph.member_count()) throw_no_vertex("member", member, graph.member_count());
    const auto place = static_cast<std::uint32_t>(places_.members().size());
    if (!places_.add(member)) throw_twice("member", member);
    for (const auto& row : graph.works_of(member)) {
      const std::size_t number = works_.insert(work_in(row));
      if (number == parts_.size()) parts_.push_back({0, 0, nobody, 0});
      Part& part = parts_[number];
      if (part.last == place) continue;  // in another role
      part.last = place;
      ++part.size;
      works_of_.push_back(static_cast<std::uint32_t>(number));
    }
    begins_.push_back(works_of_.size());
  }
  std::size_t end = 0;
  for (std::size_t number = 0; number < parts_.size(); ++number) {
    Part& part = parts_[number];
    part.next = end;
    end += part.size;
    if (part.size > 1) part.share = share_of(graph, works_.members()[number]);
  }
  found_.resize(end);
  for (std::uint32_t place = 0; place < members.size(); ++place) {
    for (std::size_t i = begins_[place]; i < begins_[place + 1]; ++i)
      found_[parts_[works_of_[i]].next++] = place;
  }
  for (Part& part : parts_) part.next -= part.size;
}

template <class Graph>
TieGraph TieGraph::project_some(const Graph& graph, std::span<const std::uint32_t> members,
                                Workspace& workspace, const Watch& watch) {
  workspace.gather(graph, members);
  Upper upper(static_cast<std::uint32_t>(members.size()));
  std::vector<double> strength(members.size());
  std::vector<std::uint32_t> met;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i % 256 == 0) tell(watch, i, members.size());
    met.clear();
    for (std::size_t at = workspace.begins_[i]; at < workspace.begins_[i + 1]; ++at) {
      Workspace::Part& part = workspace.parts_[workspace.works_of_[at]];
      ++part.next;  // past this member: those after it are left
      --part.size;
      for (std::size_t j = part.next; j < part.next + part.size; ++j) {
        const std::uint32_t place = workspace.found_[j];
        if (strength[place] == 0) met.push_back(place);
        strength[place] += part.share;
      }
    }
    upper.take(met, strength, i);
  }
  return TieGraph(upper, watch);
}

TieGraph TieGraph::project(const Affiliations& affiliations, std::span<const std::uint32_t> members,
                           Workspace& workspace, const Watch& watch) {
  return project_some(affiliations, members, workspace, watch);
}

TieGraph TieGraph::project(IncidenceView graph, std::span<const std::uint32_t> members,
                           Workspace& workspace, const Watch& watch) {
  return project_some(graph, members, workspace, watch);
}

TieGraph TieGraph::project(const Affiliations& affiliations,
                           std::span<const std::uint32_t> members) {
  Workspace workspace;
  return project_some(affiliations, members, workspace, {});
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
  return TieGraph(upper, {});
}

std::size_t TieGraph::memory_bytes() const noexcept {
  return sizeof *this + offsets_.capacity() * sizeof(std::size_t) +
         neighbours_.capacity() * sizeof(std::uint32_t) + strengths_.capacity() * sizeof(double);
}

}  // namespace koinon::graph
