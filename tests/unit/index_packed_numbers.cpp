// SPDX-License-Identifier: Apache-2.0
#include "index/packed_numbers.hpp"

#include <bit>
#include <cstring>
#include <optional>
#include <random>
#include <vector>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;
using index::Input;
using index::Output;
using index::PackedNumbers;

namespace {

using Numbers = std::vector<std::optional<std::uint64_t>>;

constexpr std::size_t before = 5;
constexpr std::size_t head_size = 13;

std::vector<std::uint8_t> bytes_of(const Numbers& numbers) {
  index::PackedNumbersBuilder builder;
  for (const auto& number : numbers) {
    if (number) {
      builder.add(*number);
    } else {
      builder.add_absent();
    }
  }
  Output out;
  for (std::size_t i = 0; i < before; ++i) out.append_number(std::uint8_t{0xEE});
  builder.write(out);
  return out.take();
}

Numbers read(const PackedNumbers& packed) {
  Numbers numbers(packed.size());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    packed.visit(i, [&](std::uint64_t number) { numbers[i] = number; });
  return numbers;
}

// The same in two goes, wherever these part.
Numbers read_together(const PackedNumbers& packed, std::size_t middle) {
  Numbers numbers(packed.size());
  const auto take = [&](std::uint64_t i, std::uint64_t number) { numbers[i] = number; };
  packed.visit(0, middle, take);
  packed.visit(middle, numbers.size(), take);
  return numbers;
}

// So many bits as the least and the greatest of each block lie apart, and a bit for each number
// where one is absent.
std::size_t expected_size(const Numbers& numbers) {
  std::size_t size = before;
  for (std::size_t begin = 0; begin < numbers.size(); begin += 128) {
    std::uint64_t least = ~std::uint64_t{0};
    std::uint64_t most = 0;
    bool absent = false;
    for (std::size_t i = begin; i < std::min(begin + 128, numbers.size()); ++i) {
      absent = absent || !numbers[i];
      least = std::min(least, numbers[i].value_or(least));
      most = std::max(most, numbers[i].value_or(most));
    }
    const int bits = most > least ? std::bit_width(most - least) : 0;
    size += head_size + 16 * static_cast<std::size_t>(bits) + (absent ? 16 : 0);
  }
  return size;
}

}  // namespace

TEST_CASE("numbers of any width, some of them absent, come back one by one", "[index]") {
  std::mt19937_64 random(3);
  for (const std::size_t count : {0, 1, 2, 127, 128, 129, 256, 1000}) {
    for (unsigned bits = 0; bits <= 64; ++bits) {
      for (const unsigned absent : {0, 3, 100}) {
        CAPTURE(count, bits, absent);
        const std::uint64_t mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
        const std::uint64_t base = bits == 64 ? 0 : random() & ~mask & ~(std::uint64_t{1} << 63U);
        Numbers numbers(count);
        for (auto& number : numbers) {
          if (random() % 100 >= absent) number = base + (random() & mask);
        }
        const Input input(bytes_of(numbers));
        const PackedNumbers packed(input, before, count);
        CHECK(packed.end() == input.size());
        CHECK(input.size() == expected_size(numbers));
        CHECK(read(packed) == numbers);
        CHECK(read_together(packed, random() % (count + 1)) == numbers);
        for (std::size_t i = 0; i < count; ++i) {
          if (numbers[i] && packed[i] != *numbers[i]) FAIL("number " << i);
        }
      }
    }
  }
}

TEST_CASE("one far number widens its own block only", "[index]") {
  Numbers numbers(128 * 10, 7);
  numbers[500] = ~std::uint64_t{0};
  const std::vector<std::uint8_t> bytes = bytes_of(numbers);
  CHECK(bytes.size() == before + 10 * head_size + 16 * std::size_t{64});
}

TEST_CASE("packed numbers that are cut, or point beyond their end, are refused", "[index]") {
  Numbers numbers(300);
  for (std::size_t i = 0; i < numbers.size(); i += 2) numbers[i] = i * i;
  const std::vector<std::uint8_t> bytes = bytes_of(numbers);
  for (std::size_t size = before; size < bytes.size(); ++size) {
    const Input cut(std::vector<std::uint8_t>(bytes.begin(),
                                              bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    CHECK_THROWS_AS(PackedNumbers(cut, before, numbers.size()), Error);
  }
  CHECK_THROWS_AS(PackedNumbers(Input(bytes), before, ~std::uint64_t{0}), Error);
  const auto spoilt = [&](std::size_t at, std::uint8_t byte) {
    std::vector<std::uint8_t> other = bytes;
    other[before + at] = byte;
    const Input input(other);
    const PackedNumbers packed(input, before, numbers.size());
    return packed[0];
  };
  CHECK_THROWS_AS(spoilt(12, 65), Error);         // bits
  CHECK_THROWS_AS(spoilt(12, 128 + 127), Error);  // with absent ones
  CHECK_THROWS_AS(spoilt(10, 1), Error);          // where the block begins
}
