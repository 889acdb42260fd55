// SPDX-License-Identifier: Apache-2.0
#include "index/term_dictionary.hpp"

#include <algorithm>
#include <limits>

#include "index/varint.hpp"

namespace koinon::index {

namespace {

constexpr std::size_t block_terms = 16;
constexpr std::size_t end_size = 16;

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its terms");
}

}  // namespace

void TermDictionaryWriter::add(std::string_view spelling, const TermEntry& entry,
                               const std::vector<std::uint8_t>& inline_places) {
  if (terms_ % block_terms == 0) {
    end_block();
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
    append_varint(block_, entry.max_weight);
    block_.push_back(entry.min_length);
    append_varint(block_, entry.places);
    append_varint(block_, inline_places.size());
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
  const std::uint64_t offsets = out_.size();
  out_.append(blocks_.data(), blocks_.size() * sizeof(std::uint32_t));
  out_.append_number(offsets);
  out_.append_number(terms_);
  out_.finish();
}

TermDictionary::TermDictionary(Input input) : input_(std::move(input)) {
  if (input_.size() < end_size) damaged();
  offsets_ = input_.number<std::uint64_t>(input_.size() - 16);
  terms_ = input_.number<std::uint64_t>(input_.size() - 8);
  if (offsets_ > input_.size() - end_size) damaged();
  blocks_ = static_cast<std::size_t>((input_.size() - end_size - offsets_) / sizeof(std::uint32_t));
  if (blocks_ != (terms_ + block_terms - 1) / block_terms) damaged();
}

std::uint64_t TermDictionary::block_begin(std::size_t block) const {
  return input_.number<std::uint32_t>(offsets_ + block * sizeof(std::uint32_t));
}

std::uint64_t TermDictionary::block_end(std::size_t block) const {
  return block + 1 < blocks_ ? block_begin(block + 1) : offsets_;
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

// The block in which the term would be: the last one whose first term is not after it.
std::size_t TermDictionary::block_for(std::string_view spelling) const {
  std::size_t low = 0;
  std::size_t high = blocks_;
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (first_of(middle) <= spelling ? low : high) = middle;
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
  entry_ = TermEntry();
  entry_.documents = reader.next();
  if (entry_.documents == 1) {
    entry_.document = reader.next();
    entry_.max_weight = reader.next();
    entry_.min_length = *reader.bytes(1);
    entry_.places = reader.next64();
    const std::uint32_t size = reader.next();
    entry_.inline_places = reader.bytes(size);
    entry_.inline_end = entry_.inline_places + size;
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
  std::size_t low = block_;
  std::size_t step = 1;
  while (low + step < dictionary_.blocks_ && dictionary_.first_of(low + step) <= spelling) {
    low += step;
    step *= 2;
  }
  std::size_t high = std::min(low + step, dictionary_.blocks_);
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (dictionary_.first_of(middle) <= spelling ? low : high) = middle;
  }
  return low;
}

bool TermCursor::seek(std::string_view spelling) {
  if (dictionary_.blocks_ == 0) return false;
  const bool forward = block_ < dictionary_.blocks_ && spelling_ <= spelling && !spelling_.empty();
  if (forward && spelling_ == spelling) return true;
  const std::size_t block = forward ? block_from_here(spelling) : dictionary_.block_for(spelling);
  if (!forward || block != block_) enter(block);
  do {
    if (!next()) return false;
  } while (spelling_ < spelling);
  shared_ = 0;
  return true;
}

}  // namespace koinon::index
