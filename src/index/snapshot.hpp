// SPDX-License-Identifier: Apache-2.0
//
// One state of an index: segments, and which of their documents are dead.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/bits.hpp"
#include "index/query.hpp"
#include "index/schema.hpp"
#include "index/segment.hpp"

namespace koinon::index {

struct SegmentState {
  std::shared_ptr<const Segment> segment;
  std::uint64_t number = 0;          // names its files; never used twice
  std::shared_ptr<const Bits> dead;  // null while all live
  std::uint32_t dead_count = 0;
  std::uint64_t dead_length = 0;  // decoded

  std::uint32_t live() const { return segment->documents() - dead_count; }
  bool is_dead(std::uint32_t document) const { return dead && dead->test(document); }
};

/// Threads: any. Keeps its segments' files mapped as long as it lives.
class Snapshot {
 public:
  Snapshot(Schema schema, std::vector<SegmentState> segments);

  const Schema& schema() const { return schema_; }
  const FieldWeights& fields() const { return fields_; }
  const std::vector<SegmentState>& segments() const { return segments_; }
  std::uint64_t documents() const { return documents_; }  // live ones
  double mean_length() const;                             // at least 1

  bool contains(DocKey key) const;
  /// Live documents that have the term. O(segments * log terms), and where documents are dead,
  /// O(dead).
  std::uint64_t documents_with(std::string_view term) const;
  /// Keys of the live documents that have the term, rising within a segment. O(postings).
  std::vector<DocKey> keys_with(std::string_view term) const;
  /// The codes of a live document in a facet field, rising. O(segments * log documents).
  std::vector<std::string> codes_of(DocKey key, FacetFieldId field) const;
  /// A word of the live documents.
  struct Spelling {
    std::string word;
    unsigned distance = 0;        // from the pattern's text
    std::uint64_t documents = 0;  // that have it
  };
  /// The words that a pattern stands for, in order of bytes. O(what each_term() says * segments).
  std::vector<Spelling> spellings(const Pattern& pattern) const;
  /// Every code of a facet field that a document has, dead ones too: rising, distinct.
  std::vector<std::string> codes(FacetFieldId field) const;

 private:
  Schema schema_;
  FieldWeights fields_;
  std::vector<SegmentState> segments_;
  std::uint64_t documents_ = 0;
  std::uint64_t total_length_ = 0;
};

/// Live documents of a segment that have the term of this entry.
std::uint32_t live_documents(const SegmentState& state, const FieldWeights& fields,
                             const TermEntry& entry);

}  // namespace koinon::index
