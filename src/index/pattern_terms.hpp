// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "index/query.hpp"
#include "index/term_dictionary.hpp"

namespace koinon::index {

/// Calls `on_term` with each word of the dictionary that the pattern stands for, in order of bytes,
/// and its distance (0 for a prefix). Terms that begin with a byte below 0x20 are no words.
/// O(matches) for a prefix. A fuzzy pattern walks the dictionary as a trie, with the rows of the
/// edit distance table (Wagner and Fischer, 1974) as states, and jumps over every branch in which
/// no row can come back to the distance allowed.
using OnTerm =
    std::function<void(std::string_view spelling, const TermEntry& entry, unsigned distance)>;
void each_term(const TermDictionary& dictionary, const Pattern& pattern, const OnTerm& on_term);

}  // namespace koinon::index
