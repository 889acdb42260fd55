// SPDX-License-Identifier: Apache-2.0
//
// The system's libstemmer. An algorithm is named as libstemmer names it ("danish").
//
// Threads: safe everywhere; each thread keeps its own stemmers, one for each algorithm it has met.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

/// The number of an algorithm, for snowball_stem(); nullopt when this libstemmer has it not. Names
/// only, no ISO 639 codes. O(number of algorithms).
std::optional<std::size_t> snowball_algorithm(std::string_view name);

/// All names, as libstemmer lists them.
std::vector<std::string> snowball_algorithms();

/// The stem of a word in lower case, or the word itself when memory is short. `algorithm` is from
/// snowball_algorithm(). Any bytes do no harm. O(n).
std::string snowball_stem(std::string_view word, std::size_t algorithm);

}  // namespace koinon::text
