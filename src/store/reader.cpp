// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "store/connection.hpp"
#include "store/store.hpp"

namespace koinon::store {

namespace {

RecordRow record_row(const Query& q) {
  RecordRow row;
  row.seq = q.integer(0);
  row.id = q.text(1);
  row.kind = static_cast<RecordKind>(q.integer(2));
  row.state = static_cast<State>(q.integer(3));
  row.version = q.number(4);
  row.change = q.number(5);
  row.created = q.integer(6);
  return row;
}

void fill(Entry& entry, const Query& q) {
  entry.n = q.number(0);
  entry.seq = q.integer(1);
  entry.id = q.text(2);
  entry.kind = static_cast<RecordKind>(q.integer(3));
  entry.what = static_cast<ChangeKind>(q.integer(4));
  entry.version = q.number(5);
  entry.previous = q.number(6);
  entry.at = q.integer(7);
  entry.by = q.text(8);
  entry.scrubbed = entry.what == ChangeKind::Put && q.is_null(9);
  entry.body = q.is_null(9) ? std::string() : q.text(9);
}

std::vector<ReplicationRow> replication_rows(Query& q) {
  std::vector<ReplicationRow> rows;
  while (q.step()) {
    const std::int64_t date = q.integer(3);
    rows.push_back(
        {q.text(0),
         q.text(1),
         q.text(2),
         {static_cast<std::int16_t>(date / 10000), static_cast<std::uint8_t>(date / 100 % 100),
          static_cast<std::uint8_t>(date % 100)}});
  }
  return rows;
}

constexpr const char* by_change =
    "SELECT r.seq, r.id, r.kind, r.state, r.version, r.change, r.created, j.at, j.by, j.body, "
    "j.previous FROM journal j JOIN record r ON r.seq = j.record AND r.change = j.n "
    "WHERE r.state = 0 ORDER BY j.n";
constexpr const char* by_id =
    "SELECT r.seq, r.id, r.kind, r.state, r.version, r.change, r.created, j.at, j.by, j.body, "
    "j.previous FROM record r JOIN journal j ON j.n = r.change WHERE r.state = 0 ORDER BY r.id";

}  // namespace

std::uint64_t Reader::last_change() {
  return guarded([&] {
    Query q(*connection_, "SELECT ifnull(max(n), 0) FROM journal");
    q.step();
    return q.number(0);
  });
}

std::optional<RecordRow> Reader::find(std::string_view id) {
  return guarded([&]() -> std::optional<RecordRow> {
    Query q(*connection_,
            "SELECT seq, id, kind, state, version, change, created FROM record WHERE id = ?", id);
    if (!q.step()) return std::nullopt;
    return record_row(q);
  });
}

std::optional<RecordRow> Reader::find(std::int64_t seq) {
  return guarded([&]() -> std::optional<RecordRow> {
    Query q(*connection_,
            "SELECT seq, id, kind, state, version, change, created FROM record WHERE seq = ?", seq);
    if (!q.step()) return std::nullopt;
    return record_row(q);
  });
}

std::optional<RecordRow> Reader::find_identifier(std::string_view scheme, std::string_view value) {
  return guarded([&]() -> std::optional<RecordRow> {
    Query q(*connection_,
            "SELECT r.seq, r.id, r.kind, r.state, r.version, r.change, r.created "
            "FROM identifier i JOIN record r ON r.seq = i.record "
            "WHERE i.scheme = ? AND i.value = ? AND r.state = 0 ORDER BY r.seq LIMIT 1",
            scheme, value);
    if (!q.step()) return std::nullopt;
    return record_row(q);
  });
}

std::vector<ReplicationRow> Reader::replications_into(std::string_view child) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT r.id, p.parent, p.child, p.date FROM replication p "
            "JOIN record r ON r.seq = p.record WHERE p.child = ? ORDER BY p.record",
            child);
    return replication_rows(q);
  });
}

std::optional<ReplicationRow> Reader::replication(std::string_view id) {
  return guarded([&]() -> std::optional<ReplicationRow> {
    Query q(*connection_,
            "SELECT r.id, p.parent, p.child, p.date FROM record r "
            "JOIN replication p ON p.record = r.seq WHERE r.id = ?",
            id);
    std::vector<ReplicationRow> rows = replication_rows(q);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows[0]));
  });
}

