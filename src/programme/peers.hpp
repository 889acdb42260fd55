// SPDX-License-Identifier: Apache-2.0
//
// From what organisations offer and seek to pairs with their reasons.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "koinon/peers.hpp"
#include "koinon/progress.hpp"

namespace koinon::programme {

/// A theme that a party offers, or seeks, and the record that says so beside its own.
struct Stated {
  std::string theme;
  std::string offer;  // record id; "" where its own record says it
};

struct PeerParty {
  std::string id;
  std::string name;
  std::vector<std::string> countries;  // sorted, each once
  std::vector<std::string> languages;  // likewise
  std::vector<Stated> offers;          // in any order
  std::vector<Stated> seeks;
};

/// Throws Error(InvalidArgument) with every violation.
void check(const PeersRequest& request);

/// Pairs of parties, whose ids are distinct and rising. Progress (stage "peers"): pairs made.
/// Throws Error(Cancelled). O(possible pairs · searches), see b_matching.hpp.
PeersAnswer pair_peers(const std::vector<PeerParty>& parties, const PeersRequest& request,
                       const Task& task);

}  // namespace koinon::programme
