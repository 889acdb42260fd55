// SPDX-License-Identifier: Apache-2.0
#include "graph/local_pagerank.hpp"

#include "graph/neighbour_access.hpp"

namespace koinon::graph {

void IncidenceWalk::reset(IncidenceView graph) {
  for (const std::uint32_t member : known_members_) strengths_[member] = 0;
  for (const std::uint32_t work : known_works_) shares_[work] = 0;
  known_members_.clear();
  known_works_.clear();
  graph_ = graph;
  if (strengths_.size() < size()) strengths_.resize(size());
  if (shares_.size() < works()) shares_.resize(works());
}

std::span<const std::uint32_t> IncidenceWalk::works_of(std::uint32_t member) {
  works_.clear();
  const auto rows = graph_->works_of(member);
  const bool several = rows.size() > 1;
  if (several) seen_.reset(static_cast<std::uint32_t>(works()));
  for (const MemberRow& row : rows) {
    if (several && !seen_.add(row.work)) continue;
    if (joins(graph_->members_of(row.work))) works_.push_back(row.work);
  }
  return works_;
}

std::span<const std::uint32_t> IncidenceWalk::members_of(std::uint32_t work) {
  members_.clear();
  for_each_member(graph_->members_of(work),
                  [&](std::uint32_t member) { members_.push_back(member); });
  return members_;
}

double IncidenceWalk::share(std::uint32_t work) {
  double& share = shares_[work];
  if (share == 0) {
    share = 1.0 / static_cast<double>(count_members(graph_->members_of(work)) - 1);
    known_works_.push_back(work);
  }
  return share;
}

double IncidenceWalk::strength(std::uint32_t member) {
  double& strength = strengths_[member];
  if (strength == 0) {
    strength = static_cast<double>(works_of(member).size());
    known_members_.push_back(member);
  }
  return strength;
}

double IncidenceWalk::kept(std::uint32_t member) {
  double sum = 0;
  for (const std::uint32_t work : works_of(member)) sum += shares_[work];
  return sum;
}

PushResult LocalPageRank::around(IncidenceView graph, std::span<const std::uint32_t> seeds,
                                 const PushOptions& options, const Watch& watch) {
  walk_.reset(graph);
  const PushSeeds given(seeds, graph.member_count(), options,
                        [&](std::uint32_t seed) { return walk_.strength(seed) > 0; });
  push_.reset(walk_, options.epsilon / given.scale());
  scores_.clear();
  for (const std::uint32_t seed : given.linked()) push_.give(walk_, seed, given.mass());
  given.give_ends(scores_);
  std::size_t rounds = 0;
  bool stopped = false;
  while (!push_.due().empty() && !stopped) {
    stopped = watch && !watch(rounds, rounds + push_.due().size());
    ++rounds;
    if (!stopped) push_.push(walk_, options.damping);
  }
  double gap = 0;
  for (const std::uint32_t member : push_.touched().members()) {
    double& score = push_.score()[member];
    if (score > 0) scores_.push_back({member, score * given.scale()});
    gap += push_.residual()[member];
    push_.residual()[member] = score = 0;
  }
  if (stopped) throw Stopped();
  return {scores_, gap * given.scale()};
}

}  // namespace koinon::graph
