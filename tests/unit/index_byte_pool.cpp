// SPDX-License-Identifier: Apache-2.0
#include "index/byte_pool.hpp"

#include <random>
#include <vector>

#include "catch.hpp"

using namespace koinon::index;

TEST_CASE("streams that grow side by side keep their bytes", "[index]") {
  BytePool pool;
  std::mt19937 random(5);
  constexpr std::size_t count = 50;
  std::vector<Stream> streams;
  std::vector<std::vector<std::uint8_t>> expected(count);
  for (std::size_t i = 0; i < count; ++i) streams.push_back(pool.make_stream());
  for (int round = 0; round < 20000; ++round) {
    const std::size_t at = random() % (1 + random() % count);
    std::vector<std::uint8_t> bytes(random() % 12);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    pool.append(streams[at], bytes.data(), bytes.size());
    expected[at].insert(expected[at].end(), bytes.begin(), bytes.end());
  }
  for (std::size_t i = 0; i < count; ++i) {
    StreamReader reader(pool, streams[i]);
    std::vector<std::uint8_t> got;
    for (std::size_t k = 0; k < expected[i].size(); ++k) got.push_back(reader.byte());
    REQUIRE(got == expected[i]);
  }
}

TEST_CASE("varints of every length come back", "[index]") {
  BytePool pool;
  Stream stream = pool.make_stream();
  std::vector<std::uint32_t> values;
  for (std::uint32_t shift = 0; shift < 32; ++shift) {
    for (const std::uint32_t add : {0U, 1U, 0xFFFFFFFFU}) values.push_back((1U << shift) + add);
  }
  for (std::uint32_t value : values) {
    std::vector<std::uint8_t> bytes;
    for (; value >= 0x80; value >>= 7U) bytes.push_back(static_cast<std::uint8_t>(value | 0x80U));
    bytes.push_back(static_cast<std::uint8_t>(value));
    pool.append(stream, bytes.data(), bytes.size());
  }
  StreamReader reader(pool, stream);
  for (const std::uint32_t value : values) CHECK(reader.varint() == value);
}

TEST_CASE("one long stream outgrows many slices and blocks", "[index]") {
  BytePool pool;
  Stream stream = pool.make_stream();
  for (std::uint32_t i = 0; i < 3000000; ++i) {
    const auto byte = static_cast<std::uint8_t>(i * 31U >> 3U);
    pool.append(stream, &byte, 1);
  }
  StreamReader reader(pool, stream);
  bool same = true;
  for (std::uint32_t i = 0; i < 3000000; ++i) {
    same = same && reader.byte() == static_cast<std::uint8_t>(i * 31U >> 3U);
  }
  CHECK(same);
  CHECK(pool.memory_bytes() < 3300000);
}
