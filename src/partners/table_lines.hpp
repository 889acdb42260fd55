// SPDX-License-Identifier: Apache-2.0
//
// The tables of src/data/organisations: lines of columns parted by tabs, '#' before a remark, the
// first other line naming the columns.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace koinon::partners {

/// The parts of a text between separators: one more than there are separators.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

/// The rows of a table, each with at least `columns` columns; shorter lines are left out.
inline std::vector<std::vector<std::string_view>> table_rows(std::string_view bytes,
                                                             std::size_t columns) {
  std::vector<std::vector<std::string_view>> rows;
  bool named = false;
  for (const std::string_view line : split(bytes, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    auto row = split(line, '\t');
    if (named && row.size() >= columns) rows.push_back(std::move(row));
    named = true;
  }
  return rows;
}

}  // namespace koinon::partners
