// SPDX-License-Identifier: Apache-2.0
//
// Checks of the design of a social experiment before it runs.
#pragma once

#include <string>
#include <vector>

#include "koinon/experiment.hpp"
#include "koinon/records.hpp"

namespace koinon::programme {

/// What the design lacks to be carried out, in the order of the fields.
std::vector<DesignFinding> design_gaps(const Experiment& experiment);
/// What speaks against the level that it claims.
std::vector<DesignFinding> level_gaps(const Experiment& experiment);
/// Planned outcomes without a result.
std::vector<DesignFinding> outcome_gaps(const Experiment& experiment);

}  // namespace koinon::programme
