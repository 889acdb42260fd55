// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace koinon::domain {

/// Offset of the first byte that does not belong to well-formed UTF-8 (Unicode 15, table 3-7), or
/// text.size(). O(n), eight bytes at a step over ASCII.
std::size_t first_invalid_utf8(std::string_view text);

}  // namespace koinon::domain
