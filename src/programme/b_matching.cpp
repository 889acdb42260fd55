// SPDX-License-Identifier: Apache-2.0
#include "programme/b_matching.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

#include "programme/even_loads.hpp"

namespace koinon::programme {

namespace {

constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 4;

using Loads = std::vector<std::uint32_t>;

// Who may have one pair less while another has one more, at no loss. None with room stands higher
// than one with a pair, or the matching would not be the best; where they meet, pairs may move.
std::vector<bool> movable(const Loads& loads, std::uint32_t most,
                          const std::vector<std::int64_t>& heights) {
  std::int64_t highest_room = -far;
  std::int64_t lowest_pair = far;
  for (std::size_t v = 0; v < loads.size(); ++v) {
    if (loads[v] < most) highest_room = std::max(highest_room, heights[v]);
    if (loads[v] > 0) lowest_pair = std::min(lowest_pair, heights[v]);
  }
  std::vector<bool> may(loads.size(), false);
  for (std::size_t v = 0; v < loads.size(); ++v)
    may[v] = highest_room == lowest_pair && heights[v] == lowest_pair;
  return may;
}

// Vertices are givers, then takers. The cost of a pair is its weight, negative; a chosen pair is
// walked from taker to giver, and gives its cost back. Potentials keep reduced costs from being
// negative.
class Solver {
 public:
  Solver(const MatchingProblem& problem, const MatchingStep& step)
      : problem_(problem),
        step_(step),
        vertices_(problem.givers + problem.takers),
        given_(problem.givers, 0),
        taken_(problem.takers),
        chosen_(problem.pairs.size(), false),
        potential_(vertices_, 0) {
    first_.assign(problem.givers + 1, 0);
    for (const PossiblePair& pair : problem.pairs) ++first_[pair.giver + 1];
    for (std::uint32_t g = 0; g < problem.givers; ++g) first_[g + 1] += first_[g];
    arcs_.resize(problem.pairs.size());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < problem.pairs.size(); ++i) {
      const PossiblePair& pair = problem.pairs[i];
      arcs_[next[pair.giver]++] = i;
      std::int64_t& of_taker = potential_[problem.givers + pair.taker];
      of_taker = std::min(of_taker, -pair.weight);
    }
  }

