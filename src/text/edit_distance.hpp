// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace koinon::text {

/// Insertions, deletions and substitutions of characters that make one text of the other (Wagner
/// and Fischer, 1974), or limit + 1 where more than `limit` are needed. An ill-formed byte is a
/// character of its own. O(length of the shorter * length of the longer), less where the limit cuts
/// it short.
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

/// Characters of a text. O(n).
std::size_t character_count(std::string_view text);

}  // namespace koinon::text
