// SPDX-License-Identifier: Apache-2.0
#include "partners/tying_works.hpp"

#include <algorithm>
#include <numeric>

namespace koinon::partners {

TyingWorks::TyingWorks(const graph::Affiliations& all, std::span<const std::uint8_t> tying,
                       std::span<const float> steady, std::span<const float> recent) {
  number_members(all, tying);
  std::vector<std::uint32_t> ties(all.work_count(), none);
  offsets_.push_back(0);
  for (std::uint32_t work = 0; work < all.work_count(); ++work) {
    if (tying[work] == 0) continue;
    ties[work] = count();
    works_.push_back(work);
    const auto members = all.members_of(work);
    const auto begin = static_cast<std::ptrdiff_t>(members_.size());
    for (const std::uint32_t member : members) members_.push_back(numbers_[member]);
    std::sort(members_.begin() + begin, members_.end());
    offsets_.push_back(static_cast<std::uint32_t>(members_.size()));
    const auto size = static_cast<float>(members.size());
    weights_.push_back({steady[work], recent[work], steady[work] / (size - 1), 1 / size});
  }
  ties_.reserve(members_.size());
  for (Tied& one : tied_) {
    one.begin = static_cast<std::uint32_t>(ties_.size());
    if (&one == &tied_.back()) break;
    for (const std::uint32_t work : all.works_of(one.member))
      if (ties[work] != none) ties_.push_back(ties[work]);
  }
}

void TyingWorks::number_members(const graph::Affiliations& all,
                                std::span<const std::uint8_t> tying) {
  std::vector<std::uint32_t> degrees(all.member_count(), 0);
  std::vector<std::uint32_t> order;
  for (std::uint32_t member = 0; member < all.member_count(); ++member) {
    for (const std::uint32_t work : all.works_of(member)) degrees[member] += tying[work];
    if (degrees[member] > 0) order.push_back(member);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return degrees[a] > degrees[b]; });
  numbers_.assign(all.member_count(), none);
  tied_.resize(order.size() + 1);
  for (std::uint32_t number = 0; number < order.size(); ++number) {
    tied_[number].member = order[number];
    numbers_[order[number]] = number;
  }
}

void TyingWorks::set_activity(std::uint32_t member, float steady, float places) {
  if (numbers_[member] == none) return;
  tied_[numbers_[member]].per_work = 1 / (steady + 1);
  tied_[numbers_[member]].per_place = 1 / (places + 1);
}

}  // namespace koinon::partners
