// SPDX-License-Identifier: Apache-2.0
#include "partners/identity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace koinon::partners {

namespace {

constexpr double whole = 1e6;

// The exclusive identifiers as numbers, in the order of their texts: of several schemes that tell
// two apart the first is told, whoever is looked at beside them.
std::vector<std::vector<Claim>> claims_of(const Population& population) {
  std::map<std::string, std::uint32_t> numbers;
  for (const PopulationMember& member : population.members) {
    for (const KnownIdentifier& one : member.identifiers) {
      if (!one.exclusive) continue;
      numbers.emplace(one.scheme, 0);
      numbers.emplace(one.scheme + '\n' + one.value, 0);
    }
  }
  std::uint32_t next = 0;
  for (auto& [text, number] : numbers) number = next++;
  const auto number = [&](const std::string& text) { return numbers.at(text); };
  std::vector<std::vector<Claim>> claims(population.members.size());
  for (std::size_t m = 0; m < claims.size(); ++m)
    for (const KnownIdentifier& one : population.members[m].identifiers)
      if (one.exclusive)
        claims[m].push_back({number(one.scheme), number(one.scheme + '\n' + one.value)});
  return claims;
}

MemberPair ordered(std::uint32_t a, std::uint32_t b) {
  return {std::min(a, b), std::max(a, b)};
}

// What people have looked at, and which clusters they keep apart.
struct Settled {
  std::set<MemberPair> pairs;
  std::set<MemberPair> clusters;
};

Settled settled(std::span<const PairDecision> decisions, const Clusters& clusters) {
  Settled found;
  std::map<MemberPair, Verdict> last;
  for (const PairDecision& decision : decisions)
    last[ordered(decision.left, decision.right)] = decision.verdict;
  for (const auto& [pair, verdict] : last) {
    found.pairs.insert(pair);
    if (verdict == Verdict::Different)
      found.clusters.insert(
          ordered(clusters.of_member.at(pair.left), clusters.of_member.at(pair.right)));
  }
  return found;
}

}  // namespace

std::vector<ScoredPair> score_pairs(const Population& population, std::span<const MemberPair> pairs,
                                    const MatchModel& model, const Step& step) {
  std::vector<ScoredPair> scored;
  scored.reserve(pairs.size());
  Comparer comparer(population);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (step && (i & 255U) == 0) step(i, pairs.size());
    const double p = model.probability(comparer.compare(pairs[i].left, pairs[i].right));
    scored.push_back({pairs[i], static_cast<std::uint32_t>(std::lround(p * whole))});
  }
  return scored;
}

Clusters identify(const Population& population, std::span<const ScoredPair> pairs,
                  std::span<const PairDecision> decisions, const ClusterOptions& options,
                  const Step& step) {
  const auto members = static_cast<std::uint32_t>(population.members.size());
  return cluster(members, pairs, decisions, claims_of(population), options, step);
}

bool claims_differ(std::span<const KnownIdentifier> left, std::span<const KnownIdentifier> right) {
  for (std::size_t i = 0; i < left.size();) {
    const std::string& scheme = left[i].scheme;
    bool met = false, common = false;
    const bool exclusive = left[i].exclusive;
    for (; i < left.size() && left[i].scheme == scheme; ++i) {
      for (const KnownIdentifier& other : right) {
        met = met || other.scheme == scheme;
        common = common || (other.scheme == scheme && other.value == left[i].value);
      }
    }
    if (exclusive && met && !common) return true;
  }
  return false;
}

