// SPDX-License-Identifier: Apache-2.0
//
// One level of Leiden's method: a graph whose vertices are the refined communities of the level
// below.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/numbered_random.hpp"
#include "graph/tie_graph.hpp"

namespace koinon::graph {

/// Sums by number that are cleared for the price of what was touched. A summand is above 0.
class SparseSums {
 public:
  explicit SparseSums(std::size_t size) : sums_(size), touched_(size + 1) {}

  void add(std::uint32_t number, double value) {
    touched_[count_] = number;  // for good if it is new: no branch to guess
    count_ += sums_[number] == 0;
    sums_[number] += value;
  }
  double at(std::uint32_t number) const { return sums_[number]; }
  std::span<const std::uint32_t> touched() const { return {touched_.data(), count_}; }
  void clear() {
    for (const std::uint32_t number : touched()) sums_[number] = 0;
    count_ = 0;
  }

 private:
  std::vector<double> sums_;
  std::vector<std::uint32_t> touched_;
  std::size_t count_ = 0;
};

/// Numbers the values in the order in which they come first; returns how many there are.
std::uint32_t renumber(std::vector<std::uint32_t>& values);

class CommunityLevel {
 public:
  /// The lowest level: the graph itself, which is to outlive it.
  explicit CommunityLevel(const TieGraph& graph);

  std::uint32_t size() const { return static_cast<std::uint32_t>(totals_.size()); }

  /// Moves vertices, each to the community where it gains most, until none gains: the queue starts
  /// with all in order, and who moves puts its neighbours back. `communities` are numbers
  /// below size(). `resolution` is per unit of strength: over twice the sum of all.
  void move(std::vector<std::uint32_t>& communities, double resolution) const;

  /// Communities within the given ones, made from single vertices: each vertex that is still alone
  /// and well connected to its community joins a well connected refined one that it gains by, drawn
  /// by exp(gain / randomness). Returns numbers below size().
  std::vector<std::uint32_t> refine(const std::vector<std::uint32_t>& communities,
                                    double resolution, double randomness,
                                    NumberedRandom random) const;

  /// The next level, whose vertices are `parts`, numbers below `count` without a gap.
  CommunityLevel merged(const std::vector<std::uint32_t>& parts, std::uint32_t count) const;

 private:
  CommunityLevel() = default;

  struct Ties {
    std::span<const std::uint32_t> to;
    std::span<const double> strengths;
  };
  Ties ties(std::uint32_t vertex) const {
    if (lowest_) return {lowest_->neighbours(vertex), lowest_->strengths(vertex)};
    const std::size_t begin = offsets_[vertex];
    const std::size_t count = offsets_[std::size_t{vertex} + 1] - begin;
    return {{to_.data() + begin, count}, {strengths_.data() + begin, count}};
  }

  const TieGraph* lowest_ = nullptr;
  std::vector<std::size_t> offsets_{0};
  std::vector<std::uint32_t> to_;
  std::vector<double> strengths_;
  std::vector<double> totals_;  // by vertex, the sum of strengths of all that is in it
};

}  // namespace koinon::graph
