// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "c/boundary.hpp"

namespace koinon::c {

namespace {

bool is_tail(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

// Bytes of the well-formed sequence at the head of `p` (Unicode, table 3-7); 0 where there is none.
std::size_t sequence_length(const unsigned char* p, std::size_t left) {
  const unsigned char lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;  // a tail byte, or an overlong form
  if (lead < 0xE0) return left >= 2 && is_tail(p[1]) ? 2 : 0;
  if (lead < 0xF0) {
    if (left < 3 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0;   // overlong
    if (lead == 0xED && p[1] >= 0xA0) return 0;  // a surrogate
    return 3;
  }
  if (lead > 0xF4 || left < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return 0;
  if (lead == 0xF0 && p[1] < 0x90) return 0;   // overlong
  if (lead == 0xF4 && p[1] >= 0x90) return 0;  // past U+10FFFF
  return 4;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    const std::size_t length = sequence_length(p, left);
    if (length == 0) return false;
    p += length;
    left -= length;
  }
  return true;
}

}  // namespace koinon::c
