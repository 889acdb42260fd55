// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 read and written one character at a time: what the other files of this room share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace koinon::text {

/// A character and the bytes that it takes. An ill-formed byte is `ill_formed`, one byte long.
struct Decoded {
  std::uint32_t code = 0;
  std::uint32_t size = 0;
};

inline constexpr std::uint32_t ill_formed = 0xFFFFFFFFU;

/// The character at `at`, which must be below text.size(). Well-formed is what Unicode 15, table
/// 3-7 allows: no surrogates, no overlong forms, nothing above U+10FFFF. O(1).
inline Decoded decode(std::string_view text, std::size_t at) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data()) + at;
  const std::size_t left = text.size() - at;
  const std::uint32_t lead = bytes[0];
  if (lead < 0x80) return {lead, 1};
  const auto tail = [&](std::size_t i) { return (bytes[i] & 0xC0U) == 0x80U; };
  if (lead < 0xC2 || left < 2 || !tail(1)) return {ill_formed, 1};
  if (lead < 0xE0) return {(lead & 0x1FU) << 6U | (bytes[1] & 0x3FU), 2};
  if (left < 3 || !tail(2)) return {ill_formed, 1};
  if (lead < 0xF0) {
    const std::uint32_t code =
        (lead & 0x0FU) << 12U | (bytes[1] & 0x3FU) << 6U | (bytes[2] & 0x3FU);
    const bool good = code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
    return good ? Decoded{code, 3} : Decoded{ill_formed, 1};
  }
  if (lead > 0xF4 || left < 4 || !tail(3)) return {ill_formed, 1};
  const std::uint32_t code = (lead & 0x07U) << 18U | (bytes[1] & 0x3FU) << 12U |
                             (bytes[2] & 0x3FU) << 6U | (bytes[3] & 0x3FU);
  return code >= 0x10000 && code <= 0x10FFFF ? Decoded{code, 4} : Decoded{ill_formed, 1};
}

/// Appends a scalar value (no surrogate, at most U+10FFFF). O(1).
inline void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

}  // namespace koinon::text
