// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "index/checked_file.hpp"
#include "index/columns.hpp"
#include "index/postings_writer.hpp"
#include "index/schema.hpp"
#include "index/term_dictionary.hpp"
#include "index/vectors.hpp"

namespace koinon::index {

/// Where the length codes begin, and what comes after them.
inline constexpr std::uint64_t documents_head = 12;
inline std::uint64_t runs_begin(std::uint32_t documents) {
  // Three bytes lie between, so that the codes can be gathered four bytes at a time.
  return documents_head + documents + 3;
}

struct SegmentOutputs {
  Output& terms;
  Output& postings;
  Output& places;
  Output& documents;
};

/// Writes a segment: all documents, then all terms, then finish().
class SegmentWriter {
 public:
  SegmentWriter(const Schema& schema, const FieldWeights& fields, SegmentOutputs out);

  /// By rising length code, then by rising key: see Segment. Facets, numbers and vectors of the
  /// document go to the builders before this.
  void add_document(DocKey key, std::uint8_t length_code);
  FacetColumnBuilder& facet(FacetFieldId field) { return facets_[field]; }
  NumberColumnBuilder& number(NumberFieldId field) { return numbers_[field]; }
  VectorColumnBuilder& vectors() { return vectors_; }

  /// Documents in the order of add_document(), from 0, rising within a term.
  void add_posting(std::uint32_t document, std::span<const Place> places) {
    postings_.add(document, codes_[document], places);
    ++pending_;
  }
  /// Spellings strictly rising. A term without postings is left out.
  void end_term(std::string_view spelling);

  void finish();

 private:
  void write_keys();
  void write_documents();

  SegmentOutputs out_;
  PostingsWriter postings_;
  TermDictionaryWriter terms_;
  std::vector<std::uint8_t> codes_;
  std::vector<DocKey> keys_;
  std::vector<FacetColumnBuilder> facets_;
  std::vector<NumberColumnBuilder> numbers_;
  VectorColumnBuilder vectors_;
  bool has_vectors_;
  std::vector<std::uint8_t> inline_places_;
  std::size_t pending_ = 0;
};

}  // namespace koinon::index
