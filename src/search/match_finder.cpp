// SPDX-License-Identifier: Apache-2.0
#include "search/match_finder.hpp"

#include <algorithm>
#include <tuple>

#include "search/terms.hpp"
#include "text/edit_distance.hpp"

namespace koinon::search {

MatchFinder::MatchFinder(std::span<const index::Clause> clauses, const text::Thesaurus* thesaurus)
    : thesaurus_(thesaurus) {
  for (const index::Clause& clause : clauses) add_clause(clause);
}

void MatchFinder::add_clause(const index::Clause& clause) {
  if (clause.occur == index::Occur::MustNot) return;
  for (const index::Clause& inner : clause.clauses) add_clause(inner);
  if (clause.pattern) {
    patterns_.push_back({*clause.pattern, sizes_.size()});
    sizes_.push_back(1);
    slops_.push_back(0);
  }
  if (clause.groups.empty()) return;
  for (std::size_t group = 0; group < clause.groups.size(); ++group) {
    for (const index::Alternative& each : clause.groups[group].alternatives) {
      roles_[each.term].push_back({sizes_.size(), group});
      if (thesaurus_ && !concepts_ && kind_of_term(each.term) == TermKind::Concept)
        concepts_.emplace(*thesaurus_);
    }
  }
  sizes_.push_back(clause.groups.size());
  slops_.push_back(clause.slop);
}

void MatchFinder::add_roles(const std::string& term, std::vector<Role>& roles) const {
  const auto found = roles_.find(term);
  if (found != roles_.end()) roles.insert(roles.end(), found->second.begin(), found->second.end());
}

void MatchFinder::add_likeness(std::string_view word, std::vector<Role>& roles) const {
  for (const Likeness& like : patterns_) {
    const index::Pattern& pattern = like.pattern;
    const bool matches =
        pattern.kind == index::Pattern::Kind::Prefix
            ? word.substr(0, pattern.text.size()) == pattern.text
            : text::edit_distance(word, pattern.text, pattern.distance) <= pattern.distance;
    if (matches) roles.push_back({like.clause, 0});
  }
}

void MatchFinder::gather(std::string_view language, std::span<const text::AnalysedToken> tokens) {
  players_.clear();
  std::vector<Role> roles;
  std::string term;
  for (const text::AnalysedToken& token : tokens) {
    if (players_.size() == max_matched_words) break;
    roles.clear();
    term = token.surface;
    add_roles(term, roles);
    add_likeness(token.surface, roles);
    term.clear();
    append_word_term(term, language, token);
    add_roles(term, roles);
    text::each_part(token, [&](std::string_view stem) {
      term.clear();
      append_word_term(term, language, stem);
      add_roles(term, roles);
    });
    if (!roles.empty()) players_.push_back({token.begin, token.end, token.position, roles});
  }
}

// A concept plays alone, over all of its words.
void MatchFinder::gather_concepts(std::string_view text, std::string_view language,
                                  std::span<const text::AnalysedToken> tokens) {
  std::vector<Role> roles;
  for (const text::FoundConcept& found :
       concepts_->run(text, tokens, language, text::TextKind::Document)) {
    if (players_.size() >= max_matched_words) break;
    roles.clear();
    add_roles(term_of(TermKind::Concept, thesaurus_->uri(found.id)), roles);
    if (roles.empty()) continue;
    players_.push_back({found.begin, found.end, tokens[found.first].position, roles});
  }
  std::stable_sort(players_.begin(), players_.end(),
                   [](const Player& a, const Player& b) { return a.position < b.position; });
}

bool MatchFinder::plays(std::size_t player, const Role& role) const {
  const std::vector<Role>& roles = players_[player].roles;
  return std::any_of(roles.begin(), roles.end(), [&](const Role& each) {
    return each.clause == role.clause && each.group == role.group;
  });
}

// Whether the clause stands whole from this player on, and who takes part: each word is the next of
// its kind, as the index sees it too.
bool MatchFinder::whole(std::size_t player, std::size_t clause,
                        std::vector<std::size_t>& members) const {
  members = {player};
  std::uint32_t spare = slops_[clause];
  for (std::size_t group = 1; group < sizes_[clause]; ++group) {
    const std::uint32_t before = players_[members.back()].position;
    std::size_t next = members.back() + 1;
    while (next < players_.size() && players_[next].position - before - 1 <= spare &&
           !plays(next, {clause, group})) {
      ++next;
    }
    if (next == players_.size() || players_[next].position - before - 1 > spare) return false;
    spare -= players_[next].position - before - 1;
    members.push_back(next);
  }
  return true;
}

void MatchFinder::match(std::size_t shift, std::vector<TextMatch>& found) const {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < players_.size(); ++i) {
    for (const Role& role : players_[i].roles) {
      if (role.group != 0 || !whole(i, role.clause, members)) continue;
      for (const std::size_t member : members)
        found.push_back(
            {players_[member].begin + shift, players_[member].end + shift, role.clause});
    }
  }
}

std::vector<TextMatch> MatchFinder::find(const TextPart& part) {
  std::vector<TextMatch> found;
  reader_.read(part, [&](const Reading& reading, std::span<const text::AnalysedToken> tokens) {
    gather(reading.language, tokens);
    const std::string_view text = part.text.substr(reading.begin, reading.end - reading.begin);
    if (concepts_) gather_concepts(text, reading.language, tokens);
    match(reading.begin, found);
  });
  const auto key = [](const TextMatch& match) { return std::tie(match.begin, match.clause); };
  std::sort(found.begin(), found.end(),
            [&](const TextMatch& a, const TextMatch& b) { return key(a) < key(b); });
  // A word may belong to several places of one phrase.
  found.erase(std::unique(found.begin(), found.end(),
                          [&](const TextMatch& a, const TextMatch& b) { return key(a) == key(b); }),
              found.end());
  return found;
}

}  // namespace koinon::search
