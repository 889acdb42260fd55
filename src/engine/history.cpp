// SPDX-License-Identifier: Apache-2.0
#include "engine/history.hpp"

#include "engine/funding.hpp"

namespace koinon::engine {

namespace {

// Whether the stored entry is the told one. A body that was erased on one side agrees with any on
// the other.
bool agrees(const store::Entry& stored, const PreparedDraft& told) {
  const exchange::Envelope& envelope = *told.draft.envelope;
  const bool same = stored.id == told.draft.id && stored.what == envelope.what &&
                    stored.version == envelope.version && stored.at == envelope.updated;
  return same && (stored.scrubbed || envelope.erased || stored.body == told.body ||
                  stored.what != ChangeKind::Put);
}

}  // namespace

bool is_history(const PreparedRow& row) {
  return row.drafts.size() == 1 && row.drafts[0].draft.envelope &&
         row.drafts[0].draft.envelope->n != 0;
}

Applied apply_history(store::Transaction& transaction, LineageGuard& lineage,
                      const PreparedDraft& prepared, std::vector<Violation>& violations) {
  const exchange::Draft& draft = prepared.draft;
  const exchange::Envelope& envelope = *draft.envelope;
  if (envelope.version == 0 || envelope.updated == 0) {
    violations.push_back({envelope.version == 0 ? "version" : "at", "missing",
                          "a journal entry needs its version and its time"});
    return Applied::Nothing;
  }
  if (envelope.n <= transaction.last_change()) {
    bool known = false;
    try {
      known = agrees(transaction.entry(envelope.n), prepared);
    } catch (const Error& e) {
      if (e.code() != ErrorCode::NotFound) throw;
    }
    if (!known) {
      violations.push_back({"n", "conflict",
                            "the catalogue has another change " + std::to_string(envelope.n) +
                                "; import a history into an empty catalogue"});
    }
    return Applied::Nothing;
  }
  store::Version version;
  version.what = envelope.what;
  version.body = prepared.body;
  version.at = envelope.updated;
  version.by = envelope.by;
  version.version = envelope.version;
  version.n = envelope.n;
  version.created = envelope.created;
  version.scrubbed = envelope.erased;
  auto row = transaction.find(draft.id);
  const bool fresh = !row;
  if (row && (row->kind != kind_of(draft.record) || envelope.version < row->version)) {
    violations.push_back({"version", "conflict", "the versions of this record go backwards"});
    return Applied::Nothing;
  }
  const bool present = envelope.what == ChangeKind::Put && !envelope.erased;
  const auto* replication = std::get_if<Replication>(&draft.record);
  if (replication && present) {
    // What was once true is taken as it was told, but for what no walk could bear.
    violations =
        lineage.add({replication_row(draft.id, *replication)}, LineageGuard::Rules::Cycles);
    if (!violations.empty()) return Applied::Nothing;
  } else if (replication) {
    lineage.forget(draft.id);
  }
  if (row) {
    transaction.append(*row, version);
  } else {
    row = transaction.create(draft.id, kind_of(draft.record), version);
  }
  if (replication && present)
    transaction.set_replication(row->seq, replication_row(draft.id, *replication));
  if (present) {
    transaction.set_identifiers(row->seq, identifier_keys(draft.record));
    keep_links(transaction, *row, draft.record);
  }
  if (envelope.what == ChangeKind::Erase) transaction.scrub(*row, {});
  return fresh ? Applied::Created : Applied::Updated;
}

}  // namespace koinon::engine
