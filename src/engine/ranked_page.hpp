// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace koinon::engine {

/// A page of a ranking: of the best `offset + limit`, in order, all but the first `offset`.
/// `better` has to be a strict order in which no two are equal. O(n + page log page), and a page of
/// everything costs one sort, where a heap would take twice as long.
template <class Row, class Better>
std::vector<Row> ranked_page(std::vector<Row> rows, std::size_t offset, std::size_t limit,
                             Better better) {
  const std::size_t from = std::min(offset, rows.size());
  const std::size_t to = from + std::min(limit, rows.size() - from);
  const auto end = rows.begin() + static_cast<std::ptrdiff_t>(to);
  if (end != rows.end()) std::nth_element(rows.begin(), end, rows.end(), better);
  std::sort(rows.begin(), end, better);
  rows.erase(end, rows.end());
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(from));
  return rows;
}

}  // namespace koinon::engine
