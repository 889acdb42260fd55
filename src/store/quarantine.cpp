// SPDX-License-Identifier: Apache-2.0
//
// Import runs, and the rows that did not go in.
#include "store/connection.hpp"
#include "store/store.hpp"

namespace koinon::store {

namespace {

KeptRow kept_row(const Query& q) {
  KeptRow kept;
  kept.row.id = q.number(0);
  kept.import = q.integer(1);
  kept.row.file = q.text(2);
  kept.row.format = q.text(3);
  kept.row.portal = q.text(4);
  kept.row.line = q.number(5);
  kept.row.at = q.integer(6);
  kept.row.size = q.number(7);
  kept.context = q.text(8);
  kept.row.bytes = q.text(9);
  kept.row.encoding = q.text(10);
  return kept;
}

std::vector<Violation> reasons(Connection& connection, std::uint64_t id) {
  Query q(
      connection,
      "SELECT path, code, message FROM quarantine_reason WHERE quarantine = ? ORDER BY position",
      id);
  std::vector<Violation> found;
  while (q.step()) found.push_back({q.text(0), q.text(1), q.text(2)});
  return found;
}

void write_reasons(Connection& connection, std::uint64_t id, const std::vector<Violation>& told) {
  std::int64_t position = 0;
  for (const Violation& violation : told) {
    Query(connection,
          "INSERT INTO quarantine_reason(quarantine, position, path, code, message) "
          "VALUES(?, ?, ?, ?, ?)",
          id, position++, violation.path, violation.code, violation.message)
        .run();
  }
}

}  // namespace

std::vector<KeptRow> Reader::quarantine(const QuarantineRequest& request) {
  return guarded([&] {
    std::vector<KeptRow> found;
    {
      Query q(*connection_,
              "SELECT q.id, q.import, i.file, i.format, i.portal, q.line, q.at, q.size, q.context, "
              "q.bytes, i.encoding FROM quarantine q JOIN import i ON i.id = q.import "
              "WHERE ?1 = '' OR i.file = ?1 ORDER BY q.id LIMIT ?2 OFFSET ?3",
              request.file, static_cast<std::int64_t>(request.limit),
              static_cast<std::int64_t>(request.offset));
      while (q.step()) found.push_back(kept_row(q));
    }
    for (KeptRow& kept : found) kept.row.violations = reasons(*connection_, kept.row.id);
    return found;
  });
}

std::optional<KeptRow> Reader::quarantined(std::uint64_t id) {
  return guarded([&]() -> std::optional<KeptRow> {
    std::optional<KeptRow> found;
    {
      Query q(
          *connection_,
          "SELECT q.id, q.import, i.file, i.format, i.portal, q.line, q.at, q.size, q.context, "
          "q.bytes, i.encoding FROM quarantine q JOIN import i ON i.id = q.import WHERE q.id = ?",
          id);
      if (q.step()) found = kept_row(q);
    }
    if (found) found->row.violations = reasons(*connection_, id);
    return found;
  });
}

ImportRun Transaction::import_run(std::string_view file, std::string_view format,
                                  std::string_view portal, std::string_view encoding,
                                  Timestamp now) {
  return guarded([&] {
    Query(*connection_,
          "INSERT INTO import(file, format, portal, encoding, started, updated) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT(file, format, portal) "
          "DO UPDATE SET encoding = ?4",
          file, format, portal, encoding, now)
        .run();
    Query q(*connection_,
            "SELECT id, rows, complete FROM import WHERE file = ? AND format = ? AND portal = ?",
            file, format, portal);
    q.step();
    return ImportRun{q.integer(0),        std::string(file), std::string(format),
                     std::string(portal), q.number(1),       q.integer(2) != 0};
  });
}

void Transaction::import_progress(std::int64_t run, std::uint64_t rows, bool complete,
                                  Timestamp now) {
  guarded([&] {
    Query(*connection_, "UPDATE import SET rows = ?, complete = ?, updated = ? WHERE id = ?", rows,
          complete ? 1 : 0, now, run)
        .run();
  });
}

void Transaction::keep(std::int64_t run, const Rejected& row, Timestamp now) {
  guarded([&] {
    {
      Query q(*connection_,
              "SELECT id FROM quarantine WHERE import = ? AND line = ? AND digest = ?", run,
              row.line, row.digest);
      if (q.step()) return;
    }
    Query(*connection_,
          "INSERT INTO quarantine(import, line, digest, at, size, context, bytes) "
          "VALUES(?, ?, ?, ?, ?, ?, ?)",
          run, row.line, row.digest, now, row.size, Blob{row.context}, Blob{row.bytes})
        .run();
    const auto id = static_cast<std::uint64_t>(connection_->database().getLastInsertRowid());
    write_reasons(*connection_, id, *row.violations);
  });
}

void Transaction::set_reasons(std::uint64_t quarantined, const std::vector<Violation>& violations) {
  guarded([&] {
    Query(*connection_, "DELETE FROM quarantine_reason WHERE quarantine = ?", quarantined).run();
    write_reasons(*connection_, quarantined, violations);
  });
}

bool Transaction::discard(std::uint64_t quarantined) {
  return guarded([&] {
    Query(*connection_, "DELETE FROM quarantine WHERE id = ?", quarantined).run();
    return connection_->database().getChanges() > 0;
  });
}

}  // namespace koinon::store
