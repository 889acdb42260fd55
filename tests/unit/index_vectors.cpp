// SPDX-License-Identifier: Apache-2.0
#include "index/vectors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "index/document.hpp"
#include "index/index.hpp"
#include "index/kernels.hpp"
#include "index/nearest.hpp"
#include "koinon/error.hpp"

using namespace koinon;
using index::kernels;
using index::scalar_kernels;

TEST_CASE("a vector keeps its direction as bytes", "[index]") {
  const std::vector<float> vector = {0.5F, -0.25F, 0, 0.001F};
  std::vector<std::int8_t> bytes(4);
  REQUIRE(index::quantise(vector, bytes.data()));
  CHECK(bytes == std::vector<std::int8_t>{127, -64, 0, 0});
  // Only the direction counts.
  const std::vector<float> longer = {5e30F, -2.5e30F, 0, 1e28F};
  REQUIRE(index::quantise(longer, bytes.data()));
  CHECK(bytes == std::vector<std::int8_t>{127, -64, 0, 0});
}

TEST_CASE("a vector without a direction is no vector", "[index]") {
  index::Document document;
  std::vector<float> vector(64);
  CHECK_FALSE(document.add_vector(vector));
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e-40F}) {
    vector[5] = bad;
    CHECK_FALSE(document.add_vector(vector));
  }
  CHECK(document.vectors().empty());
  vector[5] = -3;
  CHECK(document.add_vector(vector));
  CHECK(document.vectors().size() == 64);
}

TEST_CASE("signs are bits, set where a number is not negative", "[index]") {
  std::vector<std::int8_t> vector(64, -1);
  vector[0] = 1;
  vector[63] = 0;
  std::vector<std::uint8_t> signs(8 * 3, 9);
  index::signs_of(vector, signs.data(), 3);
  CHECK(signs[0] == 1);
  CHECK(signs[1] == 9);  // of another vector
  CHECK(signs[3] == 0);
  CHECK(signs[21] == 0x80);
}

TEST_CASE("products are the same from every set of loops", "[index]") {
  std::mt19937 random(3);
  for (const std::size_t size : {64U, 128U, 192U, 256U, 4096U}) {
    CAPTURE(size);
    std::vector<std::int8_t> a(size);
    std::vector<std::int8_t> b(size);
    for (auto* each : {&a, &b}) {
      for (std::int8_t& number : *each)
        number = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    }
    std::int32_t product = 0;
    for (std::size_t i = 0; i < size; ++i) product += a[i] * b[i];
    CHECK(scalar_kernels().dot(a.data(), b.data(), size) == product);
    CHECK(kernels().dot(a.data(), b.data(), size) == product);
  }
}

TEST_CASE("sums of nibbles are the same from every set of loops", "[index]") {
  std::mt19937 random(4);
  constexpr std::size_t blocks = 3;
  for (const std::size_t width : {8U, 16U, 24U, 512U}) {
    CAPTURE(width);
    std::vector<std::uint8_t> bytes(blocks * width * index::sign_rows + 1);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    std::vector<std::uint8_t> tables(width * 32);
    // The greatest entries that a row's sum of 16 bits has room for.
    const auto most = static_cast<unsigned>(std::min<std::size_t>(127, 65535 / (width * 2)));
    for (std::uint8_t& entry : tables)
      entry = static_cast<std::uint8_t>(random() % 4 == 0 ? most : random() % (most + 1));
    std::vector<std::uint16_t> expected(blocks * index::sign_rows);
    for (std::size_t row = 0; row < expected.size(); ++row) {
      for (std::size_t k = 0; k < width; ++k) {
        const std::size_t block = row / index::sign_rows;
        const unsigned byte =
            bytes[1 + (block * width + k) * index::sign_rows + row % index::sign_rows];
        expected[row] = static_cast<std::uint16_t>(expected[row] + tables[k * 32 + byte % 16] +
                                                   tables[k * 32 + 16 + byte / 16]);
      }
    }
    for (const auto* set : {&scalar_kernels(), &kernels()}) {
      CAPTURE(set->name);
      std::vector<std::uint16_t> sums(expected.size());
      set->sum_nibbles(bytes.data() + 1, width, blocks, tables.data(), sums.data());
      CHECK(sums == expected);
    }
  }
}

TEST_CASE("grades are the same from every set of loops, and stay within their bounds", "[index]") {
  std::mt19937 random(5);
  constexpr std::size_t count = 1003;  // not a multiple of what a register holds
  const index::GradeScale scale = {0.001F / 65535, 2.0F / 65535, 1024};
  std::vector<std::uint16_t> sums(count);
  std::vector<std::uint8_t> factors(count * 2 + 1);
  for (std::uint16_t& sum : sums) sum = static_cast<std::uint16_t>(random());
  for (std::uint8_t& byte : factors) byte = static_cast<std::uint8_t>(random());
  std::vector<std::uint16_t> plain(count);
  scalar_kernels().grade(sums.data(), factors.data() + 1, count, scale, plain.data());
  std::vector<std::uint16_t> quick(count);
  kernels().grade(sums.data(), factors.data() + 1, count, scale, quick.data());
  CHECK(quick == plain);
  CHECK(*std::max_element(plain.begin(), plain.end()) == 1024);
  CHECK(*std::min_element(plain.begin(), plain.end()) == 0);
  for (std::size_t i = 0; i < count; ++i) {
    const double factor = (factors[1 + i * 2] + 256 * factors[2 + i * 2]) / 65535.0;
    const double grade = (1 - (sums[i] * 0.001 - 2) * factor) * 512;
    CHECK(std::abs(plain[i] - std::clamp(std::floor(grade), 0.0, 1024.0)) <= 1);
  }
}

TEST_CASE("numbers between two others are found by every set of loops", "[index]") {
  std::mt19937 random(6);
  constexpr std::size_t words = 5;
  std::vector<std::uint16_t> numbers(words * 64);
  for (std::uint16_t& number : numbers)
    number = static_cast<std::uint16_t>(random() % 2 == 0 ? random() % 12 : random());
  using Limits = std::pair<std::uint16_t, std::uint16_t>;
  for (const auto& [least, most] :
       {Limits{0, 10}, Limits{5, 5}, Limits{3, 65535}, Limits{9, 400}}) {
    CAPTURE(least, most);
    for (const auto* set : {&scalar_kernels(), &kernels()}) {
      CAPTURE(set->name);
      std::vector<std::uint64_t> bits(words);
      set->between(numbers.data(), words, least, most, bits.data());
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        const bool inside = numbers[i] >= least && numbers[i] <= most;
        REQUIRE((bits[i / 64] >> i % 64 & 1U) == (inside ? 1U : 0U));
      }
    }
  }
}

TEST_CASE("a vector of another size is refused", "[index]") {
  index::Index with({{1}, 0, 0, 128}, {});
  index::Document document;
  document.add_token(0, 0, "word");
  document.add_vector(std::vector<float>(64, 1));
  CHECK_THROWS_AS(with.put(1, document), Error);
  index::Index without({{1}, 0, 0, 0}, {});
  CHECK_THROWS_AS(without.put(1, document), Error);
  CHECK_THROWS_AS(index::Index({{1}, 0, 0, 100}, {}), Error);
  with.commit(1);
  CHECK_THROWS_AS(index::nearest(*with.snapshot(), std::vector<float>(64, 1), {}, {}), Error);
  CHECK(index::nearest(*with.snapshot(), std::vector<float>(128, 1), {}, {}).nearest.empty());
}
