// SPDX-License-Identifier: Apache-2.0
#include "graph/strongest_path.hpp"

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <limits>
#include <vector>

#include "graph/boost_ties.hpp"

namespace koinon::graph {

namespace {

struct Arrived {};

// Ends the search at a vertex, whose distance is then final, or when its watch wants it.
class UpTo : public boost::dijkstra_visitor<> {
 public:
  UpTo(std::uint32_t vertex, const Watch& watch) : vertex_(vertex), watch_(&watch) {}
  void examine_vertex(std::uint32_t vertex, const TieGraph& ties) {
    if (vertex == vertex_) throw Arrived();
    if (++examined_ % 256 == 0) tell(*watch_, examined_, ties.vertex_count());
  }

 private:
  std::uint32_t vertex_;
  const Watch* watch_;
  std::size_t examined_ = 0;
};

// By which two are closest.
std::uint32_t closest_work(const Affiliations& affiliations, std::uint32_t one,
                           std::uint32_t other) {
  std::uint32_t best = 0;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const std::uint32_t work : affiliations.works_of(one)) {
    const auto members = affiliations.members_of(work);
    if (!std::binary_search(members.begin(), members.end(), other)) continue;
    if (members.size() > least || (members.size() == least && work > best)) continue;
    least = members.size();
    best = work;
  }
  return best;
}

}  // namespace

StrongestPath strongest_path(const TieGraph& ties, const Affiliations& affiliations,
                             std::uint32_t from, std::uint32_t to, const Watch& watch) {
  affiliations.check_member(from);
  affiliations.check_member(to);
  std::vector<std::uint32_t> before(ties.vertex_count());
  std::vector<double> length(ties.vertex_count());
  const auto lengths = boost::make_function_property_map<BoostEdge>(
      [&ties](const BoostEdge& edge) { return 1 / ties.strengths(edge.from)[edge.place]; });
  try {
    boost::dijkstra_shortest_paths_no_color_map(
        ties, from,
        boost::predecessor_map(before.data())
            .distance_map(length.data())
            .distance_inf(std::numeric_limits<double>::infinity())
            .weight_map(lengths)
            .vertex_index_map(boost::typed_identity_property_map<std::uint32_t>())
            .visitor(UpTo(to, watch)));
  } catch (const Arrived&) {
  }
  StrongestPath found{{}, length[to]};
  if (length[to] == std::numeric_limits<double>::infinity()) return found;
  std::vector<std::uint32_t>& members = found.path.members;
  for (std::uint32_t at = to; at != from; at = before[at]) members.push_back(at);
  members.push_back(from);
  std::reverse(members.begin(), members.end());
  for (std::size_t i = 1; i < members.size(); ++i)
    found.path.works.push_back(closest_work(affiliations, members[i - 1], members[i]));
  return found;
}

}  // namespace koinon::graph
