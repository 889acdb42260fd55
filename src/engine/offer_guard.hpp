// SPDX-License-Identifier: Apache-2.0
//
// What an ordinary write may not change in a call, because others prepare bids for it, or have
// handed them in.
#pragma once

#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Holds a write of a call to what it offered when it opened, until it is awarded or cancelled:
/// opening, model and rules stay; deadlines that lie ahead may move later, and more may be added,
/// while the call is open; limits of money may change in favour of those who bid, and no limit
/// comes to be. A call without steps is as its source tells it for as long as no bid was handed in
/// here. Codes: content_fixed, deadline_passed, deadline_shortened, offer_lowered.
std::vector<Violation> keep_offer(store::Reader& reader, const std::string& id,
                                  const Record& before, const Record& after, Timestamp now);

}  // namespace koinon::engine
