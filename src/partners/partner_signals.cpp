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

float size_minus_one(std::span<const std::uint32_t> members) {
  return static_cast<float>(members.size() - 1);
}

}  // namespace

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

SignalFinder::Reach& SignalFinder::at(std::uint32_t member) {
  const std::size_t place = reach_set_.insert(member);
  if (place == reach_.size()) reach_.emplace_back();
  return reach_[place];
}

void SignalFinder::begin(const PastWork& past, const Asked& asked) {
  past_ = &past;
  asked_ = &asked;
  asked_set_.reset(past.member_count());
  for (const std::uint32_t member : asked.members)
    if (member < past.member_count()) asked_set_.add(member);
  asked_count_ = std::max(1.0F, static_cast<float>(asked_set_.members().size()));
  reach_set_.reset(past.member_count());
  reach_.clear();
  met_.reset(past.member_count());
  meet_asked();
  bridges_ = reach_.size();
  weigh_bridges();
  cross_bridges();
  count_bridges();
  walk_on();
  weigh_topics();
  weigh_places();
  weigh_met();
  describe_asked();
}

// Who has worked with the asked.
void SignalFinder::meet_asked() {
  const PastWork& past = *past_;
  own_works_.reset(past.work_count());
  own_counts_.clear();
  countries_met_.assign(past.country_codes(), 0.0F);
  kinds_met_.assign(past.kind_codes(), 0.0F);
  for (const std::uint32_t one : asked_set_.members()) {
    for (const std::uint32_t work : past.works_of(one)) {
      if (!past.makes_ties(work)) continue;
      const std::size_t place = own_works_.insert(work);
      if (place == own_counts_.size()) own_counts_.push_back(0);
      own_counts_[place] += 1;
    }
  }
  for (std::size_t i = 0; i < own_counts_.size(); ++i) {
    const std::uint32_t work = own_works_.members()[i];
    const auto members = past.members_of(work);
    const float n = own_counts_[i];
    const float steady = n * past.steady(work);
    const float recent = n * past.recent(work);
    for (const std::uint32_t member : members) {
      if (is_asked(member)) continue;
      Reach& reach = at(member);
      reach.direct += steady;
      reach.direct_recent += recent;
      reach.triples += steady * (n - 1);
      reach.overlap = std::max(reach.overlap, n);
      reach.direct_norm += steady / size_minus_one(members);
      countries_met_[past.country(member)] += steady;
      kinds_met_[past.kind(member)] += steady;
    }
  }
  if (!asked_->gap) return;
  for (const std::uint32_t one : asked_set_.members()) {
    met_.reset(past.member_count());
    for (const std::uint32_t work : past.works_of(one)) {
      if (!past.makes_ties(work)) continue;
      for (const std::uint32_t member : past.members_of(work)) {
        if (!is_asked(member) && met_.add(member)) at(member).acquainted += 1;
      }
    }
  }
}

void SignalFinder::weigh_bridges() {
  weights_.clear();
  for (std::size_t i = 0; i < bridges_; ++i) {
    const float degree = std::log(2.0F + past_->activity(reach_set_.members()[i]).partners);
    weights_.push_back({reach_[i].direct / degree, reach_[i].direct_recent / degree});
  }
}

// Through the works of the bridges to those beyond. What a bridge would give to itself is taken off
// again.
void SignalFinder::cross_bridges() {
  const PastWork& past = *past_;
  far_works_.reset(past.work_count());
  spreads_.clear();
  for (std::size_t i = 0; i < bridges_; ++i) {
    const Weight weight = weights_[i];
    Reach own;
    for (const std::uint32_t work : past.works_of(reach_set_.members()[i])) {
      if (!past.makes_ties(work) || own_works_.find(work) < own_works_.members().size()) continue;
      const std::size_t place = far_works_.insert(work);
      if (place == spreads_.size()) spreads_.emplace_back();
      Spread& spread = spreads_[place];
      spread.steady += weight.steady;
      spread.recent += weight.recent;
      spread.bridges += 1;
      own.bridge += past.steady(work) * weight.steady;
      own.bridge_recent += past.recent(work) * weight.recent;
      own.bridge_norm += past.steady(work) * weight.steady / size_minus_one(past.members_of(work));
      own.places += past.steady(work);
    }
    reach_[i].bridge -= own.bridge;
    reach_[i].bridge_recent -= own.bridge_recent;
    reach_[i].bridge_norm -= own.bridge_norm;
    reach_[i].places -= own.places;
  }
  for (std::size_t i = 0; i < spreads_.size(); ++i) {
    const std::uint32_t work = far_works_.members()[i];
    const auto members = past.members_of(work);
    const Spread spread = spreads_[i];
    const float steady = past.steady(work) * spread.steady;
    const float recent = past.recent(work) * spread.recent;
    const float square = past.steady(work) * spread.bridges * spread.bridges;
    const float places = past.steady(work) * spread.bridges;
    const float dense = spread.bridges / static_cast<float>(members.size());
    for (const std::uint32_t member : members) {
      Reach& reach = at(member);
      reach.bridge += steady;
      reach.bridge_recent += recent;
      reach.bridge_norm += steady / size_minus_one(members);
      reach.bridge_square += square;
      reach.bridge_dense = std::max(reach.bridge_dense, dense);
      reach.places += places;
    }
  }
  for (std::size_t i = 0; i < bridges_; ++i) {
    for (float* value :
         {&reach_[i].bridge, &reach_[i].bridge_recent, &reach_[i].bridge_norm, &reach_[i].places})
      *value = std::max(*value, 0.0F);  // what is left of rounding
  }
}

