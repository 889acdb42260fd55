// SPDX-License-Identifier: Apache-2.0
//
// The signals of recommendation against their definitions, written out with sets and sums over all
// works, on random small networks with fixed seeds.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "catch.hpp"
#include "partners/partner_signals.hpp"
#include "partners/recommender.hpp"

namespace {

using namespace koinon;
using namespace koinon::partners;
using Members = std::set<std::uint32_t>;

constexpr std::int32_t today = 10'000;

struct World {
  std::uint32_t members = 0;
  std::uint32_t works = 0;
  std::vector<graph::Incidence> rows;
  std::vector<std::uint16_t> countries;
  std::vector<std::uint16_t> kinds;
  std::vector<std::uint32_t> topic_offsets{0};
  std::vector<std::uint32_t> topics;
  graph::Bitmap leading;
};

World random_world(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  World world;
  world.members = 4 + below(20);
  world.works = 1 + below(25);
  world.leading.set(1);
  for (std::uint32_t work = 0; work < world.works; ++work) {
    const std::uint32_t size = 1 + below(5);
    const auto from = static_cast<std::int32_t>(today - 2000 + static_cast<int>(below(2600)));
    for (std::uint32_t i = 0; i < size; ++i)
      world.rows.push_back({below(world.members), work, static_cast<std::uint16_t>(below(2)), from,
                            from + static_cast<int>(below(1500))});
    for (std::uint32_t topic = 0; topic < 4; ++topic)
      if (below(3) == 0) world.topics.push_back(topic);
    world.topic_offsets.push_back(static_cast<std::uint32_t>(world.topics.size()));
  }
  for (std::uint32_t member = 0; member < world.members; ++member) {
    world.countries.push_back(static_cast<std::uint16_t>(below(4)));
    world.kinds.push_back(static_cast<std::uint16_t>(below(3)));
  }
  return world;
}

PastWork past_of(const World& world) {
  const graph::IncidenceGraph graph(world.rows, world.members, world.works);
  const CollaborationData data{
      graph, world.countries, world.kinds, world.topic_offsets, world.topics, {},
      {},    &world.leading};
  return PastWork(data, today, false);
}

// What is known by today, plainly.
struct Past {
  explicit Past(const World& world) {
    for (const graph::Incidence& row : world.rows) {
      if (row.from_day >= today) continue;
      works[row.work].insert(row.member);
      begun[row.work] = row.from_day;
    }
  }
  double steady(std::uint32_t work) const {
    return std::exp2(-(double(today) - begun.at(work)) / 365.25 / 2);
  }
  double recent(std::uint32_t work) const {
    return std::exp2(-(double(today) - begun.at(work)) / 365.25 / 0.5);
  }
  double partners(std::uint32_t member) const {
    Members all;
    for (const auto& [work, members] : works)
      if (members.count(member) > 0) all.insert(members.begin(), members.end());
    return all.empty() ? 0.0 : double(all.size() - 1);
  }
  std::map<std::uint32_t, Members> works;
  std::map<std::uint32_t, std::int32_t> begun;
};

std::size_t both(const Members& a, const Members& b) {
  std::size_t count = 0;
  for (const std::uint32_t one : a) count += b.count(one);
  return count;
}

double weight_on(const std::map<std::uint32_t, double>& profile, std::uint32_t topic) {
  const auto at = profile.find(topic);
  return at == profile.end() ? 0.0 : at->second;
}

// What ties and bridges lead to a candidate.
std::map<Signal, double> twin(const Past& past, const Members& asked, std::uint32_t candidate) {
  double direct = 0, direct_recent = 0, triples = 0, overlap = 0, direct_norm = 0;
  double bridge = 0, bridge_recent = 0, bridge_norm = 0, square = 0, dense = 0, places = 0;
  Members acquainted, common;
  const auto tie = [&](std::uint32_t member, bool recent) {
    double sum = 0;
    for (const auto& [work, members] : past.works) {
      if (members.size() >= 2 && members.count(member) > 0)
        sum += double(both(members, asked)) * (recent ? past.recent(work) : past.steady(work));
    }
    return sum;
  };
  double all_places = 0;
  for (const auto& [work, members] : past.works) {
    if (members.size() < 2 || members.count(candidate) == 0) continue;
    const auto others = double(members.size() - 1);
    const auto n = double(both(members, asked));
    all_places += past.steady(work) * others;
    if (n > 0) {
      direct += n * past.steady(work);
      direct_recent += n * past.recent(work);
      triples += n * (n - 1) * past.steady(work);
      overlap = std::max(overlap, n);
      direct_norm += n * past.steady(work) / others;
      for (const std::uint32_t one : members)
        if (asked.count(one) > 0) acquainted.insert(one);
      continue;  // no work of the asked is gone through for bridges
    }
    double x = 0, x_recent = 0, bridges = 0, others_x = 0;
    for (const std::uint32_t member : members) {
      const double own = tie(member, false) / std::log(2 + past.partners(member));
      const double recent = tie(member, true) / std::log(2 + past.partners(member));
      if (own <= 0) continue;
      bridges += 1;
      if (member == candidate) continue;
      x += own;
      x_recent += recent;
      others_x += 1;
      common.insert(member);
    }
    bridge += past.steady(work) * x;
    bridge_recent += past.recent(work) * x_recent;
    bridge_norm += past.steady(work) * x / others;
    square += past.steady(work) * bridges * bridges;
    dense = std::max(dense, bridges / double(members.size()));
    places += past.steady(work) * others_x;
  }
  const double each = 1 / double(asked.size());
  return {{Signal::Direct, std::log1p(4 * direct)},
          {Signal::DirectRecent, std::log1p(8 * direct_recent)},
          {Signal::Acquainted, double(acquainted.size()) * each},
          {Signal::Triples, std::log1p(triples)},
          {Signal::Overlap, overlap * each},
          {Signal::DirectNorm, std::log1p(20 * direct_norm)},
          {Signal::Bridge, std::log1p(4 * bridge * each)},
          {Signal::BridgeNorm, std::log1p(20 * bridge_norm * each)},
          {Signal::BridgeSquare, std::log1p(square)},
          {Signal::BridgeDense, dense},
          {Signal::BridgeRecent, std::log1p(20 * bridge_recent * each)},
          {Signal::Common, std::log1p(double(common.size()))},
          {Signal::BridgeShare, places / (all_places + 1)},
          {Signal::BridgePlaces, std::log1p(places)}};
}

}  // namespace

