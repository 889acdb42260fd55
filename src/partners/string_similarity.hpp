// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace koinon::partners {

/// How alike two words are, 0 to 1, by Jaro's measure with Winkler's bonus for a common beginning
/// of up to four bytes (W. E. Winkler, String comparator metrics and enhanced decision rules in the
/// Fellegi-Sunter model of record linkage, 1990): 1 for equal words, 0 where nothing is shared; two
/// empty words are alike. Bytes are compared, so words are folded and in Latin letters where they
/// can be; of words longer than 64 bytes the first 64 count. Symmetric. O(64 * length).
double jaro_winkler(std::string_view a, std::string_view b);

}  // namespace koinon::partners
