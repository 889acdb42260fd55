// SPDX-License-Identifier: Apache-2.0
//
// Identities, which take one change at a time, beside groups made anew of everything that is set.
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "engine/identities.hpp"
#include "partners/identity.hpp"
#include "partners/match_model.hpp"
#include "partners/organisation_facts.hpp"

namespace {

using namespace koinon;
using engine::Identities;
using Random = std::mt19937;
using Pair = Identities::Pair;

std::uint32_t below(Random& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

// All that was set, and no more.
struct World {
  std::vector<std::string> ids;  // in another order than the numbers
  std::map<std::uint32_t, Organisation> organisations;
  std::map<std::int64_t, MatchDecision> decisions;

  std::uint32_t number(const std::string& id) const {
    return static_cast<std::uint32_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
  }
};

struct Groups {
  std::vector<std::uint32_t> roots;
  std::set<std::pair<Pair, bool>> conflicts;  // and whether it stands
};

Groups anew(const World& world) {
  Groups groups;
  for (std::uint32_t i = 0; i < world.ids.size(); ++i) groups.roots.push_back(i);
  std::map<std::string, std::uint32_t> place;  // of those present, by id
  for (const auto& [member, told] : world.organisations) place[world.ids[member]] = 0;
  partners::Population population;
  std::vector<std::uint32_t> members;
  for (auto& [id, at] : place) {
    at = static_cast<std::uint32_t>(members.size());
    members.push_back(world.number(id));
    population.members.emplace_back().identifiers =
        partners::known_identifiers(world.organisations.at(members.back()).identifiers, "");
  }
  std::map<Pair, std::vector<partners::LoggedDecision>> logs;
  for (const auto& [seq, decision] : world.decisions) {
    if (place.count(decision.left) == 0 || place.count(decision.right) == 0) continue;
    const Pair pair = std::minmax(place[decision.left], place[decision.right]);
    logs[pair].push_back(partners::logged("m" + std::to_string(seq), decision));
  }
  std::vector<partners::ScoredPair> rule;
  std::vector<partners::PairDecision> persons;
  for (const auto& [pair, log] : logs) {
    const auto said = partners::verdict_of(log);
    if (said.rule == partners::Verdict::Same && said.person != partners::Verdict::Different)
      rule.push_back({{pair.first, pair.second}, said.millionths});
    if (said.person) persons.push_back({pair.first, pair.second, *said.person});
  }
  const auto clusters = partners::identify(population, rule, persons, {0, 0});
  for (std::uint32_t at = 0; at < members.size(); ++at)
    groups.roots[members[at]] = members[clusters.of_member[at]];
  for (const auto& found : clusters.contradictions)
    groups.conflicts.insert({std::minmax(members[found.left], members[found.right]), found.stands});
  // What the rule is unsure of, and would take for one were it not for different identifiers.
  for (const auto& [pair, log] : logs) {
    const auto said = partners::verdict_of(log);
    if (said.person || said.rule != partners::Verdict::Unsure) continue;
    const auto& [left, right] = pair;
    if (clusters.of_member[left] == clusters.of_member[right] ||
        !partners::claims_differ(population.members[left].identifiers,
                                 population.members[right].identifiers) ||
        partners::MatchModel::current().without_difference(said.millionths / 1e6) <
            partners::ClusterOptions().threshold)
      continue;
    const Pair told = std::minmax(members[left], members[right]);
    if (groups.conflicts.count({told, true}) == 0) groups.conflicts.insert({told, false});
  }
  return groups;
}

Organisation random_organisation(Random& random) {
  Organisation made;
  if (below(random, 3) > 0) return made;
  Identifier& identifier = made.identifiers.emplace_back();
  identifier.scheme = "pic";
  identifier.value = "99997988" + std::to_string(below(random, 2));
  return made;
}

MatchDecision random_decision(Random& random, const World& world) {
  static const std::vector<std::string> verdicts = {"same", "same", "different", "unsure",
                                                    "withdrawn"};
  MatchDecision decision;
  const auto count = static_cast<std::uint32_t>(world.ids.size());
  const std::uint32_t left = below(random, count);
  decision.left = world.ids[left];
  decision.right = world.ids[(left + 1 + below(random, 3)) % count];
  decision.verdict = verdicts[below(random, 5)];
  if (below(random, 2) == 0) decision.decided_by = "rule:one";
  decision.probability = Share{static_cast<std::int32_t>(below(random, 11) * 100000)};
  if (below(random, 3) == 0) decision.undoes = "m" + std::to_string(below(random, 30));
  return decision;
}

void step(Random& random, World& world, Identities& identities) {
  const auto count = static_cast<std::uint32_t>(world.ids.size());
  const auto seq = static_cast<std::int64_t>(below(random, 30));
  switch (below(random, 8)) {
    case 0: {
      const std::uint32_t member = below(random, count);
      world.organisations.erase(member);
      identities.set_organisation(member, nullptr);
      break;
    }
    case 1:
    case 2:
    case 3: {
      const std::uint32_t member = below(random, count);
      const Organisation& told = world.organisations[member] = random_organisation(random);
      identities.set_organisation(member, &told);
      break;
    }
    case 4:
      world.decisions.erase(seq);
      identities.drop_decision(seq);
      break;
    default: {
      const MatchDecision& decision = world.decisions[seq] = random_decision(random, world);
      identities.set_decision(seq, "m" + std::to_string(seq), decision, world.number(decision.left),
                              world.number(decision.right));
    }
  }
}

}  // namespace

TEST_CASE("groups kept up change by change are those made anew of everything", "[property]") {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    World world;
    for (std::uint32_t i = 0; i < 12; ++i)
      world.ids.push_back(std::string(1, static_cast<char>('a' + (i * 5) % 12)));
    Identities identities;
    std::vector<std::uint32_t> before(world.ids.size());
    for (std::uint32_t i = 0; i < before.size(); ++i) before[i] = i;
    for (int round = 0; round < 60; ++round) {
      CAPTURE(seed, round);
      for (std::uint32_t i = 1 + below(random, 4); i > 0; --i) step(random, world, identities);
      const std::vector<std::uint32_t> moved = identities.settle(world.ids);
      const Groups expected = anew(world);
      Groups found;
      for (std::uint32_t i = 0; i < world.ids.size(); ++i) {
        found.roots.push_back(identities.root(i));
        CHECK((std::find(moved.begin(), moved.end(), i) != moved.end()) ==
              (found.roots[i] != before[i]));
      }
      for (const auto& [pair, conflict] : identities.conflicts())
        found.conflicts.insert({pair, conflict.stands});
      REQUIRE(found.roots == expected.roots);
      REQUIRE(found.conflicts == expected.conflicts);
      before = found.roots;
    }
  }
}
