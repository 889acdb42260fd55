// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "index/checked_file.hpp"
#include "index/postings_format.hpp"
#include "index/schema.hpp"

namespace koinon::index {

/// Finds the bounds of the postings of a block: those that no other is better than, and of the
/// heaviest ones, where there are too many, one that is better than all of them.
class BoundsOfBlock {
 public:
  void add(std::uint32_t weight, std::uint8_t length_code);
  /// Writes them and forgets the block; returns the greatest weight and the least length.
  BlockBound take(BlockBound* bounds);

 private:
  static constexpr std::size_t told_apart = weights_told_apart;
  std::array<std::uint8_t, told_apart> shortest_ = [] {
    std::array<std::uint8_t, told_apart> none{};
    none.fill(255);
    return none;
  }();
  std::uint64_t seen_ = 0;  // weights, the last bit for all from there on
  std::uint32_t max_weight_ = 0;
};

/// Writes postings and places term after term.
class PostingsWriter {
 public:
  PostingsWriter(const FieldWeights& fields, Output& postings, Output& places)
      : fields_(fields), postings_(postings), places_(places) {}

  /// Documents in rising order, `places` rising, distinct and not empty.
  void add(std::uint32_t document, std::uint8_t length_code, std::span<const Place> places);

  /// Ends the term; `inline_bytes` gets the places of a term that has one document only.
  TermEntry end_term(std::vector<std::uint8_t>& inline_bytes);

 private:
  void flush_block();
  void note(BlockBound most);
  void write_tail(std::size_t count);
  void write_places(TermEntry& entry);

  const FieldWeights& fields_;
  Output& postings_;
  Output& places_;

  // Of the term at hand.
  std::uint32_t documents_ = 0;
  std::uint32_t last_ = before_first;  // the document before
  std::uint32_t max_weight_ = 0;
  std::uint8_t min_length_ = 255;
  BoundsOfBlock bounds_;
  std::uint32_t gaps_[block_size];
  std::uint32_t weights_[block_size];
  std::uint32_t counts_[block_size];
  std::size_t pending_ = 0;
  std::uint32_t first_document_ = 0;
  std::uint64_t places_in_blocks_ = 0;  // places of the blocks that are flushed
  std::uint64_t places_pending_ = 0;
  std::vector<std::uint32_t> last_documents_;
  std::vector<std::uint8_t> infos_;
  std::vector<std::uint8_t> blocks_;
  std::vector<std::uint8_t> tail_;
  std::vector<std::uint32_t> place_gaps_;
  std::vector<std::uint8_t> place_bytes_;
};

}  // namespace koinon::index
