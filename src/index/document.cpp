// SPDX-License-Identifier: Apache-2.0
#include "index/document.hpp"

#include <algorithm>
#include <limits>

#include "index/vectors.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

// Ranges of a document's bytes are 32 bits wide.
void require_room(std::size_t used, std::size_t more) {
  if (used + more > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::InvalidArgument, "a document has more than 4 GiB of terms");
  }
}

}  // namespace

void Document::add_term(FieldId field, std::uint32_t position, std::string_view term) {
  if (term.empty()) return;
  require_room(bytes_.size(), term.size());
  occurrences_.push_back({static_cast<std::uint32_t>(bytes_.size()),
                          static_cast<std::uint32_t>(term.size()), position, field});
  bytes_ += term;
}

void Document::add_token(FieldId field, std::uint32_t position, std::string_view term,
                         std::string_view other) {
  if (field >= max_fields || position > max_position || term.size() > max_term_bytes ||
      other.size() > max_term_bytes) {
    throw Error(ErrorCode::InvalidArgument, "field, position or term out of the index's range");
  }
  if (term.empty() && other.empty()) return;
  add_term(field, position, term);
  if (other != term) add_term(field, position, other);
  next_position_[field] = std::max(next_position_[field], position + 1);
  ++length_;
}

void Document::add_alternative(FieldId field, std::uint32_t position, std::string_view term) {
  if (field >= max_fields || position > max_position || term.size() > max_term_bytes)
    throw Error(ErrorCode::InvalidArgument, "field, position or term out of the index's range");
  add_term(field, position, term);
}

void Document::add_mark(std::string_view term) {
  if (term.size() > max_term_bytes)
    throw Error(ErrorCode::InvalidArgument, "field, position or term out of the index's range");
  add_term(0, 0, term);
}

std::uint32_t Document::text_begin(FieldId field) const {
  const std::uint32_t next = next_position_[field];
  return next == 0 ? 0 : next + text_gap;
}

void Document::add_facet(FacetFieldId field, std::string_view code) {
  require_room(bytes_.size(), code.size());
  facets_.push_back(
      {static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(code.size()), field});
  bytes_ += code;
}

void Document::add_number(NumberFieldId field, std::int64_t value) {
  constexpr std::int64_t greatest = std::int64_t{1} << 62U;
  if (value > greatest || value < -greatest)
    throw Error(ErrorCode::InvalidArgument, "a number of a document is out of the index's range");
  numbers_.push_back({value, field});
}

bool Document::add_vector(std::span<const float> vector) {
  const std::size_t begin = vectors_.size();
  vectors_.resize(begin + vector.size());
  if (quantise(vector, vectors_.data() + begin)) return true;
  vectors_.resize(begin);
  return false;
}

void Document::add_quantised(std::span<const std::int8_t> vectors) {
  vectors_.insert(vectors_.end(), vectors.begin(), vectors.end());
}

void Document::clear() {
  bytes_.clear();
  occurrences_.clear();
  facets_.clear();
  numbers_.clear();
  vectors_.clear();
  next_position_.fill(0);
  length_ = 0;
}

}  // namespace koinon::index
