// SPDX-License-Identifier: Apache-2.0
//
// Questions to a catalogue and their answers. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/query.hpp"
#include "koinon/records.hpp"

namespace koinon {

/// Keeps records of which the facet `field` has at least one of the codes `any_of`; with `exclude`,
/// those that have none of them. Several filters must all hold. A filter never changes a score.
struct Filter {
  std::string field;  // one of facet_fields()
  std::vector<std::string> any_of;
  bool exclude = false;
};

/// The ways in which a record may be found besides by the words of the question.
/// docs/reference/search-across-languages.md tells how they are weighed.
struct SearchSignals {
  bool words = true;     // false: by the other signals alone, for measuring them
  bool concepts = true;  // what the words mean in the thesaurus, and what is near that
  bool spelling = true;  // names and words that languages share, by their letters
  bool meaning = true;   // by vectors; needs OpenOptions::word_vectors, an embedder or brought ones
};

/// A user's question, with what a host adds to it. `text` is never an error: docs/reference/
/// query-language.md tells what it may say. What could not be understood is named in
/// SearchResults::ignored. An empty text finds every record, newest first.
struct SearchRequest {
  std::string text;      // UTF-8
  Query query;           // must hold too; Everything: asks for no more
  std::string language;  // of the user, "" when unknown: a prior, never a filter
  std::vector<Filter> filters;
  std::vector<std::string> facets;  // facet fields to count
  std::size_t facet_values = 10;    // most frequent values kept for each facet
  /// A facet that a filter picks from is counted as if that filter were not there: for lists from
  /// which a user may tick several values.
  bool multi_select = false;
  std::string sort;     // one of number_fields(), greatest first; "" by score
  bool rising = false;  // with `sort`: least first
  /// "initiative", "organisation": of records about one, or that are one, the best. "": all.
  std::string group_by;
  std::size_t limit = 10;
  std::size_t offset = 0;
  /// SearchResults::next of the page before; the rest of the request as it was then. `offset` does
  /// not count. Error(Expired) when its state of the catalogue is no longer kept,
  /// Error(InvalidArgument) when it belongs to another question.
  std::string after;
  /// For how long the state that was searched is kept for the pages to come, in seconds, at most
  /// 3,600; 0: no SearchResults::next is given.
  double keep_seconds = 0;
  /// After so long the answer is what has been found by then, and SearchResults::late says so;
  /// 0: without limit.
  double deadline_seconds = 0;
  /// Also records in other languages than `language`. false: only those with a text in that;
  /// without a `language` only words are looked for, in all.
  bool across = true;
  SearchSignals signals;
  /// What is asked for as a vector, in the space of the catalogue's: of as many numbers as
  /// OpenOptions say, all finite and not all 0, of which only the direction counts. It stands in
  /// the place of the one that an embedder makes of `text`. Without any text the records with the
  /// nearest vectors are found, nearest first, two hundred at most. Empty: there is none.
  std::vector<float> vector;
  bool as_you_type = false;  // the last word may be the beginning of one
  bool unpublished = false;  // also case studies that are not in state "published"
  bool snippets = true;
  bool suggest = true;  // look for a better spelling where a word of `text` is in no record
  bool wait = true;     // false: ErrorCode::Busy while the index is being built
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

/// Through what a hit was found.
struct FoundThrough {
  std::string signal;    // "words", "concepts", "spelling" or "meaning"
  std::string language;  // of the word that matched; "" for the others
  std::string what;      // the words of the question; labels of concepts in the user's language
  double share = 0;      // of the hit's score, 0 to 1
};

struct Hit {
  std::string id;
  RecordKind kind = RecordKind::CaseStudy;
  double score = 0;  // BM25, only comparable within one answer; 0 for an empty question
  std::string title;
  std::string title_language;
  std::vector<std::string> countries;
  Snippet snippet;            // empty where none was asked for, or nothing matched in a text
  std::string group;          // with SearchRequest::group_by: id of what it is about, or one with
  std::uint64_t grouped = 1;  // matches of that group, this one included
  std::vector<FoundThrough> found_through;  // by falling share; empty for an empty question
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
  std::uint64_t change = 0;          // the answer is that of the catalogue after this change
  std::uint64_t total = 0;           // matches in all, exact unless late
  std::vector<Hit> hits;             // by falling score, then as they came into the catalogue
  std::vector<Facet> facets;         // exact, over all matches
  std::vector<std::string> ignored;  // parts of the question, and why
  /// Beginnings and fuzzy words that stand for more words of the catalogue than are looked at; the
  /// most frequent ones were.
  std::vector<std::string> cut;
  std::string suggestion;  // the question with words that the catalogue has; "" where all are there
  std::string next;        // see SearchRequest::after; "" after the last page
  bool late = false;       // the deadline came first: what is here is right, but not all
};

/// What one part of the question adds to a hit's score, or why it is not there.
struct ExplainedPart {
  std::string signal;    // as FoundThrough::signal
  std::string what;      // the part: a word, "a phrase", begin*, a label with the concepts found
  std::string language;  // of the stem that matched; "" for the word itself
  bool matched = false;
  bool required = false;
  bool excluded = false;      // a part that must not match
  double score = 0;           // the sum over all parts is the hit's score
  double share = 0;           // of the whole score, 0 to 1
  std::uint64_t records = 0;  // that have it, in the whole catalogue
};

/// Why a record is in an answer, or is not.
struct Explanation {
  std::string id;
  std::uint64_t change = 0;
  bool found = false;
  double score = 0;
  std::uint64_t rank = 0;  // 1 for the first, where it is found; groups do not count
  std::vector<ExplainedPart> parts;
  /// Why it is not found: "not-there", "removed", "erased", "not-indexed" (a kind that search does
  /// not know), "draft" (a state that only SearchRequest::unpublished shows), "filtered-out",
  /// "missing" (a part that must match), "excluded", "no-term" (no word of the question is in it),
  /// "other-language" (its texts are in other languages than the question's).
  struct Reason {
    std::string code;
    std::string message;  // for people
  };
  std::vector<Reason> reasons;
};

/// What somebody wants to be told of. The host keeps it, with whom it belongs to: the catalogue
/// does not learn who looks for what.
struct SavedSearch {
  std::string name;  // for the host to know it again
  /// Its page, order, facets and after do not count.
  SearchRequest request;
};

/// A record that a saved search finds and that is new or changed.
struct Alert {
  std::uint64_t change = 0;  // that made or last changed the record
  std::string record;        // id
  std::string search;        // SavedSearch::name
};

struct Alerts {
  std::uint64_t change = 0;   // they go up to here: where to go on the next time
  std::vector<Alert> alerts;  // by change, then in the order of the searches
};

/// The fields that filters and facets know: kind, country, language, theme, target-group,
/// objective, principle, stage, state, level, year, programme, fund, organisation-kind, source,
/// concept (URIs, of the thesaurus), initiative, nuts (codes of every level), nuts-1, nuts-2,
/// nuts-3.
const std::vector<std::string>& facet_fields();

/// The fields of texts: title, names, summary, problem, solution, results, lessons,
/// transferability, description, statements, tags, codes.
const std::vector<std::string>& text_fields();

/// The fields of ranges and sorting: date (when it began, or a call opened), start, end, deadline,
/// budget, in euros.
const std::vector<std::string>& number_fields();

}  // namespace koinon
