// SPDX-License-Identifier: Apache-2.0
//
// Communities of practice and competence centres over time.
#pragma once

#include <string>

#include "koinon/centres.hpp"
#include "koinon/communities.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Throws Error(NotFound, Erased, InvalidArgument).
CommunityReport community_report(const std::string& id, const CommunityRequest& request,
                                 store::Reader& reader);

/// What goes on within a community or a centre, in the place of what the report has of it.
void tell_activity(const std::string& id, const CommunityRequest& request, CommunityReport& report,
                   store::Reader& reader);

/// Members on the day of a whole that lasts so long.
std::vector<MemberShown> members_shown(const std::vector<Participation>& members,
                                       const Period& whole, PartialDate as_of,
                                       store::Reader& reader);

/// Throw Error(NotFound, Erased, InvalidArgument).
CentresAnswer centres(const CentresRequest& request, store::Reader& reader);
CentreReport centre_report(const std::string& id, const CommunityRequest& request,
                           store::Reader& reader);

}  // namespace koinon::engine
