// SPDX-License-Identifier: Apache-2.0
//
// How far people who grade the same things agree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/evidence.hpp"

namespace koinon::programme {

struct Agreement {
  std::optional<double> alpha;
  const char* undefined = "";  // "no-pairs", "no-variation"
};

/// Krippendorff's alpha for ordinal values: 1 - D_o / D_e, over the units (rows) that two or more
/// have graded. With o_ck the coincidences of the grades c and k, n_c their sums and n the sum of
/// those, D_o = 1/n sum o_ck d(c,k), D_e = 1/(n (n - 1)) sum n_c n_k d(c,k), and
/// d(c,k) = (n_c / 2 + n_{c+1} + ... + n_{k-1} + n_k / 2)^2 for c < k. K. Krippendorff, "Computing
/// Krippendorff's Alpha-Reliability" (2011). Each row holds the grades given to one unit, in any
/// order. Undefined where no unit has two grades, and where all such grades are the same.
/// O(grades · log grades + distinct grades squared · units).
Agreement ordinal_alpha(const std::vector<std::vector<int>>& units);

/// The assessments of each version of a method; later words of an assessor on a criterion, by date
/// and then as given, take the place of earlier ones.
std::vector<AssessmentResult> assessed(const std::vector<Assessment>& assessments);

}  // namespace koinon::programme