std::vector<MemberPair> told_apart(const Population& population, std::span<const ScoredPair> pairs,
                                   std::span<const PairDecision> decisions,
                                   const Clusters& clusters, double threshold,
                                   const MatchModel& model) {
  std::set<MemberPair> known;
  for (const PairDecision& one : decisions) known.insert(ordered(one.left, one.right));
  for (const Contradiction& one : clusters.contradictions)
    known.insert(ordered(one.left, one.right));
  std::vector<MemberPair> found;
  for (const ScoredPair& scored : pairs) {
    const auto [left, right] = scored.pair;
    if (model.without_difference(scored.millionths / whole) < threshold) continue;
    if (!claims_differ(population.members.at(left).identifiers,
                       population.members.at(right).identifiers))
      continue;
    if (clusters.of_member.at(left) == clusters.of_member.at(right)) continue;
    if (known.insert(ordered(left, right)).second) found.push_back(ordered(left, right));
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<CrosswalkRow> crosswalk(const Population& population,
                                    std::span<const std::uint32_t> members) {
  std::map<std::string, std::map<std::string, std::vector<std::uint32_t>>> schemes;
  std::set<std::string> exclusive;
  std::vector<std::uint32_t> sorted(members.begin(), members.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (const std::uint32_t member : sorted) {
    for (const KnownIdentifier& one : population.members.at(member).identifiers) {
      schemes[one.scheme][one.value].push_back(member);
      if (one.exclusive) exclusive.insert(one.scheme);
    }
  }
  const auto apart = [&](const std::string& scheme) {
    const auto& values = schemes[scheme];
    const auto has = [&](std::uint32_t member, const auto& value) {
      return std::binary_search(value.second.begin(), value.second.end(), member);
    };
    for (const auto& one : values)
      for (const auto& other : values)
        for (const std::uint32_t a : one.second)
          for (const std::uint32_t b : other.second) {
            const bool common = std::any_of(values.begin(), values.end(), [&](const auto& value) {
              return has(a, value) && has(b, value);
            });
            if (!common) return true;
          }
    return false;
  };
  std::vector<CrosswalkRow> rows;
  for (const auto& [scheme, values] : schemes) {
    CrosswalkRow row{scheme, {}, exclusive.count(scheme) > 0 && apart(scheme)};
    for (const auto& [value, owners] : values) row.values.push_back({value, owners});
    rows.push_back(std::move(row));
  }
  return rows;
}

double uncertainty(double probability) {
  if (probability <= 0 || probability >= 1) return 0;
  const double other = 1 - probability;
  return -probability * std::log2(probability) - other * std::log2(other);
}

std::vector<ReviewItem> review_queue(const Population& population,
                                     std::span<const ScoredPair> pairs,
                                     std::span<const PairDecision> decisions,
                                     const Clusters& clusters, std::size_t limit) {
  const Settled known = settled(decisions, clusters);
  std::vector<double> stakes(population.members.size());
  for (std::size_t m = 0; m < stakes.size(); ++m)
    stakes[clusters.of_member.at(m)] += population.members[m].stake;
  std::vector<ReviewItem> items;
  std::map<MemberPair, std::size_t> place;  // of the item of two clusters
  for (const ScoredPair& scored : pairs) {
    const MemberPair both =
        ordered(clusters.of_member.at(scored.pair.left), clusters.of_member.at(scored.pair.right));
    if (known.pairs.count(scored.pair) > 0 || known.clusters.count(both) > 0) continue;
    const bool within = both.left == both.right;
    ReviewItem item{scored.pair, scored.millionths / whole, 0, 0, 0};
    item.uncertainty = uncertainty(item.probability);
    item.stake = within ? std::min(population.members[scored.pair.left].stake,
                                   population.members[scored.pair.right].stake)
                        : std::min(stakes[both.left], stakes[both.right]);
    item.value = item.uncertainty * item.stake;
    if (item.value <= 0) continue;
    const auto [at, added] = place.emplace(both, items.size());
    if (added)
      items.push_back(item);
    else if (item.value > items[at->second].value)
      items[at->second] = item;
  }
  std::sort(items.begin(), items.end(), [](const ReviewItem& a, const ReviewItem& b) {
    return a.value != b.value ? a.value > b.value : a.pair < b.pair;
  });
  if (items.size() > limit) items.resize(limit);
  return items;
}

}  // namespace koinon::partners
