// SPDX-License-Identifier: Apache-2.0
#include "index/snapshot.hpp"

#include <map>
#include <set>
#include <utility>

#include "index/pattern_terms.hpp"
#include "index/posting_cursor.hpp"

namespace koinon::index {

Snapshot::Snapshot(Schema schema, std::vector<SegmentState> segments)
    : schema_(std::move(schema)), fields_(schema_), segments_(std::move(segments)) {
  for (const SegmentState& state : segments_) {
    documents_ += state.live();
    total_length_ += state.segment->total_length() - state.dead_length;
  }
}

double Snapshot::mean_length() const {
  if (documents_ == 0 || total_length_ < documents_) return 1;
  return static_cast<double>(total_length_) / static_cast<double>(documents_);
}

bool Snapshot::contains(DocKey key) const {
  for (const SegmentState& state : segments_) {
    const std::uint32_t document = state.segment->find(key);
    if (document != no_document && !state.is_dead(document)) return true;
  }
  return false;
}

std::uint64_t Snapshot::documents_with(std::string_view term) const {
  std::uint64_t sum = 0;
  for (const SegmentState& state : segments_) {
    if (const auto entry = state.segment->terms().find(term))
      sum += live_documents(state, fields_, *entry);
  }
  return sum;
}

std::vector<DocKey> Snapshot::keys_with(std::string_view term) const {
  std::vector<DocKey> keys;
  for (const SegmentState& state : segments_) {
    const auto entry = state.segment->terms().find(term);
    if (!entry) continue;
    for (PostingCursor cursor(*state.segment, fields_, *entry); cursor.document() != no_document;
         cursor.next()) {
      if (!state.is_dead(cursor.document())) keys.push_back(state.segment->key(cursor.document()));
    }
  }
  return keys;
}

std::vector<std::string> Snapshot::codes_of(DocKey key, FacetFieldId field) const {
  for (const SegmentState& state : segments_) {
    const std::uint32_t document = state.segment->find(key);
    if (document == no_document || state.is_dead(document)) continue;
    std::vector<std::string> codes;
    const FacetColumn column = state.segment->facet(field);
    column.each(document,
                [&](std::uint32_t ordinal) { codes.emplace_back(column.value(ordinal)); });
    return codes;
  }
  return {};
}

std::vector<Snapshot::Spelling> Snapshot::spellings(const Pattern& pattern) const {
  std::map<std::string, Spelling, std::less<>> all;
  for (const SegmentState& state : segments_) {
    each_term(state.segment->terms(), pattern,
              [&](std::string_view word, const TermEntry& entry, unsigned distance) {
                const std::uint32_t live = live_documents(state, fields_, entry);
                if (live == 0) return;
                auto known = all.find(word);
                if (known == all.end())
                  known = all.emplace(word, Spelling{std::string(word), distance, 0}).first;
                known->second.documents += live;
              });
  }
  std::vector<Spelling> found;
  for (auto& [word, spelling] : all) found.push_back(std::move(spelling));
  return found;
}

std::vector<std::string> Snapshot::codes(FacetFieldId field) const {
  std::set<std::string> all;
  for (const SegmentState& state : segments_) {
    const FacetColumn column = state.segment->facet(field);
    for (std::uint32_t i = 0; i < column.values(); ++i) all.emplace(column.value(i));
  }
  return {all.begin(), all.end()};
}

// Walks whichever is shorter: the dead, or the postings.
std::uint32_t live_documents(const SegmentState& state, const FieldWeights& fields,
                             const TermEntry& entry) {
  if (state.dead_count == 0) return entry.documents;
  PostingCursor cursor(*state.segment, fields, entry);
  std::uint32_t dead = 0;
  if (entry.documents / 4 <= state.dead_count) {
    for (; cursor.document() != no_document; cursor.next())
      dead += state.dead->test(cursor.document()) ? 1U : 0U;
    return entry.documents - dead;
  }
  for (std::size_t word = 0; word < state.dead->word_count(); ++word) {
    for (std::uint64_t bits = state.dead->word(word); bits != 0; bits &= bits - 1) {
      const auto document =
          static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      cursor.advance(document);
      dead += cursor.document() == document ? 1U : 0U;
    }
  }
  return entry.documents - dead;
}

}  // namespace koinon::index
