// SPDX-License-Identifier: Apache-2.0
//
// Structured questions: what a host builds where a user's own words are not enough. Plain values.
//
//   using namespace koinon::query;
//   request.query = all_of({ask(typed), code("country", {"FI", "SE"}), range("start", "2020",
//   "")});
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koinon {

enum class QueryKind : std::uint8_t {
  Everything,  // every record
  Ask,         // `text` as a user typed it, in the language of SearchRequest::text
  Words,       // any of the words of `text`; more of them rank higher
  Phrase,      // the words of `text` in their order, at most `distance` positions apart in all
  Prefix,      // a word that begins with `text`
  Fuzzy,       // a word that differs from `text` in at most `distance` characters
  Code,        // the facet `field` has one of `codes`
  Range,       // the number field `field` lies from `least` to `greatest`, both inclusive
  Near,        // has a place at most `kilometres` from a point
  Like,        // is like the record of id `text`: has its telling words; never that record itself
  All,         // every one of `parts`
  Any,         // at least one of `parts`; more of them rank higher
  Not,         // none of `parts`
  Optional,    // need not hold, but ranks higher where any of `parts` does
};

/// One node of a question. Those of codes, ranges and places keep or drop records and never touch a
/// score. Made best by the functions of koinon::query.
struct Query {
  QueryKind kind = QueryKind::Everything;
  std::string text;
  std::vector<std::string> fields;  // of texts: text_fields() where it must stand; empty: any
  std::string field;                // of Code: facet_fields(); of Range: number_fields()
  std::vector<std::string> codes;
  std::string least;  // "" for no limit; dates as "2020", "2020-06", "2020-06-30"; money in euros
  std::string greatest;  // of a date with unknown parts the last day that it can be
  double latitude = 0;   // degrees north
  double longitude = 0;  // degrees east
  double kilometres = 0;
  int distance = -1;  // -1: 0 for phrases; for fuzzy words 0 up to 2 letters, 1 up to 5, else 2
  double boost = 1;   // multiplies the score, 0 to 1,000
  std::vector<Query> parts;

  /// This question, to stand in these text fields only; so all its parts.
  Query in(const std::vector<std::string>& where) const {
    Query made = *this;
    made.fields = where;
    for (Query& part : made.parts) part = part.in(where);
    return made;
  }
  /// This question, with another weight.
  Query times(double weight) const {
    Query made = *this;
    made.boost = weight;
    return made;
  }
};

/// Builders of questions.
namespace query {

inline Query of_text(QueryKind kind, std::string text, int distance = -1) {
  Query made;
  made.kind = kind;
  made.text = std::move(text);
  made.distance = distance;
  return made;
}
inline Query of_parts(QueryKind kind, std::vector<Query> parts) {
  Query made;
  made.kind = kind;
  made.parts = std::move(parts);
  return made;
}

inline Query everything() {
  return {};
}
inline Query ask(std::string text) {
  return of_text(QueryKind::Ask, std::move(text));
}
inline Query words(std::string text) {
  return of_text(QueryKind::Words, std::move(text));
}
inline Query phrase(std::string text, int distance = 0) {
  return of_text(QueryKind::Phrase, std::move(text), distance);
}
inline Query prefix(std::string text) {
  return of_text(QueryKind::Prefix, std::move(text));
}
inline Query fuzzy(std::string text, int distance = -1) {
  return of_text(QueryKind::Fuzzy, std::move(text), distance);
}
inline Query like(std::string id) {
  return of_text(QueryKind::Like, std::move(id));
}
inline Query code(std::string field, std::vector<std::string> codes) {
  Query made;
  made.kind = QueryKind::Code;
  made.field = std::move(field);
  made.codes = std::move(codes);
  return made;
}
inline Query range(std::string field, std::string least, std::string greatest) {
  Query made;
  made.kind = QueryKind::Range;
  made.field = std::move(field);
  made.least = std::move(least);
  made.greatest = std::move(greatest);
  return made;
}
inline Query near(double latitude, double longitude, double kilometres) {
  Query made;
  made.kind = QueryKind::Near;
  made.latitude = latitude;
  made.longitude = longitude;
  made.kilometres = kilometres;
  return made;
}
inline Query all_of(std::vector<Query> parts) {
  return of_parts(QueryKind::All, std::move(parts));
}
inline Query any_of(std::vector<Query> parts) {
  return of_parts(QueryKind::Any, std::move(parts));
}
inline Query none_of(std::vector<Query> parts) {
  return of_parts(QueryKind::Not, std::move(parts));
}
inline Query optional(std::vector<Query> parts) {
  return of_parts(QueryKind::Optional, std::move(parts));
}

}  // namespace query

}  // namespace koinon
