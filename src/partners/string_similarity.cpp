// SPDX-License-Identifier: Apache-2.0
#include "partners/string_similarity.hpp"

#include <algorithm>
#include <cstdint>

namespace koinon::partners {

namespace {

constexpr std::size_t longest = 64;  // a bit each

// Half the number of shared bytes that stand in another order.
double transpositions(std::string_view a, std::string_view b, std::uint64_t in_a,
                      std::uint64_t in_b) {
  std::size_t at = 0;
  int moved = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((in_a >> i & 1U) == 0) continue;
    while ((in_b >> at & 1U) == 0) ++at;
    moved += a[i] != b[at] ? 1 : 0;
    ++at;
  }
  return moved / 2.0;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, longest);
  b = b.substr(0, longest);
  if (a == b) return 1;
  if (a.empty() || b.empty()) return 0;
  // Which of several equal bytes are matched depends on who looks for whom.
  if (a.size() > b.size() || (a.size() == b.size() && b < a)) std::swap(a, b);
  const std::size_t window = std::max<std::size_t>(b.size() / 2, 1) - 1;
  std::uint64_t in_a = 0, in_b = 0;
  int shared = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(b.size(), i + window + 1);
    for (std::size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (a[i] != b[j] || (in_b >> j & 1U) != 0) continue;
      in_a |= std::uint64_t(1) << i;
      in_b |= std::uint64_t(1) << j;
      ++shared;
      break;
    }
  }
  if (shared == 0) return 0;
  const double m = shared;
  const double jaro =
      (m / double(a.size()) + m / double(b.size()) + (m - transpositions(a, b, in_a, in_b)) / m) /
      3;
  std::size_t prefix = 0;
  while (prefix < std::min<std::size_t>(4, a.size()) && a[prefix] == b[prefix]) ++prefix;
  return jaro + double(prefix) * 0.1 * (1 - jaro);
}

}  // namespace koinon::partners
