// SPDX-License-Identifier: Apache-2.0
//
// Dates in running text; numbers.hpp is the door.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/numbers.hpp"
#include "text/written_words.hpp"

namespace koinon::text {

/// The date that the digits at `at` are part of; `begin` may lie before `at` ("May 3, 2021"), but
/// not before `from`. No readings: there is none. Looks at some 80 bytes around. O(1).
Quantity read_written_date(std::string_view text, std::size_t from, std::size_t at,
                           const WrittenWords& words);

}  // namespace koinon::text
