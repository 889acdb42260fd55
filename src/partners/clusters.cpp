// SPDX-License-Identifier: Apache-2.0
#include "partners/clusters.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <queue>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "partners/disjoint_sets.hpp"

namespace koinon::partners {

namespace {

constexpr double whole = 1e6;

// All scored pairs between two clusters.
struct Edge {
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  std::uint32_t best = 0;
  MemberPair link;  // the pair of the best score, the first of equals

  void add(const Edge& other) {
    sum += other.sum;
    count += other.count;
    if (other.best > best || (other.best == best && other.link < link)) {
      best = other.best;
      link = other.link;
    }
  }
  double mean() const { return double(sum) / double(count); }
};

struct Apart {
  MemberPair pair;
  bool decided = false;
};

// What the members of a cluster with claims in a scheme have in common.
struct Held {
  std::vector<std::uint32_t> values;  // rising; none: they contradict each other
  std::uint32_t witness = 0;          // the smallest of them
};

struct Join {
  double mean;
  MemberPair link;  // of the edge
  std::uint32_t one, other;
  std::uint64_t sum, count;  // of the edge when it was queued

  bool operator<(const Join& than) const {
    return mean != than.mean ? mean < than.mean : than.link < link;
  }
};

MemberPair ordered(std::uint32_t a, std::uint32_t b) {
  return {std::min(a, b), std::max(a, b)};
}

std::vector<std::uint32_t> common(const std::vector<std::uint32_t>& one,
                                  const std::vector<std::uint32_t>& other) {
  std::vector<std::uint32_t> both;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(both));
  return both;
}

class Clusterer {
 public:
  Clusterer(std::uint32_t members, const ClusterOptions& options)
      : members_(members), options_(options), sets_(members), smallest_(members) {
    for (std::uint32_t m = 0; m < members; ++m) smallest_[m] = m;
  }

  void decide(std::span<const PairDecision> decisions);
  void claim(std::span<const std::vector<Claim>> claims);
  void score(std::span<const ScoredPair> pairs);
  void join_by_rule(const Step& step);
  Clusters result();

 private:
  void check(const MemberPair& pair) const;
  void add_apart(const Apart& apart);
  void keep_apart(std::uint32_t one, std::uint32_t other, const Apart& apart);
  bool eligible(const Edge& edge) const;
  void queue(std::uint32_t one, std::uint32_t other, const Edge& edge);
  void refuse(const Edge& edge, const Apart& apart);
  void join(std::uint32_t one, std::uint32_t other);
  void move_edges(std::uint32_t from, std::uint32_t to);
  void move_apart(std::uint32_t from, std::uint32_t to);
  void move_claims(std::uint32_t from, std::uint32_t to);
  std::optional<MemberPair> conflict(std::uint32_t one, std::uint32_t other) const;
  std::vector<ChainLink> chain(std::uint32_t from, std::uint32_t to) const;

