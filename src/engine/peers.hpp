// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "koinon/peers.hpp"
#include "programme/peers.hpp"
#include "store/store.hpp"

namespace koinon::engine {

struct PeerParties {
  /// Who offers or seeks anything on the day, by id.
  std::vector<programme::PeerParty> parties;
  /// What any offer is about, whosever and whenever.
  std::set<std::string> themes;
};

/// Organisations that say themselves what they offer and seek, of which `candidates` are all, and
/// organisations and centres with offers. Throws Error(NotFound, Erased, InvalidArgument) for one
/// that the request names and that is neither.
PeerParties peer_parties(const PeersRequest& request, const std::vector<std::string>& candidates,
                         store::Reader& reader);

}  // namespace koinon::engine
