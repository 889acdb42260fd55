// SPDX-License-Identifier: Apache-2.0
//
// From concepts to the bytes of a Thesaurus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

class Thesaurus;

struct LabelOfConcept {
  std::string language;  // a BCP 47 tag; only its primary part counts
  std::string text;
  bool preferred = false;
};

struct ConceptToAdd {
  std::string uri;
  std::vector<LabelOfConcept> labels;
  std::vector<std::string> broader;  // URIs; what is narrower follows from them
  std::vector<std::string> related;
  std::vector<std::string> exact_match;
};

/// What the builder met and what it did about it, in the concepts that were added one by one.
/// Nothing of it keeps a table from being built.
enum class ThesaurusIssueKind : std::uint8_t {
  NoName,           // a concept without a URI: left out
  AddedTwice,       // a URI for the second time: one concept with the labels of both
  NoLabel,          // found by its URI, never in a text
  SecondPreferred,  // a second preferred label in a language: kept as another label
  EmptyLabel,       // without letter or digit: left out
  LongLabel,        // shown, but of too many words, or bytes, to be looked for
  UnknownConcept,   // a relation to what nobody added: left out
  Cycle,            // a broader that would lead back to the concept: left out
  SharedLabel,      // the label of several concepts: a text with it gets all of them
};
inline constexpr std::size_t thesaurus_issue_kinds = 9;

struct ThesaurusIssue {
  ThesaurusIssueKind kind = ThesaurusIssueKind::NoName;
  std::string uri;
  std::string what;  // the label, with its language, or the other concept
};

struct ThesaurusReport {
  std::vector<ThesaurusIssue> issues;            // the first thousand
  std::vector<std::uint64_t> counts;             // of all of them, by kind
  std::size_t concepts = 0;                      // after exactMatch made one of several
  std::size_t labels = 0;                        // that can be found in texts
  std::map<std::string, std::size_t> languages;  // concepts with a preferred label in each
};

/// The most concepts and the longest text of a label that a table takes.
inline constexpr std::size_t max_concepts = 0x00FFFFFE;
inline constexpr std::size_t max_label_bytes = 4096;

/// Collects concepts and builds the table.
///
/// Threads: one object per thread.
class ThesaurusBuilder {
 public:
  ThesaurusBuilder();
  ~ThesaurusBuilder();
  ThesaurusBuilder(ThesaurusBuilder&&) noexcept;
  ThesaurusBuilder& operator=(ThesaurusBuilder&&) noexcept;

  /// Any order; relations may name what comes later, or never. Of several concepts that are one,
  /// whether by URI or by exactMatch, the first gives the URI, and the first preferred label in a
  /// language is the preferred one. Ill-formed UTF-8 in a label is replaced.
  void add(ConceptToAdd added);

  /// Everything of a table, silent words too, as if its concepts were added one by one, but that
  /// the report does not tell of them: so a host's own thesaurus and the bundled one become one
  /// table.
  void add(const Thesaurus& thesaurus);

  /// The word alone, as written (folded: no case, no accents), is no label in the language: English
  /// "will" names no testament. Longer labels that hold it are found all the same.
  void silence(const std::string& language, const std::string& word);

  /// The bytes for Thesaurus, the same for the same concepts on every machine of one byte order.
  /// Stems every label: some 100,000 labels a second. Throws Error with OutOfMemory or, past 4 GB,
  /// InvalidInput. May be called once.
  std::vector<char> build();

  /// Complete after build().
  const ThesaurusReport& report() const;

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace koinon::text
