// SPDX-License-Identifier: Apache-2.0
//
// From what a person typed to clauses of the index.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/query.hpp"

namespace koinon::search {

inline constexpr std::size_t max_query_bytes = std::size_t{1} << 20U;
inline constexpr std::size_t max_clauses = 64;
inline constexpr std::size_t max_query_words = 128;  // over all clauses

struct ParsedQuery {
  std::vector<index::Clause> clauses;
  std::vector<std::string> ignored;  // for people, well-formed UTF-8, at most some twenty
};

/// Parses a question. Items are separated by white space; an item is a word or "a phrase" (also in
/// typographic quotes or « »), which may follow a + (must occur) or - (must not). An item that
/// segmentation divides (l'école, well-being) is its words side by side after + or -, or else each
/// of its words. A repeated clause counts once.
///
/// A word stands for its folded form and its stems in `languages` (primary subtags): so a document
/// is found by the inflections of its own language, whatever that of the user.
///
/// Never fails: what makes no sense, or is too much, is left out and named in `ignored`. O(n).
ParsedQuery parse_query(std::string_view text, std::span<const std::string> languages);

}  // namespace koinon::search
