// SPDX-License-Identifier: Apache-2.0
#include "data/embedded.hpp"

#include <algorithm>

namespace koinon::data {

std::string_view embedded(std::string_view name) {
  const EmbeddedTable table = embedded_table();
  const auto* last = table.rows + table.size;
  const auto* found = std::find_if(table.rows, last, [&](const EmbeddedRange& row) {
    return name == std::string_view(row.name);
  });
  if (found == last) return {};
  return {found->begin, static_cast<std::size_t>(found->end - found->begin)};
}

}  // namespace koinon::data
