// SPDX-License-Identifier: Apache-2.0
#include "index/evaluation.hpp"

#include <algorithm>

#include "index/bm25.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

// Steps between two looks at the cancel flag: some tens of microseconds.
constexpr std::uint32_t poll_interval = 4096;

// Moves every cursor to the next document that all of them have.
bool next_common(std::vector<GroupCursor>& cursors, const auto& step) {
  if (!cursors[0].next()) return false;
  std::uint32_t target = cursors[0].document();
  std::size_t agreeing = 1;
  for (std::size_t i = 1 % cursors.size(); agreeing < cursors.size();
       i = (i + 1) % cursors.size()) {
    while (cursors[i].document() < target) {
      step();
      if (!cursors[i].next()) return false;
    }
    agreeing = cursors[i].document() == target ? agreeing + 1 : 1;
    target = cursors[i].document();
  }
  return true;
}

// Where a phrase begins: the places of its first word that the others follow. `found` holds the
// answer.
void phrase_places(std::vector<GroupCursor>& cursors, std::vector<Place>& found) {
  found = cursors[0].places();
  for (std::size_t i = 1; i < cursors.size(); ++i) {
    const std::vector<Place>& places = cursors[i].places();
    auto at = places.begin();
    const auto follows = [&](Place begin) {
      at = std::lower_bound(at, places.end(), begin + i);
      return at != places.end() && *at == begin + i;
    };
    found.erase(
        std::remove_if(found.begin(), found.end(), [&](Place begin) { return !follows(begin); }),
        found.end());
  }
}

}  // namespace

Evaluation::Evaluation(const MemoryIndex& index, const Query& query, const CancelToken& cancel)
    : index_(index), query_(query), cancel_(cancel) {}

void Evaluation::poll() {
  if (++steps_ % poll_interval == 0 && cancel_.cancelled()) {
    throw Error(ErrorCode::Cancelled, "the search was cancelled");
  }
}

void Evaluation::prepare_filters() {
  for (const FacetFilter& filter : query_.filters) {
    filters_.push_back({index_.facets_.members(filter), filter.none});
  }
}

GroupCursor Evaluation::cursor_of(const TermGroup& group) const {
  std::vector<const Term*> terms;
  for (const std::string& alternative : group.alternatives) {
    const Term* term = index_.dictionary_.find(alternative);
    const bool known = std::find(terms.begin(), terms.end(), term) != terms.end();
    if (term != nullptr && !known) terms.push_back(term);
  }
  return {index_.pool_, terms};
}

void Evaluation::match(std::uint32_t ordinal, double frequency) {
  matches_.push_back({ordinal, frequency});
}

void Evaluation::find_word(const TermGroup& group) {
  GroupCursor cursor = cursor_of(group);
  while (cursor.next()) {
    poll();
    if (!index_.entries_[cursor.document()].live) continue;
    match(cursor.document(), cursor.weighted_frequency(index_.boosts_));
  }
}

void Evaluation::find_phrase(const Clause& clause) {
  std::vector<GroupCursor> cursors;
  cursors.reserve(clause.groups.size());
  for (const TermGroup& group : clause.groups) cursors.push_back(cursor_of(group));
  // All but the first, which next_common() moves, must stand on a document to be compared.
  for (std::size_t i = 1; i < cursors.size(); ++i) {
    if (!cursors[i].next()) return;
  }
  std::vector<Place> places;
  while (next_common(cursors, [this] { poll(); })) {
    poll();
    const std::uint32_t ordinal = cursors[0].document();
    if (!index_.entries_[ordinal].live) continue;
    phrase_places(cursors, places);
    if (!places.empty()) match(ordinal, weighted_frequency(places, index_.boosts_));
  }
}

void Evaluation::find(const Clause& clause) {
  matches_.clear();
  if (clause.groups.size() == 1) {
    find_word(clause.groups[0]);
  } else {
    find_phrase(clause);
  }
}

void Evaluation::score() {
  const auto documents = static_cast<double>(index_.live_);
  const double mean = static_cast<double>(index_.live_tokens_) / documents;
  const double idf = bm25_idf(documents, static_cast<double>(matches_.size()));
  for (const Match& found : matches_) {
    const double length = index_.entries_[found.ordinal].length;
    scores_[found.ordinal] += idf * bm25_weight(found.frequency, length / mean);
  }
}

