// SPDX-License-Identifier: Apache-2.0
//
// Documents on their way into a segment: turned by words as they come, written when there are
// enough.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/byte_pool.hpp"
#include "index/dictionary.hpp"
#include "index/document.hpp"
#include "index/schema.hpp"
#include "index/segment.hpp"
#include "index/segment_writer.hpp"

namespace koinon::index {

/// Threads: one at a time.
class SegmentBuilder {
 public:
  SegmentBuilder(const Schema& schema, const FieldWeights& fields);

  /// Takes a document, in the place of the one of that key if there is one here. The document fits
  /// the schema. Throws Error(OutOfMemory). O(n log n) in its occurrences.
  void put(DocKey key, const Document& document);
  /// Whether there was one.
  bool erase(DocKey key);

  std::size_t size() const { return live_.size(); }
  bool empty() const { return live_.empty(); }
  std::size_t memory_bytes() const;

  /// Writes what is there, without the erased ones. O(postings log terms).
  void write(SegmentOutputs out);
  std::shared_ptr<const Segment> segment();

 private:
  struct Entry {
    DocKey key = 0;
    std::uint32_t length = 0;
    std::uint32_t facets_end = 0;   // of its facets among all
    std::uint32_t numbers_end = 0;  // and of its numbers
    std::uint32_t vectors_end = 0;  // and of its vectors
  };
  struct Facet {
    std::uint32_t code = 0;
    FacetFieldId field = 0;
  };
  // Which document each arrival becomes, or no_document.
  std::vector<std::uint32_t> order(std::vector<std::uint32_t>& arrivals) const;
  void write_documents(SegmentWriter& writer, const std::vector<std::uint32_t>& arrivals);
  void write_term(SegmentWriter& writer, const Term& term,
                  const std::vector<std::uint32_t>& documents, bool in_order);
  std::uint32_t code_number(FacetFieldId field, std::string_view code);

  Schema schema_;
  const FieldWeights& fields_;
  BytePool pool_;
  Dictionary dictionary_;
  std::vector<Entry> entries_;  // by arrival
  std::vector<Facet> facets_;
  std::vector<Document::Number> numbers_;
  std::vector<std::int8_t> vectors_;
  std::unordered_map<std::string, std::uint32_t> code_numbers_;
  std::vector<std::string> codes_;
  std::unordered_map<DocKey, std::uint32_t> live_;  // arrival by key

  struct Occurrence {
    std::uint32_t term = 0;
    Place place = 0;
  };
  std::vector<Occurrence> occurrences_;
  std::vector<std::uint8_t> scratch_;
};

}  // namespace koinon::index
