// SPDX-License-Identifier: Apache-2.0
//
// What documents have besides words: facet codes as ordinals, and numbers.
//
// A column for each field, in one form or the other:
//   facets   u32 values; u32 ends of the values' bytes, those bytes, in rising order; then ordinals
//   numbers  the numbers, each as a u64 whose highest bit is turned: they then order as they do
// Each begins with u8 multi. Where that is 0, a packed number (packed_numbers.hpp) for each
// document, absent where it has none; otherwise packed u32 begins, one more than documents, and the
// packed numbers of all of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/checked_file.hpp"
#include "index/packed_numbers.hpp"

namespace koinon::index {

/// The numbers of a column: at most one for each document, or any number of them.
class PackedColumn {
 public:
  PackedColumn() = default;
  PackedColumn(const Input& input, std::uint64_t at, std::uint32_t documents, bool multi);

  /// Calls f with each number of the document.
  template <class F>
  void each(std::uint32_t document, F&& f) const {
    if (!multi_) return numbers_.visit(document, f);
    const Range range = range_of(document);
    for (std::uint64_t i = range.begin; i < range.end; ++i) f(numbers_[i]);
  }

  /// Calls f with each document of [begin, end) and each of its numbers. Quicker than one by one.
  template <class F>
  void each_of(std::uint32_t begin, std::uint32_t end, F&& f) const {
    if (!multi_) {
      numbers_.visit(begin, end, [&](std::uint64_t document, std::uint64_t number) {
        f(static_cast<std::uint32_t>(document), number);
      });
      return;
    }
    for (std::uint32_t document = begin; document < end; ++document)
      each(document, [&](std::uint64_t number) { f(document, number); });
  }

  /// Adds one to counts[number] for each number, below `numbers`, of the documents `begin` + the
  /// places of set bits. `begin` is a multiple of block_size, and the bits are those of documents.
  void count(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
             std::uint32_t numbers, std::uint32_t* counts) const;

 private:
  struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  Range range_of(std::uint32_t document) const;

  bool multi_ = false;
  PackedNumbers begins_;
  PackedNumbers numbers_;
};

/// Turned, signed numbers order as unsigned ones.
inline constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;

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
  /// Calls f with each document of [begin, end) and each of its ordinals.
  template <class F>
  void each_of(std::uint32_t begin, std::uint32_t end, F&& f) const {
    packed_.each_of(begin, end, [&](std::uint32_t document, std::uint64_t ordinal) {
      if (ordinal < values_) f(document, static_cast<std::uint32_t>(ordinal));
    });
  }
  /// See PackedColumn::count(): by ordinal, values() of them.
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
    packed_.each(document,
                 [&](std::uint64_t number) { f(static_cast<std::int64_t>(number ^ sign_bit)); });
  }

 private:
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
