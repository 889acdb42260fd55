// SPDX-License-Identifier: Apache-2.0
#include "index/columns.hpp"

#include <algorithm>
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
  return static_cast<std::uint32_t>(packed_number(data, 4, i));
}

unsigned width_for(std::uint64_t greatest) {
  if (greatest <= 0xFF) return 1;
  if (greatest <= 0xFFFF) return 2;
  return greatest <= 0xFFFFFFFFU ? 4 : 8;
}

void append_packed(std::vector<std::uint8_t>& out, std::uint64_t value, unsigned width) {
  for (unsigned i = 0; i < width; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

bool any_multi(const std::vector<std::uint32_t>& begins) {
  for (std::size_t i = 1; i < begins.size(); ++i) {
    if (begins[i] - begins[i - 1] > 1) return true;
  }
  return false;
}

// The numbers of all documents, packed as PackedColumn reads them.
class Packer {
 public:
  Packer(const std::vector<std::uint32_t>& begins, std::uint64_t greatest)
      : begins_(begins),
        multi_(any_multi(begins)),
        width_(width_for(multi_ ? greatest : greatest + 1)) {}

  void head(Output& out) const {
    const auto bytes = {static_cast<std::uint8_t>(multi_), static_cast<std::uint8_t>(width_)};
    out.append(bytes.begin(), bytes.size());
  }

  // `number` tells number i of the column.
  template <class F>
  void numbers(Output& out, F&& number) const {
    std::vector<std::uint8_t> data;
    if (multi_) {
      out.append(begins_.data(), begins_.size() * sizeof(std::uint32_t));
      for (std::uint32_t i = 0; i < begins_.back(); ++i) append_packed(data, number(i), width_);
    } else {
      for (std::size_t i = 0; i + 1 < begins_.size(); ++i) {
        const bool none = begins_[i] == begins_[i + 1];
        append_packed(data, none ? 0 : number(begins_[i]) + 1, width_);
      }
    }
    out.append(data);
  }

 private:
  const std::vector<std::uint32_t>& begins_;
  bool multi_;
  unsigned width_;
};

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
                           bool multi, unsigned width)
    : multi_(multi), width_(width), count_(documents) {
  if (width_ != 1 && width_ != 2 && width_ != 4 && width_ != 8) damaged();
  if (multi_) {
    const std::uint64_t size = (std::uint64_t{documents} + 1) * 4;
    begins_ = input.range(at, size);
    at += size;
    count_ = number32(begins_, documents);
  }
  data_ = input.range(at, count_ * width_);
}

PackedColumn::Range PackedColumn::range_of(std::uint32_t document) const {
  const Range range = {number32(begins_, document), number32(begins_, document + std::size_t{1})};
  if (range.begin > range.end || range.end > count_) damaged();
  return range;
}

template <class T>
void PackedColumn::count_single(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
                                std::uint32_t numbers, std::uint32_t* counts) const {
  for (std::size_t word = 0; word < words; ++word) {
    const std::uint8_t* from = data_ + (begin + word * 64) * sizeof(T);
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
      T code = 0;
      std::memcpy(&code, from + static_cast<std::size_t>(std::countr_zero(left)) * sizeof code,
                  sizeof code);
      if (code <= numbers) ++counts[code];
    }
  }
}

void PackedColumn::count(const std::uint64_t* bits, std::size_t words, std::uint32_t begin,
                         std::uint32_t numbers, std::uint32_t* counts) const {
  if (!multi_ && width_ == 1)
    return count_single<std::uint8_t>(bits, words, begin, numbers, counts);
  if (!multi_ && width_ == 2)
    return count_single<std::uint16_t>(bits, words, begin, numbers, counts);
  if (!multi_ && width_ == 4)
    return count_single<std::uint32_t>(bits, words, begin, numbers, counts);
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
      const auto at = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      each(begin + static_cast<std::uint32_t>(at), [&](std::uint64_t number) {
        if (number < numbers) ++counts[number + 1];
      });
    }
  }
}

FacetColumn::FacetColumn(const Input& input, std::uint64_t at, std::uint32_t documents) {
  const std::uint8_t* head = input.range(at, 6);
  values_ = input.number<std::uint32_t>(at + 2);
  at += 6;
  const std::uint64_t table = std::uint64_t{values_} * 4;
  ends_ = input.range(at, table);
  at += table;
  size_ = values_ == 0 ? 0 : number32(ends_, values_ - 1);
  bytes_ = input.range(at, size_);
  packed_ = PackedColumn(input, at + size_, documents, head[0] != 0, head[1]);
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
  const std::uint8_t* head = input.range(at, 10);
  base_ = input.number<std::int64_t>(at + 2);
  packed_ = PackedColumn(input, at + 10, documents, head[0] != 0, head[1]);
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

  const Packer packer(begins_, codes_.size());
  packer.head(out);
  out.append_number(static_cast<std::uint32_t>(codes_.size()));
  std::uint32_t end = 0;
  for (const std::uint32_t number : order)
    out.append_number(end += static_cast<std::uint32_t>(codes_[number].size()));
  for (const std::uint32_t number : order) out.append(codes_[number].data(), codes_[number].size());
  packer.numbers(out, [&](std::uint32_t i) { return std::uint64_t{ordinals[numbers_[i]]}; });
}

void NumberColumnBuilder::end_document() {
  end_values(values_, begins_);
}

void NumberColumnBuilder::write(Output& out) const {
  const auto range = std::minmax_element(values_.begin(), values_.end());
  const std::int64_t base = values_.empty() ? 0 : *range.first;
  const auto above = [&](std::int64_t value) {
    return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(base);
  };
  const Packer packer(begins_, values_.empty() ? 0 : above(*range.second));
  packer.head(out);
  out.append_number(base);
  packer.numbers(out, [&](std::uint32_t i) { return above(values_[i]); });
}

}  // namespace koinon::index
