// SPDX-License-Identifier: Apache-2.0
//
// From what a person typed to a structured question. docs/reference/query-language.md tells the
// language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/query.hpp"

namespace koinon::search {

inline constexpr std::size_t max_query_bytes = std::size_t{1} << 20U;
/// Words, phrases and conditions that one question may have; what is beyond is left out.
inline constexpr std::size_t max_query_items = 256;
/// Brackets inside brackets.
inline constexpr std::size_t max_query_depth = 16;

/// Bytes [begin, end) of the question.
struct QuerySpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct ParsedQuestion {
  Query query;
  /// What was left out and why: for people, well-formed UTF-8, at most some twenty.
  std::vector<std::string> ignored;
  /// Where words stand that are looked for as they are spelt, in order.
  std::vector<QuerySpan> words;
};

/// A piece of a question for people to read: well-formed UTF-8, "…" after some forty bytes.
std::string shown(std::string_view piece);

/// Never fails: what makes no sense, or is too much, is left out and named in `ignored`. With
/// `as_you_type` a word that ends the question may be the beginning of one. O(n).
ParsedQuestion parse_question(std::string_view text, bool as_you_type = false);

}  // namespace koinon::search
