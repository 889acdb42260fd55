// SPDX-License-Identifier: Apache-2.0
//
// Pairs between givers and takers, each with a greatest number of pairs: a maximum-weight
// b-matching of a bipartite graph with even loads, balanced among takers first where that is asked
// for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace koinon::programme {

struct PossiblePair {
  std::uint32_t giver = 0;
  std::uint32_t taker = 0;
  std::int64_t weight = 0;  // above 0
};

struct MatchingProblem {
  std::uint32_t givers = 0;
  std::uint32_t takers = 0;
  std::uint32_t most_given = 1;
  std::uint32_t most_taken = 1;
  std::vector<PossiblePair> pairs;  // each two at most once, in any order
  /// Balanced: of all matchings the ones that are best among takers are looked at, of these the
  /// heaviest, and of these the one with the most even loads of givers is taken. Best: the number
  /// of takers with at least one pair is greatest, of these that with at least two, and so on. Such
  /// a matching has as many pairs as any. Not balanced: of the heaviest the one in which the loads
  /// of takers, and those of givers, are the most even; it has the fewest pairs of the heaviest.
  /// Most even: the sum of their squares is least, and in falling order they are the least in
  /// lexicographic order.
  bool balanced = true;
};

/// Called now and then with the pairs so far; false ends the work.
using MatchingStep = std::function<bool(std::size_t pairs)>;

/// Places in `pairs` of those chosen, rising. Empty when `step` ended it.
///
/// Successive shortest paths, many at a time: a search by Dijkstra over reduced costs finds how
/// much the next pair is worth, and then all ways of that worth are used before the next search. As
/// worths fall, and few weights differ, there are few searches. Balanced, takers with no pair are
/// the only ends of ways until none can be reached, then those with one. Then pairs of no reduced
/// cost are exchanged until loads are even (even_loads.hpp). O((searches + passes) · pairs).
/// Integer weights up to 10^12 and ways of them are exact.
std::vector<std::size_t> matched_pairs(const MatchingProblem& problem,
                                       const MatchingStep& step = {});

}  // namespace koinon::programme
