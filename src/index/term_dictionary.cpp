// SPDX-License-Identifier: Apache-2.0
#include "index/term_dictionary.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "index/varint.hpp"

namespace koinon::index {

namespace {

constexpr std::size_t block_terms = 16;
constexpr std::size_t end_size = 16;

// Orders as the bytes do, as far as eight of them go.
std::uint64_t head_of(std::string_view spelling) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i)
    head = head << 8U | (i < spelling.size() ? static_cast<unsigned char>(spelling[i]) : 0U);
  return head;
}

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its terms");
}

}  // namespace

void TermDictionaryWriter::add(std::string_view spelling, const TermEntry& entry,
                               const std::vector<std::uint8_t>& inline_places) {
  if (terms_ % block_terms == 0) {
    end_block();
    heads_.push_back(head_of(spelling));
    before_.clear();
    append_varint(block_, entry.postings_begin);
    append_varint(block_, entry.places_begin);
  }
  ++terms_;
  const auto differ =
      std::mismatch(before_.begin(), before_.end(), spelling.begin(), spelling.end());
  const auto shared = static_cast<std::size_t>(differ.first - before_.begin());
  append_varint(block_, shared);
  append_varint(block_, spelling.size() - shared);
  block_.insert(block_.end(), differ.second, spelling.end());
  before_ = spelling;
  append_varint(block_, entry.documents);
  if (entry.documents == 1) {
    append_varint(block_, entry.document);
    const bool plain = entry.max_weight == entry.places;
    append_varint(block_, entry.places << 1U | (plain ? 1U : 0U));
    if (!plain) append_varint(block_, entry.max_weight);
    block_.insert(block_.end(), inline_places.begin(), inline_places.end());
  } else {
    append_varint(block_, entry.max_weight);
    block_.push_back(entry.min_length);
    append_varint(block_, entry.postings_size);
    append_varint(block_, entry.places);
    append_varint(block_, entry.places_size);
  }
}

void TermDictionaryWriter::end_block() {
  if (block_.empty()) return;
  if (out_.size() > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::OutOfMemory, "a segment of the search index has over 4 GiB of terms");
  blocks_.push_back(static_cast<std::uint32_t>(out_.size()));
  out_.append(block_);
  block_.clear();
}

void TermDictionaryWriter::finish() {
  end_block();
  const std::uint64_t heads = out_.size();
  out_.append(heads_.data(), heads_.size() * sizeof(std::uint64_t));
  out_.append(blocks_.data(), blocks_.size() * sizeof(std::uint32_t));
  out_.append_number(heads);
  out_.append_number(terms_);
  out_.finish();
}

TermDictionary::TermDictionary(Input input) : input_(std::move(input)) {
  if (input_.size() < end_size) damaged();
  terms_end_ = input_.number<std::uint64_t>(input_.size() - 16);
  terms_ = input_.number<std::uint64_t>(input_.size() - 8);
  if (terms_end_ > input_.size() - end_size) damaged();
  constexpr std::uint64_t entry = sizeof(std::uint64_t) + sizeof(std::uint32_t);
  const std::uint64_t table = input_.size() - end_size - terms_end_;
  blocks_ = static_cast<std::size_t>(table / entry);
  if (terms_ > table * block_terms || blocks_ != (terms_ + block_terms - 1) / block_terms)
    damaged();
  heads_ = input_.range(terms_end_, table);
  offsets_ = heads_ + blocks_ * sizeof(std::uint64_t);
}

std::uint64_t TermDictionary::block_begin(std::size_t block) const {
  std::uint32_t begin = 0;
  std::memcpy(&begin, offsets_ + block * sizeof begin, sizeof begin);
  return begin;
}

std::uint64_t TermDictionary::block_end(std::size_t block) const {
  return block + 1 < blocks_ ? block_begin(block + 1) : terms_end_;
}

std::string_view TermDictionary::first_of(std::size_t block) const {
  const std::uint64_t begin = block_begin(block);
  const std::uint64_t end = block_end(block);
  if (end < begin) damaged();
  const std::uint8_t* at = input_.range(begin, end - begin);
  VarintReader reader(at, at + (end - begin));
  reader.next64();
  reader.next64();
  if (reader.next() != 0) damaged();
  const std::uint32_t length = reader.next();
  return {reinterpret_cast<const char*>(reader.bytes(length)), length};
}

