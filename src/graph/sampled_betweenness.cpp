// SPDX-License-Identifier: Apache-2.0
#include "graph/sampled_betweenness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>

#include "graph/numbered_random.hpp"

namespace koinon::graph {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// Which vertices reach each other, and a bound on the vertices of a longest shortest path.
struct Reach {
  explicit Reach(const TieGraph& graph) : component(graph.vertex_count(), none) {
    std::vector<std::uint32_t> roots(graph.vertex_count());
    std::iota(roots.begin(), roots.end(), 0);
    std::stable_sort(roots.begin(), roots.end(), [&](std::uint32_t a, std::uint32_t b) {
      return graph.degree(a) > graph.degree(b);
    });
    for (const std::uint32_t root : roots) {
      if (component[root] != none) continue;
      const std::uint32_t hops = spread(graph, root);
      longest_path = std::max(longest_path, 2 * hops + 1);
    }
  }

  std::vector<std::uint32_t> component;  // by vertex, its root
  std::uint32_t longest_path = 0;

 private:
  // Marks the component of a root; returns the distance of its farthest vertex.
  std::uint32_t spread(const TieGraph& graph, std::uint32_t root) {
    std::vector<std::uint32_t> level{root};
    std::vector<std::uint32_t> next;
    component[root] = root;
    for (std::uint32_t hops = 0;; ++hops) {
      next.clear();
      for (const std::uint32_t vertex : level) {
        for (const std::uint32_t other : graph.neighbours(vertex)) {
          if (component[other] != none) continue;
          component[other] = root;
          next.push_back(other);
        }
      }
      if (next.empty()) return hops;
      level.swap(next);
    }
  }
};

// One end of a search, with the number of shortest paths to what it has met.
class Side {
 public:
  explicit Side(std::uint32_t vertices) : met_(vertices) {}

  void start(std::uint32_t vertex, const TieGraph& graph) {
    for (const std::uint32_t old : order_) met_[old].hops = none;
    order_.assign(1, vertex);
    met_[vertex] = {1, 0};
    level_ = 0;
    hops_ = 0;
    cost_ = graph.degree(vertex);
  }

  void grow(const TieGraph& graph) {
    const std::size_t end = order_.size();
    ++hops_;
    cost_ = 0;
    for (std::size_t i = level_; i < end; ++i) {
      const double paths = met_[order_[i]].paths;
      for (const std::uint32_t other : graph.neighbours(order_[i])) {
        Met& own = met_[other];
        if (own.hops == none) {
          own = {paths, hops_};
          order_.push_back(other);
          cost_ += graph.degree(other);
        } else if (own.hops == hops_) {
          own.paths += paths;
        }
      }
    }
    level_ = end;
  }

  // A random vertex before `vertex` on a shortest path from this end, by numbers of paths.
  std::uint32_t before(std::uint32_t vertex, const TieGraph& graph, NumberedRandom& random) const {
    double left = random.unit() * met_[vertex].paths;
    std::uint32_t last = none;
    for (const std::uint32_t other : graph.neighbours(vertex)) {
      if (met_[other].hops == none || met_[other].hops + 1 != met_[vertex].hops) continue;
      last = other;
      left -= met_[other].paths;
      if (left < 0) break;
    }
    return last;
  }

  std::uint32_t hops(std::uint32_t vertex) const { return met_[vertex].hops; }
  double paths(std::uint32_t vertex) const { return met_[vertex].paths; }
  std::span<const std::uint32_t> level() const { return std::span(order_).subspan(level_); }
  std::size_t cost() const { return cost_; }  // ties that growing visits

 private:
  struct Met {
    double paths = 0;
    std::uint32_t hops = none;
  };

  std::vector<Met> met_;
  std::vector<std::uint32_t> order_;
  std::size_t level_ = 0;  // where the last level begins in order_
  std::size_t cost_ = 0;
  std::uint32_t hops_ = 0;
};

class Sampler {
 public:
  Sampler(const TieGraph& graph, std::uint64_t seed)
      : reach(graph),
        counts(graph.vertex_count()),
        graph_(graph),
        seed_(seed),
        from_(graph.vertex_count()),
        to_(graph.vertex_count()) {}

