// SPDX-License-Identifier: Apache-2.0
#include "engine/identities.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "partners/identity.hpp"
#include "partners/organisation_facts.hpp"

namespace koinon::engine {

namespace {

Identities::Pair ordered(std::uint32_t one, std::uint32_t other) {
  return {std::min(one, other), std::max(one, other)};
}

void take_out(std::vector<std::uint32_t>& list, std::uint32_t value) {
  list.erase(std::remove(list.begin(), list.end(), value), list.end());
}

}  // namespace

bool Identities::Decided::same() const {
  const auto& said = verdict.person ? verdict.person : verdict.rule;
  return said == partners::Verdict::Same;
}

void Identities::reserve(std::size_t members) {
  identifiers_.reserve(members);
  present_.reserve(members);
  roots_.reserve(members);
}

void Identities::grow(std::uint32_t member) {
  for (std::uint32_t next = static_cast<std::uint32_t>(roots_.size()); next <= member; ++next)
    roots_.push_back(next);
  if (present_.size() <= member) present_.resize(std::size_t{member} + 1, false);
  if (identifiers_.size() <= member) identifiers_.resize(std::size_t{member} + 1);
}

void Identities::touch(std::uint32_t member) {
  touched_.insert(member);
}

void Identities::set_organisation(std::uint32_t member, const Organisation* told) {
  grow(member);
  std::vector<partners::KnownIdentifier> exclusive;
  if (told) {
    const std::string country =
        told->addresses.empty() ? std::string() : told->addresses.front().country;
    for (auto& one : partners::known_identifiers(told->identifiers, country)) {
      if (one.exclusive) exclusive.push_back(std::move(one));
    }
  }
  identifiers_[member] = std::move(exclusive);
  present_[member] = told != nullptr;
  const auto others = named_with_.find(member);
  if (others == named_with_.end()) return;
  // Where it goes, what hung together by it comes apart.
  touch(member);
  for (const std::uint32_t other : others->second) touch(other);
}

void Identities::set_decision(std::int64_t seq, std::string_view id, const MatchDecision& decision,
                              std::uint32_t left, std::uint32_t right) {
  drop_decision(seq);
  if (left == right) return;
  const Pair pair = ordered(left, right);
  grow(pair.second);
  const auto [place, fresh] = pairs_.try_emplace(pair);
  place->second.log.push_back(partners::logged(id, decision));
  place->second.records.push_back(seq);
  place->second.verdict = partners::verdict_of(place->second.log);
  pair_of_[seq] = pair;
  if (fresh) {
    named_with_[left].push_back(right);
    named_with_[right].push_back(left);
  }
  touch(left);
  touch(right);
}

void Identities::drop_decision(std::int64_t seq) {
  const auto found = pair_of_.find(seq);
  if (found == pair_of_.end()) return;
  const Pair pair = found->second;
  pair_of_.erase(found);
  Decided& decided = pairs_.at(pair);
  const auto at = std::find(decided.records.begin(), decided.records.end(), seq);
  decided.log.erase(decided.log.begin() + std::distance(decided.records.begin(), at));
  decided.records.erase(at);
  decided.verdict = partners::verdict_of(decided.log);
  touch(pair.first);
  touch(pair.second);
  if (!decided.log.empty()) return;
  pairs_.erase(pair);
  take_out(named_with_[pair.first], pair.second);
  take_out(named_with_[pair.second], pair.first);
}

const Identities::Decided* Identities::decided(std::uint32_t left, std::uint32_t right) const {
  const auto found = pairs_.find(ordered(left, right));
  return found == pairs_.end() ? nullptr : &found->second;
}

std::vector<std::uint32_t> Identities::named_with(std::uint32_t member) const {
  const auto found = named_with_.find(member);
  return found == named_with_.end() ? std::vector<std::uint32_t>() : found->second;
}

std::vector<std::uint32_t> Identities::group(std::uint32_t root) const {
  const auto found = groups_.find(root);
  return found == groups_.end() ? std::vector<std::uint32_t>{root} : found->second;
}

// All that a chain of "same" leads to, whatever keeps some of them apart.
std::vector<std::uint32_t> Identities::chained(std::uint32_t member) const {
  std::vector<std::uint32_t> chain{member};
  if (!present(member)) return chain;
  std::unordered_set<std::uint32_t> seen{member};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto others = named_with_.find(chain[i]);
    if (others == named_with_.end()) continue;
    for (const std::uint32_t other : others->second) {
      if (present(other) && decided(chain[i], other)->same() && seen.insert(other).second)
        chain.push_back(other);
    }
  }
  return chain;
}

