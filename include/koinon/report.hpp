// SPDX-License-Identifier: Apache-2.0
//
// Counts and sums of records by what they tell of themselves: the figures that people ask a
// catalogue for, as rows for frames and as a page to read. docs/reference/reports.md says what each
// dimension means for each kind of record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// Only records that have one of the codes in the dimension; "" is a code too: nothing told.
struct ReportOnly {
  std::string dimension;
  std::vector<std::string> codes;
};

struct ReportRequest {
  RecordKind of = RecordKind::CaseStudy;
  /// Dimensions of report_dimensions(of), three at most; none gives the totals alone.
  std::vector<std::string> by;
  std::vector<ReportOnly> only;  // all of them
  /// Records that run at any time in it, as far as is known; without dates all do.
  Period period;
  std::string language = "en";  // of labels
  /// The state after this change, of the journal; 0: the present. What was erased since is not in
  /// it. It costs what was written since, or, where that is most of the journal, what was before.
  std::uint64_t change = 0;
};

/// A sum in minor units of one currency. Currencies are never added up.
struct ReportSum {
  std::string measure;                // such as "budget"
  std::string currency;               // ISO 4217
  std::optional<std::int64_t> minor;  // none where 64 bits do not hold it
  std::uint64_t records = 0;          // that told an amount in this currency
};

struct ReportRow {
  std::vector<std::string> codes;   // one for each dimension; "" where none is told
  std::vector<std::string> labels;  // of these
  std::uint64_t records = 0;
  std::vector<ReportSum> sums;  // by measure and currency
};

/// A record with several codes of a dimension counts in the row of each, with its whole amount; in
/// the total it counts once.
struct Report {
  std::uint64_t change = 0;  // the state that it was drawn from
  RecordKind of = RecordKind::CaseStudy;
  std::vector<std::string> by;
  std::vector<ReportRow> rows;  // by falling number of records, then by codes
  ReportRow total;
};

/// What a kind of record can be reported by. Empty where nothing is.
std::vector<std::string> report_dimensions(RecordKind kind);
/// The measures of a kind: what its sums are of.
std::vector<std::string> report_measures(RecordKind kind);

/// The report as a page in Markdown: a heading, a table, the totals, and the number of the state.
std::string to_markdown(const Report& report);

/// docs/reference/reports.md. Errors: InvalidArgument, with a violation for everything that is
/// wrong.
ReportRequest report_request_from_json(std::string_view json);
std::string to_json(const Report& report);

}  // namespace koinon