TEST_CASE("signals of ties and bridges are what their definitions say", "[partners]") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const World world = random_world(seed);
    const PastWork past = past_of(world);
    const Past plain(world);
    SignalFinder finder;
    for (std::uint32_t size = 1; size <= 3; ++size) {
      Asked asked;
      asked.gap = true;
      for (std::uint32_t i = 0; i < size; ++i) asked.members.push_back(i);
      finder.begin(past, asked);
      const Members set(asked.members.begin(), asked.members.end());
      for (std::uint32_t member = size; member < world.members; ++member) {
        CAPTURE(size, member);
        SignalValues values;
        finder.values(member, values);
        for (const auto& [signal, value] : twin(plain, set, member)) {
          CAPTURE(signal_code(signal));
          CHECK(double(values[static_cast<std::size_t>(signal)]) == Approx(value).margin(2e-3));
        }
      }
    }
  }
}

TEST_CASE("one step more is a walk from everyone reached, by shares of works", "[partners]") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const World world = random_world(seed);
    const PastWork past = past_of(world);
    const Past plain(world);
    SignalFinder finder;
    for (std::uint32_t size = 1; size <= 2; ++size) {
      Asked asked;
      asked.gap = size > 1;
      Members set;
      for (std::uint32_t i = 0; i < size; ++i) {
        asked.members.push_back(i);
        set.insert(i);
      }
      finder.begin(past, asked);
      std::map<std::uint32_t, double> share;
      for (std::uint32_t member = size; member < world.members; ++member) {
        double steady = 1;
        for (const auto& [work, members] : plain.works)
          if (members.size() >= 2 && members.count(member) > 0) steady += plain.steady(work);
        auto reached = twin(plain, set, member);
        share[member] = (std::expm1(reached[Signal::BridgeNorm]) * double(size) +
                         std::expm1(reached[Signal::DirectNorm])) /
                        20 / steady;
      }
      for (std::uint32_t member = size; member < world.members; ++member) {
        CAPTURE(size, member);
        double third = 0;
        for (const auto& [work, members] : plain.works) {
          if (members.size() < 2 || members.count(member) == 0) continue;
          for (const std::uint32_t other : members)
            third += share[other] * plain.steady(work) / double(members.size() - 1);
        }
        SignalValues values;
        finder.values(member, values);
        CHECK(double(values[static_cast<std::size_t>(Signal::Third)]) ==
              Approx(std::log1p(100 * third)).margin(2e-3));
      }
    }
  }
}