// Numbered by place in `chain`.
partners::Clusters Identities::clusters_of(const std::vector<std::uint32_t>& chain) const {
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  partners::Population population;
  population.members.resize(chain.size());
  for (std::uint32_t i = 0; i < chain.size(); ++i) {
    place.emplace(chain[i], i);
    population.members[i].identifiers = identifiers_[chain[i]];
  }
  std::vector<partners::ScoredPair> rule;
  std::vector<partners::PairDecision> persons;
  for (std::uint32_t i = 0; i < chain.size(); ++i) {
    const auto others = named_with_.find(chain[i]);
    if (others == named_with_.end()) continue;
    for (const std::uint32_t other : others->second) {
      const auto at = place.find(other);
      if (at == place.end() || at->second < i) continue;  // met from the other side
      const partners::PairVerdict& said = decided(chain[i], other)->verdict;
      if (said.person) persons.push_back({i, at->second, *said.person});
      // Where a person tells the same two apart the rule's word is settled, and no contradiction.
      if (said.rule == partners::Verdict::Same && said.person != partners::Verdict::Different)
        rule.push_back({{i, at->second}, said.millionths});
    }
  }
  // The order in which decisions were met must not matter.
  std::sort(rule.begin(), rule.end(), [](const auto& a, const auto& b) { return a.pair < b.pair; });
  // The rule judged scores when it decided; of its decisions each makes two one.
  partners::ClusterOptions all;
  all.threshold = 0;
  all.support = 0;
  return partners::identify(population, rule, persons, all);
}

void Identities::put(const std::vector<std::uint32_t>& group, std::vector<std::uint32_t>& moved) {
  const std::uint32_t root = group.front();
  for (const std::uint32_t member : group) {
    if (roots_[member] != root) moved.push_back(member);
    roots_[member] = root;
  }
  if (group.size() > 1) groups_[root] = group;
}

void Identities::regroup(const std::vector<std::uint32_t>& chain,
                         std::vector<std::uint32_t>& moved) {
  // What was grouped with any of them is in this chain, or in that of another that was touched.
  for (const std::uint32_t member : chain) {
    groups_.erase(member);
    conflicts_.erase(conflicts_.lower_bound({member, 0}),
                     conflicts_.upper_bound({member, std::numeric_limits<std::uint32_t>::max()}));
  }
  if (chain.size() == 1) {
    put(chain, moved);
    return note_apart(chain);
  }
  const partners::Clusters clusters = clusters_of(chain);
  for (const auto& places : clusters.groups()) {
    std::vector<std::uint32_t> group;
    for (const std::uint32_t at : places) group.push_back(chain[at]);
    put(group, moved);
  }
  for (const partners::Contradiction& found : clusters.contradictions) {
    Conflict conflict{chain[found.left], chain[found.right], found.decided, found.stands, {}};
    for (const partners::ChainLink& link : found.chain)
      conflict.chain.push_back({chain[link.from], chain[link.to], link.decided});
    conflicts_[ordered(conflict.left, conflict.right)] = std::move(conflict);
  }
  note_apart(chain);
}

// What the rule is unsure of because of different identifiers, and would else take for one. The
// other end may be of another chain; both are touched together, so the later one finds both done.
void Identities::note_apart(const std::vector<std::uint32_t>& chain) {
  const double threshold = partners::ClusterOptions().threshold;
  const partners::MatchModel& model = partners::MatchModel::current();
  for (const std::uint32_t member : chain) {
    const auto others = named_with_.find(member);
    if (!present(member) || others == named_with_.end()) continue;
    for (const std::uint32_t other : others->second) {
      const partners::PairVerdict& said = decided(member, other)->verdict;
      if (said.person || said.rule != partners::Verdict::Unsure) continue;
      if (!present(other) || root(member) == root(other)) continue;
      if (model.without_difference(said.millionths / 1e6) < threshold) continue;
      if (!partners::claims_differ(identifiers_[member], identifiers_[other])) continue;
      const auto [left, right] = ordered(member, other);
      conflicts_.emplace(std::pair(left, right),
                         Conflict{left, right, false, false, {{left, right, false}}});
    }
  }
}

std::vector<std::uint32_t> Identities::settle(const std::vector<std::string>& ids) {
  std::vector<std::uint32_t> moved;
  if (touched_.empty()) return moved;
  std::unordered_set<std::uint32_t> done;
  std::vector<std::uint32_t> waiting(touched_.begin(), touched_.end());
  std::sort(waiting.begin(), waiting.end());
  for (const std::uint32_t member : waiting) {
    if (done.count(member) > 0) continue;
    std::vector<std::uint32_t> chain = chained(member);
    done.insert(chain.begin(), chain.end());
    std::sort(chain.begin(), chain.end(),
              [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    regroup(chain, moved);
  }
  touched_.clear();
  std::sort(moved.begin(), moved.end());
  return moved;
}

}  // namespace koinon::engine
