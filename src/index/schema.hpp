// SPDX-License-Identifier: Apache-2.0
//
// What an index has to know of the fields of its documents.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/document.hpp"

namespace koinon::index {

struct Schema {
  std::vector<double> field_boosts;  // one for each field, at most max_fields, see FieldWeights
  std::size_t facet_fields = 0;      // at most 255
  std::size_t number_fields = 0;     // at most 255
  std::size_t dimension = 0;  // of vectors, a multiple of 64, at most 4,096; 0: there are none
};

/// A position in a field as one number: fields are told apart by the lowest bits.
using Place = std::uint32_t;

/// Boosts as whole numbers of a unit, the largest 1/2^k in which all of them are whole: so the
/// weighted frequency of a term in a document is a whole number too. Throws Error(InvalidArgument)
/// for a schema out of range: a boost must be a multiple of 1/64, above 0 and at most 1,024.
class FieldWeights {
 public:
  explicit FieldWeights(const Schema& schema);

  std::size_t fields() const { return fields_; }
  /// What one place in the field adds to the weighted frequency, in units.
  std::uint32_t units(FieldId field) const { return units_[field]; }
  /// Units in a boost of 1.
  std::uint32_t one() const { return one_; }
  unsigned field_bits() const { return field_bits_; }
  /// Whether a weighted frequency is the number of places.
  bool plain() const { return fields_ == 1 && units_[0] == 1; }

  Place place(FieldId field, std::uint32_t position) const {
    return position << field_bits_ | field;
  }
  FieldId field(Place place) const {
    return static_cast<FieldId>(place & ((1U << field_bits_) - 1));
  }
  /// From a place to the next position of its field.
  Place step() const { return 1U << field_bits_; }

  /// Weighted frequency of these places, at most max_weight.
  template <class Places>
  std::uint32_t weight(const Places& places) const {
    if (plain())
      return places.size() < max_weight ? static_cast<std::uint32_t>(places.size()) : max_weight;
    std::uint64_t sum = 0;
    for (const Place place : places) sum += units_[field(place)];
    return sum < max_weight ? static_cast<std::uint32_t>(sum) : max_weight;
  }

  static constexpr std::uint32_t max_weight = 65535;

 private:
  std::array<std::uint32_t, max_fields> units_{};
  std::size_t fields_ = 0;
  std::uint32_t one_ = 1;
  unsigned field_bits_ = 0;
};

}  // namespace koinon::index
