// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "koinon/report.hpp"
#include "programme/report_chains.hpp"
#include "programme/report_columns.hpp"

namespace koinon::programme {

/// Throws Error(InvalidArgument) with a violation for everything that is wrong with the request:
/// more than three dimensions, one twice, one that the kind does not have, a date that there is
/// not.
void check(const ReportRequest& request);

/// The report, without labels. `look` is called every few thousand records and may throw;
/// `number_of` tells records that others name. O(records of all kinds + rows · log rows).
Report report(const ReportColumns& columns, const ReportRequest& request,
              const std::function<void()>& look, const NumberOf& number_of);

}  // namespace koinon::programme
