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

void check_damping(double damping) {
  if (!(damping >= 0 && damping < 1)) throw std::invalid_argument("damping is not in [0, 1)");
}

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
                  std::span<const double> restart) {
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
    : members_(graph.member_count()),
      system_(graph),
      solver_(system_),
      residual_(system_.size()),
      score_(system_.size()),
      carried_(system_.works()) {}

// Adds to the residual of a member, and puts it on the list when that reaches its limit.
inline void PersonalisedPageRank::give(std::uint32_t member, double mass) {
  double& residual = residual_[member];
  const double before = residual;
  const double limit = epsilon_ * system_.strengths()[member];
  residual += mass;
  if (before == 0) touched_.insert(member);
  if (before < limit && residual >= limit) due_.push_back(member);
}

// How many rows pushing all that are due would visit, at most.
std::size_t PersonalisedPageRank::rows_due() const {
  std::size_t rows = 0;
  for (const std::uint32_t member : due_) {
    for (const std::uint32_t work : system_.works_of(member)) {
      rows += system_.members_of(work).size();
    }
  }
  return rows;
}

// All that are due push at once. A work gives back to each member what the others have carried in,
// which is what all have less its own.
void PersonalisedPageRank::push(double damping) {
  pushed_.clear();
  works_.clear();
  for (const std::uint32_t member : due_) {
    const double strength = system_.strengths()[member];
    if (residual_[member] < epsilon_ * strength) continue;
    score_[member] += (1 - damping) * residual_[member];
    const double part = damping * residual_[member] / strength;
    residual_[member] = 0;
    pushed_.push_back({member, part * system_.kept()[member]});
    for (const std::uint32_t work : system_.works_of(member)) {
      if (carried_[work] == 0) works_.push_back(work);
      carried_[work] += part;
    }
  }
  due_.clear();
  for (const std::uint32_t work : works_) {
    const double mass = carried_[work] * system_.share(work);
    carried_[work] = 0;
    for (const std::uint32_t member : system_.members_of(work)) give(member, mass);
  }
  for (const auto& [member, own] : pushed_) {
    residual_[member] = std::max(residual_[member] - own, 0.0);
  }
}

// What is left is everywhere: solve for it as a whole.
void PersonalisedPageRank::solve(double damping) {
  auto gap = solver_.start(damping, residual_);
  for (int round = 0; gap.largest > epsilon_ && round < 1'000; ++round) gap = solver_.step();
  for (std::uint32_t m = 0; m < system_.size(); ++m) {
    const double more = solver_.solution()[m] * system_.strengths()[m];
    if (more == 0) continue;
    touched_.insert(m);
    score_[m] = std::max(score_[m] + (1 - damping) * more, 0.0);
  }
  // Below this, what is carried along may have left what is true.
  gap_ = epsilon_ < 1e-12 ? solver_.confirm(residual_).sum : gap.sum;
}

PersonalisedPageRank::Result PersonalisedPageRank::collect(double scale) {
  for (const std::uint32_t member : touched_.members()) {
    if (score_[member] > 0) scores_.push_back({system_.ids()[member], score_[member] * scale});
    gap_ += solved_ ? 0 : residual_[member];
    residual_[member] = score_[member] = 0;
  }
  return {scores_, gap_ * scale};
}

PersonalisedPageRank::Result PersonalisedPageRank::around(std::span<const std::uint32_t> seeds,
                                                          const Options& options) {
  check_damping(options.damping);
  if (!(options.epsilon > 0)) throw std::invalid_argument("epsilon is not above 0");
  if (seeds.empty()) throw std::invalid_argument("there are no seeds");
  for (const std::uint32_t seed : seeds) {
    if (seed >= members_) throw_no_vertex("member", seed, members_);
  }
  // What the seeds without ties hold is drawn anew, which scales all, errors too.
  const auto ends =
      static_cast<double>(std::count_if(seeds.begin(), seeds.end(), [this](std::uint32_t seed) {
        return system_.number_of(seed) == system_.size();
      }));
  const double mass = 1 / static_cast<double>(seeds.size());
  const double scale = 1 / (1 - options.damping * ends * mass);
  epsilon_ = options.epsilon / scale;
  touched_.reset(static_cast<std::uint32_t>(system_.size()));
  due_.clear();
  scores_.clear();
  gap_ = 0;
  solved_ = false;
  for (const std::uint32_t seed : seeds) {
    if (system_.number_of(seed) < system_.size()) give(system_.number_of(seed), mass);
  }
  if (ends > 0) give_ends(seeds, (1 - options.damping) * mass * scale);
  while (!due_.empty() && !solved_) {
    solved_ = rows_due() > system_.rows() / 4;
    if (solved_) {
      solve(options.damping);
    } else {
      push(options.damping);
    }
  }
  return collect(scale);
}

// The seeds without ties, once each.
void PersonalisedPageRank::give_ends(std::span<const std::uint32_t> seeds, double score) {
  std::vector<std::uint32_t> ends;
  for (const std::uint32_t seed : seeds) {
    if (system_.number_of(seed) == system_.size()) ends.push_back(seed);
  }
  std::sort(ends.begin(), ends.end());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (i == 0 || ends[i] != ends[i - 1]) scores_.push_back({ends[i], 0});
    scores_.back().score += score;
  }
}

}  // namespace koinon::graph
