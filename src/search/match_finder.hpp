// SPDX-License-Identifier: Apache-2.0
//
// Where in a text the words of a question stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/query.hpp"
#include "search/readings.hpp"
#include "search/record_texts.hpp"
#include "text/analyse.hpp"
#include "text/concept_finder.hpp"

namespace koinon::search {

/// Words looked at in one text, of those that a question has: beyond, a text that repeats a word
/// without end would cost more than it shows.
inline constexpr std::size_t max_matched_words = 8192;

/// A word of a text, bytes [begin, end), and the clause for which it matches.
struct TextMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t clause = 0;  // number among those of the finder
};

/// Built once for a question, asked for each text.
///
/// Threads: one object per thread.
class MatchFinder {
 public:
  /// Of clauses inside clauses each counts; those that must not occur do not, nor what is no text.
  /// Concepts are found with the thesaurus that they are of; not at all where that is null.
  explicit MatchFinder(std::span<const index::Clause> clauses,
                       const text::Thesaurus* thesaurus = nullptr);

  /// Number of clauses that can match. O(1).
  std::size_t clauses() const { return sizes_.size(); }

  /// Every match, by where it begins, then clause; the words of a phrase only where all of it
  /// stands, with as many words between them as it allows. O(length of the text), and the product
  /// of its matched words and a phrase's length.
  std::vector<TextMatch> find(const TextPart& part);

 private:
  // Which word of which clause a term stands for.
  struct Role {
    std::size_t clause = 0;
    std::size_t group = 0;
  };
  // A word of the text that has any role.
  struct Player {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint32_t position = 0;
    std::vector<Role> roles;
  };

  // A beginning or a fuzzy word.
  struct Likeness {
    index::Pattern pattern;
    std::size_t clause = 0;
  };

  void add_clause(const index::Clause& clause);
  void gather(std::string_view language, std::span<const text::AnalysedToken> tokens);
  void gather_concepts(std::string_view text, std::string_view language,
                       std::span<const text::AnalysedToken> tokens);
  void match(std::size_t shift, std::vector<TextMatch>& found) const;
  void add_roles(const std::string& term, std::vector<Role>& roles) const;
  void add_likeness(std::string_view word, std::vector<Role>& roles) const;
  bool plays(std::size_t player, const Role& role) const;
  bool whole(std::size_t player, std::size_t clause, std::vector<std::size_t>& members) const;

  std::unordered_map<std::string, std::vector<Role>> roles_;
  std::vector<std::size_t> sizes_;    // words of each clause
  std::vector<std::uint32_t> slops_;  // of each clause
  std::vector<Likeness> patterns_;
  Reader reader_;
  const text::Thesaurus* thesaurus_;
  std::optional<text::ConceptFinder> concepts_;  // where a clause has one
  std::vector<Player> players_;                  // of the reading at hand
};

}  // namespace koinon::search
