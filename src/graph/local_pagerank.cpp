// SPDX-License-Identifier: Apache-2.0
#include "graph/local_pagerank.hpp"

#include <algorithm>

#include "graph/neighbour_access.hpp"

namespace koinon::graph {
namespace {

constexpr std::size_t usual_chunk = 1 << 16;

}  // namespace

void IncidenceWalk::reset(IncidenceView graph) {
  for (const std::uint32_t member : known_members_) parts_[member] = {};
  for (const std::uint32_t work : known_works_) work_parts_[work] = {};
  known_members_.clear();
  known_works_.clear();
  chunk_ = used_ = 0;
  graph_ = graph;
  grow_to(parts_, size());
  grow_to(work_parts_, works());
}

// Where so many numbers can be written.
std::uint32_t* IncidenceWalk::room(std::size_t size) {
  while (chunk_ < chunks_.size() && chunks_[chunk_].size() - used_ < size) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) chunks_.emplace_back(std::max(size, usual_chunk));
  return chunks_[chunk_].data() + used_;
}

IncidenceWalk::Part IncidenceWalk::keep(std::uint32_t* begin, std::uint32_t* end) noexcept {
  const auto size = static_cast<std::size_t>(end - begin);
  used_ += size;
  return {begin, size};
}

std::span<const std::uint32_t> IncidenceWalk::works_of(std::uint32_t member) {
  Part& part = parts_[member];
  if (part.begin == nullptr) {
    known_members_.push_back(member);
    const auto rows = graph_->works_of(member);
    const bool several = rows.size() > 1;
    if (several) seen_.reset(static_cast<std::uint32_t>(works()));
    std::uint32_t* const begin = room(rows.size());
    std::uint32_t* end = begin;
    for (const MemberRow& row : rows) {
      if (several && !seen_.add(row.work)) continue;
      if (joins(graph_->members_of(row.work))) *end++ = row.work;
    }
    part = keep(begin, end);
  }
  return part.list();
}

std::span<const std::uint32_t> IncidenceWalk::members_of(std::uint32_t work) {
  Part& part = work_parts_[work];
  if (part.begin == nullptr) {
    known_works_.push_back(work);
    const auto rows = graph_->members_of(work);
    std::uint32_t* const begin = room(rows.size());
    std::uint32_t* end = begin;
    for_each_member(rows, [&](std::uint32_t member) { *end++ = member; });
    part = keep(begin, end);
  }
  return part.list();
}

double IncidenceWalk::kept(std::uint32_t member) {
  double sum = 0;
  for (const std::uint32_t work : works_of(member)) sum += share(work);
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
