// SPDX-License-Identifier: Apache-2.0
//
// Scorers of what is not a word: sets of documents, all of them, clauses inside clauses.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "index/bits.hpp"
#include "index/columns.hpp"
#include "index/query.hpp"
#include "index/scorer.hpp"

namespace koinon::index {

/// Documents that score the same, whatever stands in them.
struct ScoredSet {
  Bits bits;
  std::int32_t score = 0;
};

/// The documents of several sets, each with the score of the first set that has it: sets by falling
/// score.
class SetScorer final : public Scorer {
 public:
  SetScorer(std::vector<ScoredSet> sets, std::uint32_t documents);
  void advance(std::uint32_t target) override;
  std::int32_t score() override;
  std::int32_t bound(std::uint32_t, std::uint32_t) override;
  std::uint64_t cost() const override { return cost_; }
  void mark(Window& window) override;

 private:
  std::vector<ScoredSet> sets_;
  Bits all_;
  std::uint64_t cost_ = 0;
};

/// Documents that each have a score of their own.
class ListScorer final : public Scorer {
 public:
  /// By rising document, none twice.
  explicit ListScorer(std::vector<Candidate> list);
  void advance(std::uint32_t target) override;
  std::int32_t score() override { return list_[at_].score; }
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override;
  std::uint64_t cost() const override { return list_.size(); }

 private:
  std::vector<Candidate> list_;
  std::size_t at_ = 0;
};

/// What another scorer matches, some of it with a part of its score.
class DampedScorer final : public Scorer {
 public:
  /// `column` is that of the damping's field in the segment.
  DampedScorer(ScorerPtr inner, const FacetColumn& column, const Damping& damping);
  void advance(std::uint32_t target) override;
  std::int32_t score() override;
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override {
    return inner_->bound(from, to);
  }
  std::uint64_t cost() const override { return inner_->cost(); }
  std::optional<std::uint64_t> exact_count() const override { return inner_->exact_count(); }
  std::uint32_t bound_end(std::uint32_t from) override { return inner_->bound_end(from); }
  void mark(Window& window) override;

 private:
  ScorerPtr inner_;
  FacetColumn column_;
  std::vector<bool> less_;  // by ordinal
  double factor_;
};

/// Every document, with score 0.
class AllScorer final : public Scorer {
 public:
  explicit AllScorer(std::uint32_t documents) : documents_(documents) { advance(0); }
  void advance(std::uint32_t target) override {
    document_ = target < documents_ ? target : no_document;
  }
  std::int32_t score() override { return 0; }
  std::int32_t bound(std::uint32_t, std::uint32_t) override { return 0; }
  std::uint64_t cost() const override { return documents_; }
  void fill(Window& window, bool marks) override {
    if (marks) mark(window);
    advance(window.end());
  }
  void mark(Window& window) override;

 private:
  std::uint32_t documents_;
};

/// The parts of a query, or of a clause with clauses, over one segment.
struct Parts {
  std::vector<ScorerPtr> should;
  std::vector<ScorerPtr> must;
  std::vector<ScorerPtr> must_not;

  /// Matches of the window, with scores if asked for, in place of what it held.
  void combine(Window& window, Window& scratch, bool scores);
  /// The first document that may match, from where the parts stand.
  std::uint32_t next() const;
};

/// Clauses inside a clause: evaluated a window at a time.
class BooleanScorer final : public Scorer {
 public:
  explicit BooleanScorer(Parts parts);
  void advance(std::uint32_t target) override;
  std::int32_t score() override { return window_->scores[document_ - window_->begin]; }
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override;
  std::uint64_t cost() const override { return cost_; }

 private:
  bool find_in_window(std::uint32_t target);

  Parts parts_;
  std::uint64_t cost_ = 0;
  std::unique_ptr<Window> window_ = std::make_unique<Window>();
  std::unique_ptr<Window> scratch_ = std::make_unique<Window>();
  bool loaded_ = false;
};

}  // namespace koinon::index
