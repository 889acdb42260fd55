// SPDX-License-Identifier: Apache-2.0
//
// Scorers of words: one term, several that stand for one word, words side by side.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "index/posting_cursor.hpp"
#include "index/query.hpp"
#include "index/scorer.hpp"

namespace koinon::index {

/// The documents with any of several terms of a segment. Their weight is the greatest of the terms
/// there, not the sum: a word and its stem stand at the same places.
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
  std::uint32_t weight();
  /// At least that of the places of all terms.
  std::uint32_t weight_together();
  /// Replaces `places` by those of all terms here, rising and distinct.
  void places(std::vector<Place>& places);
  std::int32_t bound(std::uint32_t from, std::uint32_t to, const ScoreTable& table);
  /// The same for a weight over the places of all terms, which may be their sum.
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

class GroupScorer final : public Scorer {
 public:
  GroupScorer(const Segment& segment, GroupCursor cursor, const ScoreTable& table);
  void advance(std::uint32_t target) override;
  std::int32_t score() override;
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override;
  std::uint64_t cost() const override { return cursor_.cost(); }
  void fill(Window& window, bool marks) override;
  void mark(Window& window) override;

 private:
  const std::uint8_t* codes_;
  GroupCursor cursor_;
  ScoreTable table_;
  std::vector<std::uint32_t> weights_;  // of a window
};

/// Words in order in one field, at most `slop` positions further apart than side by side, or one
/// word in some of the fields. Its weight is that of the places where it begins.
class PhraseScorer final : public Scorer {
 public:
  PhraseScorer(const Segment& segment, const FieldWeights& fields, std::vector<GroupCursor> words,
               std::uint32_t slop, FieldMask mask, const ScoreTable& table);
  void advance(std::uint32_t target) override;
  std::int32_t score() override;
  std::int32_t bound(std::uint32_t from, std::uint32_t to) override;
  std::uint64_t cost() const override { return cost_; }
  void collect(std::uint32_t begin, std::uint32_t end, std::int32_t least,
               std::vector<Candidate>& found) override;
  void fill(Window& window, bool marks) override;
  void mark(Window& window) override;
  std::uint32_t bound_end(std::uint32_t from) override {
    return single_ ? only(rarest_first_[0]).block_last(from) : no_document;
  }

 private:
  // Documents of a block of the rarest word that have the words looked for so far: their numbers,
  // bounds of their weights, and where they are in that block.
  struct Seen {
    std::size_t count = 0;
    std::array<std::uint32_t, block_size> documents;
    std::array<std::uint32_t, block_size> weights;
    std::array<std::uint8_t, block_size> at;
    void move(std::size_t from, std::size_t to);
  };
  using Ranges = std::array<PlaceRange, block_size>;  // by place in the block of the rarest word

  GroupCursor& rarest() { return words_[rarest_first_[0]]; }
  bool align(std::uint32_t target);
  std::int32_t most_here();
  void collect_each(std::uint32_t target, std::uint32_t end, std::int32_t least,
                    std::vector<Candidate>& found);
  void collect_blocks(std::uint32_t target, std::uint32_t end, std::int32_t least,
                      std::vector<Candidate>& found);
  void take_phrases(std::int32_t least, std::vector<Candidate>& found);
  std::uint32_t next_of_all();
  void see(std::size_t word, const PostingCursor::Run& run, std::int32_t least);
  void meet(std::size_t word, std::int32_t least);
  void drop_weak(std::int32_t least);
  bool bounds_weight(std::size_t word) const { return slop_ == 0 || word == 0; }
  PostingCursor& only(std::size_t word) { return words_[word].cursors()[0]; }
  template <class Read>
  bool find_begins(Read&& read);
  bool find_begins();
  bool follows(Place begin);

  const std::uint8_t* codes_;
  const FieldWeights& fields_;
  std::vector<GroupCursor> words_;
  std::vector<std::size_t> rarest_first_;
  std::uint32_t slop_;
  FieldMask mask_;
  ScoreTable table_;
  bool single_;  // each word is one term
  std::uint64_t cost_ = 0;
  std::vector<std::vector<Place>> places_;  // of each word in this document
  std::vector<std::size_t> passed_;         // places of each word that no later begin can use
  std::vector<Place> begins_;
  bool matches_ = false;  // whether document_ is known to have the phrase
  std::vector<Candidate> filling_;
  std::unique_ptr<Seen> seen_;  // where single_
  std::vector<Ranges> ranges_;  // of the places of each word
};

}  // namespace koinon::index
