// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// A record in which two organisations take part together.
struct SharedWork {
  std::string id;
  RecordKind kind = RecordKind::Project;
  std::string title;
  Period period;
  std::vector<std::string> own_roles;  // of the organisation asked about
  std::vector<std::string> partner_roles;
  std::optional<Share> own_share;  // of the record, over all its roles; none where none is told
  std::optional<Share> partner_share;
};

struct Partner {
  std::string id;
  std::string name;
  std::string country;
  std::uint64_t shared = 0;  // records shared in all
  double strength =
      0;  // Newman: sum of 1 / (members - 1) over the shared records; larger is closer
  std::vector<SharedWork> works;  // latest first, at most PartnerRequest::works
};

struct PartnerRequest {
  std::size_t limit = 20;
  std::size_t offset = 0;
  std::size_t works = 5;
  bool wait = true;  // false: ErrorCode::Busy while the graph is being built
  /// True: each organisation as its own record tells it. False: those that decisions make one are
  /// one, under the smallest of their ids.
  bool as_told = false;
};

struct PartnerResults {
  std::uint64_t change = 0;
  std::uint64_t total = 0;  // partners in all
  std::uint64_t works = 0;  // records the organisation takes part in
  std::uint64_t component =
      0;  // organisations reachable over any number of partnerships, itself included
  std::vector<Partner> partners;  // by falling strength, then id
};

/// The partnership graph as a whole.
struct GraphSummary {
  std::uint64_t change = 0;
  std::uint64_t organisations = 0;  // that take part in anything
  std::uint64_t works = 0;
  std::uint64_t participations = 0;
  std::uint64_t components = 0;
  std::uint64_t largest_component = 0;
};

}  // namespace koinon
