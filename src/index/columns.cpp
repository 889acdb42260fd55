// SPDX-License-Identifier: Apache-2.0
#include "index/columns.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: a column");
}

std::uint32_t number32(const std::uint8_t* data, std::size_t i) {
  std::uint32_t number = 0;
  std::memcpy(&number, data + i * sizeof number, sizeof number);
  return number;
}

bool any_multi(const std::vector<std::uint32_t>& begins) {
  for (std::size_t i = 1; i < begins.size(); ++i) {
    if (begins[i] - begins[i - 1] > 1) return true;
  }
  return false;
}

// The numbers of all documents as PackedColumn reads them; `number` tells number i of the column.
template <class F>
void write_numbers(Output& out, const std::vector<std::uint32_t>& begins, bool multi, F&& number) {
  PackedNumbersBuilder numbers;
  if (multi) {
    PackedNumbersBuilder packed_begins;
    for (const std::uint32_t begin : begins) packed_begins.add(begin);
    packed_begins.write(out);
    for (std::uint32_t i = 0; i < begins.back(); ++i) numbers.add(number(i));
  } else {
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
      if (begins[i] == begins[i + 1]) {
        numbers.add_absent();
      } else {
        numbers.add(number(begins[i]));
      }
    }
  }
  numbers.write(out);
}

// Sorts what was added since the last document and drops what is there twice.
template <class T>
void end_values(std::vector<T>& values, std::vector<std::uint32_t>& begins) {
  const auto begin = values.begin() + begins.back();
  std::sort(begin, values.end());
  values.erase(std::unique(begin, values.end()), values.end());
  begins.push_back(static_cast<std::uint32_t>(values.size()));
}

}  // namespace

PackedColumn::PackedColumn(const Input& input, std::uint64_t at, std::uint32_t documents,
                           bool multi)
    : multi_(multi) {
  std::uint64_t count = documents;
  if (multi_) {
    begins_ = PackedNumbers(input, at, std::uint64_t{documents} + 1);
    at = begins_.end();
    count = begins_[documents];
  }
  numbers_ = PackedNumbers(input, at, count);
}

PackedColumn::Range PackedColumn::range_of(std::uint32_t document) const {
  const Range range = {begins_[document], begins_[document + std::uint64_t{1}]};
  if (range.begin > range.end || range.end > numbers_.size()) damaged();
  return range;
}

namespace {

// Calls f with the place of each bit of the block's two words.
template <class F>
void each_bit(const std::uint64_t* words, F&& f) {
  for (std::size_t word = 0; word < 2; ++word) {
    for (std::uint64_t left = words[word]; left != 0; left &= left - 1)
      f(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
  }
}

// The numbers of one block. Where all are the same there is nothing to look at; where many are
// asked for all are unpacked.
void count_block(const PackedNumbers::Block& block, const std::uint64_t* bits,
                 std::uint32_t numbers, std::uint32_t* counts) {
  constexpr int many = 24;
  const std::uint64_t asked[2] = {bits[0] & block.present_word(0), bits[1] & block.present_word(1)};
  const int count = std::popcount(asked[0]) + std::popcount(asked[1]);
  const auto add = [&](std::uint64_t number, std::uint32_t more) {
    if (number < numbers) counts[number] += more;
  };
  if (block.bits == 0) return add(block.least, static_cast<std::uint32_t>(count));
  if (count < many || block.bits > 32)
    return each_bit(asked, [&](std::size_t i) { add(block.at(i), 1); });
  std::array<std::uint32_t, block_size> above;
  kernels().unpack(block.packed, block.bits, above.data());
  each_bit(asked, [&](std::size_t i) { add(block.least + above[i], 1); });
}

}  // namespace

void PackedColumn::count(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
                         std::uint32_t numbers, std::uint32_t* counts) const {
  for (std::size_t word = 0; word < words; word += 2) {
    const std::uint64_t both[2] = {bits[word], word + 1 < words ? bits[word + 1] : 0};
    if ((both[0] | both[1]) == 0) continue;
    const auto first = static_cast<std::uint32_t>(begin + word * 64);
    if (!multi_) {
      count_block(numbers_.block(first / block_size), both, numbers, counts);
      continue;
    }
    each_bit(both, [&](std::size_t i) {
      each(first + static_cast<std::uint32_t>(i), [&](std::uint64_t number) {
        if (number < numbers) ++counts[number];
      });
    });
  }
}

FacetColumn::FacetColumn(const Input& input, std::uint64_t at, std::uint32_t documents) {
  const bool multi = input.number<std::uint8_t>(at) != 0;
  values_ = input.number<std::uint32_t>(at + 1);
  at += 5;
  const std::uint64_t table = std::uint64_t{values_} * 4;
  ends_ = input.range(at, table);
  at += table;
  size_ = values_ == 0 ? 0 : number32(ends_, values_ - 1);
  bytes_ = input.range(at, size_);
  packed_ = PackedColumn(input, at + size_, documents, multi);
}

std::string_view FacetColumn::value(std::uint32_t ordinal) const {
  const std::uint32_t begin = ordinal == 0 ? 0 : number32(ends_, ordinal - 1);
  const std::uint32_t end = number32(ends_, ordinal);
  if (begin > end || end > size_) damaged();
  return {reinterpret_cast<const char*>(bytes_) + begin, end - begin};
}

std::uint32_t FacetColumn::ordinal(std::string_view code) const {
  std::uint32_t low = 0;
  std::uint32_t high = values_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (value(middle) < code) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < values_ && value(low) == code ? low : values_;
}

NumberColumn::NumberColumn(const Input& input, std::uint64_t at, std::uint32_t documents) {
  packed_ = PackedColumn(input, at + 1, documents, input.number<std::uint8_t>(at) != 0);
}

std::uint32_t FacetColumnBuilder::number(std::string_view code) {
  const auto [found, added] =
      known_.emplace(std::string(code), static_cast<std::uint32_t>(codes_.size()));
  if (added) codes_.emplace_back(code);
  return found->second;
}

void FacetColumnBuilder::end_document() {
  end_values(numbers_, begins_);
}

void FacetColumnBuilder::write(Output& out) const {
  std::vector<std::uint32_t> order(codes_.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return codes_[a] < codes_[b]; });
  std::vector<std::uint32_t> ordinals(codes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) ordinals[order[i]] = static_cast<std::uint32_t>(i);

  const bool multi = any_multi(begins_);
  out.append_number(static_cast<std::uint8_t>(multi));
  out.append_number(static_cast<std::uint32_t>(codes_.size()));
  std::uint32_t end = 0;
  for (const std::uint32_t number : order)
    out.append_number(end += static_cast<std::uint32_t>(codes_[number].size()));
  for (const std::uint32_t number : order) out.append(codes_[number].data(), codes_[number].size());
  write_numbers(out, begins_, multi,
                [&](std::uint32_t i) { return std::uint64_t{ordinals[numbers_[i]]}; });
}

void NumberColumnBuilder::end_document() {
  end_values(values_, begins_);
}

void NumberColumnBuilder::write(Output& out) const {
  const bool multi = any_multi(begins_);
  out.append_number(static_cast<std::uint8_t>(multi));
  write_numbers(out, begins_, multi,
                [&](std::uint32_t i) { return static_cast<std::uint64_t>(values_[i]) ^ sign_bit; });
}

}  // namespace koinon::index
