// SPDX-License-Identifier: Apache-2.0
#include "engine/batch.hpp"

#include "engine/rules.hpp"
#include "exchange/record_json.hpp"

namespace koinon::engine {

namespace {

// Rows are held twice over (this batch and the next), so their bytes are bounded as well as their
// number.
constexpr std::size_t batch_bytes = std::size_t{8} << 20;

}  // namespace

PreparedRow prepare(exchange::Row& row) {
  PreparedRow prepared;
  prepared.line = row.line;
  prepared.size = row.size;
  prepared.bytes = row.bytes;
  prepared.violations = std::move(row.violations);
  prepared.drafts.reserve(row.drafts.size());
  for (exchange::Draft& draft : row.drafts) {
    const bool has_body = !draft.envelope || draft.envelope->what == ChangeKind::Put;
    // A part of a record need not be a whole one: what it becomes is checked where it is joined.
    const bool part = draft.merge == exchange::Merge::Union;
    if (has_body && !part && !(draft.envelope && draft.envelope->erased)) {
      for (Violation& violation : check_rules(draft.record, draft.id))
        prepared.violations.push_back(std::move(violation));
    }
    // What only names a record is encoded when the record turns out to be new.
    std::string body;
    if (draft.merge != exchange::Merge::Keep && prepared.violations.empty())
      body = exchange::to_json(draft.record);
    prepared.drafts.push_back({std::move(draft), std::move(body)});
  }
  const bool nothing = prepared.drafts.empty() && prepared.violations.empty();
  if (nothing) prepared.violations.push_back({"", "empty_row", "the row says nothing"});
  return prepared;
}

Batch read_batch(exchange::RowReader& reader, std::size_t rows, const CancelToken& cancel) {
  Batch batch;
  batch.rows.reserve(rows);
  std::size_t bytes = 0;
  std::string context;
  exchange::Row row;
  while (batch.rows.size() < rows && bytes < batch_bytes && !cancel.cancelled()) {
    row.clear();
    if (!reader.next(row)) {
      batch.last = true;
      break;
    }
    bytes += row.bytes.size();
    batch.rows.push_back(prepare(row));
    // The header is the same for all rows; only rows that may be kept aside need it, and any may.
    batch.rows.back().context = row.context;
  }
  return batch;
}

}  // namespace koinon::engine
