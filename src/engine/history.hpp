// SPDX-License-Identifier: Apache-2.0
//
// Journal entries from a file: they keep their numbers, versions, times and authors.
#pragma once

#include <vector>

#include "engine/batch.hpp"
#include "engine/lineage_guard.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Whether the row is a journal entry and not a record as it is now.
bool is_history(const PreparedRow& row);

enum class Applied { Nothing, Created, Updated };

/// Appends the entry; Nothing when the catalogue has it already. An entry that contradicts what the
/// catalogue has under its number is a violation, and so is a replication that closes a cycle; the
/// dates of replications are taken as they were told.
Applied apply_history(store::Transaction& transaction, LineageGuard& lineage,
                      const PreparedDraft& prepared, std::vector<Violation>& violations);

}  // namespace koinon::engine
