// SPDX-License-Identifier: Apache-2.0
//
// What the graph of the catalogue knows of an organisation's record as a partner.
#include <algorithm>

#include "engine/graph_view.hpp"

namespace koinon::engine {

GraphView::Experience GraphView::experience(const std::string& organisation, bool as_told) const {
  Experience found;
  const auto member = number_of(organisation, as_told);
  if (!member) return found;
  const graph::IncidenceView view = asked(as_told);
  std::vector<std::uint32_t> works;
  for (const graph::MemberRow& row : view.works_of(*member)) works.push_back(row.work);
  std::sort(works.begin(), works.end());
  works.erase(std::unique(works.begin(), works.end()), works.end());
  found.works = works.size();
  for (const std::uint32_t work : works) {
    const auto& themes = described_.themes.of(work);
    found.themes.insert(found.themes.end(), themes.begin(), themes.end());
  }
  std::sort(found.themes.begin(), found.themes.end());
  found.themes.erase(std::unique(found.themes.begin(), found.themes.end()), found.themes.end());
  return found;
}

std::string GraphView::merged_id(const std::string& organisation) const {
  const auto member = number_of(organisation, false);
  return member ? member_ids_[*member] : organisation;
}

}  // namespace koinon::engine
