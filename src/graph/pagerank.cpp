// SPDX-License-Identifier: Apache-2.0
#include "graph/pagerank.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace koinon::graph {
namespace {

constexpr std::uint32_t most_rounds = 1'000;

// The probability of each member to be drawn anew.
std::vector<double> drawn(const Affiliations& graph, std::span<const double> restart) {
  std::vector<double> weights(restart.begin(), restart.end());
  if (restart.empty()) {
    weights.resize(graph.member_count());
    for (std::uint32_t m = 0; m < graph.member_count(); ++m) {
      weights[m] = graph.works_of(m).empty() ? 0 : 1;
    }
  } else if (restart.size() != graph.member_count()) {
    throw std::invalid_argument("a restart weight is wanted for each member");
  }
  double sum = 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || std::isinf(weight))
      throw std::invalid_argument("a restart weight is no weight");
    sum += weight;
  }
  if (sum == 0 && !restart.empty()) throw std::invalid_argument("all restart weights are 0");
  if (sum > 0) {
    for (double& weight : weights) weight /= sum;
  }
  return weights;
}

}  // namespace

// With y = (1 - damping P)^-1 v, the members without ties being ends, the scores are y times (1 -
// damping) / (1 - damping v_ends): what ends there is drawn anew. P keeps the sum of what it moves,
// so that y is off by no more than residual / (1 - damping) in all, the scores by residual / (1 -
// damping v_ends), and by twice that once they are made to sum to 1.
PageRank pagerank(const Affiliations& graph, const PageRankOptions& options,
                  std::span<const double> restart, const Watch& watch) {
  check_damping(options.damping);
  if (!(options.tolerance > 0)) throw std::invalid_argument("the tolerance is not above 0");
  auto scores = drawn(graph, restart);
  const WalkSystem system(graph);
  std::vector<double> wanted(system.size());
  double ends = 1;
  for (std::size_t i = 0; i < system.size(); ++i) {
    wanted[i] = scores[system.ids()[i]];
    ends -= wanted[i];
  }
  ends = std::max(ends, 0.0);
  const double limit = options.tolerance * (1 - options.damping * ends) / 2;
  WalkSolver solver(system);
  PageRank result;
  auto gap = solver.start(options.damping, wanted);
  double before = 0;
  do {  // a second time only where rounding has led the carried gap astray
    before = gap.sum;
    while (gap.sum > limit && result.rounds < most_rounds) {
      tell(watch, result.rounds, 0);
      gap = solver.step();
      ++result.rounds;
    }
    gap = solver.confirm(wanted);
  } while (gap.sum > limit && gap.sum < before && result.rounds < most_rounds);

  result.error_bound = 2 * gap.sum / (1 - options.damping * ends);
  for (std::size_t i = 0; i < system.size(); ++i) {
    scores[system.ids()[i]] = std::max(solver.solution()[i] * system.strengths()[i], 0.0);
  }
  const double sum = std::accumulate(scores.begin(), scores.end(), 0.0);
  if (sum > 0) {
    for (double& score : scores) score /= sum;
  }
  result.scores = std::move(scores);
  return result;
}

PersonalisedPageRank::PersonalisedPageRank(const Affiliations& graph)
    : members_(graph.member_count()), system_(graph), solver_(system_) {}

// How many rows pushing all that are due would visit, at most.
std::size_t PersonalisedPageRank::rows_due() const {
  std::size_t rows = 0;
  for (const std::uint32_t member : push_.due()) {
    for (const std::uint32_t work : system_.works_of(member)) {
      rows += system_.members_of(work).size();
    }
  }
  return rows;
}

// What is left is everywhere: solve for it as a whole. False: it was stopped.
bool PersonalisedPageRank::solve(double damping, double epsilon, const Watch& watch) {
  const auto wanted = std::span<const double>(push_.residual());
  auto gap = solver_.start(damping, wanted);
  for (std::size_t round = 0; gap.largest > epsilon && round < 1'000; ++round) {
    if (watch && !watch(round, 0)) return false;
    gap = solver_.step();
  }
  for (std::uint32_t m = 0; m < system_.size(); ++m) {
    const double more = solver_.solution()[m] * system_.strengths()[m];
    if (more == 0) continue;
    push_.touched().insert(m);
    push_.score()[m] = std::max(push_.score()[m] + (1 - damping) * more, 0.0);
  }
  // Below this, what is carried along may have left what is true.
  gap_ = epsilon < 1e-12 ? solver_.confirm(wanted).sum : gap.sum;
  return true;
}

PersonalisedPageRank::Result PersonalisedPageRank::collect(double scale) {
  for (const std::uint32_t member : push_.touched().members()) {
    double& score = push_.score()[member];
    double& residual = push_.residual()[member];
    if (score > 0) scores_.push_back({system_.ids()[member], score * scale});
    gap_ += solved_ ? 0 : residual;
    residual = score = 0;
  }
  return {scores_, gap_ * scale};
}

PersonalisedPageRank::Result PersonalisedPageRank::around(std::span<const std::uint32_t> seeds,
                                                          const Options& options,
                                                          const Watch& watch) {
  const PushSeeds given(seeds, members_, options, [this](std::uint32_t seed) {
    return system_.number_of(seed) < system_.size();
  });
  const double epsilon = options.epsilon / given.scale();
  push_.reset(system_, epsilon);
  scores_.clear();
  gap_ = 0;
  solved_ = false;
  for (const std::uint32_t seed : given.linked())
    push_.give(system_, system_.number_of(seed), given.mass());
  given.give_ends(scores_);
  bool stopped = false;
  for (std::size_t round = 0; !push_.due().empty() && !solved_ && !stopped; ++round) {
    stopped = watch && !watch(round, 0);
    if (stopped) break;
    solved_ = rows_due() > system_.rows() / 4;
    if (solved_) {
      stopped = !solve(options.damping, epsilon, watch);
    } else {
      push_.push(system_, options.damping);
    }
  }
  const Result result = collect(given.scale());  // which clears what was touched
  if (stopped) throw Stopped();
  return result;
}

}  // namespace koinon::graph