  // Counts the inner vertices of one path.
  void draw(std::uint64_t number) {
    NumberedRandom random(seed_, number);
    const std::uint32_t vertices = graph_.vertex_count();
    const std::uint32_t from = random.below(vertices);
    const std::uint32_t to = (from + 1 + random.below(vertices - 1)) % vertices;
    if (reach.component[from] != reach.component[to]) return;
    from_.start(from, graph_);
    to_.start(to, graph_);
    const std::uint32_t middle = meet(random);
    count(middle, from, to);
    trace(from_, middle, from, random);
    trace(to_, middle, to, random);
  }

  Reach reach;
  std::vector<std::uint64_t> counts;

 private:
  // A random vertex of the level where both ends meet, by numbers of paths through it.
  std::uint32_t meet(NumberedRandom& random) {
    while (true) {
      const bool first = from_.cost() <= to_.cost();
      (first ? from_ : to_).grow(graph_);
      const Side& other = first ? to_ : from_;
      double paths = 0;
      const auto level = (first ? from_ : to_).level();
      for (const std::uint32_t vertex : level) {
        if (other.hops(vertex) != none) paths += from_.paths(vertex) * to_.paths(vertex);
      }
      if (paths == 0) continue;
      double left = random.unit() * paths;
      std::uint32_t last = none;
      for (const std::uint32_t vertex : level) {
        if (other.hops(vertex) == none) continue;
        last = vertex;
        left -= from_.paths(vertex) * to_.paths(vertex);
        if (left < 0) break;
      }
      return last;
    }
  }

  void trace(const Side& side, std::uint32_t vertex, std::uint32_t end, NumberedRandom& random) {
    while (side.hops(vertex) > 1) {
      vertex = side.before(vertex, graph_, random);
      count(vertex, end, end);
    }
  }

  void count(std::uint32_t vertex, std::uint32_t from, std::uint32_t to) {
    if (vertex != from && vertex != to) ++counts[vertex];
  }

  const TieGraph& graph_;
  std::uint64_t seed_;
  Side from_;
  Side to_;
};

// The divergence of a coin that falls right with probability p from one with q.
double divergence(double p, double q) {
  const double right = p > 0 ? p * std::log(p / q) : 0;
  const double left = p < 1 ? (1 - p) * std::log((1 - p) / (1 - q)) : 0;
  return right + left;
}

// The logarithm of 1 over the failure that each vertex may take, the sum of failures being
// `failure`. One half is dealt out alike. The other goes to those that want more samples, a vertex
// of share p some 2 p log / error^2, so that all come to want the same number. A first sample that
// is small may have missed much of a share, and to think it too small costs more than too large.
std::vector<double> dealt_out(const std::vector<std::uint64_t>& counts, double samples,
                              double error, double failure) {
  std::vector<double> wants(counts.size());
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const auto count = static_cast<double>(counts[v]);
    wants[v] = std::max(2 * (count + 2 * std::sqrt(count) + 4) / samples, error);
  }
  double low = 0;
  double high = 1e6;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    double sum = 0;
    for (const double want : wants) sum += std::exp(-middle / want);
    (sum > failure / 2 ? low : high) = middle;
  }
  const double alike = failure / 2 / static_cast<double>(counts.size());
  for (double& want : wants) want = -std::log(alike + std::exp(-high / want));
  return wants;
}

// Whether no vertex's share can be farther than `error` from what was counted: by Chernoff, if it
// were, the counts would have had a probability below the vertex's part of the failure.
bool certain(const std::vector<std::uint64_t>& counts, double samples, double error,
             const std::vector<double>& logarithms) {
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const double share = static_cast<double>(counts[v]) / samples;
    if (share + error < 1 && samples * divergence(share, share + error) < logarithms[v])
      return false;
    if (share > error && samples * divergence(share, share - error) < logarithms[v]) return false;
  }
  return true;
}

constexpr double stride = 1.1;  // between the numbers of samples at which it may end

