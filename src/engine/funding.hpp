// SPDX-License-Identifier: Apache-2.0
//
// What records say of money, for the store to keep and sum.
#pragma once

#include <optional>

#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// What a call, a bid or an award says of the money of a programme; nothing for other kinds.
std::optional<store::FundingRow> funding_row(const Record& record);

/// Writes what a present record names, and what it says of money, beside its body.
void keep_links(store::Transaction& transaction, const store::RecordRow& row, const Record& record);

}  // namespace koinon::engine
