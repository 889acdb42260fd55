// SPDX-License-Identifier: Apache-2.0
#include "index/memory_index.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

// Below this many documents a compaction would cost less than asking whether it pays.
constexpr std::size_t least_to_compact = 16;

}  // namespace

MemoryIndex::MemoryIndex(const Schema& schema)
    : fields_(schema.field_boosts.size()), facet_fields_(schema.facet_fields) {
  const bool positive = std::all_of(schema.field_boosts.begin(), schema.field_boosts.end(),
                                    [](double boost) { return boost > 0; });
  if (fields_ > max_fields || facet_fields_ > 255 || !positive) {
    throw Error(ErrorCode::InvalidArgument, "index schema out of range");
  }
  std::copy(schema.field_boosts.begin(), schema.field_boosts.end(), boosts_.begin());
}

void MemoryIndex::check(const Document& document) const {
  for (const Document::Occurrence& occurrence : document.occurrences()) {
    if (occurrence.field >= fields_) {
      throw Error(ErrorCode::InvalidArgument, "the index has no such field");
    }
  }
  for (const Document::FacetCode& facet : document.facets()) {
    if (facet.field >= facet_fields_) {
      throw Error(ErrorCode::InvalidArgument, "the index has no such facet field");
    }
  }
}

void MemoryIndex::put(DocKey key, const Document& document) {
  check(document);
  if (entries_.size() >= no_ordinal) {
    throw Error(ErrorCode::OutOfMemory, "the index in memory is full");
  }
  erase(key);
  const auto ordinal = static_cast<std::uint32_t>(entries_.size());
  put_postings(ordinal, document);
  facets_.append(document);
  entries_.push_back({document.sort_key(), key, document.length(), true});
  set_ordinal(key, ordinal);
  ++live_;
  live_tokens_ += document.length();
}

void MemoryIndex::put_postings(std::uint32_t ordinal, const Document& document) {
  occurrences_.clear();
  for (const Document::Occurrence& found : document.occurrences()) {
    const std::string_view spelling = document.text(found.begin, found.length);
    occurrences_.push_back(
        {dictionary_.add(spelling, pool_), place_of(found.field, found.position)});
  }
  std::sort(occurrences_.begin(), occurrences_.end(), [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.term, a.place) < std::tie(b.term, b.place);
  });
  for (std::size_t i = 0; i < occurrences_.size();) {
    const std::uint32_t term = occurrences_[i].term;
    places_.clear();
    for (; i < occurrences_.size() && occurrences_[i].term == term; ++i) {
      const Place place = occurrences_[i].place;
      if (places_.empty() || places_.back() != place) places_.push_back(place);
    }
    append_posting(pool_, dictionary_.at(term), ordinal, places_, scratch_);
  }
}

void MemoryIndex::set_ordinal(DocKey key, std::uint32_t ordinal) {
  if (key >= ordinals_.size()) ordinals_.resize(std::size_t{key} + 1, no_ordinal);
  ordinals_[key] = ordinal;
}

bool MemoryIndex::contains(DocKey key) const {
  return key < ordinals_.size() && ordinals_[key] != no_ordinal;
}

void MemoryIndex::bury(std::uint32_t ordinal) {
  Entry& entry = entries_[ordinal];
  ordinals_[entry.key] = no_ordinal;
  entry.live = false;
  live_tokens_ -= entry.length;
  --live_;
}

bool MemoryIndex::erase(DocKey key) {
  if (!contains(key)) return false;
  bury(ordinals_[key]);
  const std::size_t dead = entries_.size() - live_;
  if (entries_.size() >= least_to_compact && dead > live_) compact();
  return true;
}

// Gathers the live entries and says which new ordinal each old one has.
std::vector<std::uint32_t> MemoryIndex::survivors(std::vector<Entry>& entries) const {
  std::vector<std::uint32_t> ordinals(entries_.size(), no_ordinal);
  entries.reserve(live_);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].live) continue;
    ordinals[i] = static_cast<std::uint32_t>(entries.size());
    entries.push_back(entries_[i]);
  }
  return ordinals;
}

void MemoryIndex::copy_term(const Term& from, std::span<const std::uint32_t> ordinals,
                            Dictionary& terms, BytePool& pool) {
  Term* to = nullptr;
  PostingCursor cursor(pool_, from);
  while (cursor.next()) {
    const std::uint32_t ordinal = ordinals[cursor.document()];
    if (ordinal == no_ordinal) continue;
    places_.clear();
    cursor.append_places(places_);
    if (to == nullptr) to = &terms.at(terms.add(dictionary_.spelling(from), pool));
    append_posting(pool, *to, ordinal, places_, scratch_);
  }
}

void MemoryIndex::compact() {
  std::vector<Entry> entries;
  const std::vector<std::uint32_t> ordinals = survivors(entries);
  BytePool pool;
  Dictionary terms;
  for (std::size_t i = 0; i < dictionary_.size(); ++i) {
    copy_term(dictionary_.at(static_cast<std::uint32_t>(i)), ordinals, terms, pool);
  }
  FacetColumns facets;
  std::vector<std::uint32_t> numbers(facets_.value_count(), 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].live) facets.append(facets_, static_cast<std::uint32_t>(i), numbers);
  }
  pool_ = std::move(pool);
  dictionary_ = std::move(terms);
  facets_ = std::move(facets);
  entries_ = std::move(entries);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    ordinals_[entries_[i].key] = static_cast<std::uint32_t>(i);
  }
}

std::size_t MemoryIndex::memory_bytes() const {
  return pool_.memory_bytes() + dictionary_.memory_bytes() + facets_.memory_bytes() +
         entries_.capacity() * sizeof(Entry) + ordinals_.capacity() * sizeof(std::uint32_t);
}

}  // namespace koinon::index
