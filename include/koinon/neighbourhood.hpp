// SPDX-License-Identifier: Apache-2.0
//
// Questions about the surroundings of one or two organisations, asked of the catalogue itself: of
// all participations as they are now, without making a Network first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/network.hpp"
#include "koinon/partners.hpp"

namespace koinon {

/// An organisation as an answer shows it. Name and country are "" for one that participations name
/// but that has no record.
struct ShownOrganisation {
  std::string id;
  std::string name;
  std::string country;  // of its first address
};

struct PathRequest {
  bool wait = true;      // false: ErrorCode::Busy while the graph is being built
  bool as_told = false;  // true: each organisation as its own record tells it
};

/// A chain of partnerships with the fewest records: organisations[i] and organisations[i + 1] share
/// works[i], whose `own_roles` are those of the first of the two. Of several such chains, the one
/// that is found first.
struct PartnershipPath {
  std::uint64_t change = 0;
  std::vector<ShownOrganisation> organisations;  // empty: there is no way
  std::vector<SharedWork> works;                 // one fewer
};

struct NeighbourhoodRequest {
  std::uint32_t hops = 1;
  /// The most organisations in the answer, itself included; 0: all. Within two hops of a large one
  /// lies half of a network.
  std::size_t limit = 500;
  bool wait = true;      // false: ErrorCode::Busy while the graph is being built
  bool as_told = false;  // true: each organisation as its own record tells it
};

/// The organisations within some hops of one, and the ties among them.
struct Neighbourhood {
  std::uint64_t change = 0;
  std::vector<ShownOrganisation> organisations;  // by hops, then id; the first is the one asked of
  std::vector<std::uint32_t> hops;               // beside them
  NetworkTies ties;                              // between places in `organisations`
  /// False: there are more within these hops. All of each distance are there but for the last,
  /// which has those met first.
  bool complete = true;
};

/// A partner of both of two organisations.
struct CommonPartner {
  ShownOrganisation organisation;
  std::uint64_t shared = 0;  // records shared with the first, and its strength (see Partner)
  double strength = 0;
  std::uint64_t shared_other = 0;  // with the second
  double strength_other = 0;
  std::vector<SharedWork> works;        // with the first, latest first
  std::vector<SharedWork> works_other;  // with the second; a record of all three is in both
};

struct CommonPartnerRequest {
  std::size_t limit = 20;
  std::size_t offset = 0;
  std::size_t works = 3;  // shown of each with either, at most
  bool wait = true;
  bool as_told = false;  // true: each organisation as its own record tells it
};

struct CommonPartners {
  std::uint64_t change = 0;
  std::uint64_t total = 0;
  /// By the weaker of the two ties, the strongest first, then id.
  std::vector<CommonPartner> partners;
};

struct NearbyRequest {
  std::size_t limit = 20;
  /// No score is off by more than this times the organisation's strength, which is the number of
  /// its records with anyone else. A question costs some 1 / epsilon at worst.
  double epsilon = 2e-4;
  double damping = 0.85;  // 0 up to but not 1: how seldom the walk comes back
  bool wait = true;
  bool as_told = false;  // true: each organisation as its own record tells it
};

struct NearOrganisation {
  ShownOrganisation organisation;
  double score = 0;
};

/// Personalised PageRank: how often a walk that keeps coming back to some organisations is at each
/// other one.
struct NearOrganisations {
  std::uint64_t change = 0;
  std::vector<NearOrganisation> organisations;  // by falling score, then id
  double error_bound = 0;                       // of the sum of all errors
};

}  // namespace koinon
