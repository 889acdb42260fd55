// SPDX-License-Identifier: Apache-2.0
//
// Which organisations are one, from scored pairs and from what people decided.
//
// Nothing is stored and nothing is changed: the answer is a function of the pairs and the decisions
// given. Leave a decision out and the answer is what it was before it was made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "partners/candidates.hpp"
#include "partners/organisation_facts.hpp"

namespace koinon::partners {

/// A scored pair. The probability is in millionths, so that sums are exact and every order of the
/// same pairs gives the same clusters.
struct ScoredPair {
  MemberPair pair;
  std::uint32_t millionths = 0;  // 0 to 1,000,000
};

enum class Verdict : std::uint8_t { Same, Different, Unsure };

/// What a person decided of two members.
struct PairDecision {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  Verdict verdict = Verdict::Unsure;
};

/// A name that a member has in a scheme in which one body has but one: its number in a register.
struct Claim {
  std::uint32_t scheme = 0;
  std::uint32_t value = 0;
  friend auto operator<=>(const Claim&, const Claim&) = default;
};

struct ClusterOptions {
  /// A rule takes two for the same from this probability on, 0 to 1.
  double threshold = 0.9;
  /// And two clusters for one if the mean over all scored pairs between them is at least this. 0:
  /// clusters are the connected components of the pairs at the threshold or above.
  double support = 0.5;
};

/// One step from a member to the next.
struct ChainLink {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  bool decided = false;  // by a person, else by the rule
};

/// Two members that may not be one, and the chain of links by which they would be.
struct Contradiction {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  bool decided = false;  // a person said that they differ; else their claims do
  bool stands = false;   // they are in one cluster none the less: people's decisions contradict
  std::vector<ChainLink> chain;  // from left to right
};

struct Clusters {
  std::vector<std::uint32_t> of_member;  // by member: the smallest member of its cluster
  std::vector<ChainLink> links;          // that hold the clusters together: a forest, as made
  std::vector<Contradiction> contradictions;

  /// The members of each cluster, both in rising order. O(members).
  std::vector<std::vector<std::uint32_t>> groups() const;
};

/// Clusters of `members` members.
///
/// Decisions: of several on one pair the last counts. "Same" joins whatever the scores say;
/// "different" keeps the two apart however long the chain between them; where that is impossible,
/// for people's own "same" lead from one to the other, the members stay together and the
/// contradiction is told with `stands`. "Unsure" keeps the rule from taking the pair, no more.
///
/// Rule: clusters are joined in the order of the mean of the scored pairs between them, the
/// greatest first, equals by the best of those pairs (of equal scores the first), as ClusterOptions
/// says. Members with claims in one scheme are one by rule only if they all have a value of it in
/// common, whatever chain leads to it; a refusal is told with the chain that the join would have
/// made, between the smallest members with such claims, once for each two of them.
///
/// `claims` are by member, in any order; none at all stand for no claims of anybody.
///
/// O((pairs + decisions + claims) log pairs * log members). Throws std::out_of_range if a pair
/// names no member, std::invalid_argument for a pair of one member with itself, options outside
/// their range or claims of another number of members, and what `step` throws.
Clusters cluster(std::uint32_t members, std::span<const ScoredPair> pairs,
                 std::span<const PairDecision> decisions,
                 std::span<const std::vector<Claim>> claims = {},
                 const ClusterOptions& options = {}, const Step& step = {});

}  // namespace koinon::partners
