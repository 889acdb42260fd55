// SPDX-License-Identifier: Apache-2.0
//
// What documents have besides words: facet codes as ordinals, and numbers.
//
// A column for each field, in one form or the other:
//   facets   u8 multi, u8 width, u32 values; u32 ends of the values' bytes, those bytes, in rising
//   order;
//            then ordinal + 1 (0 = none) for each document or, multi, u32 begins (one more than
//            documents) and the ordinals; 1, 2 or 4 bytes each as `width` says
//   numbers  u8 multi, u8 width, i64 base; then value - base + 1 (0 = none) for each document or,
//   multi, u32
//            begins and value - base; 1, 2, 4 or 8 bytes each
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/checked_file.hpp"

namespace koinon::index {

/// Reads one number of 1, 2, 4 or 8 bytes.
inline std::uint64_t packed_number(const std::uint8_t* data, unsigned width, std::size_t i) {
  const std::uint8_t* at = data + i * width;
  switch (width) {
    case 1:
      return *at;
    case 2: {
      std::uint16_t value = 0;
      __builtin_memcpy(&value, at, sizeof value);
      return value;
    }
    case 4: {
      std::uint32_t value = 0;
      __builtin_memcpy(&value, at, sizeof value);
      return value;
    }
    default: {
      std::uint64_t value = 0;
      __builtin_memcpy(&value, at, sizeof value);
      return value;
    }
  }
}

/// The numbers of a column, packed: one for each document, or any number of them.
class PackedColumn {
 public:
  PackedColumn() = default;
  PackedColumn(const Input& input, std::uint64_t at, std::uint32_t documents, bool multi,
               unsigned width);

  /// Calls f with each number of the document.
  template <class F>
  void each(std::uint32_t document, F&& f) const {
    if (!multi_) {
      const std::uint64_t code = packed_number(data_, width_, document);
      if (code != 0) f(code - 1);
      return;
    }
    const Range range = range_of(document);
    for (std::uint32_t i = range.begin; i < range.end; ++i) f(packed_number(data_, width_, i));
  }

  /// Adds one to counts[number + 1] for each number, below `numbers`, of the documents `begin` +
  /// the places of set bits; counts[0] is for those without any, and of no meaning.
  void count(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
             std::uint32_t numbers, std::uint32_t* counts) const;

 private:
  template <class T>
  void count_single(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
                    std::uint32_t numbers, std::uint32_t* counts) const;
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  Range range_of(std::uint32_t document) const;

  bool multi_ = false;
  unsigned width_ = 1;
  const std::uint8_t* begins_ = nullptr;
  const std::uint8_t* data_ = nullptr;
  std::uint64_t count_ = 0;
};

class FacetColumn {
 public:
  FacetColumn(const Input& input, std::uint64_t at, std::uint32_t documents);

  std::uint32_t values() const { return values_; }
  std::string_view value(std::uint32_t ordinal) const;
  /// The ordinal of a code, or values() when no document has it. O(log values).
  std::uint32_t ordinal(std::string_view code) const;

  /// Calls f with the ordinal of each code of the document.
  template <class F>
  void each(std::uint32_t document, F&& f) const {
    packed_.each(document, [&](std::uint64_t ordinal) {
      if (ordinal < values_) f(static_cast<std::uint32_t>(ordinal));
    });
  }
  /// See PackedColumn::count(): by ordinal + 1, values() + 1 of them.
  void count(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
             std::uint32_t* counts) const {
    packed_.count(bits, words, begin, values_, counts);
  }

 private:
  std::uint32_t values_ = 0;
  const std::uint8_t* ends_ = nullptr;
  const std::uint8_t* bytes_ = nullptr;
  std::uint32_t size_ = 0;  // of the bytes
  PackedColumn packed_;
};

class NumberColumn {
 public:
  NumberColumn(const Input& input, std::uint64_t at, std::uint32_t documents);

  /// Calls f with each number of the document, rising.
  template <class F>
  void each(std::uint32_t document, F&& f) const {
    packed_.each(document, [&](std::uint64_t above) {
      f(static_cast<std::int64_t>(static_cast<std::uint64_t>(base_) + above));
    });
  }

 private:
  std::int64_t base_ = 0;
  PackedColumn packed_;
};

/// Gathers the codes of one field, document after document.
class FacetColumnBuilder {
 public:
  /// The number of a code, for add(); not its ordinal yet.
  std::uint32_t number(std::string_view code);
  /// A repeated one counts once.
  void add(std::uint32_t number) { numbers_.push_back(number); }
  void end_document();
  void write(Output& out) const;

 private:
  std::unordered_map<std::string, std::uint32_t> known_;
  std::vector<std::string> codes_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> begins_ = {0};
};

class NumberColumnBuilder {
 public:
  void add(std::int64_t value) { values_.push_back(value); }
  void end_document();
  void write(Output& out) const;

 private:
  std::vector<std::int64_t> values_;
  std::vector<std::uint32_t> begins_ = {0};
};

}  // namespace koinon::index
