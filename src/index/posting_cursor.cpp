// SPDX-License-Identifier: Apache-2.0
#include "index/posting_cursor.hpp"

#include <algorithm>
#include <functional>

#include "index/varint.hpp"

namespace koinon::index {

namespace {

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its postings");
}

std::uint32_t number32(const std::uint8_t* at) {
  std::uint32_t value = 0;
  std::memcpy(&value, at, sizeof value);
  return value;
}

}  // namespace

// ---- Places ------------------------------------------------------------------------------------

PlaceReader::PlaceReader(const Segment& segment, const TermEntry& entry) : total_(entry.places) {
  if (entry.documents == 1) {
    packed_ = entry.inline_places;
    end_ = entry.inline_end;
    return;
  }
  const std::uint8_t* begin = segment.places().range(entry.places_begin, entry.places_size);
  full_ = total_ / block_size;
  if (full_ * directory_entry > entry.places_size) damaged();
  directory_ = begin;
  packed_ = begin + full_ * directory_entry;
  end_ = begin + entry.places_size;
}

void PlaceReader::load(std::uint64_t block) {
  const auto room = static_cast<std::size_t>(end_ - packed_);
  std::size_t behind = 0;  // bytes of the full blocks
  if (full_ > 0) {
    const std::uint64_t read = std::min(block, full_ - 1);
    const std::uint32_t entry = number32(directory_ + read * directory_entry);
    const std::size_t offset = std::size_t{entry >> 6U} * 16;
    const unsigned bits = entry & 63U;
    behind = offset + std::size_t{16} * bits;
    if (bits > 32 || behind > room) damaged();
    if (block < full_) kernels().unpack(packed_ + offset, bits, gaps_.data());
  }
  if (block >= full_) {
    VarintReader reader(packed_ + behind, end_);
    for (std::uint64_t i = full_ * block_size; i < total_; ++i)
      gaps_[i - full_ * block_size] = reader.next();
  }
  block_ = block;
}

void PlaceReader::read(PlaceRange range, std::vector<Place>& places) {
  Place place = 0;
  // The tail of the places alone may be longer than a block where all of them are inline.
  if (full_ == 0 && total_ >= block_size) {
    VarintReader reader(packed_, end_);
    for (std::uint64_t i = 0; i < range.first; ++i) reader.next();
    for (std::uint32_t i = 0; i < range.count; ++i) places.push_back(place += reader.next());
    return;
  }
  if (range.count > total_ || range.first > total_ - range.count) damaged();
  while (range.count > 0) {
    const std::uint64_t block = range.first / block_size;
    if (block != block_) load(block);
    const auto at = static_cast<std::uint32_t>(range.first % block_size);
    const std::uint32_t here = std::min<std::uint32_t>(range.count, block_size - at);
    for (std::uint32_t i = 0; i < here; ++i) places.push_back(place += gaps_[at + i]);
    range.first += here;
    range.count -= here;
  }
}

// ---- Postings ----------------------------------------------------------------------------------

PostingCursor::PostingCursor(const Segment& segment, const FieldWeights& fields,
                             const TermEntry& entry)
    : segment_(&segment), fields_(&fields), entry_(entry) {
  if (entry.documents == 1) {
    documents_.fill(no_document);
    documents_[0] = entry.document;
    if (entry.document >= segment.documents()) damaged();
    entry_.min_length = segment.length_codes()[entry.document];
    weights_[0] = entry.max_weight;
    firsts_[0] = 0;
    firsts_[1] = static_cast<std::uint32_t>(entry.places);
    weights_ready_ = places_ready_ = true;
    loaded_ = 1;
    return;
  }
  const std::uint8_t* begin = segment.postings().range(entry.postings_begin, entry.postings_size);
  full_ = entry.documents / block_size;
  const std::size_t heads = full_ * (sizeof(std::uint32_t) + BlockInfo::bytes);
  if (heads > entry.postings_size) damaged();
  lasts_ = begin;
  infos_ = begin + full_ * sizeof(std::uint32_t);
  packed_ = begin + heads;
  end_ = begin + entry.postings_size;
  load(0);
}

std::uint32_t PostingCursor::last_of(std::size_t block) const {
  return block < full_ ? number32(lasts_ + block * sizeof(std::uint32_t)) : no_document;
}

BlockInfo PostingCursor::info_of(std::size_t block) const {
  if (block < full_) return BlockInfo::read(infos_ + block * BlockInfo::bytes);
  BlockInfo whole;
  whole.bounds[0] = {static_cast<std::uint16_t>(entry_.max_weight), entry_.min_length};
  return whole;
}

const std::uint8_t* PostingCursor::bytes_of(const BlockInfo& info) const {
  const bool bits_fit = info.gap_bits <= 32 && info.weight_bits <= 32 && info.count_bits <= 32;
  if (!bits_fit || info.offset + info.size() > static_cast<std::size_t>(end_ - packed_)) damaged();
  return packed_ + info.offset;
}

