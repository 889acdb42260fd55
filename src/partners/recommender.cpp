// SPDX-License-Identifier: Apache-2.0
#include "partners/recommender.hpp"

#include <algorithm>
#include <limits>

namespace koinon::partners {

namespace {

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
  allowed_ = &allowed;
  asked_ = asked;
  finder_.begin(past, asked_);
  first_.score(past, asked_, finder_, model);
  reorder_head(wanted);
  return ranked_;
}

void Recommender::reorder_head(std::size_t wanted) {
  // Beyond those that are looked at again, the order of the first step is of use as a whole.
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  std::vector<RankedCandidate>& best =
      first_.best(*allowed_, wanted <= looked_at ? looked_at : all);
  const std::size_t head = std::min(looked_at, best.size());
  const auto middle = best.begin() + static_cast<std::ptrdiff_t>(head);
  if (middle != best.end()) std::nth_element(best.begin(), middle, best.end(), better);
  ranked_.assign(best.begin(), middle);
  SignalValues values;
  for (RankedCandidate& one : ranked_) {
    finder_.values(one.member, values);
    one.score = model_->score(values) + gain(one.member);
  }
  const std::size_t kept = std::min(wanted, head);
  std::partial_sort(ranked_.begin(), ranked_.begin() + static_cast<std::ptrdiff_t>(kept),
                    ranked_.end(), better);
  if (wanted <= head || middle == best.end()) {
    ranked_.resize(kept);
    return;
  }
  // The others follow in that order, below all that were looked at.
  const std::size_t more = std::min(wanted, best.size());
  std::partial_sort(middle, best.begin() + static_cast<std::ptrdiff_t>(more), best.end(), better);
  const float lower = std::min(0.0F, ranked_.back().score - middle->score);
  for (std::size_t i = head; i < more; ++i)
    ranked_.push_back({best[i].member, best[i].score + lower});
}

float Recommender::gain(std::uint32_t member) const {
  const auto at = std::lower_bound(
      asked_.gains.begin(), asked_.gains.end(), member,
      [](const MemberWeight& one, std::uint32_t number) { return one.member < number; });
  return at != asked_.gains.end() && at->member == member ? at->weight : 0.0F;
}

std::array<float, grounds> Recommender::contributions(std::uint32_t member) {
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

bool Recommender::heavier(const WeighedNumber& a, const WeighedNumber& b) noexcept {
  return a.weight != b.weight ? a.weight > b.weight : a.number < b.number;
}

// Works shared with the asked, and the bridges in its others.
void Recommender::tell_works(std::uint32_t member, std::size_t limit, CandidateFacts& facts) {
  const TyingWorks& ties = past_->ties();
  const PartnerWalk& walk = finder_.walk();
  weighed_.clear();
  const std::uint32_t number = ties.number(member);
  if (number == TyingWorks::none) return;
  met_.reset(static_cast<std::uint32_t>(walk.bridges().size()));
  const std::size_t self = walk.bridge(number);
  const auto meet = [&](std::size_t bridge, std::uint32_t tie) {
    if (bridge == self) return;
    const std::size_t place = met_.insert(static_cast<std::uint32_t>(bridge));
    if (place == weighed_.size()) weighed_.push_back({0, ties.tied(walk.bridges()[bridge]).member});
    weighed_[place].weight += walk.weight(bridge).steady * ties.tie(tie).steady;
  };
  // They are sorted by start: the latest are last.
  const auto own = ties.ties_of(number);
  for (auto at = own.rbegin(); at != own.rend(); ++at) {
    const std::uint32_t tie = *at;
    if (!walk.is_own(tie)) {
      walk.each_bridge_in(tie, [&](std::size_t bridge) { meet(bridge, tie); });
      continue;
    }
    // Of a work of the asked all are partners but they themselves.
    std::uint32_t with = TyingWorks::none;
    for (const std::uint32_t other : ties.in(tie)) {
      const std::uint32_t one = ties.tied(other).member;
      if (finder_.is_asked(one))
        with = std::min(with, one);
      else
        meet(walk.bridge(other), tie);
    }
    if (facts.shared_works.size() < limit) facts.shared_works.emplace_back(ties.work(tie), with);
    ++facts.shared;
  }
  facts.bridges = static_cast<std::uint32_t>(weighed_.size());
  const std::size_t kept = std::min(limit, weighed_.size());
  std::partial_sort(weighed_.begin(), weighed_.begin() + static_cast<std::ptrdiff_t>(kept),
                    weighed_.end(), heavier);
  for (std::size_t i = 0; i < kept; ++i) facts.best_bridges.push_back(weighed_[i].number);
}

void Recommender::tell_topics(std::uint32_t member, CandidateFacts& facts) {
  weighed_.clear();
  const auto own = past_->topics_of(member);
  for (const TopicWeight& sought : finder_.topics()) {
    const auto at = std::lower_bound(
        own.begin(), own.end(), sought.topic,
        [](const TopicWeight& one, std::uint32_t topic) { return one.topic < topic; });
    if (at != own.end() && at->topic == sought.topic && at->weight * sought.weight > 0)
      weighed_.push_back({at->weight * sought.weight, sought.topic});
  }
  std::sort(weighed_.begin(), weighed_.end(), heavier);
  for (const WeighedNumber& one : weighed_) facts.topics.push_back(one.number);
}

}  // namespace koinon::partners
