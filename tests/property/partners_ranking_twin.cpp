// SPDX-License-Identifier: Apache-2.0
//
// Rankings of recommendation against sorting every candidate, on random networks with fixed seeds.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "collaboration_world.hpp"
#include "partners/partner_signals.hpp"
#include "partners/recommender.hpp"

using namespace koinon;
using namespace koinon::partners;
using namespace koinon::test;

TEST_CASE("a ranking is that of sorting every candidate by the model", "[partners]") {
  const RecommendModel& model = RecommendModel::partner();
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const World world = random_world(seed);
    const PastWork past = past_of(world);
    graph::Bitmap allowed;
    for (std::uint32_t member = 0; member < world.members; ++member)
      if (past.known(member)) allowed.set(member);
    Asked asked;
    asked.members = {seed % world.members};
    Recommender recommender;
    const auto ranked = recommender.rank(past, asked, allowed, world.members);
    SignalFinder finder;
    finder.begin(past, asked);
    std::vector<std::pair<float, std::uint32_t>> expected;
    for (std::uint32_t member = 0; member < world.members; ++member) {
      if (!past.known(member) || member == asked.members[0] || finder.has_tie(member)) continue;
      SignalValues values;
      finder.values(member, values);
      expected.emplace_back(-model.score(values), member);
    }
    std::sort(expected.begin(), expected.end());
    REQUIRE(ranked.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(ranked[i].member == expected[i].second);
      CHECK(ranked[i].score == -expected[i].first);
    }
  }
}

TEST_CASE("the first step, done for all at once, is the sum over signals", "[partners]") {
  // Those beyond stand in its order.
  const World world = large_world(7);
  const PastWork past = past_of(world);
  graph::Bitmap allowed;
  for (std::uint32_t member = 0; member < world.members; ++member)
    if (past.known(member)) allowed.set(member);
  for (const bool gap : {false, true}) {
    Asked asked;
    asked.members = gap ? std::vector<std::uint32_t>{1, 2, 3} : std::vector<std::uint32_t>{1};
    asked.gap = gap;
    Recommender recommender;
    const auto ranked = recommender.rank(past, asked, allowed, world.members);
    const RecommendModel& model = gap ? RecommendModel::gap() : RecommendModel::partner();
    REQUIRE(ranked.size() > Recommender::looked_at);
    float last = std::numeric_limits<float>::infinity();
    float least = last;
    SignalValues values;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      recommender.finder().values(ranked[i].member, values);
      const float first = model.first_score(values);
      if (i < Recommender::looked_at) {
        least = std::min(least, first);
        continue;
      }
      CHECK(first <= least + 1e-3F);
      CHECK(first <= last + 1e-3F);
      last = first;
    }
  }
}

TEST_CASE("the best few are the head of the ranking of all", "[partners]") {
  const World world = large_world(11);
  const PastWork past = past_of(world);
  Recommender recommender;
  // All, those of every third number, so few that all are looked at, and nobody.
  for (const std::uint32_t every : {1U, 3U, 40U, 1000U}) {
    graph::Bitmap allowed;
    for (std::uint32_t member = every - 1; member < world.members; member += every)
      allowed.set(member);
    for (std::uint32_t one = 0; one < 30; ++one) {
      CAPTURE(every, one);
      Asked asked;
      asked.gap = one % 2 == 1;
      asked.members = {one, one + 1};
      if (!asked.gap) asked.members.pop_back();
      const auto ranked = recommender.rank(past, asked, allowed, world.members);
      const std::vector<RankedCandidate> all(ranked.begin(), ranked.end());
      CHECK(recommender.candidates().size() == all.size());
      for (const std::size_t wanted : {std::size_t{0}, std::size_t{50}, Recommender::looked_at}) {
        const auto few = recommender.rank(past, asked, allowed, wanted);
        REQUIRE(few.size() == std::min(wanted, all.size()));
        for (std::size_t i = 0; i < few.size(); ++i) {
          CHECK(few[i].member == all[i].member);
          CHECK(few[i].score == all[i].score);
        }
      }
    }
  }
}

