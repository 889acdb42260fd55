// SPDX-License-Identifier: Apache-2.0
#include "index/vectors.hpp"

#include <cmath>
#include <limits>
#include <random>
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
  std::vector<std::int8_t> vector(128, -1);
  vector[0] = 1;
  vector[127] = 0;
  std::uint64_t signs[2];
  index::signs_of(vector, signs);
  CHECK(signs[0] == 1);
  CHECK(signs[1] == std::uint64_t{1} << 63U);
}

TEST_CASE("products and differing signs are the same from every set of loops", "[index]") {
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

    const std::size_t words = size / 64;
    std::vector<std::uint8_t> rows(words * 8 * 5 + 1);
    for (std::uint8_t& byte : rows) byte = static_cast<std::uint8_t>(random());
    std::vector<int> numbers(size);
    std::vector<std::uint64_t> planes(words * 4);
    for (std::size_t i = 0; i < size; ++i) {
      numbers[i] = static_cast<int>(random() % 16);
      for (unsigned plane = 0; plane < 4; ++plane) {
        const auto bit = static_cast<std::uint64_t>(numbers[i] >> plane & 1);
        planes[plane * words + i / 64] |= bit << i % 64;
      }
    }
    std::vector<std::int32_t> expected(5);
    for (std::size_t row = 0; row < 5; ++row) {
      for (std::size_t i = 0; i < size; ++i) {
        const bool set = (rows[1 + row * words * 8 + i / 8] >> i % 8 & 1) != 0;
        if (set) expected[row] += 2 * numbers[i] - 15;
      }
    }
    for (const auto* set : {&scalar_kernels(), &kernels()}) {
      CAPTURE(set->name);
      std::vector<std::int32_t> sums(5);
      set->weigh_bits(rows.data() + 1, planes.data(), words, 5, sums.data());
      CHECK(sums == expected);
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