void PostingCursor::load(std::size_t block) {
  at_ = 0;
  block_ = block;
  if (block < full_) {
    info_ = info_of(block);
    const std::uint32_t base = block == 0 ? before_first : last_of(block - 1);
    kernels().unpack_increasing(bytes_of(info_), info_.gap_bits, base, documents_.data());
    loaded_ = block_size;
    weights_ready_ = places_ready_ = false;
    check_block(base);
  } else if (block == full_ && entry_.documents % block_size != 0 && entry_.documents > 1) {
    load_tail();
  } else {
    loaded_ = 0;
  }
  std::fill(documents_.begin() + static_cast<std::ptrdiff_t>(loaded_),
            documents_.begin() + block_size + 1, no_document);
}

// Rising numbers are all good when the last one is, unless their sum went round: gaps of up to 24
// bits are too small for that. The next block is counted from what is said of the last one.
void PostingCursor::check_block(std::uint32_t base) const {
  const std::uint32_t documents = segment_->documents();
  const std::uint32_t last = documents_[block_size - 1];
  bool good = (base == before_first || base < documents) && last < documents;
  good = good && last == last_of(block_);
  if (info_.gap_bits > 24) {
    for (std::size_t i = 0; i < block_size; ++i) {
      const std::uint32_t before = i == 0 ? base : documents_[i - 1];
      good =
          good && documents_[i] < documents && (before == before_first || documents_[i] > before);
    }
  }
  if (!good) damaged();
}

void PostingCursor::load_tail() {
  const std::uint8_t* begin = packed_;
  std::uint32_t document = before_first;
  if (full_ > 0) {
    info_ = info_of(full_ - 1);
    begin = bytes_of(info_) + info_.size();
    document = last_of(full_ - 1);
  }
  VarintReader reader(begin, end_);
  const bool plain = fields_->plain();
  std::uint32_t weight = fields_->one();
  std::uint32_t count = 1;
  loaded_ = entry_.documents % block_size;
  for (std::size_t i = 0; i < loaded_; ++i) {
    const std::uint32_t gap = reader.next();
    const std::uint32_t before = document;
    document += (gap >> 1U) + 1;
    if (document >= segment_->documents() || document < before + 1) damaged();
    if ((gap & 1U) == 0) {
      weight = reader.next() + 1;
      count = plain ? weight : reader.next() + 1;
    }
    documents_[i] = document;
    weights_[i] = weight;
    firsts_[i + 1] = plain ? weight : count;
  }
  add_up_places();
  // Where the places of the tail begin is told from their end.
  info_ = BlockInfo();
  info_.places_before = static_cast<std::uint32_t>(entry_.places - firsts_[loaded_]);
  weights_ready_ = places_ready_ = true;
}

void PostingCursor::unpack_weights() {
  kernels().unpack(bytes_of(info_) + std::size_t{16} * info_.gap_bits, info_.weight_bits,
                   weights_.data());
  for (std::uint32_t& weight : weights_) ++weight;
  weights_ready_ = true;
}

void PostingCursor::unpack_places() {
  if (fields_->plain()) {
    need_weights();
    std::copy(weights_.begin(), weights_.end(), firsts_.begin() + 1);
  } else {
    kernels().unpack(
        bytes_of(info_) + std::size_t{16} * (std::size_t{info_.gap_bits} + info_.weight_bits),
        info_.count_bits, firsts_.data() + 1);
    for (std::size_t i = 1; i <= block_size; ++i) ++firsts_[i];
  }
  add_up_places();
  places_ready_ = true;
}

// From how many places each posting has to where they begin.
void PostingCursor::add_up_places() {
  firsts_[0] = 0;
  for (std::size_t i = 0; i < loaded_; ++i) firsts_[i + 1] += firsts_[i];
}

void PostingCursor::append_places(PlaceRange range, std::vector<Place>& places) {
  if (!places_) places_ = std::make_unique<PlaceReader>(*segment_, entry_);
  places_->read(range, places);
}

