// SPDX-License-Identifier: Apache-2.0
//
// The partners room against slow and obvious twins, on random small inputs with fixed seeds.
#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "partners/identity.hpp"

namespace {

using namespace koinon::partners;
using Random = std::mt19937;

std::uint32_t below(Random& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

struct Problem {
  std::uint32_t members;
  std::vector<ScoredPair> pairs;
  std::vector<PairDecision> decisions;
  std::vector<std::vector<Claim>> claims;
};

MemberPair random_pair(Random& random, std::uint32_t members) {
  const std::uint32_t one = below(random, members);
  const std::uint32_t other = (one + 1 + below(random, members - 1)) % members;
  return {std::min(one, other), std::max(one, other)};
}

Problem random_problem(std::uint32_t seed) {
  Random random(seed);
  Problem problem{2 + below(random, 14), {}, {}, {}};
  problem.claims.resize(problem.members);
  // Coarse scores, so that there are ties.
  std::set<MemberPair> pairs;
  for (std::uint32_t i = below(random, 40); i-- > 0;)
    pairs.insert(random_pair(random, problem.members));
  for (const MemberPair& pair : pairs)
    problem.pairs.push_back({pair, std::min(1000000U, below(random, 11) * 100000)});
  for (std::uint32_t i = below(random, 5); i-- > 0;) {
    const MemberPair pair = random_pair(random, problem.members);
    problem.decisions.push_back({pair.left, pair.right, static_cast<Verdict>(below(random, 3))});
  }
  for (std::uint32_t i = below(random, 8); i-- > 0;)
    problem.claims[below(random, problem.members)].push_back({below(random, 2), below(random, 3)});
  return problem;
}

using Group = std::set<std::uint32_t>;

// Everything looked at anew before each join.
class NaiveClusters {
 public:
  NaiveClusters(const Problem& problem, const ClusterOptions& options)
      : problem_(problem), options_(options) {
    for (std::uint32_t m = 0; m < problem.members; ++m) groups_.push_back({m});
    for (const PairDecision& decision : problem.decisions)
      verdicts_[{std::min(decision.left, decision.right),
                 std::max(decision.left, decision.right)}] = decision.verdict;
    for (const auto& [pair, verdict] : verdicts_)
      if (verdict == Verdict::Same) unite(pair.left, pair.right);
    for (const auto& [pair, verdict] : verdicts_)
      if (verdict == Verdict::Different) keep(pair);
    while (join_best()) {
    }
  }

  std::vector<std::uint32_t> of_member() const {
    std::vector<std::uint32_t> smallest(problem_.members);
    for (const Group& group : groups_)
      for (const std::uint32_t member : group) smallest[member] = *group.begin();
    return smallest;
  }

 private:
  std::size_t group_of(std::uint32_t member) const {
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (groups_[g].count(member) > 0) return g;
    return groups_.size();
  }

  void unite(std::uint32_t left, std::uint32_t right) {
    const std::size_t one = group_of(left), other = group_of(right);
    if (one == other) return;
    groups_[one].insert(groups_[other].begin(), groups_[other].end());
    groups_.erase(groups_.begin() + static_cast<std::ptrdiff_t>(other));
  }

  // People's own "same" is not taken back.
  void keep(const MemberPair& pair) {
    if (group_of(pair.left) != group_of(pair.right)) apart_.push_back(pair);
  }

  bool kept_apart(const Group& one, const Group& other) const {
    return std::any_of(apart_.begin(), apart_.end(), [&](const MemberPair& pair) {
      return (one.count(pair.left) > 0 && other.count(pair.right) > 0) ||
             (one.count(pair.right) > 0 && other.count(pair.left) > 0);
    });
  }

  // What all members of a group with claims in a scheme claim; whether there are any.
  std::pair<bool, std::set<std::uint32_t>> claimed(const Group& group, std::uint32_t scheme) const {
    bool any = false;
    std::set<std::uint32_t> shared;
    for (const std::uint32_t member : group) {
      std::set<std::uint32_t> own, both;
      for (const Claim& claim : problem_.claims[member])
        if (claim.scheme == scheme) own.insert(claim.value);
      if (own.empty()) continue;
      std::set_intersection(own.begin(), own.end(), shared.begin(), shared.end(),
                            std::inserter(both, both.end()));
      shared = any ? both : own;
      any = true;
    }
    return {any, shared};
  }

  bool conflict(const Group& one, const Group& other) const {
    for (std::uint32_t scheme = 0; scheme < 2; ++scheme) {
      if (!claimed(one, scheme).first || !claimed(other, scheme).first) continue;
      Group both = one;
      both.insert(other.begin(), other.end());
      if (claimed(both, scheme).second.empty()) return true;
    }
    return false;
  }

  // Mean of the pairs between, or below 0 if they may not be joined.
  double mean(const Group& one, const Group& other, MemberPair& link) const {
    std::uint64_t sum = 0, count = 0;
    std::uint32_t best = 0;
    for (const ScoredPair& scored : problem_.pairs) {
      const auto [left, right] = scored.pair;
      const bool between = (one.count(left) > 0 && other.count(right) > 0) ||
                           (one.count(right) > 0 && other.count(left) > 0);
      if (!between || verdicts_.count(scored.pair) > 0) continue;
      sum += scored.millionths;
      ++count;
      if (count == 1 || scored.millionths > best ||
          (scored.millionths == best && scored.pair < link))
        link = scored.pair;
      best = std::max(best, scored.millionths);
    }
    if (count == 0 || best < options_.threshold * 1e6 || kept_apart(one, other) ||
        conflict(one, other))
      return -1;
    const double found = double(sum) / double(count);
    return found >= options_.support * 1e6 ? found : -1;
  }

  bool join_best() {
    double most = -1;
    MemberPair first;
    for (const Group& one : groups_) {
      for (const Group& other : groups_) {
        if (*one.begin() >= *other.begin()) continue;
        MemberPair link;
        const double found = mean(one, other, link);
        if (found < 0 || found < most || (found == most && first < link)) continue;
        most = found;
        first = link;
      }
    }
    if (most < 0) return false;
    unite(first.left, first.right);
    return true;
  }

  const Problem& problem_;
  const ClusterOptions& options_;
  std::vector<Group> groups_;
  std::map<MemberPair, Verdict> verdicts_;
  std::vector<MemberPair> apart_;
};

std::string random_word(Random& random, std::uint32_t seed) {
  Random letters(seed);
  std::string word(4 + letters() % 6, ' ');
  for (char& c : word) c = static_cast<char>('a' + letters() % 20);
  // A slip of the pen now and then.
  if (below(random, 12) == 0)
    word[1 + below(random, static_cast<std::uint32_t>(word.size()) - 1)] = 'z';
  return word;
}

std::vector<OrganisationFacts> random_names(Random& random, std::uint32_t count) {
  static const std::vector<std::string> kinds{
      "University of ", "Institute of ", "Stadt ", "", "", ""};
  static const std::vector<std::string> ends{" GmbH", " Ltd", " e.V.", "", "", ", Vienna, Austria"};
  std::vector<OrganisationFacts> facts(count);
  for (OrganisationFacts& one : facts) {
    std::string name = kinds[below(random, 6)];
    const std::uint32_t body = below(random, count / 3 + 1);
    name += random_word(random, body) + ' ' + random_word(random, 1000 + body % 7);
    one.names.push_back(name + ends[below(random, 6)]);
  }
  return facts;
}

}  // namespace

TEST_CASE("clusters are those of a twin that looks at everything anew", "[partners]") {
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    const Problem problem = random_problem(seed);
    for (const double support : {0.0, 0.4, 0.7}) {
      INFO("seed " << seed << ", support " << support);
      ClusterOptions options;
      options.threshold = 0.6;
      options.support = support;
      const Clusters found =
          cluster(problem.members, problem.pairs, problem.decisions, problem.claims, options);
      CHECK(found.of_member == NaiveClusters(problem, options).of_member());
    }
  }
}

