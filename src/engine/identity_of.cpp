// SPDX-License-Identifier: Apache-2.0
//
// What the graph of the catalogue answers about who is who.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "domain/merge.hpp"
#include "engine/graph_view.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "partners/identity.hpp"
#include "partners/organisation_facts.hpp"

namespace koinon::engine {

namespace {

// Nothing where it is gone, or no organisation.
std::optional<Organisation> organisation_of(store::Snapshot& snapshot, const std::string& id) {
  const auto row = snapshot.find(id);
  if (!row || row->state != store::State::Present || row->kind != RecordKind::Organisation)
    return std::nullopt;
  return std::get<Organisation>(exchange::from_json(row->kind, snapshot.body(row->change)).record);
}

std::vector<CrosswalkEntry> crosswalk_of(const std::vector<Organisation>& told,
                                         const std::vector<std::string>& ids) {
  partners::Population population;
  std::vector<std::uint32_t> all;
  for (const Organisation& one : told) {
    const partners::OrganisationFacts facts = partners::facts_of(one);
    all.push_back(static_cast<std::uint32_t>(population.members.size()));
    population.members.emplace_back().identifiers =
        partners::known_identifiers(facts.identifiers, facts.country);
  }
  std::vector<CrosswalkEntry> entries;
  for (const partners::CrosswalkRow& row : partners::crosswalk(population, all)) {
    CrosswalkEntry entry{row.scheme, {}, row.conflict};
    for (const partners::CrosswalkValue& value : row.values) {
      entry.values.push_back({value.value, {}});
      for (const std::uint32_t at : value.members)
        entry.values.back().organisations.push_back(ids[at]);
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::shared_ptr<const OrganisationGroups> GraphView::groups() const {
  const std::lock_guard<std::mutex> alone(kept_groups_->lock);
  if (!kept_groups_->groups) {
    auto made = std::make_shared<OrganisationGroups>();
    for (const auto& [root, members] : identities_.groups()) {
      const auto number = static_cast<std::uint32_t>(made->groups.size());
      auto& ids = made->groups.emplace_back();
      for (const std::uint32_t member : members) {
        ids.push_back(member_ids_[member]);
        made->group_of.emplace(member_ids_[member], number);
      }
    }
    kept_groups_->groups = std::move(made);
  }
  return kept_groups_->groups;
}

IdentityConflict GraphView::told(const Identities::Conflict& conflict) const {
  IdentityConflict answer;
  answer.left = member_ids_[conflict.left];
  answer.right = member_ids_[conflict.right];
  answer.by_person = conflict.decided;
  answer.stands = conflict.stands;
  for (const partners::ChainLink& link : conflict.chain)
    answer.chain.push_back({member_ids_[link.from], member_ids_[link.to], link.decided});
  return answer;
}

// The pairs kept apart, and those on which people's decisions do not agree.
std::vector<IdentityConflict> GraphView::conflicts_among(
    const std::vector<std::uint32_t>* members) const {
  const auto asked = [&](const Identities::Pair& pair) {
    if (!members) return true;
    const auto has = [&](std::uint32_t one) {
      return std::find(members->begin(), members->end(), one) != members->end();
    };
    return has(pair.first) || has(pair.second);
  };
  std::vector<IdentityConflict> found;
  for (const auto& [pair, conflict] : identities_.conflicts()) {
    if (asked(pair)) found.push_back(told(conflict));
  }
  for (const auto& [pair, decided] : identities_.pairs()) {
    if (!decided.verdict.contradicted || !asked(pair)) continue;
    if (identities_.conflicts().count(pair) > 0) continue;
    const std::string& left = member_ids_[pair.first];
    const std::string& right = member_ids_[pair.second];
    found.push_back({left, right, true, decided.same(), {{left, right, true}}});
  }
  for (IdentityConflict& one : found) {
    if (one.left < one.right) continue;
    std::swap(one.left, one.right);
    std::reverse(one.chain.begin(), one.chain.end());
    for (IdentityLink& link : one.chain) std::swap(link.from, link.to);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.left, a.right) < std::tie(b.left, b.right);
  });
  return found;
}

std::vector<IdentityConflict> GraphView::conflicts() const {
  return conflicts_among(nullptr);
}

std::vector<DecisionEntry> GraphView::decisions_on(const std::set<Identities::Pair>& pairs,
                                                   store::Snapshot& snapshot) const {
  std::vector<DecisionEntry> entries;
  for (const Identities::Pair& pair : pairs) {
    const Identities::Decided* decided = identities_.decided(pair.first, pair.second);
    if (!decided) continue;
    const std::vector<bool> holds = partners::holding(decided->log);
    for (std::size_t i = 0; i < decided->records.size(); ++i) {
      const auto row = snapshot.find(decided->records[i]);
      if (!row || row->state != store::State::Present) continue;
      auto decoded = exchange::from_json(row->kind, snapshot.body(row->change));
      entries.push_back({row->id, std::get<MatchDecision>(std::move(decoded.record)), holds[i]});
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return entries;
}

std::vector<DecisionEntry> GraphView::decisions(const std::string& left, const std::string& right,
                                                store::Snapshot& snapshot) const {
  const auto one = members_.find(left);
  const auto other = members_.find(right);
  if (one == members_.end() || other == members_.end()) return {};
  return decisions_on({std::minmax(one->second, other->second)}, snapshot);
}

OrganisationIdentity GraphView::identity(const std::string& organisation,
                                         store::Snapshot& snapshot) const {
  OrganisationIdentity identity;
  identity.change = reached_;
  const auto known = members_.find(organisation);
  if (known == members_.end())
    throw Error(ErrorCode::NotFound, "there is no organisation '" + organisation + "'");
  const std::vector<std::uint32_t> members = identities_.group(identities_.root(known->second));
  std::vector<Organisation> told;
  for (const std::uint32_t member : members) {
    auto record = organisation_of(snapshot, member_ids_[member]);
    if (!record) continue;
    identity.members.push_back(member_ids_[member]);
    told.push_back(*record);
  }
  if (told.empty())
    throw Error(ErrorCode::NotFound, "there is no organisation '" + organisation + "'");
  identity.id = identity.members.front();
  Record merged = told.front();
  for (std::size_t i = 1; i < told.size(); ++i) domain::merge_union(merged, told[i]);
  identity.merged = std::get<Organisation>(std::move(merged));
  identity.crosswalk = crosswalk_of(told, identity.members);
  std::set<Identities::Pair> pairs;
  for (const std::uint32_t member : members) {
    for (const std::uint32_t other : identities_.named_with(member))
      pairs.insert(std::minmax(member, other));
  }
  identity.decisions = decisions_on(pairs, snapshot);
  identity.conflicts = conflicts_among(&members);
  return identity;
}

std::uint64_t GraphView::participations(const std::string& organisation) const {
  const auto known = members_.find(organisation);
  if (known == members_.end() || known->second >= graph_.member_count()) return 0;
  return graph_.works_of(known->second).size();
}

double GraphView::stake(std::uint32_t root) const {
  const graph::DynamicIncidence& graph = this->graph(true);
  if (root >= graph.member_count()) return 1;
  return 1 + static_cast<double>(graph.works_of(root).size());
}

// Groups that a person keeps apart need not be asked about, however many pairs they make.
std::set<Identities::Pair> GraphView::kept_apart() const {
  std::set<Identities::Pair> apart;
  for (const auto& [pair, decided] : identities_.pairs()) {
    if (decided.verdict.person == partners::Verdict::Different) apart.insert(roots_of(pair));
  }
  return apart;
}

Identities::Pair GraphView::roots_of(const Identities::Pair& pair) const {
  return std::minmax(identities_.root(pair.first), identities_.root(pair.second));
}

// Of each two groups the pair that it is most worth to ask about, without names and grounds.
std::vector<GraphView::Asked> GraphView::asked_of_people() const {
  const std::set<Identities::Pair> apart = kept_apart();
  std::map<Identities::Pair, Asked> best;
  for (const auto& [pair, decided] : identities_.pairs()) {
    const partners::PairVerdict& said = decided.verdict;
    if (said.person || said.rule != partners::Verdict::Unsure) continue;
    if (!identities_.present(pair.first) || !identities_.present(pair.second)) continue;
    const Identities::Pair both = roots_of(pair);
    if (both.first == both.second || apart.count(both) > 0) continue;
    Asked one;
    std::tie(one.item.left, one.item.right) =
        std::minmax(member_ids_[pair.first], member_ids_[pair.second]);
    one.item.probability = said.millionths / 1e6;
    one.item.stake = std::min(stake(both.first), stake(both.second));
    one.item.value = one.item.stake * partners::uncertainty(one.item.probability);
    const std::vector<bool> holds = partners::holding(decided.log);
    for (std::size_t i = 0; i < holds.size(); ++i) {
      if (holds[i] && decided.log[i].by_rule) one.record = decided.records[i];
    }
    const auto [place, fresh] = best.emplace(both, one);
    if (!fresh && one.item.value > place->second.item.value) place->second = one;
  }
  std::vector<Asked> asked;
  for (auto& [both, one] : best) asked.push_back(std::move(one));
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) {
    return std::tie(b.item.value, a.item.left, a.item.right) <
           std::tie(a.item.value, b.item.left, b.item.right);
  });
  return asked;
}

ReviewQueue GraphView::review(std::size_t limit, std::size_t offset,
                              store::Snapshot& snapshot) const {
  std::vector<Asked> asked = asked_of_people();
  ReviewQueue queue;
  queue.change = reached_;
  queue.total = asked.size();
  for (std::size_t i = offset; i < asked.size() && queue.items.size() < limit; ++i) {
    ReviewItem item = std::move(asked[i].item);
    item.left_name = name_shown(members_.at(item.left), false);
    item.right_name = name_shown(members_.at(item.right), false);
    if (const auto row = snapshot.find(asked[i].record)) {
      item.decision = row->id;
      const auto decoded = exchange::from_json(row->kind, snapshot.body(row->change));
      item.reason = std::get<MatchDecision>(decoded.record).reason;
    }
    queue.items.push_back(std::move(item));
  }
  return queue;
}

}  // namespace koinon::engine
