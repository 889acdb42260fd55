// SPDX-License-Identifier: Apache-2.0
//
// The length of a document in one byte: exact below 32, then sixteen steps for each doubling, so
// that it is at most 6 % too short; 524,287 and more are one. BM25 uses the decoded length
// everywhere, in the mean as well, so that no score depends on which segment a document lies in.
#pragma once

#include <bit>
#include <cstdint>

namespace koinon::index {

inline std::uint8_t length_code(std::uint32_t length) {
  if (length < 32) return static_cast<std::uint8_t>(length);
  const auto octave = static_cast<std::uint32_t>(std::bit_width(length)) - 6;
  if (octave > 13) return 255;
  return static_cast<std::uint8_t>(32 + 16 * octave + (length >> (octave + 1)) - 16);
}

inline std::uint32_t decoded_length(std::uint8_t code) {
  if (code < 32) return code;
  const std::uint32_t octave = (code - 32U) / 16;
  return ((code - 32U) % 16 + 16) << (octave + 1);
}

}  // namespace koinon::index
