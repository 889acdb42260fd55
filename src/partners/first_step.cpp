// SPDX-License-Identifier: Apache-2.0
#include "partners/first_step.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "partners/quick_log.hpp"

namespace koinon::partners {

namespace {

constexpr float lowest = -std::numeric_limits<float>::infinity();
constexpr std::size_t stretch = 64;  // members looked at together
constexpr std::size_t one_of = 32;   // so many is asked for a guess

// What a signal of codes gives, for all codes.
struct CodeSignals {
  std::span<const float> lifts, shares, met;
  Signal lift, same, fresh, often;
};

}  // namespace

void FirstStep::score(const PastWork& past, const Asked& asked, const SignalFinder& finder,
                      const RecommendModel& model) {
  const Parts parts{model.first(Signal::NoBridge), model.first(Signal::TopicLikeness),
                    model.first(Signal::TopicActivity), finder.topic_length()};
  prepare(past, model);
  weigh_origins(past, asked, finder, model);
  add_all(past, finder.topic_activity(), parts);
  add_reached(past, finder, model, parts);
  if (asked.gap) add_ties(past, finder, model, parts);
  for (const MemberWeight& gain : asked.gains) scores_[gain.member] += gain.weight;
  // Who is no candidate stands below all that are.
  for (const std::uint32_t member : finder.walk().asked()) scores_[member] = lowest;
  if (asked.gap) return;
  for (const std::uint32_t tied : finder.walk().bridges())
    scores_[past.ties().tied(tied).member] = lowest;
}

void FirstStep::prepare(const PastWork& past, const RecommendModel& model) {
  std::array<float, own_signals> weights{};
  for (std::size_t i = 0; i < own_signals; ++i) weights[i] = model.first(static_cast<Signal>(i));
  if (base_of_ == past.number() && base_weights_ == weights) return;
  base_.resize(past.member_count());
  for (std::uint32_t member = 0; member < past.member_count(); ++member) {
    float sum = 0;
    for (std::size_t i = 0; i < own_signals; ++i) sum += weights[i] * past.own_values(member)[i];
    base_[member] = sum;
  }
  base_of_ = past.number();
  base_weights_ = weights;
}

void FirstStep::weigh_origins(const PastWork& past, const Asked& asked, const SignalFinder& finder,
                              const RecommendModel& model) {
  const auto part = [&](const CodeSignals& of, std::uint16_t code) {
    float sum = model.first(of.lift) * of.lifts[code] + model.first(of.same) * of.shares[code] +
                model.first(of.often) * of.met[code];
    if (asked.gap && of.shares[code] <= 0) sum += model.first(of.fresh);
    return sum;
  };
  const CodeSignals countries{
      finder.country_lifts(), finder.country_shares(), finder.countries_met(), Signal::CountryLift,
      Signal::CountrySame,    Signal::CountryNew,      Signal::CountryMet};
  const CodeSignals kinds{finder.kind_lifts(), finder.kind_shares(), finder.kinds_met(),
                          Signal::KindLift,    Signal::KindSame,     Signal::KindNew,
                          Signal::KindMet};
  origins_.clear();
  for (const Origin& origin : past.origins())
    origins_.push_back(part(countries, origin.country) + part(kinds, origin.kind));
}

// As if nobody were reached. Loops without a branch, of which compilers make vectors.
void FirstStep::add_all(const PastWork& past, std::span<const float> activity, const Parts& parts) {
  const std::size_t members = past.member_count();
  scores_.resize(members);
  const std::uint32_t* origins = past.origin_numbers().data();
  const float* shares = past.topic_shares().data();
  const float likeness = parts.topic_length > 0 ? parts.likeness / parts.topic_length : 0;
  std::array<float, stretch> part;
  for (std::size_t begin = 0; begin < members; begin += stretch) {
    const std::size_t count = std::min(stretch, members - begin);
    for (std::size_t i = 0; i < count; ++i) part[i] = origins_[origins[begin + i]];
    const float* const base = base_.data() + begin;
    const float* const on = activity.data() + begin;
    const float* const share = shares + begin;
    float* const score = scores_.data() + begin;
    for (std::size_t i = 0; i < count; ++i) {
      score[i] = base[i] + part[i] + parts.unreached + likeness * share[i] * on[i] +
                 parts.activity * quick_log1p(4 * on[i]);
    }
  }
}

void FirstStep::add_reached(const PastWork& past, const SignalFinder& finder,
                            const RecommendModel& model, const Parts& parts) {
  const Lanes scales = bridged_scales(1 / finder.asked_count());
  // In the order of PartnerWalk::Part.
  const Lanes weights = {model.first(Signal::Bridge), model.first(Signal::BridgeNorm),
                         model.first(Signal::BridgeSquare), model.first(Signal::BridgePlaces)};
  const float share = model.first(Signal::BridgeShare);
  for (const std::uint32_t number : finder.walk().reached()) {
    const TyingWorks::Tied& tied = past.ties().tied(number);
    const Lanes sums = finder.walk().bridged(number);
    const Lanes parts_of = weights * quick_log1p(scales * sums);
    const float score = (parts_of[0] + parts_of[1]) + (parts_of[2] + parts_of[3]) +
                        share * sums[PartnerWalk::Places] * tied.per_place;
    scores_[tied.member] += sums[PartnerWalk::Steady] > 0 ? score - parts.unreached : score;
  }
}

void FirstStep::add_ties(const PastWork& past, const SignalFinder& finder,
                         const RecommendModel& model, const Parts& parts) {
  const float each = 1 / finder.asked_count();
  const auto bridges = finder.walk().bridges();
  for (std::size_t i = 0; i < bridges.size(); ++i) {
    const PartnerWalk::Shared& shared = finder.walk().shared(i);
    float score = model.first(Signal::Direct) * quick_log1p(4 * shared.direct) +
                  model.first(Signal::DirectRecent) * quick_log1p(8 * shared.recent) +
                  model.first(Signal::Acquainted) * shared.acquainted * each +
                  model.first(Signal::Triples) * quick_log1p(shared.triples) +
                  model.first(Signal::Overlap) * shared.overlap * each +
                  model.first(Signal::DirectNorm) * quick_log1p(20 * shared.norm);
    // Of a tie there is no lack of bridges, which is taken off here where no bridge did.
    const bool bridged = finder.walk().bridged(bridges[i])[PartnerWalk::Steady] > 0;
    if (shared.direct > 0 && !bridged) score -= parts.unreached;
    scores_[past.ties().tied(bridges[i]).member] += score;
  }
}

// What the best `count` have at least, or a little less, as some few tell of all.
float FirstStep::guess_least(const graph::Bitmap& allowed, std::size_t count) {
  some_.clear();
  for (std::size_t member = 0; member < scores_.size(); member += one_of)
    if (scores_[member] > lowest && allowed.test(member)) some_.push_back(scores_[member]);
  const std::size_t place = 2 * count / one_of;
  if (place >= some_.size()) return lowest;
  const auto at = some_.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(some_.begin(), at, some_.end(), std::greater<>());
  return *at;
}

void FirstStep::take_from(float least, const graph::Bitmap& allowed) {
  // Few are as good, and where they are cannot be foretold: each is written down, and stays there
  // if it is.
  above_.resize(scores_.size());
  std::size_t count = 0;
  for (std::size_t member = 0; member < scores_.size(); ++member) {
    above_[count] = static_cast<std::uint32_t>(member);
    count += scores_[member] >= least ? 1 : 0;
  }
  best_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const float score = scores_[above_[i]];
    if (score > lowest && allowed.test(above_[i])) best_.push_back({above_[i], score});
  }
}

std::vector<RankedCandidate>& FirstStep::best(const graph::Bitmap& allowed, std::size_t count) {
  const float least = count < scores_.size() / 2 ? guess_least(allowed, count) : lowest;
  take_from(least, allowed);
  if (best_.size() < count && least > lowest) take_from(lowest, allowed);
  if (best_.size() <= count) return best_;
  const auto end = best_.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(best_.begin(), end, best_.end(), better);
  best_.resize(count);
  return best_;
}

std::vector<std::uint32_t> FirstStep::candidates(const graph::Bitmap& allowed) const {
  std::vector<std::uint32_t> found(scores_.size());
  std::size_t count = 0;
  for (std::size_t member = 0; member < scores_.size(); ++member) {
    found[count] = static_cast<std::uint32_t>(member);
    count += static_cast<std::size_t>(scores_[member] > lowest) &
             static_cast<std::size_t>(allowed.test(member));
  }
  found.resize(count);
  return found;
}

}  // namespace koinon::partners
