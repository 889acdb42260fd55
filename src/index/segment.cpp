// SPDX-License-Identifier: Apache-2.0
#include "index/segment.hpp"

#include <utility>

#include "index/postings_format.hpp"
#include "index/segment_writer.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its documents");
}

constexpr std::uint64_t end_size = 16;

}  // namespace

Segment::Segment(SegmentFiles files, const Schema& schema)
    : terms_(std::move(files.terms)),
      postings_(std::move(files.postings)),
      places_(std::move(files.places)),
      input_(std::move(files.documents)) {
  if (input_.size() < documents_head + end_size) damaged();
  documents_ = input_.number<std::uint32_t>(0);
  total_length_ = input_.number<std::uint64_t>(4);
  const std::uint64_t keys = keys_begin(documents_);
  codes_ = input_.range(documents_head, keys - documents_head);
  keys_ = input_.range(keys, std::uint64_t{documents_} * sizeof(DocKey));
  facet_fields_ = input_.number<std::uint32_t>(input_.size() - 16);
  number_fields_ = input_.number<std::uint32_t>(input_.size() - 12);
  columns_ = input_.number<std::uint64_t>(input_.size() - 8);
  if (facet_fields_ != schema.facet_fields || number_fields_ != schema.number_fields) damaged();
}

std::uint64_t Segment::column(std::size_t number) const {
  return input_.number<std::uint64_t>(columns_ + number * sizeof(std::uint64_t));
}

FacetColumn Segment::facet(FacetFieldId field) const {
  return {input_, column(field), documents_};
}

NumberColumn Segment::number(NumberFieldId field) const {
  return {input_, column(facet_fields_ + field), documents_};
}

std::uint32_t Segment::find(DocKey wanted) const {
  std::uint32_t low = 0;
  std::uint32_t high = documents_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (key(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < documents_ && key(low) == wanted ? low : no_document;
}

void Segment::check() const {
  for (const Input* input : {&terms_.input(), &postings_, &places_, &input_}) input->check();
}

std::size_t Segment::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Input* input : {&terms_.input(), &postings_, &places_, &input_}) {
    if (!input->mapped()) bytes += static_cast<std::size_t>(input->size());
  }
  return bytes;
}

std::uint64_t Segment::bytes() const {
  return terms_.input().size() + postings_.size() + places_.size() + input_.size();
}

}  // namespace koinon::index