void SignalFinder::count_bridges() {
  const PastWork& past = *past_;
  for (std::size_t i = 0; i < bridges_; ++i) {
    const std::uint32_t bridge = reach_set_.members()[i];
    met_.reset(past.member_count());
    met_.add(bridge);
    for (const std::uint32_t work : past.works_of(bridge)) {
      if (!past.makes_ties(work) || own_works_.find(work) < own_works_.members().size()) continue;
      for (const std::uint32_t member : past.members_of(work))
        if (met_.add(member)) reach_[reach_set_.find(member)].common += 1;
    }
  }
}

// One step more: from everyone reached, by what they are reached with for each of their works.
void SignalFinder::walk_on() {
  const PastWork& past = *past_;
  third_.assign(past.member_count(), 0.0F);
  third_works_.reset(past.work_count());
  third_shares_.clear();
  for (std::size_t i = 0; i < reach_.size(); ++i) {
    const std::uint32_t member = reach_set_.members()[i];
    const float share =
        (reach_[i].bridge_norm + reach_[i].direct_norm) / (1 + past.activity(member).steady);
    if (share <= 0) continue;
    for (const std::uint32_t work : past.works_of(member)) {
      if (!past.makes_ties(work)) continue;
      const std::size_t place = third_works_.insert(work);
      if (place == third_shares_.size()) third_shares_.push_back(0);
      third_shares_[place] += share;
    }
  }
  for (std::size_t i = 0; i < third_shares_.size(); ++i) {
    const std::uint32_t work = third_works_.members()[i];
    const auto members = past.members_of(work);
    const float share = third_shares_[i] * past.steady(work) / size_minus_one(members);
    for (const std::uint32_t member : members) third_[member] += share;
  }
}

void SignalFinder::weigh_topics() {
  const PastWork& past = *past_;
  std::vector<TopicWeight> sought;
  for (const std::uint32_t topic : asked_->topics)
    sought.push_back({topic, past.topic_weight(topic)});
  if (sought.empty()) {
    for (const std::uint32_t one : asked_set_.members()) {
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
  double square = 0;
  topic_activity_.assign(past.member_count(), 0.0F);
  topic_lift_.assign(past.member_count(), 0.0F);
  for (TopicWeight& one : topics_) {
    if (sum > 0) one.weight = static_cast<float>(double(one.weight) / sum);
    square += double(one.weight) * double(one.weight);
    if (one.weight <= 0) continue;
    const float lift = one.weight / (past.topic_total(one.topic) + lift_caution);
    for (const MemberWeight& member : past.members_on(one.topic)) {
      topic_activity_[member.member] += one.weight * member.weight;
      topic_lift_[member.member] += lift * member.weight;
    }
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
    for (const std::uint32_t one : asked_set_.members()) {
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
  for (const std::uint32_t one : asked_set_.members()) {
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

void SignalFinder::reach_values(const Reach& reach, std::uint32_t member,
                                SignalValues& values) const {
  const float each = 1 / asked_count_;
  in(values, Signal::Direct) = quick_log1p(4 * reach.direct);
  in(values, Signal::DirectRecent) = quick_log1p(8 * reach.direct_recent);
  in(values, Signal::Acquainted) = reach.acquainted * each;
  in(values, Signal::Triples) = quick_log1p(reach.triples);
  in(values, Signal::Overlap) = reach.overlap * each;
  in(values, Signal::DirectNorm) = quick_log1p(20 * reach.direct_norm);
  in(values, Signal::Bridge) = quick_log1p(4 * reach.bridge * each);
  in(values, Signal::BridgeNorm) = quick_log1p(20 * reach.bridge_norm * each);
  in(values, Signal::BridgeSquare) = quick_log1p(reach.bridge_square);
  in(values, Signal::BridgeDense) = reach.bridge_dense;
  in(values, Signal::BridgeRecent) = quick_log1p(20 * reach.bridge_recent * each);
  in(values, Signal::Common) = quick_log1p(reach.common);
  in(values, Signal::BridgeShare) = reach.places / (past_->activity(member).places + 1);
  in(values, Signal::BridgePlaces) = quick_log1p(reach.places);
  in(values, Signal::NoBridge) = reach.bridge <= 0 && reach.direct <= 0 ? 1.0F : 0.0F;
}

void SignalFinder::values(std::uint32_t member, SignalValues& values) const {
  static const Reach none;
  const auto own = past_->own_values(member);
  std::copy(own.begin(), own.end(), values.begin());
  const Reach* reached = reach(member);
  reach_values(reached ? *reached : none, member, values);
  in(values, Signal::Third) = quick_log1p(100 * third_[member]);
  in(values, Signal::TopicActivity) = quick_log1p(4 * topic_activity_[member]);
  in(values, Signal::TopicLikeness) = topic_likeness(member);
  in(values, Signal::TopicLift) = quick_log1p(300 * topic_lift_[member]);
  const std::uint16_t country = past_->country(member);
  const std::uint16_t kind = past_->kind(member);
  in(values, Signal::CountryLift) = country_lifts_[country];
  in(values, Signal::CountrySame) = country_shares_[country];
  in(values, Signal::KindLift) = kind_lifts_[kind];
  in(values, Signal::KindSame) = kind_shares_[kind];
  const bool gap = asked_->gap;
  in(values, Signal::CountryNew) = gap && country_shares_[country] <= 0 ? 1.0F : 0.0F;
  in(values, Signal::KindNew) = gap && kind_shares_[kind] <= 0 ? 1.0F : 0.0F;
  in(values, Signal::CountryMet) = countries_met_[country];
  in(values, Signal::KindMet) = kinds_met_[kind];
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