void Evaluation::apply(const Clause& clause) {
  find(clause);
  if (clause.occur == Occur::MustNot) {
    for (const Match& found : matches_) excluded_[found.ordinal] = 1;
    return;
  }
  score();
  if (clause.occur == Occur::Must) {
    for (const Match& found : matches_) ++musts_[found.ordinal];
    ++must_clauses_;
  } else {
    for (const Match& found : matches_) shoulds_[found.ordinal] = 1;
    ++should_clauses_;
  }
}

bool Evaluation::passes_filters(std::uint32_t ordinal) const {
  const auto values = index_.facets_.values(ordinal);
  return std::all_of(filters_.begin(), filters_.end(), [&](const PreparedFilter& filter) {
    const bool any = std::any_of(values.begin(), values.end(),
                                 [&](std::uint32_t value) { return filter.members[value] != 0; });
    return any != filter.none;
  });
}

bool Evaluation::accepts(std::uint32_t ordinal) const {
  if (!index_.entries_[ordinal].live || excluded_[ordinal] != 0) return false;
  if (musts_[ordinal] != must_clauses_) return false;
  if (must_clauses_ == 0 && should_clauses_ > 0 && shoulds_[ordinal] == 0) return false;
  return passes_filters(ordinal);
}

void Evaluation::count_facets(std::uint32_t ordinal) {
  for (const std::uint32_t value : index_.facets_.values(ordinal)) ++facet_matches_[value];
}

void Evaluation::collect(Results& results) {
  const bool facets = !query_.facets.empty();
  if (facets) facet_matches_.assign(index_.facets_.value_count(), 0);
  for (std::uint32_t ordinal = 0; ordinal < index_.entries_.size(); ++ordinal) {
    poll();
    if (!accepts(ordinal)) continue;
    const MemoryIndex::Entry& entry = index_.entries_[ordinal];
    candidates_.push_back({scores_[ordinal], entry.sort_key, entry.key});
    if (facets) count_facets(ordinal);
  }
  results.total = candidates_.size();
  for (const FacetFieldId field : query_.facets) {
    results.facets.push_back(index_.facets_.counts(field, facet_matches_, query_.facet_values));
  }
}

void Evaluation::rank(Results& results) {
  const bool by_score = must_clauses_ + should_clauses_ > 0;
  const auto before = [&](const Candidate& a, const Candidate& b) {
    if (by_score && a.score != b.score) return a.score > b.score;
    if (!by_score && a.sort_key != b.sort_key) return a.sort_key > b.sort_key;
    return query_.tie ? query_.tie(a.key, b.key) : a.key < b.key;
  };
  const std::size_t offset = std::min(query_.offset, candidates_.size());
  const std::size_t end = offset + std::min(query_.limit, candidates_.size() - offset);
  // Keeps a heap of the first `end`: most candidates are compared once, with the worst kept.
  std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(end),
                    candidates_.end(), before);
  for (std::size_t i = offset; i < end; ++i) {
    results.hits.push_back({candidates_[i].key, candidates_[i].score});
  }
}

Results Evaluation::run() {
  const std::size_t size = index_.entries_.size();
  scores_.assign(size, 0);
  musts_.assign(size, 0);
  shoulds_.assign(size, 0);
  excluded_.assign(size, 0);
  prepare_filters();
  for (const Clause& clause : query_.clauses) {
    if (cancel_.cancelled()) throw Error(ErrorCode::Cancelled, "the search was cancelled");
    if (!clause.groups.empty()) apply(clause);
  }
  Results results;
  collect(results);
  rank(results);
  return results;
}

Results MemoryIndex::search(const Query& query, const CancelToken& cancel) const {
  const auto known = [this](FacetFieldId field) { return field < facet_fields_; };
  const bool facets_known = std::all_of(query.facets.begin(), query.facets.end(), known);
  const bool filters_known =
      std::all_of(query.filters.begin(), query.filters.end(),
                  [&](const FacetFilter& filter) { return known(filter.field); });
  if (!facets_known || !filters_known) {
    throw Error(ErrorCode::InvalidArgument, "the index has no such facet field");
  }
  return Evaluation(*this, query, cancel).run();
}

}  // namespace koinon::index
