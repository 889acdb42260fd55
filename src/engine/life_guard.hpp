// SPDX-License-Identifier: Apache-2.0
//
// What an ordinary write may not do to the life of a record.
#pragma once

#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/records.hpp"

namespace koinon::engine {

/// Holds a write to the life that is stored: steps are kept as they are, and a state that steps led
/// to is changed by a step alone. A consortium of which the members or the call change forms anew,
/// which `after` gets as a step; where its life has ended they cannot change. A published case that
/// no longer answers the checklist gets a step too (keep_published()).
std::vector<Violation> keep_life(const Record& before, Record& after, Timestamp now,
                                 const std::string& by);

/// The same for the row of a file that tells the record's id, such as that of a mirror: it may know
/// more steps, not fewer or others.
std::vector<Violation> follow_life(const Record& before, const Record& after);

/// A record as another source tells it, which knows nothing of the steps taken here: keeps them.
/// False where there are none to keep.
bool carry_life(const Record& before, Record& after);

}  // namespace koinon::engine
