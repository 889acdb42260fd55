// SPDX-License-Identifier: Apache-2.0
//
// Methods for a problem, and who has solved it before: search, concepts in common, and what is
// known of what is found.
#pragma once

#include <functional>

#include "koinon/communities.hpp"
#include "koinon/evidence.hpp"
#include "koinon/progress.hpp"
#include "koinon/search.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Asks the search view, at the state that the answer is of.
using AskSearch = std::function<SearchResults(const SearchRequest&)>;

/// Throw Error(InvalidArgument).
void check(const MethodsRequest& request);
void check(const SolvedRequest& request);

/// Throw Error(Cancelled) too. Progress (stages "methods", "solved"): records looked at.
MethodsFound methods_for(const MethodsRequest& request, const AskSearch& ask, store::Reader& reader,
                         const Task& task);
SolvedAnswer who_solved(const SolvedRequest& request, const AskSearch& ask, store::Reader& reader,
                        const Task& task);

}  // namespace koinon::engine
