// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "engine/consortium_pool.hpp"

namespace koinon::engine {

/// Refuses options that are out of range: Error(InvalidArgument).
void check_request(const ConsortiumRequest& request);

/// Records behind a tie, once the plans are known: the catalogue may be read anew for them.
using WorksBehind =
    std::function<std::vector<SharedWork>(const std::string& one, const std::string& other)>;

/// Searches, explains and checks. Holds nothing of the catalogue but what `pool` has. A cancel ends
/// it with what was found by then.
ConsortiumAnswer build_consortium(const ConsortiumRequest& request, const ConsortiumPool& pool,
                                  const WorksBehind& works, const Task& task);

}  // namespace koinon::engine
