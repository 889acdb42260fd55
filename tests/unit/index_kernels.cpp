// SPDX-License-Identifier: Apache-2.0
#include "index/kernels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "catch.hpp"

using namespace koinon::index;

namespace {

using Block = std::array<std::uint32_t, block_size>;

// Values of at most so many bits, one of them of exactly so many.
Block values_of(unsigned bits, std::mt19937& random) {
  Block values{};
  if (bits == 0) return values;
  const std::uint32_t mask = 0xFFFFFFFFU >> (32 - bits);
  for (std::uint32_t& value : values) value = random() & mask;
  values[random() % block_size] = mask;
  return values;
}

// Of the exact size, so that a sanitizer sees a read past the end.
std::vector<std::uint8_t> packed(const Block& values, unsigned bits) {
  std::vector<std::uint8_t> bytes(std::size_t{16} * bits);
  pack(values.data(), bits, bytes.data());
  return bytes;
}

Block rising(const Block& gaps, std::uint32_t base) {
  Block numbers;
  for (std::size_t i = 0; i < block_size; ++i) numbers[i] = base += gaps[i] + 1;
  return numbers;
}

const std::vector<const Kernels*> both = {&scalar_kernels(), &kernels()};

}  // namespace

TEST_CASE("packed numbers come back at every width, from every set of loops", "[index]") {
  std::mt19937 random(1);
  for (unsigned bits = 0; bits <= 32; ++bits) {
    CAPTURE(bits);
    for (int round = 0; round < 20; ++round) {
      const Block values = values_of(bits, random);
      CHECK(bits_for(values.data()) == bits);
      const std::vector<std::uint8_t> bytes = packed(values, bits);
      for (const Kernels* set : both) {
        CAPTURE(set->name);
        Block read;
        set->unpack(bytes.data(), bits, read.data());
        CHECK(read == values);
      }
    }
  }
}

TEST_CASE("rising numbers come back at every width, after any base", "[index]") {
  std::mt19937 random(2);
  for (unsigned bits = 0; bits <= 32; ++bits) {
    CAPTURE(bits);
    // 0xFFFFFFFF is "no document yet": the sum begins before 0.
    for (const std::uint32_t base :
         {0xFFFFFFFFU, 0U, 1U << 30U, static_cast<std::uint32_t>(random())}) {
      const Block gaps = values_of(bits, random);
      const std::vector<std::uint8_t> bytes = packed(gaps, bits);
      for (const Kernels* set : both) {
        CAPTURE(set->name);
        Block read;
        set->unpack_increasing(bytes.data(), bits, base, read.data());
        CHECK(read == rising(gaps, base));
      }
    }
  }
}

TEST_CASE("every set of loops gives the same scores, and writes no more of them", "[index]") {
  std::mt19937 random(3);
  constexpr std::size_t documents = 1000;
  constexpr std::int32_t untouched = -77;
  std::array<float, 256> saturation;
  for (std::size_t count = 0; count <= block_size; ++count) {
    CAPTURE(count);
    for (float& each : saturation)
      each = std::ldexp(static_cast<float>(1 + random() % 65536), -static_cast<int>(random() % 16));
    const ScoreTable table = {
        std::ldexp(static_cast<float>(1 + random() % 65536), static_cast<int>(random() % 15)),
        saturation.data()};
    std::vector<std::uint8_t> codes(documents + 3);
    for (std::uint8_t& code : codes) code = static_cast<std::uint8_t>(random());
    Block found{};
    Block weights{};
    for (std::size_t i = 0; i < block_size; ++i) {
      found[i] = i == 0 ? documents - 1 : random() % documents;
      weights[i] = 1 + (random() % 2 == 0 ? random() % 8 : random() % 65535);
    }
    std::vector<std::int32_t> wanted(block_size, untouched);
    for (std::size_t i = 0; i < count; ++i)
      wanted[i] = score_of(weights[i], codes[found[i]], table);
    for (const Kernels* set : both) {
      CAPTURE(set->name);
      std::vector<std::int32_t> scores(block_size, untouched);
      set->score(found.data(), weights.data(), count, codes.data(), table, scores.data());
      CHECK(scores == wanted);
    }
    const std::uint8_t code = codes[0];
    for (std::size_t i = 0; i < count; ++i) wanted[i] = score_of(weights[i], code, table);
    for (const Kernels* set : both) {
      CAPTURE(set->name);
      std::vector<std::int32_t> scores(block_size, untouched);
      set->score_alike(weights.data(), count, code, table, scores.data());
      CHECK(scores == wanted);
    }
  }
}