std::vector<RecordRow> Reader::linked_to(std::string_view target, RecordKind kind,
                                         std::size_t limit) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT r.seq, r.id, r.kind, r.state, r.version, r.change, r.created FROM link l "
            "JOIN record r ON r.seq = l.record WHERE l.target = ? AND l.kind = ? "
            "ORDER BY l.record LIMIT ?",
            target, static_cast<int>(kind),
            limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(limit));
    std::vector<RecordRow> rows;
    while (q.step()) rows.push_back(record_row(q));
    return rows;
  });
}

std::uint64_t Reader::count_linked_to(std::string_view target, RecordKind kind) {
  return guarded([&] {
    Query q(*connection_, "SELECT count(*) FROM link WHERE target = ? AND kind = ?", target,
            static_cast<int>(kind));
    q.step();
    return q.number(0);
  });
}

std::vector<std::string> Reader::links(std::int64_t seq) {
  return guarded([&] {
    Query q(*connection_, "SELECT target FROM link WHERE record = ? ORDER BY target", seq);
    std::vector<std::string> targets;
    while (q.step()) targets.push_back(q.text(0));
    return targets;
  });
}

bool Reader::knows_links() {
  return guarded([&] { return connection_->has_table("link"); });
}

std::vector<ReplicationRow> Reader::replications_of(std::string_view parent) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT r.id, p.parent, p.child, p.date FROM replication p "
            "JOIN record r ON r.seq = p.record WHERE p.parent = ? ORDER BY p.record",
            parent);
    return replication_rows(q);
  });
}

Entry Reader::entry(std::uint64_t n) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT j.n, j.record, r.id, r.kind, j.what, j.version, j.previous, j.at, j.by, j.body "
            "FROM journal j JOIN record r ON r.seq = j.record WHERE j.n = ?",
            n);
    if (!q.step()) throw Error(ErrorCode::NotFound, "there is no change " + std::to_string(n));
    Entry entry;
    fill(entry, q);
    return entry;
  });
}

std::string Reader::body(std::uint64_t n) {
  return guarded([&] {
    Query q(*connection_, "SELECT body FROM journal WHERE n = ?", n);
    if (!q.step()) throw Error(ErrorCode::Damaged, "change " + std::to_string(n) + " is missing");
    return q.is_null(0) ? std::string() : q.text(0);
  });
}

void Reader::follow(std::uint64_t n, std::uint64_t limit, const OnEntry& on_entry) {
  if (n > static_cast<std::uint64_t>(INT64_MAX)) return;  // to SQLite it would be before everything
  guarded([&] {
    const std::int64_t most = limit == 0 ? -1 : static_cast<std::int64_t>(limit);
    Query q(*connection_,
            "SELECT j.n, j.record, r.id, r.kind, j.what, j.version, j.previous, j.at, j.by, j.body "
            "FROM journal j JOIN record r ON r.seq = j.record WHERE j.n > ? ORDER BY j.n LIMIT ?",
            n, most);
    Entry entry;
    while (q.step()) {
      fill(entry, q);
      if (!on_entry(entry)) break;
    }
  });
}

void Reader::each_present(bool in_order_of_id, const OnRecord& on_record) {
  guarded([&] {
    Query q(*connection_, in_order_of_id ? by_id : by_change);
    Entry entry;
    while (q.step()) {
      const RecordRow row = record_row(q);
      entry.n = row.change;
      entry.seq = row.seq;
      entry.id = row.id;
      entry.kind = row.kind;
      entry.version = row.version;
      entry.at = q.integer(7);
      entry.by = q.text(8);
      entry.body = q.text(9);
      entry.previous = q.number(10);
      if (!on_record(row, entry)) break;
    }
  });
}

void Reader::each_id(const OnId& on_id) {
  guarded([&] {
    Query q(*connection_, "SELECT id FROM record");
    while (q.step() && on_id(q.text(0))) {
    }
  });
}

