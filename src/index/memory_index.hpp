// SPDX-License-Identifier: Apache-2.0
//
// An inverted index in memory: words, phrases, filters, exact facet counts, BM25. Simple and right:
// a query looks at every posting of its terms, so its time grows with their frequency.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/byte_pool.hpp"
#include "index/dictionary.hpp"
#include "index/document.hpp"
#include "index/facet_columns.hpp"
#include "index/postings.hpp"
#include "index/query.hpp"
#include "koinon/progress.hpp"

namespace koinon::index {

/// What the index has to know of its fields.
struct Schema {
  std::vector<double> field_boosts;  // one for each field, at most max_fields, each above 0
  std::size_t facet_fields = 0;      // at most 255
};

/// Documents by number. A replaced or erased one stays as a tombstone, unseen by every answer and
/// score, until more than half of all are dead; then the index writes itself anew.
///
/// Threads: const methods may run in parallel; a call of put(), erase() or compact() must be alone.
/// The caller holds the lock.
class MemoryIndex {
 public:
  /// Throws Error(InvalidArgument) for a schema out of range.
  explicit MemoryIndex(const Schema& schema);

  /// Adds a document, or puts it in the place of the one of that key. Throws Error(InvalidArgument)
  /// for fields that the schema does not have, leaving the index as it was, and Error(OutOfMemory)
  /// or std::bad_alloc when full: then the index must be thrown away. O(n log n) in occurrences.
  void put(DocKey key, const Document& document);

  /// False when there was none. O(1), but for the compaction that it may bring about.
  bool erase(DocKey key);

  bool contains(DocKey key) const;

  /// Answers a query. Throws Error(Cancelled) within a few thousand postings of a cancel, and
  /// Error(InvalidArgument) for a facet field out of range. O(postings of the terms + documents).
  Results search(const Query& query, const CancelToken& cancel) const;

  /// Number of documents. O(1).
  std::size_t size() const { return live_; }

  /// Documents, the erased ones that still take room included. O(1).
  std::size_t slots() const { return entries_.size(); }

  std::size_t terms() const { return dictionary_.size(); }

  /// What the index takes, within a few per cent. O(1).
  std::size_t memory_bytes() const;

  /// Writes the index without its dead documents. O(postings); needs the room of both for a while.
  void compact();

 private:
  friend class Evaluation;

  // A document by its ordinal: its number in the order of arrival, by which postings name it.
  struct Entry {
    std::int64_t sort_key = 0;
    DocKey key = 0;
    std::uint32_t length = 0;
    bool live = false;
  };
  static constexpr std::uint32_t no_ordinal = 0xFFFFFFFFU;

  void check(const Document& document) const;
  void put_postings(std::uint32_t ordinal, const Document& document);
  void bury(std::uint32_t ordinal);
  void set_ordinal(DocKey key, std::uint32_t ordinal);
  std::vector<std::uint32_t> survivors(std::vector<Entry>& entries) const;
  void copy_term(const Term& from, std::span<const std::uint32_t> ordinals, Dictionary& terms,
                 BytePool& pool);

  Boosts boosts_{};
  std::size_t fields_ = 0;
  std::size_t facet_fields_ = 0;

  BytePool pool_;
  Dictionary dictionary_;
  FacetColumns facets_;
  std::vector<Entry> entries_;           // by ordinal
  std::vector<std::uint32_t> ordinals_;  // by key
  std::size_t live_ = 0;
  std::uint64_t live_tokens_ = 0;

  // Buffers of put() and compact().
  struct Occurrence {
    std::uint32_t term = 0;
    Place place = 0;
  };
  std::vector<Occurrence> occurrences_;
  std::vector<Place> places_;
  std::vector<std::uint8_t> scratch_;
};

}  // namespace koinon::index
