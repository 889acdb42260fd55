// SPDX-License-Identifier: Apache-2.0
//
// The scorer of words side by side.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "index/word_scorers.hpp"

namespace koinon::index {

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