// Whether the block's first term comes after the spelling, whose head is given.
bool TermDictionary::begins_after(std::size_t block, std::uint64_t head,
                                  std::string_view spelling) const {
  std::uint64_t own = 0;
  std::memcpy(&own, heads_ + block * sizeof own, sizeof own);
  if (own != head) return own > head;
  return first_of(block) > spelling;
}

// The block in which the term would be, from `low` on and before `high`: the last one whose first
// term is not after it.
std::size_t TermDictionary::block_for(std::string_view spelling, std::size_t low,
                                      std::size_t high) const {
  const std::uint64_t head = head_of(spelling);
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (begins_after(middle, head, spelling) ? high : low) = middle;
  }
  return low;
}

std::optional<TermEntry> TermDictionary::find(std::string_view spelling) const {
  TermCursor cursor(*this);
  if (!cursor.seek(spelling) || cursor.spelling() != spelling) return std::nullopt;
  return cursor.entry();
}

void TermCursor::enter(std::size_t block) {
  const std::uint64_t begin = dictionary_.block_begin(block);
  const std::uint64_t end = dictionary_.block_end(block);
  if (end < begin) damaged();
  const std::uint8_t* at = dictionary_.input_.range(begin, end - begin);
  VarintReader reader(at, at + (end - begin));
  postings_ = reader.next64();
  places_ = reader.next64();
  block_ = block;
  at_ = reader.at();
  end_ = at + (end - begin);
  spelling_.clear();
}

void TermCursor::read() {
  VarintReader reader(at_, end_);
  shared_ = reader.next();
  const std::uint32_t rest = reader.next();
  if (shared_ > spelling_.size()) damaged();
  spelling_.resize(shared_);
  spelling_.append(reinterpret_cast<const char*>(reader.bytes(rest)), rest);
  entry_.documents = reader.next();
  if (entry_.documents == 1) {
    entry_.document = reader.next();
    const std::uint64_t places = reader.next64();
    entry_.places = places >> 1U;
    const bool plain = (places & 1U) != 0;
    entry_.max_weight = plain ? static_cast<std::uint32_t>(entry_.places) : reader.next();
    entry_.min_length = 0;
    entry_.inline_places = reader.at();
    for (std::uint64_t i = 0; i < entry_.places; ++i) reader.next();
    entry_.inline_end = reader.at();
  } else {
    entry_.max_weight = reader.next();
    entry_.min_length = *reader.bytes(1);
    entry_.postings_size = reader.next64();
    entry_.places = reader.next64();
    entry_.places_size = reader.next64();
    entry_.postings_begin = postings_;
    entry_.places_begin = places_;
    postings_ += entry_.postings_size;
    places_ += entry_.places_size;
  }
  at_ = reader.at();
}

bool TermCursor::next() {
  if (at_ == end_) {
    const std::size_t block = block_ + 1;
    if (block >= dictionary_.blocks_) return false;
    enter(block);
  }
  read();
  return true;
}

// Forward the block is found by ever longer steps from the one at hand: patterns go from term to
// near term.
std::size_t TermCursor::block_from_here(std::string_view spelling) const {
  const std::uint64_t head = head_of(spelling);
  std::size_t low = block_;
  std::size_t step = 1;
  while (low + step < dictionary_.blocks_ &&
         !dictionary_.begins_after(low + step, head, spelling)) {
    low += step;
    step *= 2;
  }
  return dictionary_.block_for(spelling, low, std::min(low + step, dictionary_.blocks_));
}

bool TermCursor::seek(std::string_view spelling) {
  if (dictionary_.blocks_ == 0) return false;
  const bool forward = block_ < dictionary_.blocks_ && spelling_ <= spelling && !spelling_.empty();
  if (forward && spelling_ == spelling) return true;
  const std::size_t block =
      forward ? block_from_here(spelling) : dictionary_.block_for(spelling, 0, dictionary_.blocks_);
  if (!forward || block != block_) enter(block);
  do {
    if (!next()) return false;
  } while (spelling_ < spelling);
  shared_ = 0;
  return true;
}

}  // namespace koinon::index
