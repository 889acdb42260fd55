// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "text/encoding.hpp"

namespace koinon::text {

/// Code points of the last bytes of a one-byte encoding, up to and with 0xFF: 128 of them for the
/// Windows code pages, 96 for ISO 8859. 0 is undefined. Empty for UTF-8 and UTF-16. O(1).
std::span<const char16_t> upper_half(Encoding encoding);

}  // namespace koinon::text
