// SPDX-License-Identifier: Apache-2.0
#include "partners/partner_walk.hpp"

#include <algorithm>
#include <bit>

namespace koinon::partners {

void PartnerWalk::begin(const PastWork& past, std::span<const std::uint32_t> asked,
                        bool acquainted) {
  forget();
  past_ = &past;
  ties_ = &past.ties();
  graph::grow_to(bridged_, ties_->tied_count());
  // A place is written before it is known whether it is needed.
  graph::grow_to(reached_, std::size_t{ties_->tied_count()} + 1);
  graph::grow_to(spreads_, ties_->count());
  graph::grow_to(steps_, ties_->count());
  asked_.reset(past.member_count());
  for (const std::uint32_t member : asked)
    if (member < past.member_count()) asked_.add(member);
  take_own();
  find_bridges();
  meet(acquainted);
  leave_bridges();
  arrive();
  find_reached();
  walk_on();
  met_in_.assign(shared_.size() > marked ? shared_.size() : 0, 0);
  counts_ = 0;
}

void PartnerWalk::forget() {
  for (const std::uint32_t tie : far_) spreads_[tie] = {};
  for (const std::uint32_t tied : reached()) bridged_[tied] = Bridged{};
  for (const std::uint32_t tied : bridges()) bridged_[tied] = Bridged{};
  far_.clear();
  links_.clear();
  reached_count_ = 0;
}

void PartnerWalk::take_own() {
  own_.reset(ties_->count());
  own_counts_.clear();
  for (const std::uint32_t one : asked()) {
    const std::uint32_t tied = ties_->number(one);
    if (tied == none) continue;
    for (const std::uint32_t tie : ties_->ties_of(tied)) {
      const std::size_t place = own_.insert(tie);
      if (place == own_counts_.size()) own_counts_.push_back(0);
      own_counts_[place] += 1;
    }
  }
}

// Who has worked with the asked, the busiest first: marks are then for those who are in most works.
void PartnerWalk::find_bridges() {
  bridges_.reset(ties_->tied_count());
  for (const std::uint32_t tie : own_.members()) {
    for (const std::uint32_t tied : ties_->in(tie))
      if (!is_asked(ties_->tied(tied).member)) bridges_.insert(tied);
  }
  order_.assign(bridges().begin(), bridges().end());
  std::sort(order_.begin(), order_.end());
  bridges_.reset(ties_->tied_count());
  for (const std::uint32_t tied : order_) bridges_.insert(tied);
}

void PartnerWalk::meet(bool acquainted) {
  shared_.assign(bridges().size(), {});
  for (std::size_t i = 0; i < own_counts_.size(); ++i) {
    const TyingWorks::Tie& tie = ties_->tie(own_.members()[i]);
    const float n = own_counts_[i];
    const float steady = n * tie.steady;
    for (const std::uint32_t tied : ties_->in(own_.members()[i])) {
      if (!is_bridge(tied)) continue;  // one of the asked
      Shared& shared = shared_[bridge(tied)];
      shared.direct += steady;
      shared.recent += n * tie.recent;
      shared.triples += steady * (n - 1);
      shared.overlap = std::max(shared.overlap, n);
      shared.norm += n * tie.norm;
    }
  }
  weights_.clear();
  for (std::size_t i = 0; i < shared_.size(); ++i) {
    const float degree = past_->partners_log(ties_->tied(bridges()[i]).member);
    weights_.push_back({shared_[i].direct / degree, shared_[i].recent / degree});
  }
  if (!acquainted) return;
  for (const std::uint32_t one : asked()) {
    const std::uint32_t number = ties_->number(one);
    if (number == none) continue;
    met_.reset(ties_->tied_count());
    for (const std::uint32_t tie : ties_->ties_of(number)) {
      for (const std::uint32_t tied : ties_->in(tie))
        if (is_bridge(tied) && met_.add(tied)) shared_[bridge(tied)].acquainted += 1;
    }
  }
}

// From the bridges to their other works. What a bridge will be given by itself there is taken off
// beforehand.
void PartnerWalk::leave_bridges() {
  for (std::uint32_t i = 0; i < weights_.size(); ++i) {
    const Weight weight = weights_[i];
    const std::uint64_t mark = i < marked ? std::uint64_t{1} << i : 0;
    Bridged own{};
    for (const std::uint32_t number : ties_->ties_of(bridges()[i])) {
      if (is_own(number)) continue;
      Spread& spread = spreads_[number];
      if (spread.last == none) far_.push_back(number);
      spread.steady += weight.steady;
      spread.recent += weight.recent;
      spread.bridges += 1;
      spread.marks |= mark;
      links_.push_back({i, spread.last});
      spread.last = static_cast<std::uint32_t>(links_.size() - 1);
      const TyingWorks::Tie& tie = ties_->tie(number);
      const float steady = tie.steady * weight.steady;
      own -= Bridged{steady, tie.norm * weight.steady, 0, tie.steady};
    }
    bridged_[bridges()[i]] = own;
  }
}

// From those works to their members.
void PartnerWalk::arrive() {
  Bridged* const bridged = bridged_.data();
  for (const std::uint32_t number : far_) {
    const TyingWorks::Tie& tie = ties_->tie(number);
    const Spread& spread = spreads_[number];
    const float places = tie.steady * spread.bridges;
    const Bridged step = {tie.steady * spread.steady, tie.norm * spread.steady,
                          places * spread.bridges, places};
    for (const std::uint32_t tied : ties_->in(number)) bridged[tied] += step;
  }
  for (const std::uint32_t tied : bridges()) {
    for (const Part part : {Steady, Norm, Places})  // what is left of rounding
      bridged[tied][part] = std::max(bridged[tied][part], 0.0F);
  }
}

// In one pass over all, by number: what follows then goes through memory in order, from the busiest
// on, so that it takes each time about as many turns as the time before.
void PartnerWalk::find_reached() {
  std::uint32_t* const reached = reached_.data();
  std::size_t count = 0;
  for (std::uint32_t tied = 0; tied < ties_->tied_count(); ++tied) {
    reached[count] = tied;
    count += bridged_[tied][Square] > 0 ? 1 : 0;
  }
  reached_count_ = count;
}

void PartnerWalk::share_out(std::uint32_t tied, float share) {
  share *= ties_->tied(tied).per_work;
  float* const shares = third_shares_.data();
  for (const std::uint32_t tie : ties_->ties_of(tied)) shares[tie] += share;
}

// One step more: from everyone reached, by what they are reached with for each of their works.
void PartnerWalk::walk_on() {
  third_shares_.assign(ties_->count(), 0.0F);
  for (const std::uint32_t tied : reached()) {
    if (!is_bridge(tied)) share_out(tied, bridged_[tied][Norm]);
  }
  for (std::size_t i = 0; i < shared_.size(); ++i)
    share_out(bridges()[i], bridged_[bridges()[i]][Norm] + shared_[i].norm);
  Step* const steps = steps_.data();
  const Spread* const spreads = spreads_.data();
  const float* const thirds = third_shares_.data();
  const auto ties = ties_->ties();
  for (std::size_t i = 0; i < ties.size(); ++i)
    steps[i] = {ties[i].recent * spreads[i].recent, ties[i].share * spreads[i].bridges,
                ties[i].norm * thirds[i], spreads[i].marks};
}

PartnerWalk::Beyond PartnerWalk::beyond(std::uint32_t tied) {
  Beyond found;
  std::uint64_t marks = 0;
  for (const std::uint32_t tie : ties_->ties_of(tied)) {
    const Step& step = steps_[tie];
    found.recent += step.recent;
    found.dense = std::max(found.dense, step.dense);
    found.third += step.third;
    marks |= step.marks;
  }
  const std::size_t self = bridge(tied);
  if (self < shared_.size()) {
    // It is no bridge to itself.
    if (self < marked) marks &= ~(std::uint64_t{1} << self);
    for (const std::uint32_t tie : ties_->ties_of(tied))
      if (!is_own(tie)) found.recent -= ties_->tie(tie).recent * weights_[self].recent;
    found.recent = std::max(found.recent, 0.0F);
  }
  auto common = static_cast<std::uint32_t>(std::popcount(marks));
  if (shared_.size() > marked) common += common_beyond_marks(tied, self);
  found.common = static_cast<float>(common);
  return found;
}

std::uint32_t PartnerWalk::common_beyond_marks(std::uint32_t tied, std::size_t self) {
  const std::uint32_t count = ++counts_;
  std::uint32_t* const met_in = met_in_.data();
  const Link* const links = links_.data();
  std::uint32_t common = 0;
  if (self < shared_.size()) met_in[self] = count;
  for (const std::uint32_t tie : ties_->ties_of(tied)) {
    // The last come first: those with a mark are behind all others.
    for (std::uint32_t at = spreads_[tie].last; at != none && links[at].bridge >= marked;
         at = links[at].before) {
      std::uint32_t& met = met_in[links[at].bridge];
      common += met != count ? 1 : 0;
      met = count;
    }
  }
  return common;
}

}  // namespace koinon::partners
