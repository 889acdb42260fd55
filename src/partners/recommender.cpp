// SPDX-License-Identifier: Apache-2.0
#include "partners/recommender.hpp"

#include <algorithm>

#include "partners/quick_log.hpp"

namespace koinon::partners {

namespace {

bool better(const RankedCandidate& a, const RankedCandidate& b) {
  return a.score != b.score ? a.score > b.score : a.member < b.member;
}

struct WeighedNumber {
  float weight = 0;
  std::uint32_t number = 0;
};

bool heavier(const WeighedNumber& a, const WeighedNumber& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.number < b.number;
}

const RecommendModel& model_for(const Asked& asked) {
  if (!asked.gap) return RecommendModel::partner();
  return asked.topics.empty() ? RecommendModel::gap() : RecommendModel::call();
}

}  // namespace

std::span<const RankedCandidate> Recommender::rank(const PastWork& past, const Asked& asked,
                                                   const graph::Bitmap& allowed,
                                                   std::size_t wanted) {
  return rank(past, asked, allowed, wanted, model_for(asked));
}

std::span<const RankedCandidate> Recommender::rank(const PastWork& past, const Asked& asked,
                                                   const graph::Bitmap& allowed, std::size_t wanted,
                                                   const RecommendModel& model) {
  past_ = &past;
  model_ = &model;
  asked_ = asked;
  finder_.begin(past, asked_);
  prepare(past, model);
  order_all(asked_, allowed);
  reorder_head(wanted);
  return ranked_;
}

// What the first step gives for signals of members alone is the same for every question.
void Recommender::prepare(const PastWork& past, const RecommendModel& model) {
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

void Recommender::order_all(const Asked& asked, const graph::Bitmap& allowed) {
  const PastWork& past = *past_;
  candidates_.clear();
  scores_.clear();
  if (past.member_count() == 0) return;
  const RecommendModel& model = *model_;
  const auto placed = [&](std::span<const float> lifts, std::span<const float> shares,
                          std::span<const float> met, Signal lift, Signal same, Signal fresh,
                          Signal often) {
    std::vector<float> parts(lifts.size());
    for (std::size_t code = 0; code < parts.size(); ++code) {
      parts[code] = model.first(lift) * lifts[code] + model.first(same) * shares[code] +
                    model.first(often) * met[code];
      if (asked.gap && shares[code] <= 0) parts[code] += model.first(fresh);
    }
    return parts;
  };
  const std::vector<float> countries =
      placed(finder_.country_lifts(), finder_.country_shares(), finder_.countries_met(),
             Signal::CountryLift, Signal::CountrySame, Signal::CountryNew, Signal::CountryMet);
  const std::vector<float> kinds =
      placed(finder_.kind_lifts(), finder_.kind_shares(), finder_.kinds_met(), Signal::KindLift,
             Signal::KindSame, Signal::KindNew, Signal::KindMet);
  const float likeness = model.first(Signal::TopicLikeness);
  const float activity = model.first(Signal::TopicActivity);
  const auto reach_score = [&](const SignalFinder::Reach& reach, std::uint32_t member) {
    SignalValues values{};
    finder_.reach_values(reach, member, values);
    float sum = 0;
    for (auto i = static_cast<std::size_t>(Signal::Direct);
         i <= static_cast<std::size_t>(Signal::NoBridge); ++i)
      sum += model.first(static_cast<Signal>(i)) * values[i];
    return sum;
  };
  const float unreached = reach_score({}, 0);
  const auto on_topics = finder_.topic_activity();
  for (std::uint32_t member = 0; member < past.member_count(); ++member) {
    if (!allowed.test(member) || finder_.is_asked(member)) continue;
    const SignalFinder::Reach* reach = finder_.reach(member);
    if (!asked.gap && reach && finder_.has_tie(member)) continue;
    float score = base_[member] + countries[past.country(member)] + kinds[past.kind(member)] +
                  (reach ? reach_score(*reach, member) : unreached);
    if (on_topics[member] > 0)
      score +=
          likeness * finder_.topic_likeness(member) + activity * quick_log1p(4 * on_topics[member]);
    candidates_.push_back(member);
    scores_.push_back(score);
  }
}

void Recommender::reorder_head(std::size_t wanted) {
  rest_.resize(candidates_.size());
  for (std::size_t i = 0; i < candidates_.size(); ++i) rest_[i] = {candidates_[i], scores_[i]};
  const std::size_t head = std::min(looked_at, rest_.size());
  const auto middle = rest_.begin() + static_cast<std::ptrdiff_t>(head);
  if (middle != rest_.end()) std::nth_element(rest_.begin(), middle, rest_.end(), better);
  ranked_.assign(rest_.begin(), middle);
  SignalValues values;
  for (RankedCandidate& one : ranked_) {
    finder_.values(one.member, values);
    one.score = model_->score(values);
  }
  const std::size_t kept = std::min(wanted, head);
  std::partial_sort(ranked_.begin(), ranked_.begin() + static_cast<std::ptrdiff_t>(kept),
                    ranked_.end(), better);
  if (wanted <= head || middle == rest_.end()) {
    ranked_.resize(kept);
    return;
  }
  // The others follow in the order of the first step, below all that were looked at.
  const std::size_t more = std::min(wanted, rest_.size());
  std::partial_sort(middle, rest_.begin() + static_cast<std::ptrdiff_t>(more), rest_.end(), better);
  const float lower = std::min(0.0F, ranked_.back().score - middle->score);
  for (std::size_t i = head; i < more; ++i)
    ranked_.push_back({rest_[i].member, rest_[i].score + lower});
}

std::array<float, grounds> Recommender::contributions(std::uint32_t member) const {
  SignalValues values;
  finder_.values(member, values);
  return model_->contributions(values);
}

CandidateFacts Recommender::facts(std::uint32_t member, std::size_t limit) {
  const PastWork& past = *past_;
  CandidateFacts facts;
  facts.works = past.activity(member).works;
  facts.led = past.activity(member).leads;
  tell_works(member, limit, facts);
  tell_topics(member, facts);
  const auto known = [&](auto code_of) {
    return code_of(member) != 0 &&
           std::any_of(asked_.members.begin(), asked_.members.end(), [&](std::uint32_t one) {
             return one < past.member_count() && code_of(one) != 0;
           });
  };
  facts.country_known = known([&](std::uint32_t one) { return past.country(one); });
  facts.kind_known = known([&](std::uint32_t one) { return past.kind(one); });
  facts.country_lift = finder_.country_lifts()[past.country(member)];
  facts.kind_lift = finder_.kind_lifts()[past.kind(member)];
  return facts;
}

// Works shared with the asked, and the bridges in its others.
void Recommender::tell_works(std::uint32_t member, std::size_t limit, CandidateFacts& facts) {
  const PastWork& past = *past_;
  std::vector<WeighedNumber> bridges;  // beside met_: one that is met in several works is one
  met_.reset(past.member_count());
  // They are sorted by start: the latest are last.
  const auto works = past.works_of(member);
  for (auto at = works.rbegin(); at != works.rend(); ++at) {
    if (!past.makes_ties(*at)) continue;
    bool shared = false;
    for (const std::uint32_t other : past.members_of(*at)) {
      if (finder_.is_asked(other)) {
        if (!shared && facts.shared_works.size() < limit)
          facts.shared_works.emplace_back(*at, other);
        shared = true;
      } else if (other != member && finder_.has_tie(other)) {
        const std::size_t place = met_.insert(other);
        if (place == bridges.size()) bridges.push_back({0, other});
        bridges[place].weight += finder_.bridge_weight(other) * past.steady(*at);
      }
    }
    facts.shared += shared ? 1 : 0;
  }
  facts.bridges = static_cast<std::uint32_t>(bridges.size());
  const std::size_t kept = std::min(limit, bridges.size());
  std::partial_sort(bridges.begin(), bridges.begin() + static_cast<std::ptrdiff_t>(kept),
                    bridges.end(), heavier);
  for (std::size_t i = 0; i < kept; ++i) facts.best_bridges.push_back(bridges[i].number);
}

void Recommender::tell_topics(std::uint32_t member, CandidateFacts& facts) const {
  std::vector<WeighedNumber> topics;
  const auto own = past_->topics_of(member);
  for (const TopicWeight& sought : finder_.topics()) {
    const auto at = std::lower_bound(
        own.begin(), own.end(), sought.topic,
        [](const TopicWeight& one, std::uint32_t topic) { return one.topic < topic; });
    if (at != own.end() && at->topic == sought.topic && at->weight * sought.weight > 0)
      topics.push_back({at->weight * sought.weight, sought.topic});
  }
  std::sort(topics.begin(), topics.end(), heavier);
  for (const WeighedNumber& one : topics) facts.topics.push_back(one.number);
}

}  // namespace koinon::partners
