// SPDX-License-Identifier: Apache-2.0
#include "partners/partner_signals.hpp"

#include <algorithm>
#include <cmath>

#include "partners/quick_log.hpp"

namespace koinon::partners {

namespace {

constexpr std::array<std::string_view, signals> codes = {
    "steady",        "recent",        "places",        "partners",       "led",
    "alone",         "running",       "last",          "only-alone",     "few",
    "mean-size",     "novelty",       "direct",        "direct-recent",  "acquainted",
    "triples",       "overlap",       "direct-norm",   "bridge",         "bridge-norm",
    "bridge-square", "bridge-dense",  "bridge-recent", "common",         "bridge-share",
    "bridge-places", "no-bridge",     "third",         "topic-activity", "topic-likeness",
    "topic-lift",    "country-lift",  "country-same",  "kind-lift",      "kind-same",
    "country-new",   "kind-new",      "country-met",   "kind-met",       "wants-leader",
    "size-like",     "activity-like", "start-like",    "asked-works",    "asked-size",
    "asked-alone"};

constexpr float met_caution = 5;    // places that are taken to be as all are
constexpr float lift_caution = 20;  // works on a topic that are added to all that was done on it

float& in(SignalValues& values, Signal signal) {
  return values[static_cast<std::size_t>(signal)];
}
float of(const SignalValues& values, Signal signal) {
  return values[static_cast<std::size_t>(signal)];
}

float likeness(float one, float other) {
  return -std::min(4.0F, (one - other) * (one - other));
}

}  // namespace

Lanes bridged_scales(float each) {
  return Lanes{4 * each, 20 * each, 1, 1};
}

std::string_view signal_code(Signal signal) {
  return codes[static_cast<std::size_t>(signal)];
}

Ground ground_of(Signal signal) {
  if (signal >= Signal::Direct && signal <= Signal::DirectNorm) return Ground::Shared;
  if (signal >= Signal::Bridge && signal <= Signal::Third) return Ground::Bridges;
  if (signal >= Signal::TopicActivity && signal <= Signal::TopicLift) return Ground::Themes;
  switch (signal) {
    case Signal::CountryLift:
    case Signal::CountrySame:
    case Signal::CountryNew:
    case Signal::CountryMet:
      return Ground::Country;
    case Signal::KindLift:
    case Signal::KindSame:
    case Signal::KindNew:
    case Signal::KindMet:
      return Ground::Kind;
    case Signal::WantsLeader:
      return Ground::Leads;
    default:
      return Ground::Activity;
  }
}

void SignalFinder::begin(const PastWork& past, const Asked& asked) {
  past_ = &past;
  asked_ = &asked;
  walk_.begin(past, asked.members, asked.gap);
  asked_count_ = std::max(1.0F, static_cast<float>(walk_.asked().size()));
  meet_places();
  weigh_topics();
  hold_against_topics();
  weigh_places();
  weigh_met();
  describe_asked();
}

// The countries and kinds of those who worked with the asked, by their places in these works.
void SignalFinder::meet_places() {
  countries_met_.assign(past_->country_codes(), 0.0F);
  kinds_met_.assign(past_->kind_codes(), 0.0F);
  for (std::size_t i = 0; i < walk_.bridges().size(); ++i) {
    const std::uint32_t member = past_->ties().tied(walk_.bridges()[i]).member;
    countries_met_[past_->country(member)] += walk_.shared(i).direct;
    kinds_met_[past_->kind(member)] += walk_.shared(i).direct;
  }
}

void SignalFinder::weigh_topics() {
  const PastWork& past = *past_;
  std::vector<TopicWeight> sought;
  for (const std::uint32_t topic : asked_->topics)
    sought.push_back({topic, past.topic_weight(topic)});
  if (sought.empty()) {
    for (const std::uint32_t one : walk_.asked()) {
      const float length = past.topic_length(one);
      if (length <= 0) continue;
      for (const TopicWeight& own : past.topics_of(one))
        sought.push_back({own.topic, own.weight / length});
    }
  }
  std::sort(sought.begin(), sought.end(),
            [](const TopicWeight& a, const TopicWeight& b) { return a.topic < b.topic; });
  topics_.clear();
  double sum = 0;
  for (const TopicWeight& one : sought) {
    if (topics_.empty() || topics_.back().topic != one.topic) topics_.push_back({one.topic, 0});
    topics_.back().weight += one.weight;
    sum += double(one.weight);
  }
  for (TopicWeight& one : topics_)
    if (sum > 0) one.weight = static_cast<float>(double(one.weight) / sum);
}

void SignalFinder::hold_against_topics() {
  const PastWork& past = *past_;
  double square = 0;
  topic_activity_.assign(past.member_count(), 0.0F);
  topic_lifts_.assign(past.topic_count(), 0.0F);
  for (const TopicWeight& one : topics_) {
    square += double(one.weight) * double(one.weight);
    if (one.weight <= 0) continue;
    topic_lifts_[one.topic] = one.weight / (past.topic_total(one.topic) + lift_caution);
    for (const MemberWeight& member : past.members_on(one.topic))
      topic_activity_[member.member] += one.weight * member.weight;
  }
  topic_length_ = static_cast<float>(std::sqrt(square));
}

void SignalFinder::weigh_places() {
  const PastWork& past = *past_;
  country_lifts_.assign(past.country_codes(), 0.0F);
  country_shares_.assign(past.country_codes(), 0.0F);
  kind_lifts_.assign(past.kind_codes(), 0.0F);
  kind_shares_.assign(past.kind_codes(), 0.0F);
  const auto weigh = [&](std::vector<float>& lifts, std::vector<float>& shares, auto code_of,
                         auto lift_of) {
    float told = 0;
    for (const std::uint32_t one : walk_.asked()) {
      const std::uint16_t code = code_of(one);
      if (code == 0) continue;
      told += 1;
      shares[code] += 1;
      for (std::size_t other = 1; other < lifts.size(); ++other)
        lifts[other] += lift_of(code, static_cast<std::uint16_t>(other));
    }
    for (auto* values : {&lifts, &shares})
      for (float& value : *values) value /= std::max(told, 1.0F);
  };
  weigh(
      country_lifts_, country_shares_, [&](std::uint32_t one) { return past.country(one); },
      [&](std::uint16_t a, std::uint16_t b) { return past.country_lift(a, b); });
  weigh(
      kind_lifts_, kind_shares_, [&](std::uint32_t one) { return past.kind(one); },
      [&](std::uint16_t a, std::uint16_t b) { return past.kind_lift(a, b); });
}

// From places of partners to how much oftener than in all places.
void SignalFinder::weigh_met() {
  const auto weigh = [](std::vector<float>& met, auto share_of) {
    met[0] = 0;
    float all = met_caution;
    for (const float places : met) all += places;
    for (std::size_t code = 1; code < met.size(); ++code) {
      const float share = share_of(static_cast<std::uint16_t>(code));
      met[code] = share > 0 ? std::log((met[code] + met_caution * share) / (all * share)) : 0.0F;
    }
  };
  weigh(countries_met_, [this](std::uint16_t code) { return past_->country_share(code); });
  weigh(kinds_met_, [this](std::uint16_t code) { return past_->kind_share(code); });
}

void SignalFinder::describe_asked() {
  of_asked_.fill(0.0F);
  float works = 0;
  float known = 0;
  for (const std::uint32_t one : walk_.asked()) {
    if (!past_->known(one)) continue;
    const Activity& activity = past_->activity(one);
    const auto own = past_->own_values(one);
    known += 1;
    works += static_cast<float>(activity.works);
    in(of_asked_, Signal::Steady) += own[static_cast<std::size_t>(Signal::Steady)];
    in(of_asked_, Signal::MeanSize) += own[static_cast<std::size_t>(Signal::MeanSize)];
    in(of_asked_, Signal::AskedAlone) += own[static_cast<std::size_t>(Signal::Alone)];
    in(of_asked_, Signal::Last) += activity.last_years;
  }
  known = std::max(known, 1.0F);
  for (const Signal signal : {Signal::Steady, Signal::MeanSize, Signal::AskedAlone, Signal::Last})
    in(of_asked_, signal) /= known;
  in(of_asked_, Signal::AskedWorks) = quick_log1p(works / known);
  in(of_asked_, Signal::AskedSize) = quick_log1p(asked_count_);
}

void SignalFinder::tie_values(const PartnerWalk::Shared& shared, SignalValues& values) const {
  const float each = 1 / asked_count_;
  const Lanes logs =
      quick_log1p(Lanes{4 * shared.direct, 8 * shared.recent, shared.triples, 20 * shared.norm});
  in(values, Signal::Direct) = logs[0];
  in(values, Signal::DirectRecent) = logs[1];
  in(values, Signal::Triples) = logs[2];
  in(values, Signal::DirectNorm) = logs[3];
  in(values, Signal::Acquainted) = shared.acquainted * each;
  in(values, Signal::Overlap) = shared.overlap * each;
}

void SignalFinder::reach_values(std::uint32_t member, SignalValues& values) {
  constexpr auto first = static_cast<std::size_t>(Signal::Direct);
  constexpr auto last = static_cast<std::size_t>(Signal::Third);
  for (std::size_t i = first; i <= last; ++i) values[i] = 0;
  in(values, Signal::NoBridge) = 1;
  const std::uint32_t tied = past_->ties().number(member);
  if (tied == TyingWorks::none) return;
  const std::size_t bridge = walk_.bridge(tied);
  const bool tie = bridge < walk_.bridges().size();
  if (tie) tie_values(walk_.shared(bridge), values);
  const float each = 1 / asked_count_;
  const PartnerWalk::Bridged& bridged = walk_.bridged(tied);
  const Lanes near = quick_log1p(bridged * bridged_scales(each));
  in(values, Signal::Bridge) = near[PartnerWalk::Steady];
  in(values, Signal::BridgeNorm) = near[PartnerWalk::Norm];
  in(values, Signal::BridgeSquare) = near[PartnerWalk::Square];
  in(values, Signal::BridgePlaces) = near[PartnerWalk::Places];
  in(values, Signal::BridgeShare) =
      bridged[PartnerWalk::Places] * past_->ties().tied(tied).per_place;
  if (bridged[PartnerWalk::Steady] > 0 || (tie && walk_.shared(bridge).direct > 0))
    in(values, Signal::NoBridge) = 0;
  const PartnerWalk::Beyond beyond = walk_.beyond(tied);
  const Lanes far =
      quick_log1p(Lanes{20 * each * beyond.recent, beyond.common, 100 * beyond.third, 0});
  in(values, Signal::BridgeRecent) = far[0];
  in(values, Signal::Common) = far[1];
  in(values, Signal::Third) = far[2];
  in(values, Signal::BridgeDense) = beyond.dense;
}

void SignalFinder::topic_values(std::uint32_t member, SignalValues& values) const {
  const float activity = topic_activity_[member];
  const float both = topic_length_ * past_->topic_length(member);
  float lift = 0;
  if (activity > 0) {
    for (const TopicWeight& own : past_->topics_of(member))
      lift += topic_lifts_[own.topic] * own.weight;
  }
  in(values, Signal::TopicActivity) = quick_log1p(4 * activity);
  in(values, Signal::TopicLikeness) = both > 0 ? activity / both : 0.0F;
  in(values, Signal::TopicLift) = quick_log1p(300 * lift);
}

void SignalFinder::place_values(std::uint32_t member, SignalValues& values) const {
  const std::uint16_t country = past_->country(member);
  const std::uint16_t kind = past_->kind(member);
  const bool gap = asked_->gap;
  in(values, Signal::CountryLift) = country_lifts_[country];
  in(values, Signal::CountrySame) = country_shares_[country];
  in(values, Signal::KindLift) = kind_lifts_[kind];
  in(values, Signal::KindSame) = kind_shares_[kind];
  in(values, Signal::CountryNew) = gap && country_shares_[country] <= 0 ? 1.0F : 0.0F;
  in(values, Signal::KindNew) = gap && kind_shares_[kind] <= 0 ? 1.0F : 0.0F;
  in(values, Signal::CountryMet) = countries_met_[country];
  in(values, Signal::KindMet) = kinds_met_[kind];
}

void SignalFinder::values(std::uint32_t member, SignalValues& values) {
  const auto& own = past_->own_values(member);
  for (std::size_t i = 0; i < own.size(); ++i) values[i] = own[i];
  reach_values(member, values);
  topic_values(member, values);
  place_values(member, values);
  in(values, Signal::WantsLeader) = asked_->lead ? of(values, Signal::Led) : 0.0F;
  in(values, Signal::SizeLike) =
      likeness(of(of_asked_, Signal::MeanSize), of(values, Signal::MeanSize));
  in(values, Signal::ActivityLike) =
      likeness(of(of_asked_, Signal::Steady), of(values, Signal::Steady));
  in(values, Signal::StartLike) =
      likeness(of(of_asked_, Signal::Last), past_->activity(member).last_years);
  for (const Signal signal : {Signal::AskedWorks, Signal::AskedSize, Signal::AskedAlone})
    in(values, signal) = of(of_asked_, signal);
}

}  // namespace koinon::partners
