// SPDX-License-Identifier: Apache-2.0
//
// Questions to a catalogue and their answers. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// Keeps records of which the facet `field` has at least one of the codes `any_of`. Several filters
/// must all hold. A filter never changes a score.
struct Filter {
  std::string field;  // one of facet_fields()
  std::vector<std::string> any_of;
};

/// A user's question. `text` is never an error: bare words are alternatives (more of them rank
/// higher), +word must occur, -word must not, "quoted words" occur side by side. What could not be
/// understood is named in SearchResults::ignored. An empty text finds every record, newest first.
struct SearchRequest {
  std::string text;      // UTF-8
  std::string language;  // of the user, "" when unknown: a prior, never a filter
  std::vector<Filter> filters;
  std::vector<std::string> facets;  // facet fields to count
  std::size_t facet_values = 10;    // most frequent values kept for each facet
  std::size_t limit = 10;
  std::size_t offset = 0;
  bool unpublished = false;  // also case studies that are not in state "published"
  bool snippets = true;
  bool wait = true;  // false: ErrorCode::Busy while the index is being built
};

/// Byte range [begin, end) of Snippet::text that matched; never splits a character.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Snippet {
  std::string field;
  std::string language;
  std::string text;  // "…" marks a cut
  std::vector<Mark> marks;
};

struct Hit {
  std::string id;
  RecordKind kind = RecordKind::CaseStudy;
  double score = 0;  // BM25, only comparable within one answer; 0 for an empty question
  std::string title;
  std::string title_language;
  std::vector<std::string> countries;
  Snippet snippet;  // empty where none was asked for, or nothing matched in a text
};

struct FacetValue {
  std::string code;
  std::uint64_t count = 0;
};

struct Facet {
  std::string field;
  std::vector<FacetValue> values;  // by falling count, then code
  std::uint64_t distinct = 0;      // values in all, shown or not
};

struct SearchResults {
  std::uint64_t change = 0;   // the answer is that of the catalogue after this change
  std::uint64_t total = 0;    // matches in all, exact
  std::vector<Hit> hits;      // by falling score, then as they came into the catalogue
  std::vector<Facet> facets;  // exact, over all matches
  std::vector<std::string> ignored;
};

/// The fields that filters and facets know: kind, country, language, theme, target-group,
/// objective, principle, stage, state, level, year, programme, fund, organisation-kind, source.
const std::vector<std::string>& facet_fields();

}  // namespace koinon
