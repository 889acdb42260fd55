// SPDX-License-Identifier: Apache-2.0
//
// From organisations to clusters of those that are one: read, pair, score, cluster.
#pragma once

#include <span>
#include <vector>

#include "partners/clusters.hpp"
#include "partners/match_model.hpp"

namespace koinon::partners {

/// Scores pairs by a model. O(pairs * words²). Throws std::out_of_range if a pair names no member,
/// and what `step` throws.
std::vector<ScoredPair> score_pairs(const Population& population, std::span<const MemberPair> pairs,
                                    const MatchModel& model = MatchModel::current(),
                                    const Step& step = {});

/// cluster() with the exclusive identifiers of the members as their claims: no rule makes one of
/// members with different identifiers of one scheme; what a person puts together all the same is
/// among the contradictions.
Clusters identify(const Population& population, std::span<const ScoredPair> pairs,
                  std::span<const PairDecision> decisions, const ClusterOptions& options = {},
                  const Step& step = {});

/// Whether two organisations have no identifier in common in a scheme in which both have one and a
/// body has but one. Both by scheme, then value, as in PopulationMember. O(identifiers).
bool claims_differ(std::span<const KnownIdentifier> left, std::span<const KnownIdentifier> right);

/// Pairs that only their different identifiers keep apart: without them the rule would take the two
/// for one at `threshold`. By pair; those that a person has decided on, that are among the
/// contradictions of `clusters` or are one there, are left out. O(pairs log pairs).
std::vector<MemberPair> told_apart(const Population& population, std::span<const ScoredPair> pairs,
                                   std::span<const PairDecision> decisions,
                                   const Clusters& clusters, double threshold,
                                   const MatchModel& model = MatchModel::current());

/// One value of a scheme and who has it.
struct CrosswalkValue {
  std::string value;
  std::vector<std::uint32_t> members;  // rising
};

/// What a cluster is called in one scheme.
struct CrosswalkRow {
  std::string scheme;                  // as KnownIdentifier has it
  std::vector<CrosswalkValue> values;  // by value
  bool conflict = false;  // an exclusive scheme with members that have no value in common
};

/// The identifiers of some members taken together, by scheme. O(identifiers²) within a scheme.
/// Throws std::out_of_range if there is no such member.
std::vector<CrosswalkRow> crosswalk(const Population& population,
                                    std::span<const std::uint32_t> members);

/// How much a decision on a pair of this probability would tell: its entropy in bits, 0 to 1.
double uncertainty(double probability);

/// A pair that a person should look at.
struct ReviewItem {
  MemberPair pair;
  double probability = 0;
  double uncertainty = 0;  // bits: entropy of the probability, 0 to 1
  double stake = 0;        // what a decision would move
  double value = 0;        // uncertainty * stake
};

/// Pairs in the order in which looking at them is worth most, at most `limit`: one for each two
/// clusters (or within one), the most uncertain. The stake is that of the lesser of the two
/// clusters (the sum over its members), or of the lesser of the two members within a cluster. Pairs
/// that a person has decided on, unsure too, are left out, as are those whose clusters a person
/// keeps apart. Equals by pair. O(pairs log pairs).
std::vector<ReviewItem> review_queue(const Population& population,
                                     std::span<const ScoredPair> pairs,
                                     std::span<const PairDecision> decisions,
                                     const Clusters& clusters, std::size_t limit);

}  // namespace koinon::partners