  std::uint32_t members_;
  const ClusterOptions& options_;
  DisjointSets sets_;
  std::vector<std::uint32_t> smallest_;  // by root
  std::map<MemberPair, Verdict> verdicts_;
  std::unordered_map<std::uint32_t, std::unordered_map<std::uint32_t, Edge>> edges_;  // by roots
  std::unordered_map<std::uint32_t, std::unordered_map<std::uint32_t, Apart>> apart_;
  std::unordered_map<std::uint32_t, std::map<std::uint32_t, Held>> claims_;  // by root, scheme
  std::priority_queue<Join> joins_;
  std::vector<ChainLink> links_;
  // A refused join: what is apart, and the link that would have brought it together.
  std::map<MemberPair, std::pair<Apart, MemberPair>> refused_;
  std::vector<Apart> standing_;
  std::vector<std::vector<std::pair<std::uint32_t, bool>>> forest_;
};

void Clusterer::check(const MemberPair& pair) const {
  if (pair.left >= members_ || pair.right >= members_)
    throw std::out_of_range("a pair names no member");
  if (pair.left == pair.right) throw std::invalid_argument("a pair of one member with itself");
}

void Clusterer::decide(std::span<const PairDecision> decisions) {
  for (const PairDecision& decision : decisions) {
    const MemberPair pair = ordered(decision.left, decision.right);
    check(pair);
    verdicts_[pair] = decision.verdict;
  }
  for (const auto& [pair, verdict] : verdicts_) {
    if (verdict != Verdict::Same || sets_.find(pair.left) == sets_.find(pair.right)) continue;
    links_.push_back({pair.left, pair.right, true});
    const std::uint32_t one = sets_.find(pair.left), other = sets_.find(pair.right);
    if (const auto against = conflict(one, other)) standing_.push_back({*against, false});
    join(one, other);
  }
  for (const auto& [pair, verdict] : verdicts_)
    if (verdict == Verdict::Different) add_apart({pair, true});
}

void Clusterer::claim(std::span<const std::vector<Claim>> claims) {
  for (std::uint32_t m = 0; m < claims.size(); ++m) {
    for (const Claim& one : claims[m]) {
      Held& held = claims_[m][one.scheme];
      held.witness = m;
      held.values.push_back(one.value);
    }
    if (claims[m].empty()) continue;
    for (auto& [scheme, held] : claims_[m]) std::sort(held.values.begin(), held.values.end());
  }
}

// Members of the two that cannot be one by what they claim.
std::optional<MemberPair> Clusterer::conflict(std::uint32_t one, std::uint32_t other) const {
  const auto left = claims_.find(one), right = claims_.find(other);
  if (left == claims_.end() || right == claims_.end()) return std::nullopt;
  for (const auto& [scheme, held] : left->second) {
    const auto found = right->second.find(scheme);
    if (found == right->second.end()) continue;
    if (common(held.values, found->second.values).empty())
      return ordered(held.witness, found->second.witness);
  }
  return std::nullopt;
}

void Clusterer::move_claims(std::uint32_t from, std::uint32_t to) {
  const auto moved = claims_.find(from);
  if (moved == claims_.end()) return;
  const auto schemes = std::move(moved->second);
  claims_.erase(moved);
  for (const auto& [scheme, held] : schemes) {
    const auto [known, added] = claims_[to].emplace(scheme, held);
    if (added) continue;
    known->second.values = common(known->second.values, held.values);
    known->second.witness = std::min(known->second.witness, held.witness);
  }
}

void Clusterer::add_apart(const Apart& apart) {
  const std::uint32_t one = sets_.find(apart.pair.left);
  const std::uint32_t other = sets_.find(apart.pair.right);
  if (one == other) {
    standing_.push_back(apart);
    return;
  }
  keep_apart(one, other, apart);
  keep_apart(other, one, apart);
}

// Of several that keep two clusters apart the first is told, whatever the order of joins.
void Clusterer::keep_apart(std::uint32_t one, std::uint32_t other, const Apart& apart) {
  const auto [known, added] = apart_[one].emplace(other, apart);
  if (!added && apart.pair < known->second.pair) known->second = apart;
}

bool Clusterer::eligible(const Edge& edge) const {
  return double(edge.best) >= options_.threshold * whole && edge.mean() >= options_.support * whole;
}

void Clusterer::queue(std::uint32_t one, std::uint32_t other, const Edge& edge) {
  if (!eligible(edge)) return;
  joins_.push({edge.mean(), edge.link, one, other, edge.sum, edge.count});
}

void Clusterer::score(std::span<const ScoredPair> pairs) {
  // Pairs whose ends no chain of good pairs can bring together need no place.
  DisjointSets reach = sets_;
  const auto counts = [&](const ScoredPair& scored) {
    return verdicts_.empty() || verdicts_.count(ordered(scored.pair.left, scored.pair.right)) == 0;
  };
  for (const ScoredPair& scored : pairs) {
    check(scored.pair);
    if (double(scored.millionths) >= options_.threshold * whole && counts(scored))
      reach.join(scored.pair.left, scored.pair.right);
  }
  for (const ScoredPair& scored : pairs) {
    const std::uint32_t one = sets_.find(scored.pair.left);
    const std::uint32_t other = sets_.find(scored.pair.right);
    if (one == other || reach.find(one) != reach.find(other) || !counts(scored)) continue;
    const Edge edge{scored.millionths, 1, scored.millionths,
                    ordered(scored.pair.left, scored.pair.right)};
    edges_[one][other].add(edge);
    edges_[other][one].add(edge);
  }
  for (const auto& [one, others] : edges_)
    for (const auto& [other, edge] : others)
      if (one < other) queue(one, other, edge);
}

void Clusterer::refuse(const Edge& edge, const Apart& apart) {
  refused_.emplace(apart.pair, std::pair(apart, edge.link));
}

void Clusterer::move_edges(std::uint32_t from, std::uint32_t to) {
  const auto moved = edges_.find(from);
  if (moved == edges_.end()) return;
  const auto others = std::move(moved->second);
  edges_.erase(moved);
  for (const auto& [other, edge] : others) {
    auto& back = edges_[other];
    back.erase(from);
    if (other == to) continue;
    Edge& sum = edges_[to][other];
    sum.add(edge);
    back[to] = sum;
    queue(to, other, sum);
  }
}

void Clusterer::move_apart(std::uint32_t from, std::uint32_t to) {
  const auto moved = apart_.find(from);
  if (moved == apart_.end()) return;
  const auto others = std::move(moved->second);
  apart_.erase(moved);
  for (const auto& [other, apart] : others) {
    apart_[other].erase(from);
    keep_apart(other, to, apart);
    keep_apart(to, other, apart);
  }
}

void Clusterer::join(std::uint32_t one, std::uint32_t other) {
  const auto size = [&](std::uint32_t root) {
    const auto edges = edges_.find(root);
    const auto apart = apart_.find(root);
    return (edges == edges_.end() ? 0 : edges->second.size()) +
           (apart == apart_.end() ? 0 : apart->second.size());
  };
  // The smaller moves to the larger, so that no edge moves more than log times.
  if (size(one) < size(other)) std::swap(one, other);
  const std::uint32_t smallest = std::min(smallest_[one], smallest_[other]);
  sets_.join_under(other, one);
  smallest_[one] = smallest;
  move_edges(other, one);
  move_apart(other, one);
  move_claims(other, one);
}

void Clusterer::join_by_rule(const Step& step) {
  std::uint64_t done = 0;
  while (!joins_.empty()) {
    if (step && (done & 255U) == 0) step(done, done + joins_.size());
    ++done;
    const Join next = joins_.top();
    joins_.pop();
    if (sets_.find(next.one) != next.one || sets_.find(next.other) != next.other) continue;
    const auto edge = edges_[next.one].find(next.other);
    if (edge == edges_[next.one].end()) continue;
    if (edge->second.sum != next.sum || edge->second.count != next.count) continue;
    const auto kept = apart_.find(next.one);
    if (kept != apart_.end() && kept->second.count(next.other) > 0) {
      refuse(edge->second, kept->second.at(next.other));
      continue;
    }
    if (const auto against = conflict(next.one, next.other)) {
      refuse(edge->second, {*against, false});
      continue;
    }
    links_.push_back({edge->second.link.left, edge->second.link.right, false});
    join(next.one, next.other);
  }
}

// The only path of the forest: breadth first.
std::vector<ChainLink> Clusterer::chain(std::uint32_t from, std::uint32_t to) const {
  std::unordered_map<std::uint32_t, ChainLink> came{{from, {from, from, false}}};
  std::queue<std::uint32_t> next;
  for (next.push(from); !next.empty() && came.count(to) == 0; next.pop())
    for (const auto& [other, decided] : forest_[next.front()])
      if (came.emplace(other, ChainLink{next.front(), other, decided}).second) next.push(other);
  std::vector<ChainLink> links;
  if (came.count(to) == 0) return links;
  for (std::uint32_t at = to; at != from; at = came.at(at).from) links.push_back(came.at(at));
  std::reverse(links.begin(), links.end());
  return links;
}

Clusters Clusterer::result() {
  Clusters clusters;
  clusters.of_member.resize(members_);
  for (std::uint32_t m = 0; m < members_; ++m) clusters.of_member[m] = smallest_[sets_.find(m)];
  forest_.resize(members_);
  for (const ChainLink& link : links_) {
    forest_[link.from].emplace_back(link.to, link.decided);
    forest_[link.to].emplace_back(link.from, link.decided);
  }
  for (const Apart& apart : standing_)
    clusters.contradictions.push_back({apart.pair.left, apart.pair.right, apart.decided, true,
                                       chain(apart.pair.left, apart.pair.right)});
  for (const auto& [pair, refusal] : refused_) {
    auto [near, far] = std::pair(refusal.second.left, refusal.second.right);
    if (sets_.find(near) != sets_.find(pair.left)) std::swap(near, far);
    std::vector<ChainLink> links = chain(pair.left, near);
    links.push_back({near, far, false});
    const auto rest = chain(far, pair.right);
    links.insert(links.end(), rest.begin(), rest.end());
    clusters.contradictions.push_back(
        {pair.left, pair.right, refusal.first.decided, false, std::move(links)});
  }
  clusters.links = std::move(links_);
  return clusters;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> Clusters::groups() const {
  std::vector<std::vector<std::uint32_t>> found;
  std::vector<std::uint32_t> place(of_member.size());
  for (std::uint32_t m = 0; m < of_member.size(); ++m) {
    if (of_member[m] == m) {
      place[m] = static_cast<std::uint32_t>(found.size());
      found.emplace_back();
    }
    found[place[of_member[m]]].push_back(m);
  }
  return found;
}

Clusters cluster(std::uint32_t members, std::span<const ScoredPair> pairs,
                 std::span<const PairDecision> decisions,
                 std::span<const std::vector<Claim>> claims, const ClusterOptions& options,
                 const Step& step) {
  const auto share = [](double x) { return x >= 0 && x <= 1; };
  if (!share(options.threshold) || !share(options.support))
    throw std::invalid_argument("threshold and support lie between 0 and 1");
  if (!claims.empty() && claims.size() != members)
    throw std::invalid_argument("claims are told for every member or for none");
  Clusterer clusterer(members, options);
  clusterer.claim(claims);
  clusterer.decide(decisions);
  clusterer.score(pairs);
  clusterer.join_by_rule(step);
  return clusterer.result();
}

}  // namespace koinon::partners