std::vector<std::string> Reader::ids(RecordKind kind, std::string_view after, std::size_t limit) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT id FROM record WHERE id > ? AND kind = ? AND state = 0 ORDER BY id LIMIT ?",
            after, static_cast<int>(kind), static_cast<std::int64_t>(limit));
    std::vector<std::string> found;
    while (q.step()) found.push_back(q.text(0));
    return found;
  });
}

std::vector<std::string> Reader::all_ids(RecordKind kind) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT id FROM record NOT INDEXED WHERE kind = ? AND state = 0 ORDER BY id",
            static_cast<int>(kind));
    std::vector<std::string> found;
    while (q.step()) found.push_back(q.text(0));
    return found;
  });
}

std::uint64_t Reader::present_records() {
  return guarded([&] {
    Query q(*connection_, "SELECT count(*) FROM record WHERE state = 0");
    q.step();
    return q.number(0);
  });
}

std::vector<RecordRow> Reader::mentions(std::string_view id) {
  const std::string quoted = '"' + std::string(id) + '"';  // bound where it is, so it has to last
  return guarded([&] {
    Query q(*connection_,
            "SELECT r.seq, r.id, r.kind, r.state, r.version, r.change, r.created "
            "FROM journal j JOIN record r ON r.seq = j.record AND r.change = j.n "
            "WHERE r.state = 0 AND instr(j.body, ?) > 0",
            quoted);
    std::vector<RecordRow> found;
    while (q.step()) found.push_back(record_row(q));
    return found;
  });
}

std::vector<RecordRow> Reader::ever_mentioned(std::string_view id, RecordKind kind) {
  const std::string quoted = '"' + std::string(id) + '"';
  return guarded([&] {
    Query q(*connection_,
            "SELECT DISTINCT r.seq, r.id, r.kind, r.state, r.version, r.change, r.created "
            "FROM record r JOIN journal j ON j.record = r.seq "
            "WHERE r.kind = ? AND r.state <> 2 AND instr(j.body, ?) > 0 ORDER BY r.seq",
            static_cast<int>(kind), quoted);
    std::vector<RecordRow> found;
    while (q.step()) found.push_back(record_row(q));
    return found;
  });
}

Statistics Reader::statistics() {
  return guarded([&] {
    Statistics s;
    s.change = last_change();
    {
      Query q(*connection_,
              "SELECT kind, count(*) FROM record WHERE state = 0 GROUP BY kind ORDER BY kind");
      while (q.step()) s.kinds.push_back({static_cast<RecordKind>(q.integer(0)), q.number(1)});
    }
    {
      Query q(*connection_,
              "SELECT (SELECT count(*) FROM record WHERE state = 2),"
              " (SELECT count(*) FROM quarantine),"
              " (SELECT count(*) FROM journal WHERE what = 0)");
      q.step();
      s.erased = q.number(0);
      s.quarantined = q.number(1);
      s.versions = q.number(2);
    }
    SQLite::Database& database = connection_->database();
    s.bytes = static_cast<std::uint64_t>(database.execAndGet("PRAGMA page_count").getInt64() *
                                         database.execAndGet("PRAGMA page_size").getInt64());
    s.schema = database.execAndGet("PRAGMA user_version").getUInt();
    s.vectors = vector_models();
    return s;
  });
}

std::vector<Finding> Reader::integrity() {
  return guarded([&] {
    std::vector<Finding> found;
    try {
      guarded([&] {
        SQLite::Statement pages(connection_->database(), "PRAGMA integrity_check");
        while (pages.executeStep()) {
          const std::string told = pages.getColumn(0).getString();
          if (told != "ok") found.push_back({"file", told});
        }
      });
    } catch (const Error& e) {
      if (e.code() != ErrorCode::Damaged) throw;  // as far as it came
      found.push_back({"file", e.what()});
    }
    if (!found.empty()) return found;  // keys on such pages tell nothing
    SQLite::Statement keys(connection_->database(), "PRAGMA foreign_key_check");
    while (keys.executeStep()) {
      found.push_back({"table " + keys.getColumn(0).getString(),
                       "row " + keys.getColumn(1).getString() + " points to nothing in " +
                           keys.getColumn(2).getString()});
    }
    return found;
  });
}

}  // namespace koinon::store
