// SPDX-License-Identifier: Apache-2.0
#include "index/norms.hpp"

#include "catch.hpp"

using namespace koinon::index;

TEST_CASE("short lengths are kept as they are", "[index]") {
  for (std::uint32_t length = 0; length < 32; ++length) {
    CHECK(length_code(length) == length);
    CHECK(decoded_length(length_code(length)) == length);
  }
}

TEST_CASE("longer lengths are told a little too short, in order", "[index]") {
  std::uint8_t before = 0;
  std::uint32_t falling = 0;
  std::uint32_t jumps = 0;
  std::uint32_t too_long = 0;
  std::uint32_t too_short = 0;
  for (std::uint32_t length = 0; length <= 524287; ++length) {
    const std::uint8_t code = length_code(length);
    const std::uint32_t told = decoded_length(code);
    falling += code < before ? 1U : 0U;
    jumps += code > before + 1 ? 1U : 0U;
    too_long += told > length ? 1U : 0U;
    too_short += (length - told) * 16 > length ? 1U : 0U;  // by more than 6.25 %
    before = code;
  }
  CHECK(falling == 0);
  CHECK(jumps == 0);
  CHECK(too_long == 0);
  CHECK(too_short == 0);
}

TEST_CASE("every code stands for the least length that has it", "[index]") {
  for (unsigned code = 0; code < 256; ++code) {
    CAPTURE(code);
    const std::uint32_t length = decoded_length(static_cast<std::uint8_t>(code));
    CHECK(length_code(length) == code);
    if (length > 0) CHECK(length_code(length - 1) + 1U == code);
  }
}

TEST_CASE("lengths without end are one", "[index]") {
  CHECK(length_code(524287) == 255);
  CHECK(length_code(524288) == 255);
  CHECK(length_code(0xFFFFFFFFU) == 255);
}