TEST_CASE("likeness of topics is the cosine of decayed profiles", "[partners]") {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const World world = random_world(seed);
    const PastWork past = past_of(world);
    const Past plain(world);
    const auto topics_of = [&](std::uint32_t work) {
      return Members(world.topics.begin() + world.topic_offsets[work],
                     world.topics.begin() + world.topic_offsets[work + 1]);
    };
    std::map<std::uint32_t, double> on;
    double all = 0;
    for (const auto& [work, members] : plain.works) {
      for (const std::uint32_t topic : topics_of(work)) on[topic] += 1;
      all += topics_of(work).empty() ? 0 : 1;
    }
    const auto profile = [&](std::uint32_t member) {
      std::map<std::uint32_t, double> weights;
      for (const auto& [work, members] : plain.works) {
        if (members.count(member) == 0) continue;
        for (const std::uint32_t topic : topics_of(work))
          weights[topic] += std::log((1 + all) / (1 + on[topic])) * plain.steady(work) /
                            double(topics_of(work).size());
      }
      return weights;
    };
    std::map<std::uint32_t, double> done;
    for (std::uint32_t member = 0; member < world.members; ++member)
      for (const auto& [topic, weight] : profile(member)) done[topic] += weight;
    const auto dot = [](std::map<std::uint32_t, double> a,
                        const std::map<std::uint32_t, double>& b) {
      double sum = 0;
      for (const auto& [topic, weight] : b) sum += a[topic] * weight;
      return sum;
    };
    SignalFinder finder;
    Asked asked;
    asked.members = {0};
    finder.begin(past, asked);
    for (std::uint32_t member = 1; member < world.members; ++member) {
      const auto one = profile(0);
      const auto other = profile(member);
      const double length = std::sqrt(dot(one, one) * dot(other, other));
      SignalValues values;
      finder.values(member, values);
      CHECK(double(values[static_cast<std::size_t>(Signal::TopicLikeness)]) ==
            Approx(length > 0 ? dot(one, other) / length : 0.0).margin(1e-4));
      double sum = 0;
      for (const auto& [topic, weight] : one) sum += weight;
      double lift = 0;
      for (const auto& [topic, weight] : one)
        if (sum > 0) lift += weight / sum * weight_on(other, topic) / (done[topic] + 20);
      CHECK(double(values[static_cast<std::size_t>(Signal::TopicLift)]) ==
            Approx(std::log1p(300 * lift)).margin(2e-3));
    }
  }
}

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

// More candidates than are looked at again, of some countries, kinds and topics.
World large_world(std::uint32_t seed) {
  std::mt19937 random(seed);
  World world;
  world.members = 900;
  world.works = 700;
  for (std::uint32_t work = 0; work < world.works; ++work) {
    for (int i = 0; i < 4; ++i)
      world.rows.push_back(
          {static_cast<std::uint32_t>(random() % world.members), work, 0,
           static_cast<std::int32_t>(today - 1 - static_cast<int>(random() % 2000)), today});
    world.topics.push_back(static_cast<std::uint32_t>(random() % 6));
    world.topic_offsets.push_back(static_cast<std::uint32_t>(world.topics.size()));
  }
  for (std::uint32_t member = 0; member < world.members; ++member) {
    world.countries.push_back(static_cast<std::uint16_t>(random() % 5));
    world.kinds.push_back(static_cast<std::uint16_t>(random() % 4));
  }
  return world;
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

TEST_CASE("facts are counts over the candidate's works", "[partners]") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const World world = random_world(seed);
    const PastWork past = past_of(world);
    const Past plain(world);
    graph::Bitmap allowed;
    for (std::uint32_t member = 0; member < world.members; ++member) allowed.set(member);
    Asked asked;
    asked.gap = true;
    asked.members = {0, 1};
    const Members set(asked.members.begin(), asked.members.end());
    Members bridges;
    for (const auto& [work, members] : plain.works)
      if (members.size() >= 2 && both(members, set) > 0)
        bridges.insert(members.begin(), members.end());
    Recommender recommender;
    for (const auto& one : recommender.rank(past, asked, allowed, world.members)) {
      CAPTURE(seed, one.member);
      std::size_t shared = 0;
      Members met;
      for (const auto& [work, members] : plain.works) {
        if (members.size() < 2 || members.count(one.member) == 0) continue;
        shared += both(members, set) > 0 ? 1 : 0;
        for (const std::uint32_t other : members)
          if (other != one.member && set.count(other) == 0 && bridges.count(other) > 0)
            met.insert(other);
      }
      const CandidateFacts facts = recommender.facts(one.member, 2);
      CHECK(facts.shared == shared);
      CHECK(facts.shared_works.size() == std::min<std::size_t>(2, shared));
      CHECK(facts.bridges == met.size());
      for (const auto& [work, with] : facts.shared_works) {
        CHECK(plain.works.at(work).count(one.member) == 1);
        CHECK(with == (plain.works.at(work).count(0) > 0 ? 0U : 1U));
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
