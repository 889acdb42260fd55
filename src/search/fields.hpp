// SPDX-License-Identifier: Apache-2.0
//
// The text fields and facet fields of records: their numbers in the index, names and boosts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "index/schema.hpp"
#include "koinon/records.hpp"

namespace koinon::search {

/// Position in `text_fields`.
enum class TextField : std::uint8_t {
  Title,  // titles, names, labels
  Names,  // aliases, acronyms, alternative labels, and organisations that take part
  Summary,
  Problem,
  Solution,
  Results,
  Lessons,
  Transferability,
  Description,
  Statements,
  Tags,
  Codes,
};

struct TextFieldInfo {
  std::string_view name;
  double boost = 1;  // what a word in this field counts, see index/bm25.hpp
};

inline constexpr std::array<TextFieldInfo, 12> text_fields = {{{"title", 3},
                                                               {"names", 2},
                                                               {"summary", 1.5},
                                                               {"problem", 1},
                                                               {"solution", 1},
                                                               {"results", 1},
                                                               {"lessons", 1},
                                                               {"transferability", 1},
                                                               {"description", 1},
                                                               {"statements", 1},
                                                               {"tags", 1},
                                                               {"codes", 1}}};

/// Position in koinon::facet_fields(), and after those what only this room asks for.
enum class FacetField : std::uint8_t {
  Kind,
  Country,
  Language,
  Theme,
  TargetGroup,
  Objective,
  Principle,
  Stage,
  State,
  Level,
  Year,
  Programme,
  Fund,
  OrganisationKind,
  Source,
  Concept,     // URIs, of a thesaurus
  Initiative,  // id of the initiative that a case study is about, or a project carries out
  Nuts,        // regions of its places, at every level
  Nuts1,
  Nuts2,
  Nuts3,
  Hidden,         // has a code where only SearchRequest::unpublished shows the record
  TextLanguages,  // of all texts, those of related records too
};

inline constexpr std::size_t facet_field_count = 23;

/// Position in koinon::number_fields(), and after those what only this room asks for. Dates are
/// yyyymmdd, unknown parts 0.
enum class NumberField : std::uint8_t {
  Date,      // what an empty question sorts by: see DocumentMaker
  Start,     // of the period
  End,       // of the period
  Deadline,  // of a call, each of them
  Budget,    // cents of euros
  Point,     // see index/geo.hpp
};

inline constexpr std::size_t number_field_count = 6;

/// Number of a public facet field; throws Error(InvalidArgument) that names the known ones.
FacetField facet_field(std::string_view name);

/// The same of text_fields() and number_fields().
TextField text_field(std::string_view name);
NumberField number_field(std::string_view name);

/// What the index has to know of these fields.
index::Schema schema();

inline index::FieldId id_of(TextField field) {
  return static_cast<index::FieldId>(field);
}
inline index::NumberFieldId id_of(NumberField field) {
  return static_cast<index::NumberFieldId>(field);
}
inline index::FacetFieldId id_of(FacetField field) {
  return static_cast<index::FacetFieldId>(field);
}

}  // namespace koinon::search