TEST_CASE("every set of loops finds the same scores, and counts the same bits", "[index]") {
  std::mt19937 random(4);
  for (std::size_t words = 0; words <= 70; ++words) {
    CAPTURE(words);
    std::vector<std::int32_t> scores(words * 64);
    for (std::int32_t& score : scores) score = static_cast<std::int32_t>(random() % 7) - 3;
    if (words > 0) scores[random() % scores.size()] = 0x7FFFFFFF;
    for (const std::int32_t least : {-5, -1, 0, 1, 3, 4, 0x7FFFFFFF}) {
      std::vector<std::uint64_t> wanted(words);
      std::size_t count = 0;
      for (std::size_t i = 0; i < scores.size(); ++i) {
        if (scores[i] < least) continue;
        wanted[i / 64] |= std::uint64_t{1} << i % 64;
        ++count;
      }
      for (const Kernels* set : both) {
        CAPTURE(set->name);
        std::vector<std::uint64_t> bits(words, 0xAAAAAAAAAAAAAAAAU);
        set->at_least(scores.data(), words, least, bits.data());
        CHECK(bits == wanted);
        CHECK(set->count(bits.data(), words) == count);
      }
    }
  }
}

TEST_CASE("marks are taken from bytes, which are 0 afterwards", "[index]") {
  std::mt19937 random(8);
  constexpr std::size_t words = 5;
  for (const unsigned rarity : {1U, 2U, 50U}) {
    std::vector<std::uint8_t> marked(words * 64);
    std::vector<std::uint64_t> wanted(words, 0x11);
    for (std::size_t i = 0; i < marked.size(); ++i) {
      if (random() % rarity != 0) continue;
      marked[i] = 0xFF;
      wanted[i / 64] |= std::uint64_t{1} << i % 64;
    }
    for (const Kernels* set : both) {
      CAPTURE(set->name);
      std::vector<std::uint8_t> bytes = marked;
      std::vector<std::uint64_t> bits(words, 0x11);
      set->take_marks(bytes.data(), words, bits.data());
      CHECK(bits == wanted);
      CHECK(bytes == std::vector<std::uint8_t>(words * 64));
    }
  }
}

TEST_CASE("a number's place in a block is that of the first not before it", "[index]") {
  std::mt19937 random(9);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::uint32_t> numbers;
    std::uint32_t number = random() % 50;
    for (std::size_t i = 0; i < block_size; ++i)
      numbers.push_back(number += 1 + static_cast<std::uint32_t>(random() % 100));
    for (std::uint32_t wanted = 0; wanted <= numbers.back(); ++wanted) {
      const auto found = std::lower_bound(numbers.begin(), numbers.end(), wanted);
      REQUIRE(place_in_block(numbers.data(), wanted) ==
              static_cast<std::size_t>(found - numbers.begin()));
    }
  }
}

TEST_CASE("the first number not before another is found, near or far", "[index]") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint32_t> numbers;
    std::uint32_t number = random() % 50;
    for (std::size_t size = 1 + random() % block_size; size > 0; --size)
      numbers.push_back(number += 1 + static_cast<std::uint32_t>(random() % 1000000));
    numbers.back() = 0x7FFFFFFF;
    const std::size_t size = numbers.size();
    // What lies behind is read, and is any numbers.
    for (std::size_t i = 0; i < find_overrun; ++i)
      numbers.push_back(static_cast<std::uint32_t>(random()));
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(size);
    for (int i = 0; i < 30; ++i) {
      const std::size_t at = random() % size;
      std::uint32_t wanted = numbers[at + random() % (size - at)];
      wanted -= std::min<std::uint32_t>(wanted, random() % 3);
      const auto found =
          std::lower_bound(numbers.begin() + static_cast<std::ptrdiff_t>(at), end, wanted);
      CHECK(first_not_before(numbers.data(), at, wanted) ==
            static_cast<std::size_t>(found - numbers.begin()));
    }
  }
}

TEST_CASE("a score is the nearest whole number, and more for more and in shorter texts",
          "[index]") {
  const std::array<float, 2> saturation = {1.5F, 3.0F};
  const ScoreTable table = {1000, saturation.data()};
  CHECK(score_of(1, 0, table) == 400);
  CHECK(score_of(1, 1, table) == 250);
  CHECK(score_of(2, 1, table) == 400);
  CHECK(score_of(5, 1, table) == 625);
  CHECK(score_of(4, 1, table) == 571);  // 571.43
  CHECK(score_of(65535, 0, table) == 1000);
}
