// SPDX-License-Identifier: Apache-2.0
//
// Groups of countries, such as the EU, as they were on a day.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::data {

/// Names of groups: EEA, EFTA, EU, candidate.
std::vector<std::string> country_groups();

/// Codes of the countries that were in a group on a day, as the number 20240930, sorted; 0: those
/// that are in it without a known end. Empty for a group that there is not. O(countries).
std::vector<std::string> countries_of(std::string_view group, std::int32_t day);

}  // namespace koinon::data
