// SPDX-License-Identifier: Apache-2.0
//
// A query over a snapshot, with everything found out that does not depend on the segment: which
// terms there are, how rare they are, what they weigh.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "index/other_scorers.hpp"
#include "index/phrase_scorer.hpp"
#include "index/query.hpp"
#include "index/snapshot.hpp"
#include "index/word_scorers.hpp"

namespace koinon::index {

/// What a clause adds to the score of one document.
struct ClauseShare {
  bool matched = false;
  double score = 0;
  /// Of words: the terms of the clause that the document has, with how many have it.
  std::vector<std::pair<std::string, std::uint64_t>> terms;
  std::vector<ClauseShare> clauses;  // of the clauses inside, in their order
};

/// Threads: parts() may be called from several threads; the parts belong to one each. It must
/// outlive them.
class Plan {
 public:
  Plan(const Query& query, const Snapshot& snapshot);
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  /// The scorers for a segment, by its place in the snapshot. Where no clause says what must match,
  /// all documents do.
  Parts parts(std::size_t segment) const;

  /// What each clause of the query adds to a document's score, in their order: the sum of those
  /// that match is its score, if it matches.
  std::vector<ClauseShare> shares(std::size_t segment, std::uint32_t document) const;

  /// A score is a sum of integers in this unit.
  double unit() const { return unit_; }
  const std::vector<std::string>& cut() const { return cut_; }

 private:
  struct Term {
    std::string spelling;
    std::vector<std::optional<TermEntry>> entries;  // by segment
    std::uint64_t documents = 0;                    // live ones
    double weight = 1;                              // see Alternative
    std::uint64_t among = 0;
    double idf = 0;  // times its weight
    ScoreTable table;
  };
  struct Word {
    std::vector<Term> terms;
    double idf = 0;  // of the best
  };
  // A term that a pattern stands for.
  struct Likeness {
    TermEntry entry;
    unsigned distance = 0;
  };
  struct Node {
    const Clause* clause = nullptr;
    std::vector<Word> words;
    std::vector<std::vector<Likeness>> alike;  // by segment
    std::vector<Node> children;
    double worth = 0;                  // score of one occurrence without end
    ScoreTable table;                  // of words
    std::vector<std::int32_t> scores;  // of a pattern, by distance
  };

  Node prepare(const Clause& clause);
  Word prepare_word(const TermGroup& group);
  void prepare_pattern(Node& node);
  static void silence(Node& node);
  double total_worth(const std::vector<Node>& nodes) const;
  void set_scores(std::vector<Node>& nodes);
  ScorerPtr scorer(const Node& node, std::size_t segment) const;
  ScorerPtr undamped(const Node& node, std::size_t segment) const;
  ScorerPtr words(const Node& node, std::size_t segment) const;
  ScorerPtr pattern(const Node& node, std::size_t segment) const;
  ScorerPtr by_key(const Node& node, std::size_t segment) const;
  ScorerPtr scored(const Node& node, std::size_t segment) const;
  ClauseShare share(const Node& node, std::size_t segment, std::uint32_t document) const;
  Parts parts(const std::vector<Node>& nodes, std::size_t segment) const;

  const Snapshot& snapshot_;
  std::array<float, 256> saturation_;  // by length code, in units of a weighted frequency
  double unit_ = 1;
  std::vector<Node> nodes_;
  std::vector<std::string> cut_;
};

}  // namespace koinon::index
