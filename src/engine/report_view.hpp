// SPDX-License-Identifier: Apache-2.0
//
// The columns that reports are drawn from, as a view of the journal. It is built when the first
// report is asked for.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/view.hpp"
#include "koinon/report.hpp"
#include "programme/report_columns.hpp"

namespace koinon::engine {

class ReportView final : public View {
 public:
  std::string_view name() const override { return "report"; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return false; }
  void apply(const ViewChange& change, RecordLookup&) override {
    columns_.set(change.seq, change.id, change.record);
  }
  void caught_up(std::uint64_t n) override { reached_ = n; }
  void begin_rebuild(std::uint64_t) override { *this = ReportView(); }
  void add(const ViewChange& change, RecordLookup& lookup) override { apply(change, lookup); }

  const programme::ReportColumns& columns() const { return columns_; }

 private:
  programme::ReportColumns columns_;
  std::uint64_t reached_ = 0;
};

/// The report from these columns, with labels; titles of records come from `snapshot`.
Report draw_report(const programme::ReportColumns& columns, const ReportRequest& request,
                   store::Snapshot& snapshot, const Task& task);

/// The same from the state after an earlier change, which is put together from the journal.
/// O(journal up to that change). Throws Error(InvalidArgument) where the change is still to come.
Report draw_report_as_of(const ReportRequest& request, store::Snapshot& snapshot, const Task& task);

}  // namespace koinon::engine
