// SPDX-License-Identifier: Apache-2.0
#include "graph/code_sets.hpp"

#include <algorithm>
#include <utility>

namespace koinon::graph {

void CodeSets::set(std::uint32_t vertex, std::vector<std::string> codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  const auto [place, fresh] =
      numbers_.emplace(std::move(codes), static_cast<std::uint32_t>(sets_.size()));
  if (fresh) sets_.push_back(place->first);
  if (vertex >= set_of_.size()) {
    if (place->second == 0) return;
    set_of_.resize(std::size_t{vertex} + 1);
  }
  set_of_[vertex] = place->second;
}

void CodeSets::set(std::uint32_t vertex, const std::string& code) {
  set(vertex, code.empty() ? std::vector<std::string>() : std::vector<std::string>{code});
}

const std::vector<std::string>& CodeSets::of(std::uint32_t vertex) const noexcept {
  return sets_[vertex < set_of_.size() ? set_of_[vertex] : 0];
}

bool CodeSets::has(const std::string& code) const {
  return std::any_of(sets_.begin(), sets_.end(), [&](const std::vector<std::string>& set) {
    return std::find(set.begin(), set.end(), code) != set.end();
  });
}

std::vector<std::string> CodeSets::codes() const {
  std::vector<bool> in_use(sets_.size());
  for (const std::uint32_t set : set_of_) in_use[set] = true;
  std::vector<std::string> all;
  for (std::size_t set = 0; set < sets_.size(); ++set) {
    if (in_use[set]) all.insert(all.end(), sets_[set].begin(), sets_[set].end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Bitmap CodeSets::having_any(const std::vector<std::string>& codes) const {
  std::vector<bool> wanted;
  for (const auto& set : sets_) {
    wanted.push_back(std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
      return std::binary_search(set.begin(), set.end(), code);
    }));
  }
  Bitmap found(set_of_.size());
  for (std::uint32_t vertex = 0; vertex < set_of_.size(); ++vertex) {
    if (wanted[set_of_[vertex]]) found.set(vertex);
  }
  return found;
}

}  // namespace koinon::graph
