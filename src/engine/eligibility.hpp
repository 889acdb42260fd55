// SPDX-License-Identifier: Apache-2.0
//
// Requests about consortia over what the catalogue knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph_view.hpp"
#include "koinon/eligibility.hpp"
#include "partners/eligibility/bid.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// A call as eligibility needs it.
struct AskedCall {
  std::string id;
  std::string title;
  std::vector<EligibilityRule> rules;  // with the call's rate cap, where no rule says one
  PartialDate on;
};

/// The call of a request, and the rules that it adds. Throws Error(NotFound, Erased,
/// InvalidArgument).
AskedCall asked_call(const std::string& call, const std::vector<EligibilityRule>& more,
                     PartialDate on, store::Snapshot& snapshot);

/// 20240930 of 2024-09-30; what is unknown of it is its last; 0 for no date.
std::int32_t day_number(PartialDate date);

/// The record of an organisation, and who is one with it. Throws Error(NotFound, Erased,
/// InvalidArgument).
struct KnownOrganisation {
  std::string id;  // as merged
  Organisation record;
};
KnownOrganisation known_organisation(const std::string& id, bool as_told, const GraphView& view,
                                     store::Snapshot& snapshot);

/// What stands for an organisation and all that it belongs to: the id of the topmost parent.
std::string linked_group(const KnownOrganisation& organisation, bool as_told, const GraphView& view,
                         store::Snapshot& snapshot);

/// Members of a request, and where they stand in it.
struct AskedMembers {
  std::string field;
  std::vector<ConsortiumMember> members;
  std::vector<std::size_t> places;  // of each in the field; empty: all of it, in order

  std::string path(std::size_t i) const {
    return field + '[' + std::to_string(places.empty() ? i : places[i]) + ']';
  }
};

/// One party for each member, in their order, with what the request tells over what the catalogue
/// knows. Throws Error(InvalidArgument) with a violation for each code that there is not, and what
/// known_organisation() throws, with the path of the member.
std::vector<partners::Party> parties_of(const AskedMembers& asked, bool as_told,
                                        const GraphView& view, store::Snapshot& snapshot,
                                        std::vector<CheckedMember>& shown);

EligibilityReport check_eligibility(const EligibilityRequest& request, const GraphView& view,
                                    store::Snapshot& snapshot);

}  // namespace koinon::engine
