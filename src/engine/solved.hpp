// SPDX-License-Identifier: Apache-2.0
//
// Methods for a problem, and who has solved it before: search, concepts in common, and what is
// known of what is found.
#pragma once

#include "engine/columns_view.hpp"
#include "engine/search_view.hpp"
#include "koinon/communities.hpp"
#include "koinon/evidence.hpp"
#include "koinon/progress.hpp"
#include "programme/fit_columns.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// What these questions weigh. It is built when the first is asked.
using FitView = ColumnsView<programme::FitColumns>;

/// What such a question is answered from, all at one change.
struct SolvedGround {
  const SearchView& view;
  const SearchState& state;
  const programme::FitColumns& columns;
  store::Snapshot& documents;
  const Task& task;
};

/// Throw Error(InvalidArgument).
void check(const MethodsRequest& request);
void check(const SolvedRequest& request);

/// Throw Error(Cancelled) too. Progress (stages "methods", "solved"): records looked at. Records
/// are read where they are shown, and nowhere else.
MethodsFound methods_for(const MethodsRequest& request, const SolvedGround& ground);
SolvedAnswer who_solved(const SolvedRequest& request, const SolvedGround& ground);

}  // namespace koinon::engine