// Riondato and Kornaropoulos' number of samples that is always enough. It grows with 1 / error^2
// and may be infinite.
double samples_at_most(const Reach& reach, double error, double failure) {
  const double inner = static_cast<double>(reach.longest_path) - 2;
  return std::ceil(0.5 / (error * error) *
                   (std::floor(std::log2(inner)) + 1 + std::log(2 / failure)));
}

// Samples are of all pairs, the scores are over pairs of others.
double scale_of(const TieGraph& graph) {
  const auto vertices = static_cast<double>(graph.vertex_count());
  return vertices / (vertices - 2);
}

void check(const SampledBetweennessOptions& options) {
  const auto inside = [](double number) { return number > 0 && number < 1; };
  if (!inside(options.max_error) || !inside(options.failure))
    throw std::invalid_argument("max_error or failure is not between 0 and 1");
}

constexpr std::uint64_t between_looks = 256;  // samples, at whether it is to stop

void draw_until_certain(Sampler& sampler, double error, double failure, const Watch& watch,
                        SampledBetweenness& result) {
  // One half of the failure is Riondato and Kornaropoulos', at the end; the other is for all looks
  // before.
  const double most = samples_at_most(sampler.reach, error, failure);
  constexpr double most_counted = 9e15;  // below 2^53, so that every count is a double
  if (!(most <= most_counted))
    throw std::invalid_argument("max_error wants more samples than can be counted");
  const auto total = static_cast<std::size_t>(most);
  const auto first = static_cast<std::uint64_t>(std::ceil(most / 40));
  std::uint64_t number = 0;
  for (; number < first; ++number) {
    if (number % between_looks == 0) tell(watch, 0, total);
    sampler.draw(number);
  }
  const double least = std::min(most, 8 / error);  // below, Chernoff has nothing to say
  const double looks = std::max(1.0, std::ceil(std::log(most / least) / std::log(stride)) + 1);
  // Twice, since a share may be off to either side.
  const auto logarithms =
      dealt_out(sampler.counts, static_cast<double>(first), error, failure / 2 / looks / 2);
  std::fill(sampler.counts.begin(), sampler.counts.end(), 0);
  for (double look = least;; look *= stride) {
    const auto until = static_cast<std::uint64_t>(std::ceil(std::min(look, most)));
    for (; result.samples < until; ++result.samples) {
      if (result.samples % between_looks == 0) tell(watch, result.samples, total);
      sampler.draw(number++);
    }
    const auto samples = static_cast<double>(result.samples);
    if (samples >= most || certain(sampler.counts, samples, error, logarithms)) return;
  }
}

}  // namespace

bool exact_is_cheaper(const TieGraph& graph, const SampledBetweennessOptions& options) {
  check(options);
  if (graph.vertex_count() < 3) return true;
  const Reach reach(graph);
  if (reach.longest_path < 3) return true;
  const double samples =
      samples_at_most(reach, options.max_error / scale_of(graph), options.failure);
  const double ends = 2 * static_cast<double>(graph.tie_count());
  constexpr double dearer = 10;  // an end of a tie that a sample goes over, than one in a batch
  return samples * dearer * std::sqrt(ends) > static_cast<double>(graph.vertex_count()) * ends;
}

SampledBetweenness sampled_betweenness(const TieGraph& graph,
                                       const SampledBetweennessOptions& options,
                                       const Watch& watch) {
  check(options);
  SampledBetweenness result{std::vector<double>(graph.vertex_count()), 0};
  if (graph.vertex_count() < 3) return result;
  Sampler sampler(graph, options.seed);
  if (sampler.reach.longest_path < 3) return result;  // no path has an inner vertex
  const double scale = scale_of(graph);
  draw_until_certain(sampler, options.max_error / scale, options.failure, watch, result);
  for (std::size_t v = 0; v < result.scores.size(); ++v) {
    result.scores[v] =
        scale * static_cast<double>(sampler.counts[v]) / static_cast<double>(result.samples);
  }
  return result;
}

}  // namespace koinon::graph