TEST_CASE("clusters do not depend on the order of pairs", "[partners]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    Problem problem = random_problem(seed);
    const Clusters before =
        cluster(problem.members, problem.pairs, problem.decisions, problem.claims);
    Random random(seed);
    std::shuffle(problem.pairs.begin(), problem.pairs.end(), random);
    const Clusters after =
        cluster(problem.members, problem.pairs, problem.decisions, problem.claims);
    CHECK(before.of_member == after.of_member);
  }
}

TEST_CASE("each contradiction comes with a chain from the one to the other", "[partners]") {
  std::size_t told = 0;
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    const Problem problem = random_problem(seed);
    ClusterOptions options;
    options.threshold = 0.6;
    options.support = 0.3;
    const Clusters found =
        cluster(problem.members, problem.pairs, problem.decisions, problem.claims, options);
    for (const Contradiction& one : found.contradictions) {
      INFO("seed " << seed << ", " << one.left << " and " << one.right);
      ++told;
      REQUIRE_FALSE(one.chain.empty());
      CHECK(one.chain.front().from == one.left);
      CHECK(one.chain.back().to == one.right);
      for (std::size_t i = 1; i < one.chain.size(); ++i)
        CHECK(one.chain[i].from == one.chain[i - 1].to);
      CHECK(one.stands == (found.of_member[one.left] == found.of_member[one.right]));
      const auto decided = [](const ChainLink& link) { return link.decided; };
      if (one.stands) CHECK(std::all_of(one.chain.begin(), one.chain.end(), decided));
    }
  }
  CHECK(told > 50);
}

