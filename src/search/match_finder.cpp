// SPDX-License-Identifier: Apache-2.0
#include "search/match_finder.hpp"

#include <algorithm>
#include <tuple>

#include "search/document_of.hpp"
#include "text/stem.hpp"

namespace koinon::search {

MatchFinder::MatchFinder(std::span<const index::Clause> clauses) {
  for (const index::Clause& clause : clauses) {
    if (clause.occur == index::Occur::MustNot || clause.groups.empty()) continue;
    for (std::size_t group = 0; group < clause.groups.size(); ++group) {
      for (const std::string& term : clause.groups[group].alternatives) {
        roles_[term].push_back({sizes_.size(), group});
      }
    }
    sizes_.push_back(clause.groups.size());
  }
}

void MatchFinder::add_roles(const std::string& term, std::vector<Role>& roles) const {
  const auto found = roles_.find(term);
  if (found != roles_.end()) roles.insert(roles.end(), found->second.begin(), found->second.end());
}

void MatchFinder::gather(std::string_view text, std::string_view language) {
  players_.clear();
  const std::string primary = text::primary_language(language);
  std::vector<Role> roles;
  std::string term;
  for (const text::AnalysedToken& token : analyser_.run(text, primary)) {
    roles.clear();
    term = token.surface;
    add_roles(term, roles);
    if (!token.stem.empty()) {
      term.clear();
      append_stem_term(term, primary, token.stem);
      add_roles(term, roles);
    }
    if (roles.empty()) continue;
    players_.push_back({token.begin, token.end, token.position, roles});
    if (players_.size() == max_matched_words) return;
  }
}

bool MatchFinder::plays(std::size_t player, std::uint32_t position, const Role& role) const {
  if (player >= players_.size() || players_[player].position != position) return false;
  const std::vector<Role>& roles = players_[player].roles;
  return std::any_of(roles.begin(), roles.end(), [&](const Role& each) {
    return each.clause == role.clause && each.group == role.group;
  });
}

// Whether the clause stands whole from this player on.
bool MatchFinder::whole(std::size_t player, std::size_t clause) const {
  const std::uint32_t begin = players_[player].position;
  for (std::size_t group = 1; group < sizes_[clause]; ++group) {
    const std::uint32_t position = begin + static_cast<std::uint32_t>(group);
    if (!plays(player + group, position, {clause, group})) return false;
  }
  return true;
}

std::vector<TextMatch> MatchFinder::find(std::string_view text, std::string_view language) {
  gather(text, language);
  std::vector<TextMatch> found;
  std::vector<std::size_t> covered(sizes_.size(), 0);  // players before this are in, by clause
  for (std::size_t i = 0; i < players_.size(); ++i) {
    for (const Role& role : players_[i].roles) {
      if (role.group != 0 || !whole(i, role.clause)) continue;
      const std::size_t end = i + sizes_[role.clause];
      for (std::size_t k = std::max(i, covered[role.clause]); k < end; ++k) {
        found.push_back({players_[k].begin, players_[k].end, role.clause});
      }
      covered[role.clause] = std::max(covered[role.clause], end);
    }
  }
  std::sort(found.begin(), found.end(), [](const TextMatch& a, const TextMatch& b) {
    return std::tie(a.begin, a.clause) < std::tie(b.begin, b.clause);
  });
  return found;
}

}  // namespace koinon::search
