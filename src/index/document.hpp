// SPDX-License-Identifier: Apache-2.0
//
// What the index is told about one document: terms at positions of fields, facet codes, a sort key.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::index {

/// The caller's number of a document. The index keeps four bytes for each number up to the greatest
/// in use, so numbers should be dense.
using DocKey = std::uint32_t;

using FieldId = std::uint8_t;        // below max_fields
using FacetFieldId = std::uint8_t;   // below Schema::facet_fields
using NumberFieldId = std::uint8_t;  // below Schema::number_fields

inline constexpr std::size_t max_fields = 16;
inline constexpr std::uint32_t max_position = (1U << 28U) - 1;
inline constexpr std::size_t max_term_bytes = 65535;

/// Unused positions between two texts of one field: no phrase reaches from one into the other.
inline constexpr std::uint32_t text_gap = 8;

/// A document under way into the index. clear() keeps the buffers for the next one.
///
/// Threads: a value; one thread at a time.
class Document {
 public:
  /// One word at a position of a field, under one term or two (a surface form and a stem). Several
  /// terms at one position are alternatives for a query. Throws Error(InvalidArgument) for a field,
  /// position or term out of range. An empty term is left out. Amortised O(length of the terms).
  void add_token(FieldId field, std::uint32_t position, std::string_view term,
                 std::string_view other = {});

  /// One more term at a position that has a token: another spelling, a part, a meaning. It adds
  /// nothing to the length. Throws as add_token() does. O(length).
  void add_alternative(FieldId field, std::uint32_t position, std::string_view term);

  /// A term that is no word: it stands nowhere, scores nothing and adds nothing to the length, but
  /// its documents can be found (Snapshot::keys_with). It should begin with a byte below 0x20: no
  /// pattern stands for such a term.
  void add_mark(std::string_view term);

  /// The first position that a new text of the field should use: after all others, and a gap. O(1).
  std::uint32_t text_begin(FieldId field) const;

  /// A code of a facet field; a repeated one counts once. O(length).
  void add_facet(FacetFieldId field, std::string_view code);

  /// A number of a number field, within +-2^62; a repeated one counts once.
  void add_number(NumberFieldId field, std::int64_t value);

  /// A vector of the document, of Schema::dimension numbers: only its direction counts. It may have
  /// several; one that is zero, or not finite, is left out and false is returned. O(numbers).
  bool add_vector(std::span<const float> vector);

  /// Vectors as quantise() makes them, one behind the other. O(numbers).
  void add_quantised(std::span<const std::int8_t> vectors);

  void clear();

  /// A term, as a range of the document's bytes, and where it stands.
  struct Occurrence {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    std::uint32_t position = 0;
    FieldId field = 0;
  };
  struct FacetCode {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    FacetFieldId field = 0;
  };

  struct Number {
    std::int64_t value = 0;
    NumberFieldId field = 0;
  };

  const std::vector<Occurrence>& occurrences() const { return occurrences_; }
  const std::vector<FacetCode>& facets() const { return facets_; }
  const std::vector<Number>& numbers() const { return numbers_; }
  /// One behind the other, as quantise() makes them (vectors.hpp).
  const std::vector<std::int8_t>& vectors() const { return vectors_; }
  /// Number of tokens: the document's length for BM25.
  std::uint32_t length() const { return length_; }
  std::string_view text(std::uint32_t begin, std::uint32_t length) const {
    return std::string_view(bytes_).substr(begin, length);
  }

 private:
  void add_term(FieldId field, std::uint32_t position, std::string_view term);

  std::string bytes_;
  std::vector<Occurrence> occurrences_;
  std::vector<FacetCode> facets_;
  std::vector<Number> numbers_;
  std::vector<std::int8_t> vectors_;
  std::array<std::uint32_t, max_fields> next_position_{};
  std::uint32_t length_ = 0;
};

}  // namespace koinon::index
