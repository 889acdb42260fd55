// SPDX-License-Identifier: Apache-2.0
//
// Writing records: every change is a journal entry, and the entry is the only place that holds the
// body.
#include "store/connection.hpp"
#include "store/funding.hpp"
#include "store/hold.hpp"
#include "store/store.hpp"

namespace koinon::store {

namespace {

void forget_vectors(Connection& connection, std::int64_t seq) {
  Query(connection, "DELETE FROM vectors WHERE record = ?", seq).run();
}

void forget_replication(Connection& connection, std::int64_t seq) {
  Query(connection, "DELETE FROM replication WHERE record = ?", seq).run();
}

void forget_links(Connection& connection, std::int64_t seq) {
  Query(connection, "DELETE FROM link WHERE record = ?", seq).run();
}

State state_after(const Version& version) {
  if (version.scrubbed)
    return State::Erased;  // a past without its texts: the erasure is still to come
  switch (version.what) {
    case ChangeKind::Put:
      return State::Present;
    case ChangeKind::Remove:
      return State::Removed;
    case ChangeKind::Erase:
      return State::Erased;
    case ChangeKind::Vectors:
      break;
  }
  return State::Present;
}

}  // namespace

void write_entry(Connection& connection, std::uint64_t n, const RecordRow& row,
                 std::uint64_t previous, const Version& version) {
  const bool has_body = version.what == ChangeKind::Put && !version.scrubbed;
  Query q(connection,
          "INSERT INTO journal(n, record, what, version, previous, at, by, body) "
          "VALUES(?, ?, ?, ?, ?, ?, ?, iif(?, ?, NULL))",
          n, row.seq, static_cast<int>(version.what), row.version, previous, version.at, version.by,
          has_body ? 1 : 0, version.body);
  q.run();
}

RecordRow Transaction::create(std::string_view id, RecordKind kind, const Version& version) {
  return guarded([&] {
    RecordRow row;
    row.id = id;
    row.kind = kind;
    row.state = state_after(version);
    row.version = version.version ? version.version : 1;
    row.change = hold_->next_change(version.n);
    row.created = version.created ? version.created : version.at;
    Query(*connection_,
          "INSERT INTO record(id, kind, state, version, change, created) VALUES(?, ?, ?, ?, ?, ?)",
          row.id, static_cast<int>(kind), static_cast<int>(row.state), row.version, row.change,
          row.created)
        .run();
    row.seq = connection_->database().getLastInsertRowid();
    write_entry(*connection_, row.change, row, 0, version);
    return row;
  });
}

void Transaction::append(RecordRow& row, const Version& version) {
  guarded([&] {
    const std::uint64_t previous = row.change;
    row.state = state_after(version);
    row.version = version.version ? version.version : row.version + 1;
    row.change = hold_->next_change(version.n);
    if (version.created) row.created = version.created;
    write_entry(*connection_, row.change, row, previous, version);
    Query(*connection_,
          "UPDATE record SET state = ?, version = ?, change = ?, created = ? WHERE seq = ?",
          static_cast<int>(row.state), row.version, row.change, row.created, row.seq)
        .run();
    if (row.state == State::Present) return;
    set_identifiers(row.seq, {});
    forget_vectors(*connection_, row.seq);
    forget_links(*connection_, row.seq);
    forget_funding(*connection_, row);
    if (row.kind == RecordKind::Replication) forget_replication(*connection_, row.seq);
  });
}

void Transaction::set_links(const RecordRow& row, const std::vector<std::string>& targets) {
  guarded([&] {
    forget_links(*connection_, row.seq);
    for (const std::string& target : targets) {
      Query(*connection_, "INSERT OR IGNORE INTO link(target, kind, record) VALUES(?, ?, ?)",
            target, static_cast<int>(row.kind), row.seq)
          .run();
    }
  });
}

void Transaction::set_replication(std::int64_t seq, const ReplicationRow& row) {
  guarded([&] {
    const std::int64_t date =
        (std::int64_t{row.date.year} * 100 + row.date.month) * 100 + row.date.day;
    Query(*connection_,
          "INSERT OR REPLACE INTO replication(record, parent, child, date) VALUES(?, ?, ?, ?)", seq,
          row.parent, row.child, date)
        .run();
  });
}

void Transaction::set_identifiers(std::int64_t seq, const std::vector<IdentifierKey>& keys) {
  guarded([&] {
    Query(*connection_, "DELETE FROM identifier WHERE record = ?", seq).run();
    for (const IdentifierKey& key : keys) {
      Query(*connection_, "INSERT OR IGNORE INTO identifier(scheme, value, record) VALUES(?, ?, ?)",
            key.scheme, key.value, seq)
          .run();
    }
  });
}

void Transaction::scrub(const RecordRow& row, const std::vector<std::string>& traces) {
  guarded([&] {
    for (std::uint64_t n = row.change; n != 0;) {
      std::uint64_t previous = 0;
      {
        Query q(*connection_, "SELECT previous FROM journal WHERE n = ?", n);
        if (!q.step()) break;
        previous = q.number(0);
      }
      Query(*connection_, "UPDATE journal SET body = NULL WHERE n = ?", n).run();
      n = previous;
    }
    set_identifiers(row.seq, {});
    forget_vectors(*connection_, row.seq);
    forget_replication(*connection_, row.seq);
    forget_links(*connection_, row.seq);
    forget_funding(*connection_, row);
    for (const std::string& trace : traces) {
      Query(*connection_, "DELETE FROM quarantine WHERE instr(bytes, ?) > 0", Blob{trace}).run();
    }
  });
}

void Transaction::commit() {
  guarded([&] { hold_->commit(); });
}

}  // namespace koinon::store
