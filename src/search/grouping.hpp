// SPDX-License-Identifier: Apache-2.0
//
// Of the records about one initiative, or of one organisation, only the best.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/search.hpp"
#include "search/document_source.hpp"

namespace koinon::search {

struct GroupedHit {
  index::Hit hit;
  std::string group;          // id of the initiative or organisation, "" for a record about none
  std::uint64_t matches = 1;  // of the group, exact unless late
};

struct GroupedHits {
  std::vector<GroupedHit> hits;
  bool more = false;  // there are groups behind these
  bool late = false;
};

enum class GroupBy : std::uint8_t { Initiative, Organisation };

/// The best hit of each group, `query.limit` groups from the `query.offset`th on. A record about
/// several initiatives is of the first one's group; of organisations those that are one are. The
/// query's facets are not counted. O(what twice as many hits cost as had to be looked at) and a
/// count for each group that is shown.
GroupedHits best_of_groups(const index::Snapshot& snapshot, const index::Query& query, GroupBy by,
                           const index::SearchControl& control, DocumentSource& source);

}  // namespace koinon::search
