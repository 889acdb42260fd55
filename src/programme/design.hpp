// SPDX-License-Identifier: Apache-2.0
//
// Checks of the design of a social experiment before it runs.
#pragma once

#include <string>
#include <vector>

#include "koinon/experiment.hpp"
#include "koinon/records.hpp"

namespace koinon::programme {

/// The highest level of the Maryland scale that a study of these features can reach, 1 to 5; 0
/// without any feature. From the rules of the What Works Centre for Local Economic Growth (Guide to
/// scoring evidence using the Maryland Scientific Methods Scale, 2016): 5 random assignment, 4 an
/// instrument or a discontinuity, 3 difference in differences or a matched comparison group, 2
/// control variables beside a comparison over time or with others, 1 whatever is less. What a study
/// then does with its design may be worth less.
int reachable_level(const std::vector<std::string>& features);

/// What the design lacks to be carried out, in the order of the fields.
std::vector<DesignFinding> design_gaps(const Experiment& experiment);
/// What speaks against the level that it claims.
std::vector<DesignFinding> level_gaps(const Experiment& experiment);
/// Planned outcomes without a result.
std::vector<DesignFinding> outcome_gaps(const Experiment& experiment);

}  // namespace koinon::programme
