// SPDX-License-Identifier: Apache-2.0
//
// Every text by which a record is found: the one list that indexing and snippets share.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"
#include "search/fields.hpp"
#include "search/related_records.hpp"

namespace koinon::search {

/// A text of a record. It holds only during the call that hands it over.
struct TextPart {
  TextField field = TextField::Title;
  std::string_view language;
  std::string_view text;
  bool own = true;  // false: of a related record
};

using TextVisitor = std::function<void(const TextPart&)>;

/// Calls `visit` with each text that is not empty, fields in the order of TextField as far as the
/// record's parts allow. A MatchDecision has none. O(texts).
void for_each_text(const Record& record, RelatedRecords& related, const TextVisitor& visit);

/// What to call the record: its title, name or label in `language` (a BCP 47 tag) if it has one in
/// that, else the first it has; for want of any an acronym, alias, code or the title of a source. A
/// replication is called by its initiatives, "A → B".
/// Its language is "und" where it is not told.
Text title_of(const Record& record, RelatedRecords& related, std::string_view language);

/// Its places: seats, origins, locations. They live as long as the record.
std::vector<const Place*> places_of(const Record& record);

/// Countries of its places: distinct, in order of their first place.
std::vector<std::string> countries_of(const Record& record);

}  // namespace koinon::search
