// SPDX-License-Identifier: Apache-2.0
//
// The thesaurus that a catalogue was opened with: what became of a host's own files, and the
// concepts in it. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace koinon {

/// A SKOS file of the host's, as it was read.
struct ThesaurusFile {
  std::string path;
  std::uint64_t statements = 0;
  std::uint64_t concepts = 0;
  std::uint64_t labels = 0;
  std::uint64_t deprecated = 0;  // concepts that are out of use, and left out
  std::uint64_t problems = 0;    // in all, told or not
};

/// Something of those files that was left out, or that somebody should look at. Codes of lines:
/// "bad_statement", "no_language", "bad_language", "bad_encoding", "too_long", "not_a_literal",
/// "not_a_resource", "no_literal_form", "no_uri". Codes of concepts: "added_twice" (in two files),
/// "no_label", "second_preferred" (kept as another label), "empty_label", "long_label" (shown, not
/// looked for), "unknown_concept" (a relation to what is in no file), "cycle" (of the links that
/// make one, one is left out), "shared_label" (of several concepts: a text with it gets all of
/// them).
struct ThesaurusProblem {
  std::string file;        // "" for what only the files together show
  std::uint64_t line = 0;  // from 1; 0 where it is of no one line
  std::string code;
  std::string about;    // URI of the concept, where there is one
  std::string message;  // for people
};

/// Concepts of the host's files with a preferred label in a language, be it that of a concept which
/// exactMatch makes the same.
struct ThesaurusLanguage {
  std::string language;
  std::uint64_t concepts = 0;
};

struct ThesaurusReport {
  bool bundled = false;        // EuroVoc and the glossary of social innovation are in it
  std::uint64_t concepts = 0;  // in all, those that exactMatch makes one counted once
  std::vector<ThesaurusFile> files;
  std::uint64_t own = 0;                     // concepts of the files
  std::vector<ThesaurusLanguage> languages;  // of those, by language
  std::uint64_t problem_count = 0;
  std::vector<ThesaurusProblem> problems;  // the first thousand of each file, and of all together
  /// The compiled form was read from beside the catalogue, or is kept there for the next opening;
  /// why not, for people, otherwise.
  bool kept = false;
  std::string not_kept;
  double seconds = 0;  // that reading and compiling took when it was done
};

/// A concept beside another.
struct ConceptLink {
  std::string uri;
  std::string label;
};

/// A concept with its labels in the language that was asked for, else in English, else in the first
/// that it has one in, else the URI.
struct ConceptEntry {
  std::string uri;  // as facets and filters have it
  std::string label;
  std::string language;               // of the label; "" where that is the URI
  std::vector<std::string> other;     // labels in that language
  std::vector<ConceptLink> broader;   // one step
  std::vector<ConceptLink> narrower;  // one step
  std::vector<ConceptLink> related;
};

}  // namespace koinon
