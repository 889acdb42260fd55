// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "koinon/records.hpp"

namespace koinon::search {

/// The records that a record's own words come from: a case study has its title from the initiative
/// it is about, and is found by the names of its organisations. The engine implements it over a
/// snapshot. When one of these changes, so does the document of every record that names it: the
/// engine puts those again (see references_of()).
class RelatedRecords {
 public:
  RelatedRecords() = default;
  RelatedRecords(const RelatedRecords&) = delete;
  RelatedRecords& operator=(const RelatedRecords&) = delete;
  virtual ~RelatedRecords() = default;

  /// nullptr when there is no such record, or it is of another kind. The pointer must hold until
  /// the next call of the same function.
  virtual const Initiative* initiative(std::string_view id) = 0;
  virtual const LangText* organisation_names(std::string_view id) = 0;

  /// A region of the Nomenclature of Territorial Units for Statistics.
  struct Region {
    std::vector<std::string> codes;  // its own last, before it those around it from level 1 down
    /// Degrees north and east of a point that stands for it.
    std::optional<std::pair<double, double>> middle;
  };
  /// The region of this code; no codes where it is not known.
  virtual Region region(std::string_view nuts) = 0;
};

/// Ids of the records whose words or codes go into the document of this one: distinct, sorted. O(n
/// log n).
std::vector<std::string> references_of(const Record& record);

}  // namespace koinon::search
