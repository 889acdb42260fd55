// SPDX-License-Identifier: Apache-2.0
#include "graph/coverage.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace koinon::graph {
namespace {

constexpr std::uint64_t most_cells = std::uint64_t{1} << 28;

void check(std::span<const CategoryAxis> axes) {
  if (axes.size() != 2 && axes.size() != 3) throw std::invalid_argument("not two or three axes");
  std::uint64_t cells = 1;
  for (const CategoryAxis& axis : axes) {
    if (axis.of.size() != axes[0].of.size()) throw std::invalid_argument("axes of unlike lengths");
    cells *= axis.categories;
    if (cells > most_cells) throw std::invalid_argument("more than 2^28 cells");
    for (std::size_t i = 0; i < axis.of.size(); ++i) {
      if (axis.of[i] >= axis.categories && axis.of[i] != no_category) {
        throw std::invalid_argument("observation " + std::to_string(i) + ": category " +
                                    std::to_string(axis.of[i]) + " of " +
                                    std::to_string(axis.categories));
      }
    }
  }
}

bool goes_before(const CoverageTable::Gap& x, const CoverageTable::Gap& y) {
  const double missing_x = x.expected - static_cast<double>(x.count);
  const double missing_y = y.expected - static_cast<double>(y.count);
  return missing_x != missing_y ? missing_x > missing_y : x.cell < y.cell;
}

// Leaves the first of some gaps, in any order.
void keep_first(std::vector<CoverageTable::Gap>& gaps, std::size_t most) {
  if (gaps.size() <= most) return;
  std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(most), gaps.end(),
                   goes_before);
  gaps.resize(most);
}

}  // namespace

CoverageTable::CoverageTable(std::span<const CategoryAxis> axes) {
  check(axes);
  std::size_t cells = 1;
  for (std::size_t a = 0; a < margins_.size(); ++a) {
    if (a < axes.size()) sizes_[a] = axes[a].categories;
    margins_[a].resize(sizes_[a]);
    cells *= sizes_[a];
  }
  counts_.resize(cells);
  for (std::size_t i = 0; i < axes[0].of.size(); ++i) {
    std::array<std::uint32_t, 3> cell{};
    bool complete = true;
    for (std::size_t a = 0; a < axes.size(); ++a) {
      cell[a] = axes[a].of[i];
      complete = complete && cell[a] != no_category;
    }
    if (!complete) continue;
    ++total_;
    ++counts_[(std::size_t{cell[0]} * sizes_[1] + cell[1]) * sizes_[2] + cell[2]];
    for (std::size_t a = 0; a < margins_.size(); ++a) ++margins_[a][cell[a]];
  }
}

std::uint64_t CoverageTable::at(std::uint32_t first, std::uint32_t second,
                                std::uint32_t third) const {
  if (first >= sizes_[0] || second >= sizes_[1] || third >= sizes_[2]) {
    throw std::out_of_range("no such category");
  }
  return counts_[(std::size_t{first} * sizes_[1] + second) * sizes_[2] + third];
}

std::vector<CoverageTable::Gap> CoverageTable::gaps(std::uint64_t least, std::size_t most,
                                                    const Watch& watch) const {
  std::vector<Gap> gaps;
  // Of 2^28 cells most may be gaps: those that cannot be among the first are let go on the way.
  const std::size_t room = most < counts_.size() ? 2 * most + 1024 : counts_.size();
  std::size_t seen = 0;
  const auto all = static_cast<double>(total_);
  for (std::uint32_t a = 0; a < sizes_[0]; ++a) {
    for (std::uint32_t b = 0; b < sizes_[1]; ++b) {
      for (std::uint32_t c = 0; c < sizes_[2]; ++c) {
        if (seen++ % 65'536 == 0) tell(watch, seen, counts_.size());
        const std::uint64_t count = at(a, b, c);
        if (count >= least) continue;
        double expected = all;
        for (const std::uint64_t margin : {margins_[0][a], margins_[1][b], margins_[2][c]}) {
          expected *= static_cast<double>(margin) / std::max(all, 1.0);
        }
        if (expected > 0) gaps.push_back({{a, b, c}, count, expected});
        if (gaps.size() > room) keep_first(gaps, most);
      }
    }
  }
  keep_first(gaps, most);
  std::sort(gaps.begin(), gaps.end(), goes_before);
  return gaps;
}

}  // namespace koinon::graph
