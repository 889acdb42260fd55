// SPDX-License-Identifier: Apache-2.0
#include "index/segment_writer.hpp"

#include "index/norms.hpp"

namespace koinon::index {

SegmentWriter::SegmentWriter(const Schema& schema, const FieldWeights& fields, SegmentOutputs out)
    : out_(out),
      postings_(fields, out.postings, out.places),
      terms_(out.terms),
      facets_(schema.facet_fields),
      numbers_(schema.number_fields),
      vectors_(schema.dimension),
      has_vectors_(schema.dimension > 0) {}

void SegmentWriter::add_document(DocKey key, std::uint8_t length_code) {
  keys_.push_back(key);
  codes_.push_back(length_code);
  for (FacetColumnBuilder& column : facets_) column.end_document();
  for (NumberColumnBuilder& column : numbers_) column.end_document();
  vectors_.end_document();
}

void SegmentWriter::end_term(std::string_view spelling) {
  if (pending_ == 0) return;
  pending_ = 0;
  const TermEntry entry = postings_.end_term(inline_places_);
  terms_.add(spelling, entry, inline_places_);
}

void SegmentWriter::write_keys() {
  Output& out = out_.documents;
  std::vector<std::uint32_t> runs;
  PackedNumbersBuilder keys;
  for (std::uint32_t i = 0; i < keys_.size(); ++i) {
    if (i == 0 || keys_[i] < keys_[i - 1]) runs.push_back(i);
    keys.add(keys_[i]);
  }
  out.append_number(static_cast<std::uint32_t>(runs.size()));
  out.append(runs.data(), runs.size() * sizeof(std::uint32_t));
  keys.write(out);
}

void SegmentWriter::write_documents() {
  Output& out = out_.documents;
  std::uint64_t length = 0;
  for (const std::uint8_t code : codes_) length += decoded_length(code);
  const auto documents = static_cast<std::uint32_t>(codes_.size());
  out.append_number(documents);
  out.append_number(length);
  out.append(codes_);
  static constexpr std::uint8_t zeros[3] = {};
  out.append(zeros, sizeof zeros);
  write_keys();
  std::vector<std::uint64_t> begins;
  for (const FacetColumnBuilder& column : facets_) {
    begins.push_back(out.size());
    column.write(out);
  }
  for (const NumberColumnBuilder& column : numbers_) {
    begins.push_back(out.size());
    column.write(out);
  }
  if (has_vectors_) {
    begins.push_back(out.size());
    vectors_.write(out);
  }
  const std::uint64_t directory = out.size();
  out.append(begins.data(), begins.size() * sizeof(std::uint64_t));
  out.append_number(static_cast<std::uint32_t>(facets_.size()));
  out.append_number(static_cast<std::uint32_t>(numbers_.size()));
  out.append_number(directory);
  out.finish();
}

void SegmentWriter::finish() {
  terms_.finish();
  out_.postings.finish();
  out_.places.finish();
  write_documents();
}

}  // namespace koinon::index
