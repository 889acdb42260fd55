// SPDX-License-Identifier: Apache-2.0
#include "graph/community_level.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace koinon::graph {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

std::vector<std::uint32_t> shuffled(std::uint32_t count, NumberedRandom& random) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (std::uint32_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

// A queue of vertices in which each is at most once. It starts with all in order: those that came
// into the catalogue together are mostly close, and what is close is better moved in a row.
class Queue {
 public:
  explicit Queue(std::uint32_t count) : ring_(count), waiting_(count, true), size_(count) {
    std::iota(ring_.begin(), ring_.end(), 0);
  }

  bool empty() const { return size_ == 0; }
  std::uint32_t pop() {
    const std::uint32_t vertex = ring_[head_];
    head_ = head_ + 1 == ring_.size() ? 0 : head_ + 1;
    --size_;
    waiting_[vertex] = false;
    return vertex;
  }
  void push(std::uint32_t vertex) {
    if (waiting_[vertex]) return;
    waiting_[vertex] = true;
    const std::size_t tail = head_ + size_;
    ring_[tail < ring_.size() ? tail : tail - ring_.size()] = vertex;
    ++size_;
  }

 private:
  std::vector<std::uint32_t> ring_;
  std::vector<char> waiting_;
  std::size_t head_ = 0;
  std::size_t size_;
};

// Draws among gains by exp(gain / randomness); the greatest is taken out so that nothing overflows.
std::size_t drawn(const std::vector<double>& gains, double randomness, NumberedRandom& random) {
  if (gains.size() == 1) return 0;
  const double greatest = *std::max_element(gains.begin(), gains.end());
  double sum = 0;
  for (const double gain : gains) sum += std::exp((gain - greatest) / randomness);
  double left = random.unit() * sum;
  for (std::size_t i = 0; i + 1 < gains.size(); ++i) {
    left -= std::exp((gains[i] - greatest) / randomness);
    if (left < 0) return i;
  }
  return gains.size() - 1;
}

}  // namespace

std::uint32_t renumber(std::vector<std::uint32_t>& values) {
  std::vector<std::uint32_t> numbers(values.size(), none);
  std::uint32_t count = 0;
  for (std::uint32_t& value : values) {
    if (numbers[value] == none) numbers[value] = count++;
    value = numbers[value];
  }
  return count;
}

CommunityLevel::CommunityLevel(const TieGraph& graph)
    : lowest_(&graph), totals_(graph.vertex_count()) {
  for (std::uint32_t v = 0; v < graph.vertex_count(); ++v) {
    const auto strengths = graph.strengths(v);
    totals_[v] = std::accumulate(strengths.begin(), strengths.end(), 0.0);
  }
}

void CommunityLevel::move(std::vector<std::uint32_t>& communities, double resolution) const {
  std::vector<double> totals(size());
  std::vector<std::uint32_t> members(size());
  for (std::uint32_t v = 0; v < size(); ++v) {
    totals[communities[v]] += totals_[v];
    ++members[communities[v]];
  }
  std::vector<std::uint32_t> empty;
  for (std::uint32_t c = size(); c > 0; --c) {
    if (members[c - 1] == 0) empty.push_back(c - 1);
  }
  SparseSums sums(size());
  Queue queue(size());
  while (!queue.empty()) {
    const std::uint32_t vertex = queue.pop();
    const Ties own = ties(vertex);
    const std::uint32_t old = communities[vertex];
    for (std::size_t i = 0; i < own.to.size(); ++i) {
      sums.add(communities[own.to[i]], own.strengths[i]);
    }
    totals[old] -= totals_[vertex];
    const double price = resolution * totals_[vertex];
    std::uint32_t best = old;
    // What rounding may make of nothing is no gain.
    double gain = sums.at(old) - price * totals[old] + 1e-12 * totals_[vertex];
    for (const std::uint32_t community : sums.touched()) {
      const double other = sums.at(community) - price * totals[community];
      if (other > gain) {
        best = community;
        gain = other;
      }
    }
    sums.clear();
    if (gain < 0 && members[old] > 1) best = empty.back();  // better alone
    totals[best] += totals_[vertex];
    if (best == old) continue;
    if (members[best]++ == 0) empty.pop_back();
    if (--members[old] == 0) empty.push_back(old);
    communities[vertex] = best;
    for (const std::uint32_t other : own.to) {
      if (communities[other] != best) queue.push(other);
    }
  }
}

