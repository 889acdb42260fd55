// SPDX-License-Identifier: Apache-2.0
//
// A thesaurus: concepts with labels in many languages, what is broader, narrower and related, and
// the labels as words to be found in texts (concept_finder.hpp). ThesaurusBuilder makes its bytes.
//
// Threads: immutable, safe everywhere.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koinon::text {

/// Number of a concept within one table, from 0. It means nothing outside: store uri().
using ConceptId = std::uint32_t;

/// Numbers that lie in the table.
class ConceptList {
 public:
  ConceptList() = default;
  explicit ConceptList(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size() / 4; }
  bool empty() const { return size() == 0; }
  ConceptId operator[](std::size_t i) const;

 private:
  std::string_view bytes_;
};

/// A label and the language that it is in, both valid as long as the table.
struct ConceptLabel {
  std::string_view text;
  std::string_view language;
};

/// How far from a concept a search may go, and what each step costs. A path goes only up, only
/// down, or one step aside; its weight is the product of its steps.
struct Expansion {
  double narrower = 0.7;
  double broader = 0.4;
  double related = 0.3;
  unsigned depth = 2;        // steps up or down
  std::size_t at_most = 32;  // concepts, with the one that is asked for
};

struct WeightedConcept {
  ConceptId id = 0;
  double weight = 0;  // 0 < weight <= 1
};

class Thesaurus {
 public:
  /// An empty one.
  Thesaurus() = default;

  /// Reads the table in place: nothing is copied, nothing parsed. `bytes` must outlive the object
  /// and may lie at any address. Throws Error with Damaged for what is no table, or a cut one, and
  /// TooNew for a later version. Wrong bytes behind a good header give wrong answers, never a read
  /// outside. O(1).
  explicit Thesaurus(std::string_view bytes);

  std::size_t size() const { return concepts_; }
  std::size_t bytes() const { return bytes_.size(); }

  /// Primary tags, sorted.
  std::vector<std::string_view> languages() const;

  /// The name of a concept to store: "eurovoc:3352". Empty for an id that there is not.
  std::string_view uri(ConceptId id) const;

  /// By its URI, or that of a concept that exactMatch makes one with it. O(log n).
  std::optional<ConceptId> find(std::string_view uri) const;

  /// Every URI that find() knows, sorted, with its concept.
  std::vector<std::pair<std::string_view, ConceptId>> names() const;

  /// The preferred label in the language (a BCP 47 tag), else in English, else in the first
  /// language that has one, else the URI with the language "". O(languages).
  ConceptLabel label(ConceptId id, std::string_view language) const;

  /// The preferred label in just this language; empty when there is none.
  std::string_view preferred(ConceptId id, std::string_view language) const;

  /// Other labels of all languages, as the builder got them.
  std::vector<ConceptLabel> others(ConceptId id) const;

  /// The words that are no label alone (ThesaurusBuilder::silence), folded. O(labels).
  std::vector<ConceptLabel> silent() const;

  /// Each way, one step. Empty for an id that there is not.
  ConceptList broader(ConceptId id) const { return links(id, 0); }
  ConceptList narrower(ConceptId id) const { return links(id, 1); }
  ConceptList related(ConceptId id) const { return links(id, 2); }

  /// The concept and those near it, heaviest first, equal weights by id; a concept that several
  /// paths reach keeps the best weight. Empty for an id that there is not. At most some thousand
  /// concepts are looked at, however many are near.
  std::vector<WeightedConcept> expand(ConceptId id, const Expansion& how = {}) const;

  // For the finder of concepts: a trie over terms.
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  std::uint32_t root(std::string_view language) const;
  std::uint32_t term(char kind, std::string_view text) const;
  std::uint32_t child(std::uint32_t node, std::uint32_t term) const;
  /// Where the hits of a node begin, or none.
  std::uint32_t first_hit(std::uint32_t node) const;
  /// A hit with its marks (thesaurus_format.hpp); the end of a damaged table looks like a last hit.
  std::uint32_t hit(std::uint32_t at) const;

 private:
  std::string_view section(std::uint32_t which) const;
  std::uint32_t number(std::uint32_t section, std::size_t index) const;
  std::string_view string(std::uint32_t begin, std::uint32_t size) const;
  std::size_t language_index(std::string_view language) const;
  std::string_view preferred_at(ConceptId id, std::size_t language) const;
  ConceptList links(ConceptId id, std::uint32_t which) const;

  std::string_view bytes_;
  std::array<std::pair<std::uint32_t, std::uint32_t>, 16> sections_{};
  std::size_t concepts_ = 0;
  std::size_t languages_ = 0;
};

}  // namespace koinon::text
