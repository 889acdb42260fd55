// SPDX-License-Identifier: Apache-2.0
#include "index/postings_writer.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "index/varint.hpp"

namespace koinon::index {

void BoundsOfBlock::add(std::uint32_t weight, std::uint8_t length_code) {
  const std::size_t at = std::min<std::size_t>(weight, told_apart - 1);
  seen_ |= std::uint64_t{1} << at;
  shortest_[at] = std::min(shortest_[at], length_code);
  max_weight_ = std::max(max_weight_, weight);
}

BlockBound BoundsOfBlock::take(BlockBound* bounds) {
  std::array<BlockBound, told_apart> best;
  std::size_t count = 0;
  std::uint8_t least = 255;
  for (; seen_ != 0; seen_ &= ~(std::uint64_t{1} << (std::bit_width(seen_) - 1))) {
    const auto at = static_cast<std::size_t>(std::bit_width(seen_) - 1);
    const std::uint8_t length = std::exchange(shortest_[at], 255);
    if (count > 0 && length >= least) continue;  // a heavier one is at least as short
    least = length;
    const std::size_t weight = at == told_apart - 1 ? max_weight_ : at;
    best[count++] = {static_cast<std::uint16_t>(weight), length};
  }
  max_weight_ = 0;
  // By falling weight and length. The heaviest are rare, so they are the ones to be thrown
  // together.
  const std::size_t spare = count > BlockInfo::bounds_kept ? count - BlockInfo::bounds_kept : 0;
  const BlockBound most = {count > 0 ? best[0].weight : std::uint16_t{0}, least};
  best[spare].weight = most.weight;
  for (std::size_t i = 0; i < BlockInfo::bounds_kept; ++i)
    bounds[i] = spare + i < count ? best[spare + i] : BlockBound();
  return most;
}

void PostingsWriter::add(std::uint32_t document, std::uint8_t length_code,
                         std::span<const Place> places) {
  // More than any score can tell apart; and a weight may stand for a count.
  places = places.first(std::min<std::size_t>(places.size(), FieldWeights::max_weight));
  const std::uint32_t weight = fields_.weight(places);
  if (documents_++ == 0) first_document_ = document;
  gaps_[pending_] = document - last_ - 1;  // from "no document", which is -1, at first
  last_ = document;
  weights_[pending_] = weight - 1;
  counts_[pending_] = static_cast<std::uint32_t>(places.size() - 1);
  places_pending_ += places.size();
  bounds_.add(weight, length_code);
  Place before = 0;
  for (const Place place : places) {
    place_gaps_.push_back(place - before);
    before = place;
  }
  if (++pending_ == block_size) flush_block();
}

void PostingsWriter::flush_block() {
  BlockInfo info;
  info.offset = static_cast<std::uint32_t>(blocks_.size());
  info.places_before = static_cast<std::uint32_t>(places_in_blocks_);
  note(bounds_.take(info.bounds));
  info.gap_bits = static_cast<std::uint8_t>(bits_for(gaps_));
  info.weight_bits = static_cast<std::uint8_t>(bits_for(weights_));
  info.count_bits = static_cast<std::uint8_t>(fields_.plain() ? 0 : bits_for(counts_));
  blocks_.resize(blocks_.size() + info.size());
  std::uint8_t* at = blocks_.data() + info.offset;
  pack(gaps_, info.gap_bits, at);
  at += std::size_t{16} * info.gap_bits;
  pack(weights_, info.weight_bits, at);
  at += std::size_t{16} * info.weight_bits;
  if (info.count_bits != 0) pack(counts_, info.count_bits, at);
  infos_.resize(infos_.size() + BlockInfo::bytes);
  info.write(infos_.data() + infos_.size() - BlockInfo::bytes);
  last_documents_.push_back(last_);
  places_in_blocks_ += places_pending_;
  places_pending_ = 0;
  pending_ = 0;
}

void PostingsWriter::note(BlockBound most) {
  max_weight_ = std::max<std::uint32_t>(max_weight_, most.weight);
  min_length_ = std::min(min_length_, most.length);
}

void PostingsWriter::write_tail(std::size_t count) {
  std::uint32_t weight = fields_.one() - 1;
  std::uint32_t places = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool same = weights_[i] == weight && (fields_.plain() || counts_[i] == places);
    append_varint(tail_, std::uint64_t{gaps_[i]} << 1U | (same ? 1U : 0U));
    if (same) continue;
    append_varint(tail_, weight = weights_[i]);
    if (!fields_.plain()) append_varint(tail_, places = counts_[i]);
  }
}

void PostingsWriter::write_places(TermEntry& entry) {
  const std::size_t full = place_gaps_.size() / block_size;
  place_bytes_.clear();
  std::vector<std::uint32_t> directory;
  for (std::size_t i = 0; i < full; ++i) {
    const std::uint32_t* values = place_gaps_.data() + i * block_size;
    const unsigned bits = bits_for(values);
    directory.push_back(static_cast<std::uint32_t>(place_bytes_.size() / 16) << 6U | bits);
    place_bytes_.resize(place_bytes_.size() + std::size_t{16} * bits);
    pack(values, bits, place_bytes_.data() + place_bytes_.size() - std::size_t{16} * bits);
  }
  for (std::size_t i = full * block_size; i < place_gaps_.size(); ++i)
    append_varint(place_bytes_, place_gaps_[i]);
  places_.append(directory.data(), directory.size() * directory_entry);
  places_.append(place_bytes_);
  entry.places_size = places_.size() - entry.places_begin;
}

TermEntry PostingsWriter::end_term(std::vector<std::uint8_t>& inline_bytes) {
  TermEntry entry;
  entry.documents = documents_;
  entry.places = place_gaps_.size();
  BlockBound unused[BlockInfo::bounds_kept];
  note(bounds_.take(unused));
  entry.max_weight = max_weight_;
  entry.min_length = min_length_;
  // Even where there are none: the next term's are found from here.
  entry.postings_begin = postings_.size();
  entry.places_begin = places_.size();
  inline_bytes.clear();
  if (documents_ == 1) {
    entry.document = first_document_;
    for (const std::uint32_t gap : place_gaps_) append_varint(inline_bytes, gap);
  } else {
    write_tail(pending_);
    postings_.append(last_documents_.data(), last_documents_.size() * sizeof(std::uint32_t));
    postings_.append(infos_);
    postings_.append(blocks_);
    postings_.append(tail_);
    entry.postings_size = postings_.size() - entry.postings_begin;
    write_places(entry);
  }
  documents_ = 0;
  last_ = before_first;
  max_weight_ = 0;
  min_length_ = 255;
  pending_ = 0;
  places_in_blocks_ = places_pending_ = 0;
  last_documents_.clear();
  infos_.clear();
  blocks_.clear();
  tail_.clear();
  place_gaps_.clear();
  return entry;
}

}  // namespace koinon::index
