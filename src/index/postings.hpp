// SPDX-License-Identifier: Apache-2.0
//
// How the postings of a term are written, and how they are walked.
//
// A posting is: varint, the document's ordinal less the one before; then for every field with the
// term a header byte (bits 0-3 field, bit 4 "one position", bit 5 "last field"), the number of
// positions as varint unless it is one, and the positions, each as varint less the one before.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "index/byte_pool.hpp"
#include "index/dictionary.hpp"
#include "index/document.hpp"

namespace koinon::index {

/// A position in a field as one number that sorts by field, then position.
using Place = std::uint64_t;

inline Place place_of(FieldId field, std::uint32_t position) {
  return Place{field} << 32U | position;
}
inline FieldId field_of(Place place) {
  return static_cast<FieldId>(place >> 32U);
}
inline std::uint32_t position_of(Place place) {
  return static_cast<std::uint32_t>(place);
}

/// What a position in each field counts.
using Boosts = std::array<double, max_fields>;

/// The sum over fields of boost times number of places, fields in order: equal places give equal
/// bits, however they were found.
double weighted_frequency(std::span<const Place> places, const Boosts& boosts);

/// Appends a posting. `places` is sorted, distinct and not empty; `document` above all before it.
void append_posting(BytePool& pool, Term& term, std::uint32_t document,
                    std::span<const Place> places, std::vector<std::uint8_t>& scratch);

/// Walks over the postings of one term.
class PostingCursor {
 public:
  PostingCursor(const BytePool& pool, const Term& term)
      : reader_(pool, term.stream), left_(term.postings) {}

  /// To the next document, or false at the end.
  bool next();
  std::uint32_t document() const { return document_; }

  /// Each may be called once for a document, and only one of them.
  double weighted_frequency(const Boosts& boosts);
  void append_places(std::vector<Place>& places);

 private:
  template <class Field, class Position>
  void read_places(Field&& on_field, Position&& on_position);

  StreamReader reader_;
  std::uint32_t left_;
  std::uint32_t document_ = 0;
  bool unread_ = false;
};

/// Walks over the documents that have any of several terms.
class GroupCursor {
 public:
  GroupCursor(const BytePool& pool, std::span<const Term* const> terms);

  bool next();
  std::uint32_t document() const { return document_; }

  /// Each may be called once for a document, and only one of them. A position at which several of
  /// the terms stand counts once.
  double weighted_frequency(const Boosts& boosts);
  const std::vector<Place>& places();

 private:
  std::vector<PostingCursor> cursors_;  // all of them at document_ or beyond
  std::vector<Place> places_;
  std::uint32_t document_ = 0;
  bool started_ = false;
};

}  // namespace koinon::index