TEST_CASE("a decision taken back leaves what was before it", "[partners]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    Problem problem = random_problem(seed);
    if (problem.decisions.empty()) continue;
    const PairDecision last = problem.decisions.back();
    problem.decisions.pop_back();
    const auto state = [&] {
      return cluster(problem.members, problem.pairs, problem.decisions, problem.claims).of_member;
    };
    const auto before = state();
    problem.decisions.push_back(last);
    state();
    problem.decisions.pop_back();
    CHECK(state() == before);
  }
}

TEST_CASE("blocking misses few of the pairs that all against all finds", "[partners]") {
  std::size_t good = 0, kept = 0, compared = 0, all = 0;
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    Random random(seed);
    const auto facts = random_names(random, 150);
    const Population population = read_population(facts);
    const auto pairs = candidate_pairs(population).pairs;
    CHECK(std::is_sorted(pairs.begin(), pairs.end()));
    CHECK(std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end());
    const std::set<MemberPair> candidates(pairs.begin(), pairs.end());
    Comparer comparer(population);
    for (std::uint32_t i = 0; i < facts.size(); ++i) {
      for (std::uint32_t j = i + 1; j < facts.size(); ++j) {
        if (MatchModel::current().probability(comparer.compare(i, j)) < 0.5) continue;
        ++good;
        kept += candidates.count({i, j});
      }
    }
    compared += pairs.size();
    all += facts.size() * (facts.size() - 1) / 2;
  }
  INFO(kept << " of " << good << " good pairs, " << compared << " of " << all << " compared");
  CHECK(good > 300);
  CHECK(double(kept) >= 0.99 * double(good));
  CHECK(compared * 2 < all);
}

TEST_CASE("blocks are bounded, and equal identifiers are always joined by a chain", "[partners]") {
  CandidateOptions options;
  options.block = 8;
  options.window = 2;
  koinon::Identifier same;
  same.scheme = "vat";
  same.value = "ATU12345678";
  std::vector<OrganisationFacts> facts(200);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    facts[i].identifiers.push_back(same);
    facts[i].names.push_back("Same Name Everywhere");
  }
  const Candidates found = candidate_pairs(read_population(facts), options);
  CHECK(found.cut > 0);
  CHECK(found.pairs.size() < facts.size() * 2 * found.blocks + 1);
  std::vector<ScoredPair> scored;
  for (const MemberPair& pair : found.pairs) scored.push_back({pair, 1000000});
  CHECK(cluster(200, scored, {}).groups().size() == 1);
  CandidateOptions none;
  none.block = 1;
  CHECK_THROWS_AS(candidate_pairs(read_population(facts), none), std::invalid_argument);
  CHECK(candidate_pairs(read_population({})).pairs.empty());
}

TEST_CASE("any bytes as names go all the way, the same way twice", "[partners]") {
  Random random(11);
  std::vector<OrganisationFacts> facts(120);
  for (OrganisationFacts& one : facts) {
    for (std::uint32_t i = below(random, 3); i-- > 0;) {
      std::string bytes(below(random, 60), ' ');
      for (char& byte : bytes)
        byte = static_cast<char>(below(random, 3) == 0 ? random() : ' ' + random() % 90);
      one.names.push_back(bytes);
    }
    one.country = below(random, 2) == 0 ? "DE" : "?";
  }
  facts[0].names = {std::string(std::size_t(1) << 20U, 'a')};
  facts[1].names = {std::string(std::size_t(1) << 20U, ' ') + "GmbH"};
  facts[2].names = {"GmbH"};
  facts[3].names = {"", "\xff\xfe", "\xF0\x9F\x8F\xA2"};
  facts[4].names = std::vector<std::string>(500, "Many Names");
  std::string words;
  while (words.size() < (std::size_t(1) << 20U))
    words += "wort" + std::to_string(words.size()) + ' ';
  facts[5].names = {words};
  facts[6].names = {words + "x"};
  const auto answer = [&] {
    const Population population = read_population(facts);
    const auto scored = score_pairs(population, candidate_pairs(population).pairs);
    return identify(population, scored, {}).of_member;
  };
  const auto first = answer();
  CHECK(first.size() == facts.size());
  CHECK(first == answer());
  CHECK(first[6] == 5);
}
