// SPDX-License-Identifier: Apache-2.0
//
// A part of an index that never changes: documents, their words, facets and numbers.
//
// Documents lie by rising length, and those of one length by rising key. A word weighs more in a
// short document than in a long one, so the best lie near the front, and bounds of blocks are
// tight.
//
// Four files (or blocks of memory), named by what they hold: terms (term_dictionary.hpp), postings
// and places (postings_format.hpp), and documents:
//   u32 documents, u64 sum of decoded lengths; the length codes, three zeros; u32 number of runs of
//   rising keys, u32 first document of each; the keys, packed (packed_numbers.hpp); the columns of
//   facets, then of numbers (columns.hpp), then of vectors (vectors.hpp) where there are any; u64
//   begin of each column; u32 facet fields, u32 number fields, u64 begin of those begins
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "index/checked_file.hpp"
#include "index/columns.hpp"
#include "index/packed_numbers.hpp"
#include "index/schema.hpp"
#include "index/term_dictionary.hpp"
#include "index/vectors.hpp"

namespace koinon::index {

/// The names of a segment's files, in the order of SegmentFiles.
inline constexpr const char* segment_parts[] = {"terms", "postings", "places", "documents"};

struct SegmentFiles {
  Input terms;
  Input postings;
  Input places;
  Input documents;
};

/// Threads: any.
class Segment {
 public:
  /// Throws Error(Damaged) for files that do not belong to such a schema.
  Segment(SegmentFiles files, const Schema& schema);

  std::uint32_t documents() const { return documents_; }
  std::uint64_t total_length() const { return total_length_; }
  const TermDictionary& terms() const { return terms_; }
  const Input& postings() const { return postings_; }
  const Input& places() const { return places_; }

  /// By document; readable three bytes past the last.
  const std::uint8_t* length_codes() const { return codes_; }
  DocKey key(std::uint32_t document) const { return static_cast<DocKey>(keys_[document]); }
  /// The least key of documents [from, to); there is one. O(runs of rising keys).
  DocKey least_key(std::uint32_t from, std::uint32_t to) const;
  /// The document of a key, or no_document. O(runs of rising keys * log documents), O(1) for a key
  /// beyond all of them: who writes asks once for each record, and most records are new.
  std::uint32_t find(DocKey key) const;

  FacetColumn facet(FacetFieldId field) const;
  NumberColumn number(NumberFieldId field) const;
  VectorColumn vectors() const;

  /// Compares every byte with its checksum; throws Error(Damaged).
  void check() const;
  /// Bytes that are held in memory and not mapped.
  std::size_t memory_bytes() const;
  std::uint64_t bytes() const;

 private:
  // Documents whose keys rise.
  struct Run {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    DocKey first = 0;
    DocKey last = 0;
  };
  std::uint32_t find_in_run(const Run& run, DocKey key) const;
  void read_runs(std::uint64_t at, std::uint32_t runs);
  std::uint64_t column(std::size_t number) const;

  TermDictionary terms_;
  Input postings_;
  Input places_;
  Input input_;
  std::uint32_t documents_ = 0;
  std::uint64_t total_length_ = 0;
  const std::uint8_t* codes_ = nullptr;
  PackedNumbers keys_;
  std::vector<Run> runs_;
  DocKey least_ = 0;  // of all keys
  DocKey greatest_ = 0;
  std::uint64_t columns_ = 0;
  std::uint32_t facet_fields_ = 0;
  std::uint32_t number_fields_ = 0;
  std::size_t dimension_ = 0;
};

}  // namespace koinon::index
