// SPDX-License-Identifier: Apache-2.0
//
// Sums of the money that calls, bids and awards speak of. Private to the store.
#pragma once

#include "store/connection.hpp"
#include "store/store.hpp"

namespace koinon::store {

/// Takes a record that is no longer present out of the sums of whom it drew on.
void forget_funding(Connection& connection, const RecordRow& row);

}  // namespace koinon::store
