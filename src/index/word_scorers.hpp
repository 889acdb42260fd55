// SPDX-License-Identifier: Apache-2.0
//
// Scorers of words: one term, several that stand for one word.
#pragma once

#include <array>
#include <vector>

#include "index/posting_cursor.hpp"
#include "index/query.hpp"
#include "index/scorer.hpp"

namespace koinon::index {

/// The documents with any of several terms of a segment.
class GroupCursor {
 public:
  /// At least one.
  explicit GroupCursor(std::vector<PostingCursor> cursors);

  std::uint32_t document() const { return document_; }
  void advance(std::uint32_t target) {
    if (document_ >= target) return;
    if (cursors_.size() > 1) return advance_all(target);
    cursors_[0].advance(target);
    document_ = cursors_[0].document();
  }
  /// At least the weight of the places of all terms.
  std::uint32_t weight_together();
  /// Replaces `places` by those of all terms here, rising and distinct.
  void places(std::vector<Place>& places);
  /// No document in [from, to) scores more by the places of all terms.
  std::int32_t bound_together(std::uint32_t from, std::uint32_t to, const ScoreTable& table);
  std::uint64_t cost() const { return cost_; }
  std::vector<PostingCursor>& cursors() { return cursors_; }
  /// After the cursors were moved one by one.
  void settle();

 private:
  void advance_all(std::uint32_t target);

  std::vector<PostingCursor> cursors_;
  std::uint32_t document_ = 0;
  std::uint64_t cost_ = 0;
};

class TermScorer final : public Scorer {
 public:
  TermScorer(const Segment& segment, PostingCursor cursor, const ScoreTable& table);
  void advance(std::uint32_t target) override;
  std::int32_t score() override;
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override;
  const std::int32_t* bound_by_length() override;
  std::uint64_t cost() const override { return cursor_.documents(); }
  std::optional<std::uint64_t> exact_count() const override { return cursor_.documents(); }
  std::int32_t reached(std::size_t count, std::int32_t more_than) const override {
    return cursor_.reached(count, more_than, table_);
  }
  void fill(Window& window, bool marks) override;
  void mark(Window& window) override;
  void collect(std::uint32_t begin, std::uint32_t end, std::int32_t least,
               std::vector<Candidate>& found) override;
  void raise(std::vector<Candidate>& candidates, std::int32_t least, bool must) override;
  std::uint32_t bound_end(std::uint32_t from) override { return cursor_.block_last(from); }

 private:
  void score(const PostingCursor::Run& run, std::int32_t* scores);
  struct Raised {
    Candidate* from;  // the first that was not looked at
    Candidate* to;    // behind those that match, where others are taken out
  };
  Raised raise_block(Candidate* from, const Candidate* end, Candidate* to, bool must);
  // The scores of a weight, by length code: few are asked for.
  const std::int32_t* scores_of(std::uint32_t weight);
  static constexpr std::uint32_t known_weights = 15;

  const std::uint8_t* codes_;
  PostingCursor cursor_;
  ScoreTable table_;
  std::uint32_t heaviest_ = known_weights + 1;  // where a bound was asked for last
  std::array<std::vector<std::int32_t>, known_weights + 1> known_;
};

/// Scores what the best of its terms scores, not the sum: a word and its stem stand at the same
/// places.
class GroupScorer final : public Scorer {
 public:
  /// A table for each term.
  GroupScorer(const Segment& segment, GroupCursor cursor, std::vector<ScoreTable> tables);
  void advance(std::uint32_t target) override;
  std::int32_t score() override;
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override;
  std::uint64_t cost() const override { return cursor_.cost(); }
  void fill(Window& window, bool marks) override;
  void mark(Window& window) override;

 private:
  const std::uint8_t* codes_;
  GroupCursor cursor_;
  std::vector<ScoreTable> tables_;
  std::vector<std::int32_t> best_;  // of a window
};

}  // namespace koinon::index