  std::vector<std::size_t> solve() {
    if (problem_.most_given > 0 && problem_.most_taken > 0) {
      if (problem_.balanced) {
        for (level_ = 0; level_ < problem_.most_taken && !ended_; ++level_) {
          while (search() && use_all()) {
          }
        }
      } else {
        while (search() && use_all()) {
        }
      }
    }
    std::vector<std::size_t> places;
    if (ended_) return places;
    even();
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i]) places.push_back(i);
    }
    return places;
  }

 private:
  const PossiblePair& pair(std::size_t i) const { return problem_.pairs[i]; }
  std::uint32_t vertex_of(std::uint32_t taker) const { return problem_.givers + taker; }
  bool is_end(std::uint32_t taker) const {
    const std::size_t load = taken_[taker].size();
    return problem_.balanced ? load == level_ : load < problem_.most_taken;
  }
  std::int64_t reduced(std::size_t i) const {
    return -pair(i).weight + potential_[pair(i).giver] - potential_[vertex_of(pair(i).taker)];
  }

  // The shortest ways from givers with room to takers who are ends; false where there is none, or,
  // unbalanced, where one more pair would be worth nothing.
  bool search() {
    if (step_ && !step_(pairs_)) {
      ended_ = true;
      return false;
    }
    std::int64_t source = -far;
    for (std::uint32_t g = 0; g < problem_.givers; ++g) {
      if (given_[g] < problem_.most_given) source = std::max(source, potential_[g]);
    }
    std::int64_t sink = far;
    for (std::uint32_t t = 0; t < problem_.takers; ++t) {
      if (is_end(t)) sink = std::min(sink, potential_[vertex_of(t)]);
    }
    if (source == -far || sink == far) return false;

    std::vector<std::int64_t>& distance = distance_;
    distance.assign(vertices_, far);
    using Entry = std::pair<std::int64_t, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    // What lies as far as the nearest end known, or farther, need not be looked at.
    std::int64_t nearest = far;
    const auto reach = [&](std::uint32_t vertex, std::int64_t at) {
      if (at >= std::min(distance[vertex], nearest)) return;
      distance[vertex] = at;
      queue.emplace(at, vertex);
      if (vertex >= problem_.givers && is_end(vertex - problem_.givers))
        nearest = std::min(nearest, at + potential_[vertex] - sink);
    };
    for (std::uint32_t g = 0; g < problem_.givers; ++g) {
      if (given_[g] < problem_.most_given) reach(g, source - potential_[g]);
    }
    while (!queue.empty()) {
      const auto [at, vertex] = queue.top();
      queue.pop();
      if (at >= nearest) break;
      if (at > distance[vertex]) continue;
      if (vertex < problem_.givers) {
        for (std::size_t a = first_[vertex]; a < first_[vertex + 1]; ++a) {
          const std::size_t i = arcs_[a];
          if (!chosen_[i]) reach(vertex_of(pair(i).taker), at + reduced(i));
        }
      } else {
        const std::uint32_t taker = vertex - problem_.givers;
        for (const std::size_t i : taken_[taker]) reach(pair(i).giver, at - reduced(i));
      }
    }
    if (nearest == far) return false;
    // The true cost of the way, which no later one is below.
    if (!problem_.balanced && nearest - source + sink >= 0) return false;
    for (std::uint32_t v = 0; v < vertices_; ++v) potential_[v] += std::min(distance[v], nearest);
    source_ = source;
    sink_ = sink + nearest;
    return true;
  }

  // A giver with room, or a taker who is an end, that lies on a shortest way.
  bool begins(std::uint32_t g) const {
    return given_[g] < problem_.most_given && potential_[g] == source_;
  }
  bool ends(std::uint32_t taker) const {
    return is_end(taker) && potential_[vertex_of(taker)] == sink_;
  }

  // Uses ways of no reduced cost until there is none. Always uses one: false when it was ended.
  bool use_all() {
    for (bool any = true; any;) {
      any = false;
      visited_.assign(vertices_, false);
      next_.assign(first_.begin(), first_.end() - 1);
      next_back_.assign(problem_.takers, 0);
      for (std::uint32_t g = 0; g < problem_.givers; ++g) {
        while (begins(g) && !visited_[g] && walk(g)) {
          any = true;
          ++pairs_;
          // Who stood on the way may stand on another.
          for (const std::uint32_t vertex : way_) visited_[vertex] = false;
        }
      }
    }
    return !ended_;
  }

  // Finds one way from a giver, depth first, and uses it. What was looked at to no end stays
  // visited.
  bool walk(std::uint32_t from) {
    way_ = {from};
    steps_.clear();
    visited_[from] = true;
    while (!way_.empty()) {
      const std::uint32_t at = way_.back();
      if (at >= problem_.givers && ends(at - problem_.givers)) {
        use();
        return true;
      }
      const std::size_t i = at < problem_.givers ? onward(at) : back(at - problem_.givers);
      if (i == none) {
        way_.pop_back();
        if (!steps_.empty()) steps_.pop_back();
        continue;
      }
      const std::uint32_t to = at < problem_.givers ? vertex_of(pair(i).taker) : pair(i).giver;
      visited_[to] = true;
      way_.push_back(to);
      steps_.push_back(i);
    }
    return false;
  }

  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  std::size_t onward(std::uint32_t giver) {
    for (std::size_t& a = next_[giver]; a < first_[giver + 1]; ++a) {
      const std::size_t i = arcs_[a];
      if (!chosen_[i] && reduced(i) == 0 && !visited_[vertex_of(pair(i).taker)]) return i;
    }
    return none;
  }

  std::size_t back(std::uint32_t taker) {
    for (std::size_t& b = next_back_[taker]; b < taken_[taker].size(); ++b) {
      const std::size_t i = taken_[taker][b];
      if (reduced(i) == 0 && !visited_[pair(i).giver]) return i;
    }
    return none;
  }

  // Pairs of the way that were not chosen now are, and those that were are not.
  void use() {
    ++given_[way_.front()];
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      const std::size_t i = steps_[s];
      std::vector<std::size_t>& of_taker = taken_[pair(i).taker];
      if (s % 2 == 0) {
        of_taker.push_back(i);
      } else {
        of_taker.erase(std::find(of_taker.begin(), of_taker.end(), i));
        next_back_[pair(i).taker] = 0;
      }
      chosen_[i] = s % 2 == 0;
    }
  }

  // Of all matchings that are as good, the one with the most even loads. As good are those that
  // take pairs of no reduced cost in the place of each other. The loads of both sides are made even
  // one after the other, and each is as even as it can be: an exchange of two givers that changed
  // the loads of takers would be a way from a giver with room to a taker with room, and one back.
  // Balanced, there is no such way; the heaviest with the fewest pairs gain nothing by the one and
  // lose by the other.
  void even() {
    const auto of_takers = potential_.begin() + problem_.givers;
    even_side(given_, movable(given_, problem_.most_given, {potential_.begin(), of_takers}), true);
    if (problem_.balanced) return;
    Loads taken;
    for (const auto& of_taker : taken_)
      taken.push_back(static_cast<std::uint32_t>(of_taker.size()));
    std::vector<std::int64_t> heights(of_takers, potential_.end());
    for (std::int64_t& height : heights) height = -height;
    even_side(taken, movable(taken, problem_.most_taken, heights), false);
  }

  void even_side(const Loads& loads, std::vector<bool> may_move, bool of_givers) {
    LoadProblem side{loads, std::move(may_move), of_givers ? problem_.takers : problem_.givers, {}};
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (reduced(i) != 0) continue;
      places.push_back(i);
      if (of_givers) {
        side.links.push_back({pair(i).giver, pair(i).taker, chosen_[i]});
      } else {
        side.links.push_back({pair(i).taker, pair(i).giver, chosen_[i]});
      }
    }
    even_loads(side);
    for (std::size_t at = 0; at < places.size(); ++at) chosen_[places[at]] = side.links[at].chosen;
  }

  const MatchingProblem& problem_;
  const MatchingStep& step_;
  std::uint32_t vertices_;
  std::vector<std::size_t> first_;  // of each giver, in arcs_
  std::vector<std::size_t> arcs_;   // places of pairs, by giver
  std::vector<std::uint32_t> given_;
  std::vector<std::vector<std::size_t>> taken_;  // chosen pairs of each taker
  std::vector<bool> chosen_;
  std::vector<std::int64_t> potential_;
  std::vector<std::int64_t> distance_;
  std::int64_t source_ = 0;
  std::int64_t sink_ = 0;
  std::uint32_t level_ = 0;
  std::size_t pairs_ = 0;
  bool ended_ = false;
  std::vector<bool> visited_;
  std::vector<std::size_t> next_;
  std::vector<std::size_t> next_back_;
  std::vector<std::uint32_t> way_;
  std::vector<std::size_t> steps_;
};

}  // namespace

std::vector<std::size_t> matched_pairs(const MatchingProblem& problem, const MatchingStep& step) {
  return Solver(problem, step).solve();
}

}  // namespace koinon::programme
