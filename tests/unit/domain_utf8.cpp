// SPDX-License-Identifier: Apache-2.0
#include "domain/utf8.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

using koinon::domain::first_invalid_utf8;

namespace {

// Decodes by the bit patterns of RFC 3629 and then looks at the code point: slow and obvious.
std::size_t slow_first_invalid(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    std::size_t size = 0;
    std::uint32_t point = 0;
    if (lead >> 7U == 0) {
      size = 1, point = lead;
    } else if (lead >> 5U == 6) {
      size = 2, point = lead & 0x1FU;
    } else if (lead >> 4U == 14) {
      size = 3, point = lead & 0x0FU;
    } else if (lead >> 3U == 30) {
      size = 4, point = lead & 0x07U;
    } else {
      return at;
    }
    if (at + size > text.size()) return at;
    for (std::size_t i = 1; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if (byte >> 6U != 2) return at;
      point = point << 6U | (byte & 0x3FU);
    }
    const std::size_t shortest = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (shortest != size || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return at;
    at += size;
  }
  return at;
}

}  // namespace

TEST_CASE("well-formed sequences are passed over", "[domain]") {
  for (const std::string& good :
       {std::string(), std::string("plain ASCII, longer than a word"), std::string("\0", 1),
        std::string("\x7F"), std::string("\xC2\x80"), std::string("\xDF\xBF"),
        std::string("\xE0\xA0\x80"), std::string("\xED\x9F\xBF"), std::string("\xEE\x80\x80"),
        std::string("\xEF\xBF\xBF"), std::string("\xF0\x90\x80\x80"),
        std::string("\xF4\x8F\xBF\xBF"), std::string("aaaaaaa\xC3\xA9zzzzzzzz")}) {
    CHECK(first_invalid_utf8(good) == good.size());
  }
}

TEST_CASE("ill-formed sequences are found where they begin", "[domain]") {
  for (const std::string& bad :
       {std::string("\x80"), std::string("\xBF"), std::string("\xC0\x80"), std::string("\xC1\xBF"),
        std::string("\xC2"), std::string("\xC2\x41"), std::string("\xE0\x9F\xBF"),
        std::string("\xE1\x80"), std::string("\xE1\x80\x41"), std::string("\xED\xA0\x80"),
        std::string("\xED\xBF\xBF"), std::string("\xF0\x8F\xBF\xBF"), std::string("\xF1\x80\x80"),
        std::string("\xF4\x90\x80\x80"), std::string("\xF5\x80\x80\x80"),
        std::string("\xF8\x88\x80\x80"), std::string("\xFE"), std::string("\xFF")}) {
    for (std::size_t before = 0; before < 20; ++before) {
      const std::string text = std::string(before, 'a') + bad + "zzzzzzzzzzz";
      REQUIRE(first_invalid_utf8(text) == before);
      REQUIRE(first_invalid_utf8(std::string(before, 'a') + bad) == before);
    }
  }
}

TEST_CASE("random bytes are judged as the slow twin judges them", "[domain]") {
  // Bytes that begin, go on or break sequences come up often enough to be combined.
  static const std::vector<unsigned char> bytes = {
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
      0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFE, 0xFF};
  std::mt19937 random(2026);
  for (int round = 0; round < 200000; ++round) {
    std::string text(random() % 12, 'a');
    for (std::size_t size = random() % 8; size > 0; --size)
      text += static_cast<char>(random() % 4 ? bytes[random() % bytes.size()] : random() % 256);
    text += std::string(random() % 10, 'z');
    REQUIRE(first_invalid_utf8(text) == slow_first_invalid(text));
  }
}