std::vector<std::uint32_t> CommunityLevel::refine(const std::vector<std::uint32_t>& communities,
                                                  double resolution, double randomness,
                                                  NumberedRandom random) const {
  std::vector<double> whole(size());  // totals of the given communities
  for (std::uint32_t v = 0; v < size(); ++v) whole[communities[v]] += totals_[v];
  std::vector<std::uint32_t> refined(size());
  std::iota(refined.begin(), refined.end(), 0);
  std::vector<double> totals = totals_;
  std::vector<double> outward(size());  // of each refined one, ties to the rest of its community
  for (std::uint32_t v = 0; v < size(); ++v) {
    const Ties own = ties(v);
    for (std::size_t i = 0; i < own.to.size(); ++i) {
      if (communities[own.to[i]] == communities[v]) outward[v] += own.strengths[i];
    }
  }
  const auto well_connected = [&](std::uint32_t part, double all) {
    return outward[part] >= resolution * totals[part] * (all - totals[part]);
  };
  std::vector<char> alone(size(), true);
  SparseSums sums(size());
  std::vector<std::uint32_t> choices;
  std::vector<double> gains;
  for (const std::uint32_t vertex : shuffled(size(), random)) {
    const double all = whole[communities[vertex]];
    if (!alone[vertex] || !well_connected(vertex, all)) continue;
    const Ties own = ties(vertex);
    for (std::size_t i = 0; i < own.to.size(); ++i) {
      if (communities[own.to[i]] != communities[vertex]) continue;
      sums.add(refined[own.to[i]], own.strengths[i]);
    }
    choices.clear();
    gains.clear();
    for (const std::uint32_t part : sums.touched()) {
      const double gain = sums.at(part) - resolution * totals_[vertex] * totals[part];
      if (gain < 0 || !well_connected(part, all)) continue;
      choices.push_back(part);
      gains.push_back(gain);
    }
    if (!choices.empty()) {
      const std::uint32_t part = choices[drawn(gains, randomness, random)];
      refined[vertex] = part;
      alone[part] = false;  // `part` is named by a vertex that is in it
      alone[vertex] = false;
      totals[part] += totals_[vertex];
      outward[part] += outward[vertex] - 2 * sums.at(part);
    }
    sums.clear();
  }
  return refined;
}

CommunityLevel CommunityLevel::merged(const std::vector<std::uint32_t>& parts,
                                      std::uint32_t count) const {
  std::vector<std::uint32_t> begins(std::size_t{count} + 1);
  for (const std::uint32_t part : parts) ++begins[std::size_t{part} + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::uint32_t> order(size());
  auto next = begins;
  for (std::uint32_t v = 0; v < size(); ++v) order[next[parts[v]]++] = v;

  CommunityLevel level;
  level.totals_.resize(count);
  SparseSums sums(count);
  for (std::uint32_t part = 0; part < count; ++part) {
    for (std::uint32_t i = begins[part]; i < begins[std::size_t{part} + 1]; ++i) {
      level.totals_[part] += totals_[order[i]];
      const Ties own = ties(order[i]);
      for (std::size_t j = 0; j < own.to.size(); ++j) {
        const std::uint32_t other = parts[own.to[j]];
        if (other != part) sums.add(other, own.strengths[j]);
      }
    }
    for (const std::uint32_t other : sums.touched()) {
      level.to_.push_back(other);
      level.strengths_.push_back(sums.at(other));
    }
    level.offsets_.push_back(level.to_.size());
    sums.clear();
  }
  return level;
}

}  // namespace koinon::graph
