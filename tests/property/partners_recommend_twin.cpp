// SPDX-License-Identifier: Apache-2.0
//
// The signals of recommendation against their definitions, written out with sets and sums over all
// works, on random small networks with fixed seeds.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "catch.hpp"
#include "collaboration_world.hpp"
#include "partners/partner_signals.hpp"
#include "partners/recommender.hpp"

namespace {

using namespace koinon;
using namespace koinon::partners;
using namespace koinon::test;
using Members = std::set<std::uint32_t>;

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
