// SPDX-License-Identifier: Apache-2.0
//
// What records are made of, for hosts that draw forms, check files or write a code book.
#pragma once

#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// One field of a kind of record, as its JSON has it.
struct RecordField {
  std::string path;  // "titles", "participations[].role": what is in a list has "[]" before it
  /// "text"; "code" of the vocabulary; "theme": such a code or the id of a concept; "reference": a
  /// record id; "language", "country", "nuts", "link"; "texts": one or more languages; "date",
  /// "instant", "money", "share", "number", "count", "parameters", "object": its fields follow.
  std::string type;
  std::string vocabulary;  // of codes; "" for none
  bool list = false;       // any number of them
  bool required = false;   // nothing can be stored without
};

/// The fields of a kind, in the order of its JSON, those of objects after the object. O(fields).
std::vector<RecordField> record_fields(RecordKind kind);

}  // namespace koinon