void PostingCursor::advance_far(std::uint32_t target) {
  if (loaded_ == 0) return;
  if (documents_[loaded_ - 1] < target) {
    std::size_t block = block_ + 1;
    std::size_t step = 1;
    while (block < full_ && last_of(block) < target) {
      block += step;
      step *= 2;
    }
    // The one wanted lies after the last that was too early.
    std::size_t low = step > 1 ? block - step / 2 + 1 : block;
    std::size_t high = std::min(block, full_);
    low = std::min(low, high);
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (last_of(middle) < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    load(low);
    if (loaded_ == 0 || documents_[loaded_ - 1] < target) {
      at_ = loaded_;  // behind the tail
      return;
    }
  }
  at_ = first_not_before(documents_.data(), at_, target);
}

// The bounds of the blocks that documents [from, to) fall in.
template <class F>
void PostingCursor::each_bound(std::uint32_t from, std::uint32_t to, F&& f) {
  while (bound_block_ < full_ && last_of(bound_block_) < from) ++bound_block_;
  BlockBound bounds[BlockInfo::bounds_kept];
  for (std::size_t block = bound_block_;; ++block) {
    if (block == full_) {
      const bool tail = full_ == 0 || entry_.documents % block_size != 0;
      if (tail) f(BlockBound{static_cast<std::uint16_t>(entry_.max_weight), entry_.min_length});
      return;
    }
    BlockInfo::read_bounds(infos_ + block * BlockInfo::bytes, bounds);
    for (const BlockBound& bound : bounds) f(bound);
    if (last_of(block) >= to - 1) return;
  }
}

PostingCursor::Bound PostingCursor::bound(std::uint32_t from, std::uint32_t to,
                                          const ScoreTable& table) {
  float best = 0;
  std::uint32_t heaviest = 0;
  each_bound(from, to, [&](const BlockBound& bound) {
    best = std::max(best, unrounded_score(bound.weight, bound.length, table));
    heaviest = std::max<std::uint32_t>(heaviest, bound.weight);
  });
  return {rounded_score(best), heaviest};
}

namespace {

constexpr std::size_t blocks_looked_at = 256;
constexpr std::size_t postings_looked_at = 1024;

// The greatest so many of what it is given.
class Greatest {
 public:
  explicit Greatest(std::size_t count) : count_(count) { scores_.reserve(count); }
  void add(std::int32_t score) {
    if (scores_.size() == count_) {
      if (score <= scores_.front()) return;
      std::pop_heap(scores_.begin(), scores_.end(), std::greater<>());
      scores_.pop_back();
    }
    scores_.push_back(score);
    std::push_heap(scores_.begin(), scores_.end(), std::greater<>());
  }
  /// 0 where there were not so many.
  std::int32_t least() const { return scores_.size() == count_ ? scores_.front() : 0; }

 private:
  std::size_t count_;
  std::vector<std::int32_t> scores_;  // a heap
};

}  // namespace

std::int32_t PostingCursor::reached(std::size_t count, std::int32_t more_than,
                                    const ScoreTable& table) const {
  if (count == 0 || entry_.documents < count) return 0;
  if (score_of(entry_.max_weight, entry_.min_length, table) <= more_than) return 0;
  if (full_ >= count && count <= blocks_looked_at) return reached_by_blocks(count, table);
  return entry_.documents <= postings_looked_at ? reached_by_postings(count, table) : 0;
}

// Bounds that are those of a posting: see BlockBound.
std::int32_t PostingCursor::reached_by_blocks(std::size_t count, const ScoreTable& table) const {
  Greatest greatest(count);
  BlockBound bounds[BlockInfo::bounds_kept];
  for (std::size_t block = 0; block < std::min(full_, blocks_looked_at); ++block) {
    BlockInfo::read_bounds(infos_ + block * BlockInfo::bytes, bounds);
    float best = 0;
    for (std::size_t i = 1; i < BlockInfo::bounds_kept; ++i)
      best = std::max(best, unrounded_score(bounds[i].weight, bounds[i].length, table));
    if (bounds[1].weight == 0 && bounds[0].weight < weights_told_apart - 1)
      best = unrounded_score(bounds[0].weight, bounds[0].length, table);
    greatest.add(rounded_score(best));
  }
  return greatest.least();
}

std::int32_t PostingCursor::reached_by_postings(std::size_t count, const ScoreTable& table) const {
  Greatest greatest(count);
  PostingCursor cursor(*segment_, *fields_, entry_);
  std::array<std::int32_t, block_size> scores;
  while (cursor.document() != no_document) {
    const Run run = cursor.run(no_document, true);
    score_rising(run.documents, run.weights, run.count, segment_->length_codes(), table,
                 scores.data());
    for (std::size_t i = 0; i < run.count; ++i) greatest.add(scores[i]);
    cursor.skip(run.count);
  }
  return greatest.least();
}

PostingCursor::Extent PostingCursor::extent(std::uint32_t from, std::uint32_t to) {
  Extent extent;
  each_bound(from, to, [&](const BlockBound& bound) {
    extent.weight = std::max<std::uint32_t>(extent.weight, bound.weight);
    if (bound.weight > 0) extent.length = std::min(extent.length, bound.length);
  });
  return extent;
}

std::uint32_t PostingCursor::block_last(std::uint32_t from) {
  while (bound_block_ < full_ && last_of(bound_block_) < from) ++bound_block_;
  return last_of(bound_block_);
}

PostingCursor::Run PostingCursor::run(std::uint32_t end, bool weights) {
  const std::uint32_t* begin = documents_.data() + at_;
  const std::uint32_t* last = documents_.data() + loaded_;
  if (at_ < loaded_ && last[-1] >= end) last = std::lower_bound(begin, last, end);
  if (weights && last != begin) need_weights();
  const bool ones = block_ < full_ && info_.weight_bits == 0;
  return {begin, weights_.data() + at_, static_cast<std::size_t>(last - begin), ones, at_};
}

bool PostingCursor::skip_weak_block(std::int32_t least, const ScoreTable& table,
                                    std::uint32_t end) {
  if (block_ >= full_ || at_ == loaded_) return false;
  float best = 0;
  for (const BlockBound& bound : info_.bounds)
    best = std::max(best, unrounded_score(bound.weight, bound.length, table));
  if (rounded_score(best) >= least) return false;
  if (documents_[loaded_ - 1] < end) {
    load(block_ + 1);
  } else {
    advance(end);
  }
  return true;
}

}  // namespace koinon::index
