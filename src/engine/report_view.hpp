// SPDX-License-Identifier: Apache-2.0
//
// The columns that reports are drawn from, as a view of the journal. It is built when the first
// report is asked for.
#pragma once

#include <cstdint>

#include "engine/columns_view.hpp"
#include "koinon/report.hpp"
#include "programme/report_columns.hpp"

namespace koinon::engine {

using ReportView = ColumnsView<programme::ReportColumns>;

/// The report from these columns, with labels; titles of records come from `snapshot`.
Report draw_report(const programme::ReportColumns& columns, const ReportRequest& request,
                   store::Snapshot& snapshot, const Task& task);

/// Whether fewer changes came after this one than before it. Throws Error(InvalidArgument) where it
/// is still to come.
bool is_recent(std::uint64_t change, store::Reader& reader);

/// The report of the state after an earlier change, which is put together from the journal.
/// O(journal up to that change).
Report draw_report_as_of(const ReportRequest& request, store::Snapshot& snapshot, const Task& task);

/// The same from the columns at the snapshot's change, in which what was written since is taken
/// back. O(records + changes since).
Report draw_report_taken_back(programme::ReportColumns columns, const ReportRequest& request,
                              store::Snapshot& snapshot, const Task& task);

}  // namespace koinon::engine
