// SPDX-License-Identifier: Apache-2.0
//
// How MemoryIndex::search() answers: clause after clause into one column of scores and one of
// marks, then once over all documents.
#pragma once

#include <cstdint>
#include <vector>

#include "index/memory_index.hpp"

namespace koinon::index {

/// One search over one index. Term at a time, so that the number of documents having a clause,
/// which its weight needs and tombstones hide, is counted exactly before it scores.
class Evaluation {
 public:
  Evaluation(const MemoryIndex& index, const Query& query, const CancelToken& cancel);
  Results run();

 private:
  struct Match {
    std::uint32_t ordinal = 0;
    double frequency = 0;
  };
  struct Candidate {
    double score = 0;
    std::int64_t sort_key = 0;
    DocKey key = 0;
  };
  struct PreparedFilter {
    std::vector<char> members;
    bool none = false;
  };

  void prepare_filters();
  void apply(const Clause& clause);
  void find(const Clause& clause);
  void find_word(const TermGroup& group);
  void find_phrase(const Clause& clause);
  GroupCursor cursor_of(const TermGroup& group) const;
  void match(std::uint32_t ordinal, double frequency);
  void score();
  bool accepts(std::uint32_t ordinal) const;
  bool passes_filters(std::uint32_t ordinal) const;
  void collect(Results& results);
  void count_facets(std::uint32_t ordinal);
  void rank(Results& results);
  void poll();

  const MemoryIndex& index_;
  const Query& query_;
  const CancelToken& cancel_;
  std::vector<PreparedFilter> filters_;
  std::vector<double> scores_;        // by ordinal
  std::vector<std::uint32_t> musts_;  // Must clauses met, by ordinal
  std::vector<char> shoulds_;         // whether a Should clause was met
  std::vector<char> excluded_;        // whether a MustNot clause was met
  std::vector<Match> matches_;        // of the clause at hand
  std::vector<Candidate> candidates_;
  std::vector<std::uint64_t> facet_matches_;  // by value
  std::uint32_t must_clauses_ = 0;
  std::uint32_t should_clauses_ = 0;
  std::uint32_t steps_ = 0;
};

}  // namespace koinon::index
