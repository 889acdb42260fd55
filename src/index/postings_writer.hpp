// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/checked_file.hpp"
#include "index/postings_format.hpp"
#include "index/schema.hpp"

namespace koinon::index {

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
  void write_tail(std::size_t count);
  void write_places(TermEntry& entry);

  const FieldWeights& fields_;
  Output& postings_;
  Output& places_;

  // Of the term at hand.
  std::uint32_t documents_ = 0;
  std::uint32_t last_ = no_document;  // the document before
  std::uint32_t max_weight_ = 0;
  std::uint8_t min_length_ = 255;
  std::uint32_t block_max_weight_ = 0;
  std::uint8_t block_min_length_ = 255;
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
