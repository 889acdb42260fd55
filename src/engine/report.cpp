// SPDX-License-Identifier: Apache-2.0
#include "programme/report.hpp"

#include <optional>
#include <unordered_set>

#include "data/vocabulary.hpp"
#include "engine/catalogue_impl.hpp"
#include "engine/names.hpp"
#include "engine/report_view.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"

namespace koinon::engine {

namespace {

// The code itself where it is no record's id; of any kind, or of one.
std::string title_of_id(const std::string& id, store::Snapshot& snapshot,
                        std::optional<RecordKind> kind = {}) {
  const auto row = snapshot.find(id);
  if (!row || row->state != store::State::Present || (kind && row->kind != *kind)) return id;
  const auto decoded = exchange::from_json(row->kind, snapshot.body(row->change));
  const std::string title = title_of(decoded.record, snapshot);
  return title.empty() ? id : title;
}

std::string label_of(programme::Dimension dimension, const std::string& code,
                     const ReportRequest& request, store::Snapshot& snapshot) {
  if (code.empty()) return {};
  if (dimension == programme::Dimension::Call) return title_of_id(code, snapshot);
  if (dimension == programme::Dimension::Programme)
    return title_of_id(code, snapshot, RecordKind::Programme);
  const std::string vocabulary(programme::vocabulary_of(dimension, request.of));
  if (vocabulary.empty()) return code;
  const std::string label = data::label(vocabulary, code, request.language);
  // A theme may be a concept of the host's own.
  if (label == code && dimension == programme::Dimension::Theme) return title_of_id(code, snapshot);
  return label;
}

void take(programme::ReportColumns& columns, const store::Entry& entry) {
  if (entry.what != ChangeKind::Put || entry.scrubbed)
    return columns.set(entry.seq, entry.id, nullptr);
  const exchange::Decoded decoded = exchange::from_json(entry.kind, entry.body);
  if (!decoded.violations.empty()) {
    throw Error(ErrorCode::Damaged,
                "record " + entry.id + " cannot be read: " + describe(decoded.violations));
  }
  columns.set(entry.seq, entry.id, &decoded.record);
}

// The record of an entry as it was before: nothing where it was not there.
void take_back(programme::ReportColumns& columns, const store::Entry& later,
               store::Snapshot& snapshot) {
  for (std::uint64_t n = later.previous; n != 0;) {
    const store::Entry before = snapshot.entry(n);
    if (before.what != ChangeKind::Vectors) return take(columns, before);
    n = before.previous;
  }
  columns.set(later.seq, later.id, nullptr);
}

}  // namespace

Report draw_report(const programme::ReportColumns& columns, const ReportRequest& request,
                   store::Snapshot& snapshot, const Task& task) {
  Ticker ticker(task, "report", columns.size());
  const programme::NumberOf number_of = [&](const std::string& id) {
    const auto row = snapshot.find(id);
    return row ? std::optional(row->seq) : std::nullopt;
  };
  Report made = programme::report(
      columns, request, [&] { ticker.look(); }, number_of);
  for (ReportRow& row : made.rows) {
    for (std::size_t i = 0; i < row.codes.size(); ++i) {
      row.labels.push_back(
          label_of(*programme::dimension_named(made.by[i]), row.codes[i], request, snapshot));
    }
    ticker.step();
  }
  return made;
}

bool is_recent(std::uint64_t change, store::Reader& reader) {
  const std::uint64_t last = reader.last_change();
  if (change > last) {
    throw Error(ErrorCode::InvalidArgument, "change " + std::to_string(change) +
                                                " is still to come; the last is " +
                                                std::to_string(last));
  }
  return last - change < change;
}

Report draw_report_as_of(const ReportRequest& request, store::Snapshot& snapshot,
                         const Task& task) {
  programme::check(request);
  programme::ReportColumns columns;
  Ticker ticker(task, "report", request.change);
  snapshot.follow(0, 0, [&](const store::Entry& entry) {
    if (entry.n > request.change) return false;
    ticker.step();
    if (entry.what != ChangeKind::Vectors) take(columns, entry);
    return true;
  });
  Report made = draw_report(columns, request, snapshot, task);
  made.change = request.change;
  return made;
}

Report draw_report_taken_back(programme::ReportColumns columns, const ReportRequest& request,
                              store::Snapshot& snapshot, const Task& task) {
  programme::check(request);
  Ticker ticker(task, "report", snapshot.last_change() - request.change);
  std::unordered_set<std::int64_t> seen;
  snapshot.follow(request.change, 0, [&](const store::Entry& later) {
    ticker.step();
    if (later.what != ChangeKind::Vectors && seen.insert(later.seq).second)
      take_back(columns, later, snapshot);
    return true;
  });
  Report made = draw_report(columns, request, snapshot, task);
  made.change = request.change;
  return made;
}

}  // namespace koinon::engine

namespace koinon {

Report Catalogue::report(const ReportRequest& request, const Task& task) const {
  if (request.change != 0) {
    store::Snapshot snapshot = impl_->use().read();
    if (!engine::is_recent(request.change, snapshot))
      return engine::draw_report_as_of(request, snapshot, task);
  }
  auto reading = impl_->reading(impl_->report, task, true);
  const auto& view = static_cast<const engine::ReportView&>(impl_->report.view());
  if (request.change != 0) {
    programme::ReportColumns columns = view.columns();
    store::Snapshot snapshot = std::move(reading).release();
    return engine::draw_report_taken_back(std::move(columns), request, snapshot, task);
  }
  Report made = engine::draw_report(view.columns(), request, reading.snapshot, task);
  made.change = view.reached();
  return made;
}

}  // namespace koinon
