// SPDX-License-Identifier: Apache-2.0
//
// Peer learning: who offers what another seeks, paired so that everybody's turn comes
// (docs/reference/peers.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

struct PeersRequest {
  /// The day for which offers must hold; none: whatever their dates. What organisations say of
  /// themselves (offers, seeks) has no dates and always counts.
  PartialDate as_of;
  std::vector<std::string> organisations;  // organisations or centres; empty: all
  std::vector<std::string> themes;         // pairs on any of these alone; empty: on any
  std::size_t most_given = 3;              // pairs of one in which it gives, at most: 0 to 1,000
  std::size_t most_taken = 3;              // and in which it takes
  /// What a pair is worth: for each theme that one offers and the other seeks, for each that goes
  /// the other way as well, for each further language in common. 0 to 1,000, in thousandths.
  double theme_weight = 1;
  double back_weight = 0.5;
  double language_weight = 0.125;
  /// true: pairs go first to those who have the fewest, then the worthiest is taken, then such that
  /// givers have even loads. false: the worthiest pairs first, then such that both sides have.
  bool balanced = true;
  bool across_borders = true;   // only pairs of different countries
  bool common_language = true;  // only pairs with a language in common
  bool wait = true;             // false: ErrorCode::Busy while the graph is being built
};

struct Peer {
  std::string id;  // organisation or centre
  std::string name;
  std::vector<std::string> countries;
  std::vector<std::string> languages;
  std::size_t gives = 0;  // pairs
  std::size_t takes = 0;
  std::size_t could_take = 0;  // others that offer what it seeks, and pass
};

/// One who gives and one who takes.
struct PeerPair {
  std::size_t giver = 0;  // places in PeersAnswer::peers
  std::size_t taker = 0;
  double weight = 0;
  std::vector<std::string> themes;     // that the giver offers and the taker seeks, sorted
  std::vector<std::string> back;       // that go the other way, sorted
  std::vector<std::string> languages;  // in common, sorted
  std::vector<std::string> offers;     // ids of the offers concerned, of both sides, sorted
};

/// Why somebody who seeks has no pair: "no-offer" (nobody offers it), "same-country",
/// "no-language" (those who do are of the same country, or speak other languages), "full" (they
/// have all the pairs that they may have).
struct Unpaired {
  std::size_t peer = 0;
  std::string why;
};

struct PeersAnswer {
  std::uint64_t change = 0;
  std::vector<Peer> peers;         // who offers or seeks anything, by id
  std::vector<PeerPair> pairs;     // by giver, then taker
  std::vector<Unpaired> unpaired;  // who seeks and has none, by place
  std::uint64_t possible = 0;      // pairs that pass
  double weight = 0;               // of all pairs together
  std::size_t least_taken = 0;     // fewest pairs of anybody who could take
};

/// The answer as the C API gives it.
std::string to_json(const PeersAnswer& answer);

}  // namespace koinon
