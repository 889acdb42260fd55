// SPDX-License-Identifier: Apache-2.0
//
// From a record to a document of the index.
#pragma once

#include <string>
#include <string_view>

#include "index/document.hpp"
#include "koinon/records.hpp"
#include "search/related_records.hpp"
#include "text/analyse.hpp"

namespace koinon::search {

/// Fills `document`, which it clears first.
///
/// Every word is indexed folded and, where its language has a stemmer, by its stem in that
/// language. The facets are what SearchRequest's filters know; "language" has the languages of the
/// record's own texts, "state" also the status of a call, "year" that of the period's start or of
/// the first deadline. The sort key is the start of the period (or its end where only that is
/// told), for a call the opening or else the first deadline, as yyyymmdd; none without any. The
/// records that references_of() names are marks. O(texts).
void document_of(const Record& record, RelatedRecords& related, text::Analyser& analyser,
                 index::Document& document);

/// Whether only SearchRequest::unpublished shows it: a case study in another state than
/// "published". One whose state was not told is shown.
bool is_hidden(const Record& record);

/// Whether the record goes into the index at all: everything but match decisions.
bool is_indexed(const Record& record);

}  // namespace koinon::search
