// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/search_view.hpp"
#include "koinon/progress.hpp"
#include "koinon/search.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// See Catalogue::alerts(). `documents` stands at the state.
Alerts alerts(const SearchView& view, const SearchState& state, store::Snapshot& documents,
              const std::vector<SavedSearch>& searches, std::uint64_t after, const Task& task);

}  // namespace koinon::engine
