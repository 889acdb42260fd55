// SPDX-License-Identifier: Apache-2.0
//
// Matchings against a look at every one there is.
#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "programme/b_matching.hpp"

using namespace koinon::programme;

namespace {

using Loads = std::vector<std::size_t>;

struct Worth {
  Loads levels;  // takers with at least one pair, two ...
  std::int64_t weight = 0;
  Loads givers;  // pairs of each, in falling order
  Loads takers;
};

std::size_t squares(const Loads& loads) {
  std::size_t sum = 0;
  for (const std::size_t load : loads) sum += load * load;
  return sum;
}

Worth worth_of(const MatchingProblem& problem, const std::vector<std::size_t>& places) {
  Worth worth;
  worth.levels.assign(problem.most_taken, 0);
  worth.givers.assign(problem.givers, 0);
  worth.takers.assign(problem.takers, 0);
  for (const std::size_t place : places) {
    const PossiblePair& pair = problem.pairs[place];
    ++worth.levels[worth.takers[pair.taker]++];
    ++worth.givers[pair.giver];
    worth.weight += pair.weight;
  }
  std::sort(worth.givers.rbegin(), worth.givers.rend());
  std::sort(worth.takers.rbegin(), worth.takers.rend());
  return worth;
}

bool is_matching(const MatchingProblem& problem, const std::vector<std::size_t>& places) {
  std::vector<std::size_t> given(problem.givers, 0);
  std::vector<std::size_t> taken(problem.takers, 0);
  for (const std::size_t place : places) {
    if (++given[problem.pairs[place].giver] > problem.most_given) return false;
    if (++taken[problem.pairs[place].taker] > problem.most_taken) return false;
  }
  return std::is_sorted(places.begin(), places.end());
}

bool better(const MatchingProblem& problem, const Worth& a, const Worth& b) {
  if (problem.balanced && a.levels != b.levels) return a.levels > b.levels;
  return a.weight > b.weight;
}

// Calls f(places) for every matching that there is.
template <class F>
void each_matching(const MatchingProblem& problem, F&& f) {
  for (std::uint32_t set = 0; set < 1U << problem.pairs.size(); ++set) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < problem.pairs.size(); ++i) {
      if ((set >> i & 1U) != 0) places.push_back(i);
    }
    if (is_matching(problem, places)) f(places);
  }
}

Worth best_of_all(const MatchingProblem& problem) {
  Worth best = worth_of(problem, {});
  each_matching(problem, [&](const std::vector<std::size_t>& places) {
    const Worth worth = worth_of(problem, places);
    if (better(problem, worth, best)) best = worth;
  });
  return best;
}

MatchingProblem random_problem(std::mt19937& random) {
  const auto upto = [&](std::uint32_t most) {
    return std::uniform_int_distribution<std::uint32_t>(1, most)(random);
  };
  MatchingProblem problem;
  problem.givers = upto(5);
  problem.takers = upto(5);
  problem.most_given = upto(3);
  problem.most_taken = upto(3);
  problem.balanced = upto(2) == 1;
  // Few weights make many matchings as good as each other.
  const std::uint32_t some[] = {1, 2, 4, 1000};
  const std::uint32_t weights = some[upto(4) - 1];
  std::set<std::pair<std::uint32_t, std::uint32_t>> known;
  const std::uint32_t most = upto(13);
  for (int tries = 0; tries < 40 && problem.pairs.size() < most; ++tries) {
    const std::uint32_t giver = upto(problem.givers) - 1;
    const std::uint32_t taker = upto(problem.takers) - 1;
    if (known.insert({giver, taker}).second)
      problem.pairs.push_back({giver, taker, static_cast<std::int64_t>(upto(weights))});
  }
  return problem;
}

}  // namespace

TEST_CASE("no matching among all is fairer, heavier where as fair, or more even where as heavy") {
  std::mt19937 random(20261126);
  std::size_t less_even = 0;
  for (int round = 0; round < 5'000; ++round) {
    const MatchingProblem problem = random_problem(random);
    const auto places = matched_pairs(problem);
    REQUIRE(is_matching(problem, places));
    const Worth chosen = worth_of(problem, places);
    const Worth best = best_of_all(problem);
    INFO("round " << round << (problem.balanced ? ", balanced" : ""));
    if (problem.balanced) {
      REQUIRE(chosen.levels == best.levels);
    }
    REQUIRE(chosen.weight == best.weight);
    bool is_even = true;
    each_matching(problem, [&](const std::vector<std::size_t>& other) {
      const Worth worth = worth_of(problem, other);
      if (better(problem, best, worth)) return;
      is_even = is_even && squares(chosen.givers) <= squares(worth.givers) &&
                (chosen.givers <= worth.givers || other.size() != places.size());
      // Balanced, takers have the same loads in all that are as good.
      is_even = is_even && squares(chosen.takers) <= squares(worth.takers);
      if (squares(chosen.givers) < squares(worth.givers)) ++less_even;
    });
    REQUIRE(is_even);
  }
  // There was something to choose.
  CHECK(less_even > 1'000);
}

TEST_CASE("no load of a taker can be raised without lowering one that is no greater") {
  // Lexicographic max-min: sorted loads of any other matching are never greater where they first
  // differ.
  std::mt19937 random(7);
  for (int round = 0; round < 1000; ++round) {
    MatchingProblem problem = random_problem(random);
    problem.balanced = true;
    const auto rising = [&](const std::vector<std::size_t>& places) {
      Loads loads = worth_of(problem, places).takers;
      std::reverse(loads.begin(), loads.end());
      return loads;
    };
    const Loads loads = rising(matched_pairs(problem));
    each_matching(
        problem, [&](const std::vector<std::size_t>& places) { REQUIRE(rising(places) <= loads); });
  }
}
