// SPDX-License-Identifier: Apache-2.0
//
// The terms of a segment in the order of their bytes, front-coded in blocks of sixteen.
//
//   block      varint postings_begin, varint places_begin: of its first term
//     term     varint bytes shared with the term before, varint length of the rest, the rest;
//              varint documents; for one document: varint document, varint 2 * number of places + 1
//              where that is its weight too (else + 0, and varint weight), varints of the places;
//              else: varint greatest weight, least length code u8, varint size of the postings,
//              varint number of places, varint size of the places
//   heads      the first eight bytes of each block's first term, as a big-endian u64, zeros behind
//   its end blocks     u32 offset each end        u64 offset of the heads, u64 number of terms
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/checked_file.hpp"
#include "index/postings_format.hpp"

namespace koinon::index {

class TermDictionaryWriter {
 public:
  explicit TermDictionaryWriter(Output& out) : out_(out) {}

  /// Spellings strictly rising by bytes.
  void add(std::string_view spelling, const TermEntry& entry,
           const std::vector<std::uint8_t>& inline_places);
  void finish();

 private:
  void end_block();

  Output& out_;
  std::vector<std::uint64_t> heads_;
  std::vector<std::uint32_t> blocks_;
  std::vector<std::uint8_t> block_;
  std::string before_;
  std::uint64_t terms_ = 0;
};

/// Threads: any. It must outlive its cursors.
class TermDictionary {
 public:
  TermDictionary() = default;
  explicit TermDictionary(Input input);

  std::uint64_t size() const { return terms_; }
  /// O(log terms).
  std::optional<TermEntry> find(std::string_view spelling) const;
  const Input& input() const { return input_; }

 private:
  friend class TermCursor;
  std::size_t block_for(std::string_view spelling, std::size_t low, std::size_t high) const;
  bool begins_after(std::size_t block, std::uint64_t head, std::string_view spelling) const;
  std::string_view first_of(std::size_t block) const;
  std::uint64_t block_begin(std::size_t block) const;
  std::uint64_t block_end(std::size_t block) const;

  Input input_;
  std::uint64_t terms_end_ = 0;
  const std::uint8_t* heads_ = nullptr;
  const std::uint8_t* offsets_ = nullptr;
  std::size_t blocks_ = 0;
  std::uint64_t terms_ = 0;
};

/// Walks over the terms in order.
class TermCursor {
 public:
  explicit TermCursor(const TermDictionary& dictionary) : dictionary_(dictionary) {}

  /// To the first term that is not before `spelling`; false when there is none.
  bool seek(std::string_view spelling);
  /// To the next term, or the first; false at the end.
  bool next();

  std::string_view spelling() const { return spelling_; }
  const TermEntry& entry() const { return entry_; }
  /// Bytes that the term shares with the one that next() came from; 0 after seek().
  std::size_t shared() const { return shared_; }

 private:
  std::size_t block_from_here(std::string_view spelling) const;
  void enter(std::size_t block);
  void read();

  const TermDictionary& dictionary_;
  std::size_t block_ = static_cast<std::size_t>(-1);
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  std::string spelling_;
  std::size_t shared_ = 0;
  TermEntry entry_;
  std::uint64_t postings_ = 0;  // of the next term
  std::uint64_t places_ = 0;
};

}  // namespace koinon::index
