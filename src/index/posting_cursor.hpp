// SPDX-License-Identifier: Apache-2.0
//
// Walks over the postings of one term of a segment, block by block.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "index/kernels.hpp"
#include "index/postings_format.hpp"
#include "index/schema.hpp"
#include "index/segment.hpp"

namespace koinon::index {

/// Which of a term's places are those of a posting.
struct PlaceRange {
  std::uint64_t first = 0;
  std::uint32_t count = 0;
};

/// Places of a term, a few at a time.
class PlaceReader {
 public:
  PlaceReader(const Segment& segment, const TermEntry& entry);

  /// Appends the places of a posting.
  void read(PlaceRange range, std::vector<Place>& places);

 private:
  void load(std::uint64_t block);

  const std::uint8_t* directory_ = nullptr;
  const std::uint8_t* packed_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  std::uint64_t full_ = 0;  // blocks
  std::uint64_t total_ = 0;
  std::uint64_t block_ = static_cast<std::uint64_t>(-1);
  std::array<std::uint32_t, block_size> gaps_;
};

/// Stands on a posting, or at the end. It must not outlive the segment.
///
/// Threads: one object per thread.
class PostingCursor {
 public:
  /// On the first posting. Throws Error(Damaged), as everything below may.
  PostingCursor(const Segment& segment, const FieldWeights& fields, const TermEntry& entry);

  /// no_document at the end.
  std::uint32_t document() const { return documents_[at_]; }
  void next() {
    if (++at_ == loaded_) load(block_ + 1);
  }
  /// To the first document that is not before `target`. O(log) of the distance, in blocks.
  void advance(std::uint32_t target) {
    if (documents_[at_] >= target) return;
    if (loaded_ > 0 && documents_[loaded_ - 1] >= target) {
      at_ = first_not_before(documents_.data(), at_, target);
    } else {
      advance_far(target);
    }
  }

  /// Weighted frequency.
  std::uint32_t weight() {
    need_weights();
    return weights_[at_];
  }
  /// Where the places are of a posting of the block at hand.
  PlaceRange places_at(std::size_t at) {
    if (!places_ready_) unpack_places();
    return {std::uint64_t{info_.places_before} + firsts_[at], firsts_[at + 1] - firsts_[at]};
  }
  /// Appends the places themselves, also of a block that is passed.
  void append_places(PlaceRange range, std::vector<Place>& places);
  void append_places(std::vector<Place>& places) { append_places(places_at(at_), places); }

  std::uint32_t documents() const { return entry_.documents; }
  const TermEntry& entry() const { return entry_; }

  /// The greatest score, and weight, in documents [from, to), for `from` that never falls from call
  /// to call. A bound: no document there has more. O(blocks between).
  struct Bound {
    std::int32_t score = 0;
    std::uint32_t weight = 0;
  };
  Bound bound(std::uint32_t from, std::uint32_t to, const ScoreTable& table);
  /// A score that so many documents of the term are known to reach; it does not look long. 0 where
  /// it finds none, or none that is more than `more_than`.
  std::int32_t reached(std::size_t count, std::int32_t more_than, const ScoreTable& table) const;
  /// The greatest weight and the least length code there, of the same documents.
  struct Extent {
    std::uint32_t weight = 0;
    std::uint8_t length = 255;
  };
  Extent extent(std::uint32_t from, std::uint32_t to);
  /// The last document of the block in which `from` falls: up to there bounds are as tight as they
  /// get. `from` must never fall, nor be less than that of a bound asked for before.
  std::uint32_t block_last(std::uint32_t from);

  /// What is left of the block at hand, for loops over many: documents[0] is document(), and `at`
  /// its place in the block.
  struct Run {
    const std::uint32_t* documents;
    const std::uint32_t* weights;
    std::size_t count;  // those before `end` only
    bool ones;          // all weights are 1
    std::size_t at;
  };
  /// Postings of the block before `end`, with weights only if asked for; none if document() >= end.
  Run run(std::uint32_t end, bool weights);
  /// Passes over `count` postings of a run.
  void skip(std::size_t count) {
    at_ += count;
    if (at_ == loaded_) load(block_ + 1);
  }
  /// The documents of the block at hand: block_size of them, no_document behind the last posting.
  const std::uint32_t* block_documents() const { return documents_.data(); }
  const std::uint32_t* block_weights() {
    need_weights();
    return weights_.data();
  }
  /// The last document of the block at hand; there must be one.
  std::uint32_t loaded_last() const { return documents_[loaded_ - 1]; }

  /// Where no posting of the block at hand reaches `least`, passes over those of them before `end`:
  /// true.
  bool skip_weak_block(std::int32_t least, const ScoreTable& table, std::uint32_t end);

 private:
  std::int32_t reached_by_blocks(std::size_t count, const ScoreTable& table) const;
  std::int32_t reached_by_postings(std::size_t count, const ScoreTable& table) const;
  void load(std::size_t block);
  void load_tail();
  void check_block(std::uint32_t base) const;
  void need_weights() {
    if (!weights_ready_) unpack_weights();
  }
  void unpack_weights();
  void unpack_places();
  void add_up_places();
  void advance_far(std::uint32_t target);
  std::uint32_t last_of(std::size_t block) const;
  template <class F>
  void each_bound(std::uint32_t from, std::uint32_t to, F&& f);
  BlockInfo info_of(std::size_t block) const;
  const std::uint8_t* bytes_of(const BlockInfo& info) const;

  const Segment* segment_;
  const FieldWeights* fields_;
  TermEntry entry_;
  const std::uint8_t* lasts_ = nullptr;
  const std::uint8_t* infos_ = nullptr;
  const std::uint8_t* packed_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  std::size_t full_ = 0;    // blocks of 128; the tail is one more
  std::size_t block_ = 0;   // loaded
  std::size_t loaded_ = 0;  // postings of it
  std::size_t at_ = 0;
  std::size_t bound_block_ = 0;  // of the last call of bound()
  bool weights_ready_ = false;
  bool places_ready_ = false;
  BlockInfo info_;
  std::array<std::uint32_t, block_size + find_overrun> documents_;
  std::array<std::uint32_t, block_size> weights_;
  std::array<std::uint32_t, block_size + 1> firsts_;  // places of the block before each posting's
  std::unique_ptr<PlaceReader> places_;
};

}  // namespace koinon::index
