// SPDX-License-Identifier: Apache-2.0
#include "graph/walk_system.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace koinon::graph {

WalkSystem::WalkSystem(const Affiliations& graph) {
  std::vector<std::uint32_t> works;
  for (std::uint32_t work = 0; work < graph.work_count(); ++work) {
    if (graph.share(work) > 0) works.push_back(work);
  }
  number_members(graph, works);
  // By size, so that the inner loops of add_product() run alike for long.
  std::stable_sort(works.begin(), works.end(), [&](std::uint32_t a, std::uint32_t b) {
    return graph.members_of(a).size() < graph.members_of(b).size();
  });
  work_offsets_.push_back(0);
  for (const std::uint32_t work : works) {
    for (const std::uint32_t member : graph.members_of(work)) members_.push_back(numbers_[member]);
    work_offsets_.push_back(static_cast<std::uint32_t>(members_.size()));
    shares_.push_back(graph.share(work));
  }
  turn();
}

void WalkSystem::number_members(const Affiliations& graph, std::span<const std::uint32_t> works) {
  constexpr std::uint32_t none = 0xffffffff;
  numbers_.assign(graph.member_count(), none);
  for (const std::uint32_t work : works) {
    for (const std::uint32_t member : graph.members_of(work)) {
      if (numbers_[member] != none) continue;
      numbers_[member] = static_cast<std::uint32_t>(ids_.size());
      ids_.push_back(member);
    }
  }
  std::replace(numbers_.begin(), numbers_.end(), none, static_cast<std::uint32_t>(ids_.size()));
}

void WalkSystem::turn() {
  strengths_.assign(size(), 0);
  kept_.assign(size(), 0);
  member_offsets_.assign(size() + 1, 0);
  for (const std::uint32_t member : members_) ++member_offsets_[std::size_t{member} + 1];
  std::partial_sum(member_offsets_.begin(), member_offsets_.end(), member_offsets_.begin());
  works_.resize(members_.size());
  auto next = member_offsets_;
  for (std::uint32_t work = 0; work < works(); ++work) {
    for (const std::uint32_t member : members_of(work)) {
      works_[next[member]++] = work;
      strengths_[member] += 1;
      kept_[member] += shares_[work];
    }
  }
  inverse_.resize(size());
  std::transform(strengths_.begin(), strengths_.end(), inverse_.begin(),
                 [](double strength) { return 1 / strength; });
}

void WalkSystem::add_product(std::span<const double> in, std::span<double> out) const noexcept {
  const std::uint32_t* member = members_.data();
  for (std::uint32_t work = 0; work < works(); ++work) {
    const std::uint32_t* const end = members_.data() + work_offsets_[std::size_t{work} + 1];
    double sum = 0;
    for (const std::uint32_t* at = member; at != end; ++at) sum += in[*at];
    sum *= shares_[work];
    for (; member != end; ++member) out[*member] += sum;
  }
}

WalkSolver::WalkSolver(const WalkSystem& system)
    : system_(system),
      t_(system.size()),
      residual_(system.size()),
      ahead_(system.size()),
      image_(system.size()) {}

// From the residual: the first direction.
WalkSolver::Gap WalkSolver::begin() {
  const auto inverse = system_.inverse();
  Gap gap;
  rest_ = 0;
  for (std::size_t m = 0; m < t_.size(); ++m) {
    ahead_[m] = residual_[m] * inverse[m];
    image_[m] = 0;
    rest_ += residual_[m] * ahead_[m];
    gap.sum += std::abs(residual_[m]);
    gap.largest = std::max(gap.largest, std::abs(ahead_[m]));
  }
  return gap;
}

WalkSolver::Gap WalkSolver::start(double damping, std::span<const double> wanted) {
  damping_ = damping;
  std::fill(t_.begin(), t_.end(), 0.0);
  std::copy(wanted.begin(), wanted.end(), residual_.begin());
  return begin();
}

WalkSolver::Gap WalkSolver::confirm(std::span<const double> wanted) {
  const auto strengths = system_.strengths();
  const auto kept = system_.kept();
  std::fill(image_.begin(), image_.end(), 0.0);
  system_.add_product(t_, image_);
  for (std::size_t m = 0; m < t_.size(); ++m) {
    residual_[m] = wanted[m] - strengths[m] * t_[m] + damping_ * (image_[m] - kept[m] * t_[m]);
  }
  return begin();
}

WalkSolver::Gap WalkSolver::step() {
  const auto strengths = system_.strengths();
  const auto inverse = system_.inverse();
  const auto kept = system_.kept();
  system_.add_product(ahead_, image_);  // which is all 0 before
  double curvature = 0;
  for (std::size_t m = 0; m < t_.size(); ++m) {
    image_[m] = strengths[m] * ahead_[m] - damping_ * (image_[m] - kept[m] * ahead_[m]);
    curvature += image_[m] * ahead_[m];
  }
  if (!(curvature > 0)) return {};  // the residual is 0
  const double length = rest_ / curvature;
  double next = 0;
  Gap gap;
  for (std::size_t m = 0; m < t_.size(); ++m) {
    t_[m] += length * ahead_[m];
    residual_[m] -= length * image_[m];
    image_[m] = 0;
    const double scaled = residual_[m] * inverse[m];
    next += residual_[m] * scaled;
    gap.sum += std::abs(residual_[m]);
    gap.largest = std::max(gap.largest, std::abs(scaled));
  }
  const double turn = next / rest_;
  for (std::size_t m = 0; m < t_.size(); ++m) {
    ahead_[m] = residual_[m] * inverse[m] + turn * ahead_[m];
  }
  rest_ = next;
  return gap;
}

}  // namespace koinon::graph
