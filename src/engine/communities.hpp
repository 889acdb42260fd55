// SPDX-License-Identifier: Apache-2.0
//
// Communities of practice and competence centres over time.
#pragma once

#include <string>

#include "engine/columns_view.hpp"
#include "koinon/centres.hpp"
#include "koinon/communities.hpp"
#include "koinon/progress.hpp"
#include "programme/activity_columns.hpp"
#include "store/store.hpp"

namespace koinon::engine {

using ActivityView = ColumnsView<programme::ActivityColumns>;

/// Throws Error(InvalidArgument) for dates and stretches that there are not.
void check(const CommunityRequest& request);

/// Of a checked request. Throws Error(NotFound, Erased, InvalidArgument, Cancelled).
CommunityReport community_report(const std::string& id, const CommunityRequest& request,
                                 const programme::ActivityColumns& columns, const Task& task,
                                 store::Reader& reader);

/// What goes on within a community or a centre, in the place of what the report has of it. Throws
/// Error(Cancelled).
void tell_activity(const std::string& id, const CommunityRequest& request,
                   const programme::ActivityColumns& columns, const Task& task,
                   CommunityReport& report);

/// Members on the day of a whole that lasts so long.
std::vector<MemberShown> members_shown(const std::vector<Participation>& members,
                                       const Period& whole, PartialDate as_of,
                                       store::Reader& reader);

/// Throws Error(InvalidArgument).
CentresAnswer centres(const CentresRequest& request, store::Reader& reader);
/// As community_report().
CentreReport centre_report(const std::string& id, const CommunityRequest& request,
                           const programme::ActivityColumns& columns, const Task& task,
                           store::Reader& reader);

}  // namespace koinon::engine
