// SPDX-License-Identifier: Apache-2.0
//
// How well something fits what was asked, in parts that are told.
#pragma once

#include <string>
#include <vector>

#include "koinon/evidence.hpp"

namespace koinon::programme {

/// What the parts of a fit weigh (docs/reference/evidence.md).
inline constexpr double text_weight = 3;
inline constexpr double codes_weight = 2;  // themes; target groups likewise
inline constexpr double evidence_weight = 2;
inline constexpr double place_weight = 1;  // country; language likewise

/// The share of the codes asked for that are there. O(n · m).
FitReason codes_in_common(const char* code, const std::vector<std::string>& asked,
                          const std::vector<std::string>& there);

/// The mean of the parts by their weights; 0 of none.
double weighed_mean(const std::vector<FitReason>& reasons);

/// A Nesta standard as a part: a fifth for each grade; 0 for none.
double standard_part(const std::string& grade);

/// What a role says of how much of a work is an organisation's: 1 for who leads it or answers for
/// it as an authority, 0.7 for partners and beneficiaries, 0.4 for others.
double role_weight(const std::string& role);
bool is_authority(const std::string& role);

/// Of several scores, falling: the first, half the second, a third of the third and so on, so that
/// many weak ones do not outdo a good one.
double summed(std::vector<double> scores);

}  // namespace koinon::programme
