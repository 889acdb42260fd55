// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "koinon/peers.hpp"
#include "programme/peers.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Who offers or seeks anything on the day, by id: organisations that say so themselves, of which
/// `candidates` are all, and organisations and centres with offers. Throws Error(NotFound, Erased,
/// InvalidArgument) for one that the request names and that is neither.
std::vector<programme::PeerParty> peer_parties(const PeersRequest& request,
                                               const std::vector<std::string>& candidates,
                                               store::Reader& reader);

}  // namespace koinon::engine