TEST_CASE("a question leaves nothing behind for the next", "[partners]") {
  // One memory for tables of different sizes, as it is kept between questions, against a fresh one.
  const World small = random_world(3);
  const World large = large_world(19);
  const PastWork pasts[] = {past_of(small), past_of(large)};
  graph::Bitmap allowed;
  for (std::uint32_t member = 0; member < large.members; ++member) allowed.set(member);
  Recommender kept;
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) {
    CAPTURE(i);
    const PastWork& past = pasts[random() % 2];
    Asked asked;
    asked.gap = random() % 2 == 0;
    // Numbers at and past the end too: who is not known.
    asked.members = {static_cast<std::uint32_t>(random() % (past.member_count() + 2))};
    Recommender fresh;
    const auto expected = fresh.rank(past, asked, allowed, 50);
    const auto found = kept.rank(past, asked, allowed, 50);
    REQUIRE(found.size() == expected.size());
    for (std::size_t at = 0; at < found.size(); ++at) {
      CHECK(found[at].member == expected[at].member);
      CHECK(found[at].score == expected[at].score);
      CHECK(kept.contributions(found[at].member) == fresh.contributions(found[at].member));
      const CandidateFacts one = kept.facts(found[at].member, 3);
      const CandidateFacts other = fresh.facts(found[at].member, 3);
      CHECK(one.shared_works == other.shared_works);
      CHECK(one.bridges == other.bridges);
      CHECK(one.best_bridges == other.best_bridges);
      CHECK(one.topics == other.topics);
    }
  }
}

TEST_CASE("works of long ago leave every score a number", "[partners]") {
  // Decayed sums run through all that a float can hold, down to nothing.
  World world = large_world(17);
  for (graph::Incidence& row : world.rows)
    if (row.work % 2 == 0) row.from_day = today - 1 - static_cast<std::int32_t>(row.work) * 200;
  const PastWork past = past_of(world);
  graph::Bitmap allowed;
  for (std::uint32_t member = 0; member < world.members; ++member)
    if (past.known(member)) allowed.set(member);
  Recommender recommender;
  for (std::uint32_t one = 0; one < 60; ++one) {
    CAPTURE(one);
    Asked asked;
    asked.members = {one};
    const auto ranked = recommender.rank(past, asked, allowed, world.members);
    std::size_t candidates = 0;
    for (std::uint32_t member = 0; member < world.members; ++member) {
      const SignalFinder& finder = recommender.finder();
      const bool known = finder.is_asked(member) || finder.has_tie(member);
      candidates += allowed.test(member) && !known ? 1 : 0;
    }
    CHECK(ranked.size() == candidates);
    CHECK(recommender.candidates().size() == candidates);
    for (const RankedCandidate& candidate : ranked) REQUIRE(std::isfinite(candidate.score));
    for (std::size_t i = 0; i < std::min<std::size_t>(20, ranked.size()); ++i) {
      for (const float part : recommender.contributions(ranked[i].member))
        REQUIRE(std::isfinite(part));
    }
  }
}

TEST_CASE("what each ground gives is what is lost with the middling candidate's", "[partners]") {
  const World world = large_world(13);
  const PastWork past = past_of(world);
  for (const RecommendModel* model : {&RecommendModel::partner(), &RecommendModel::gap()}) {
    Asked asked;
    asked.members = {1};
    asked.gap = model == &RecommendModel::gap();
    SignalFinder finder;
    finder.begin(past, asked);
    for (std::uint32_t member = 2; member < 40; ++member) {
      CAPTURE(member);
      SignalValues values;
      finder.values(member, values);
      const auto contributions = model->contributions(values);
      for (std::size_t ground = 0; ground < grounds; ++ground) {
        SignalValues middling = values;
        for (std::size_t i = 0; i < static_cast<std::size_t>(Signal::AskedWorks); ++i)
          if (ground_of(static_cast<Signal>(i)) == static_cast<Ground>(ground))
            middling[i] = model->middle()[i];
        CHECK(double(contributions[ground]) ==
              Approx(double(model->score(values) - model->score(middling))).margin(1e-4));
      }
    }
  }
}
