// SPDX-License-Identifier: Apache-2.0
#include "text/edit_distance.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "text/utf8.hpp"

namespace koinon::text {

namespace {

std::vector<std::uint32_t> characters(std::string_view text) {
  std::vector<std::uint32_t> codes;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode(text, at);
    codes.push_back(next.code == ill_formed ? 0x110000U + static_cast<unsigned char>(text[at])
                                            : next.code);
    at += next.size;
  }
  return codes;
}

}  // namespace

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  const std::vector<std::uint32_t> rows = characters(a);
  const std::vector<std::uint32_t> columns = characters(b);
  const std::size_t shorter = std::min(rows.size(), columns.size());
  if (std::max(rows.size(), columns.size()) - shorter > limit) return limit + 1;
  std::vector<unsigned> row(columns.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (const std::uint32_t code : rows) {
    unsigned diagonal = row[0]++;
    unsigned least = row[0];
    for (std::size_t i = 1; i < row.size(); ++i) {
      const unsigned replaced = diagonal + (columns[i - 1] == code ? 0U : 1U);
      diagonal = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, replaced});
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
  }
  return std::min(row.back(), limit + 1);
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).size) ++count;
  return count;
}

}  // namespace koinon::text
