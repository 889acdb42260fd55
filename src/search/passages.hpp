// SPDX-License-Identifier: Apache-2.0
//
// Texts cut into the pieces that get a vector each: one vector for a long text says little of any
// part of it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace koinon::search {

/// Passages of a record at most: the first ones.
inline constexpr std::size_t max_passages = 16;

/// Sentences, short ones together with the next until there are some words in it, long ones cut at
/// a word; in order. A sentence ends at '.', '!', '?', ';', a line break, or what stands for those
/// in Greek, before a blank. O(n).
std::vector<std::string_view> passages(std::string_view text, std::size_t most = max_passages);

}  // namespace koinon::search
