// SPDX-License-Identifier: Apache-2.0
#include "index/segment.hpp"

#include <algorithm>
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
  const std::uint64_t runs = runs_begin(documents_);
  codes_ = input_.range(documents_head, runs - documents_head);
  const auto run_count = input_.number<std::uint32_t>(runs);
  const std::uint64_t keys = runs + (std::uint64_t{run_count} + 1) * sizeof(std::uint32_t);
  keys_ = PackedNumbers(input_, keys, documents_);
  read_runs(runs + sizeof(std::uint32_t), run_count);
  facet_fields_ = input_.number<std::uint32_t>(input_.size() - 16);
  number_fields_ = input_.number<std::uint32_t>(input_.size() - 12);
  columns_ = input_.number<std::uint64_t>(input_.size() - 8);
  if (facet_fields_ != schema.facet_fields || number_fields_ != schema.number_fields) damaged();
  dimension_ = schema.dimension;
}

void Segment::read_runs(std::uint64_t at, std::uint32_t runs) {
  if (runs > documents_) damaged();
  least_ = ~DocKey{0};
  for (; runs > 0; --runs, at += sizeof(std::uint32_t)) {
    const auto begin = input_.number<std::uint32_t>(at);
    const std::uint32_t end =
        runs > 1 ? input_.number<std::uint32_t>(at + sizeof begin) : documents_;
    if (begin >= end || end > documents_) damaged();
    const Run run = {begin, end, key(begin), key(end - 1)};
    least_ = std::min(least_, run.first);
    greatest_ = std::max(greatest_, run.last);
    runs_.push_back(run);
  }
}

DocKey Segment::least_key(std::uint32_t from, std::uint32_t to) const {
  DocKey least = key(from);
  auto run =
      std::upper_bound(runs_.begin(), runs_.end(), from,
                       [](std::uint32_t document, const Run& r) { return document < r.begin; });
  for (; run != runs_.end() && run->begin < to; ++run) least = std::min(least, run->first);
  return least;
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

// A segment of a schema without vectors has no such column.
VectorColumn Segment::vectors() const {
  return {input_, column(std::size_t{facet_fields_} + number_fields_), dimension_, documents_};
}

std::uint32_t Segment::find(DocKey wanted) const {
  if (wanted < least_ || wanted > greatest_) return no_document;
  for (const Run& run : runs_) {
    if (wanted < run.first || wanted > run.last) continue;
    const std::uint32_t document = find_in_run(run, wanted);
    if (document != no_document) return document;
  }
  return no_document;
}

std::uint32_t Segment::find_in_run(const Run& run, DocKey wanted) const {
  std::uint32_t low = run.begin;
  std::uint32_t high = run.end;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (key(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < run.end && key(low) == wanted ? low : no_document;
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
