// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "koinon/error.hpp"

namespace koinon::store {

namespace {

// The journal is the history: an entry holds the whole record after the change, and `previous`
// links the entries of one record, so neither needs an index of its own.
constexpr const char* version_1 = R"sql(
CREATE TABLE record(
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,
  change INTEGER NOT NULL,
  created INTEGER NOT NULL
);
CREATE TABLE journal(
  n INTEGER PRIMARY KEY,
  record INTEGER NOT NULL REFERENCES record(seq),
  what INTEGER NOT NULL,
  version INTEGER NOT NULL,
  previous INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  body TEXT
);
CREATE TABLE identifier(
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  record INTEGER NOT NULL REFERENCES record(seq),
  PRIMARY KEY(scheme, value, record)
) WITHOUT ROWID;
CREATE INDEX identifier_record ON identifier(record);
CREATE TABLE import(
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  format TEXT NOT NULL,
  portal TEXT NOT NULL,
  encoding TEXT NOT NULL DEFAULT '',
  rows INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  started INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  UNIQUE(file, format, portal)
);
CREATE TABLE quarantine(
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import(id),
  line INTEGER NOT NULL,
  digest TEXT NOT NULL,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  context BLOB NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE(import, line, digest)
);
CREATE TABLE quarantine_reason(
  quarantine INTEGER NOT NULL REFERENCES quarantine(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY(quarantine, position)
) WITHOUT ROWID;
)sql";

// Ready vectors that a host brought: of a record the bytes of all its vectors of one model, with
// the version of the record that they came for.
constexpr const char* version_2 = R"sql(
CREATE TABLE vector_model(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  dimension INTEGER NOT NULL
);
CREATE TABLE vectors(
  record INTEGER NOT NULL REFERENCES record(seq),
  model INTEGER NOT NULL REFERENCES vector_model(id),
  version INTEGER NOT NULL,
  numbers BLOB NOT NULL,
  PRIMARY KEY(record, model)
);
)sql";

// The ends and dates of present replications, so that a write can walk the lineage around it
// without reading the records. `date` is year, month and day as one number, 0 for what is not
// known.
constexpr const char* version_3 = R"sql(
CREATE TABLE replication(
  record INTEGER PRIMARY KEY REFERENCES record(seq),
  parent TEXT NOT NULL,
  child TEXT NOT NULL,
  date INTEGER NOT NULL
);
CREATE INDEX replication_parent ON replication(parent);
CREATE INDEX replication_child ON replication(child);
)sql";

// Which records name a record, by their kind: see domain::linked_records(). What a file of an
// earlier version can hold of it is filled in: cases of an initiative and of projects, projects of
// calls and initiatives.
constexpr const char* version_4 = R"sql(
CREATE TABLE link(
  target TEXT NOT NULL,
  kind INTEGER NOT NULL,
  record INTEGER NOT NULL REFERENCES record(seq),
  PRIMARY KEY(target, kind, record)
) WITHOUT ROWID;
CREATE INDEX link_record ON link(record);
INSERT OR IGNORE INTO link
  SELECT json_extract(j.body, '$.initiative'), r.kind, r.seq
  FROM record r JOIN journal j ON j.n = r.change
  WHERE r.kind = 2 AND r.state = 0 AND json_extract(j.body, '$.initiative') IS NOT NULL;
INSERT OR IGNORE INTO link
  SELECT e.value, r.kind, r.seq
  FROM record r JOIN journal j ON j.n = r.change, json_each(j.body, '$.projects') e
  WHERE r.kind = 2 AND r.state = 0;
INSERT OR IGNORE INTO link
  SELECT json_extract(j.body, '$.call'), r.kind, r.seq
  FROM record r JOIN journal j ON j.n = r.change
  WHERE r.kind = 3 AND r.state = 0 AND json_extract(j.body, '$.call') IS NOT NULL;
INSERT OR IGNORE INTO link
  SELECT e.value, r.kind, r.seq
  FROM record r JOIN journal j ON j.n = r.change, json_each(j.body, '$.initiatives') e
  WHERE r.kind = 3 AND r.state = 0;
)sql";

// What calls, bids and awards say of the money of programmes (FundingRow), and the sums of it for
// each record that is drawn on: in two parts, high * 2^32 + low, which no addition overflows.
// Filled in from the bodies: a call plans its budget while it is upcoming to evaluating, and a
// clock may move it from the day that it opens on, and once its last deadline is over; days count
// from 1970-01-01, and of a month or a year that is known alone the last counts.
constexpr const char* version_5 = R"sql(
CREATE TABLE funding(
  parent TEXT NOT NULL,
  kind INTEGER NOT NULL,
  record INTEGER NOT NULL REFERENCES record(seq),
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER,
  due INTEGER,
  project TEXT NOT NULL,
  PRIMARY KEY(parent, kind, record)
) WITHOUT ROWID;
CREATE UNIQUE INDEX funding_record ON funding(record);
CREATE INDEX funding_due ON funding(due) WHERE due IS NOT NULL;
CREATE TABLE committed(
  target TEXT NOT NULL,
  kind INTEGER NOT NULL,
  currency TEXT NOT NULL,
  awarded_high INTEGER NOT NULL,
  awarded_low INTEGER NOT NULL,
  promised_high INTEGER NOT NULL,
  promised_low INTEGER NOT NULL,
  PRIMARY KEY(target, kind, currency)
) WITHOUT ROWID;
INSERT INTO funding
  SELECT ifnull(json_extract(j.body, '$.bid'), ''), 11, r.seq, r.id, '',
    ifnull(json_extract(j.body, '$.amount.currency'), ''),
    CAST(replace(json_extract(j.body, '$.amount.amount'), '.', '') AS INTEGER), NULL,
    ifnull(json_extract(j.body, '$.project'), '')
  FROM record r JOIN journal j ON j.n = r.change WHERE r.kind = 11 AND r.state = 0;
INSERT INTO funding
  SELECT ifnull(json_extract(j.body, '$.call'), ''), 10, r.seq, r.id,
    ifnull(json_extract(j.body, '$.state'), ''), '', NULL, NULL, ''
  FROM record r JOIN journal j ON j.n = r.change WHERE r.kind = 10 AND r.state = 0;
INSERT INTO funding
  SELECT ifnull(programme, ''), 4, seq, id, ifnull(status, ''),
    iif(planned IS NULL, '', ifnull(currency, '')),
    CAST(replace(planned, '.', '') AS INTEGER),
    CASE status
      WHEN 'upcoming' THEN (
        SELECT CAST(julianday(CASE length(opening)
            WHEN 4 THEN opening || '-12-31'
            WHEN 7 THEN date(opening || '-01', '+1 month', '-1 day')
            ELSE opening END) - 2440587.5 AS INTEGER))
      WHEN 'open' THEN iif(model IS 'permanent', NULL, (
        SELECT CAST(max(julianday(CASE length(value)
            WHEN 4 THEN value || '-12-31'
            WHEN 7 THEN date(value || '-01', '+1 month', '-1 day')
            ELSE value END)) - 2440586.5 AS INTEGER) FROM json_each(deadlines)))
    END, ''
  FROM (
    SELECT r.seq AS seq, r.id AS id, json_extract(j.body, '$.programme_record') AS programme,
      json_extract(j.body, '$.status') AS status, json_extract(j.body, '$.model') AS model,
      json_extract(j.body, '$.opening') AS opening,
      ifnull(json_extract(j.body, '$.deadlines'), '[]') AS deadlines,
      json_extract(j.body, '$.budget.currency') AS currency,
      iif(json_extract(j.body, '$.status') IN ('upcoming', 'open', 'closed', 'evaluating'),
        json_extract(j.body, '$.budget.amount'), NULL) AS planned
    FROM record r JOIN journal j ON j.n = r.change WHERE r.kind = 4 AND r.state = 0);
INSERT INTO committed
  SELECT parent, kind, currency, sum(amount >> 32) + (sum(amount & 4294967295) >> 32),
    sum(amount & 4294967295) & 4294967295, sum(amount >> 32) + (sum(amount & 4294967295) >> 32),
    sum(amount & 4294967295) & 4294967295
  FROM funding WHERE kind = 11 AND parent <> '' AND amount IS NOT NULL GROUP BY parent, currency;
INSERT INTO committed
  SELECT f.parent, f.kind, c.currency, sum(c.awarded_high) + (sum(c.awarded_low) >> 32),
    sum(c.awarded_low) & 4294967295, sum(c.promised_high) + (sum(c.promised_low) >> 32),
    sum(c.promised_low) & 4294967295
  FROM funding f JOIN committed c ON c.target = f.id AND c.kind = 11
  WHERE f.kind = 10 AND f.parent <> '' GROUP BY f.parent, c.currency;
INSERT INTO committed
  SELECT parent, 4, currency, sum(ah) + (sum(al) >> 32), sum(al) & 4294967295,
    sum(ph) + (sum(pl) >> 32), sum(pl) & 4294967295
  FROM (
    SELECT f.parent AS parent, c.currency AS currency, c.awarded_high AS ah, c.awarded_low AS al,
      iif(f.currency = c.currency AND
            (f.amount >> 32, f.amount & 4294967295) > (c.promised_high, c.promised_low),
          f.amount >> 32, c.promised_high) AS ph,
      iif(f.currency = c.currency AND
            (f.amount >> 32, f.amount & 4294967295) > (c.promised_high, c.promised_low),
          f.amount & 4294967295, c.promised_low) AS pl
    FROM funding f JOIN committed c ON c.target = f.id AND c.kind = 10
    WHERE f.kind = 4 AND f.parent <> ''
    UNION ALL
    SELECT f.parent, f.currency, 0, 0, f.amount >> 32, f.amount & 4294967295
    FROM funding f
    WHERE f.kind = 4 AND f.parent <> '' AND f.amount > 0 AND NOT EXISTS (
      SELECT 1 FROM committed c
      WHERE c.target = f.id AND c.kind = 10 AND c.currency = f.currency))
  GROUP BY parent, currency;
DELETE FROM committed
  WHERE awarded_high = 0 AND awarded_low = 0 AND promised_high = 0 AND promised_low = 0;
)sql";

std::uint32_t big_endian(const unsigned char* at) {
  return static_cast<std::uint32_t>(at[0]) << 24U | static_cast<std::uint32_t>(at[1]) << 16U |
         static_cast<std::uint32_t>(at[2]) << 8U | at[3];
}

void refuse_later(std::uint32_t version, const std::string& path) {
  if (version <= schema_version()) return;
  throw Error(ErrorCode::TooNew, path + " was written by a later Koinon (schema " +
                                     std::to_string(version) + ", this one knows " +
                                     std::to_string(schema_version()) + "); upgrade Koinon");
}

}  // namespace

const Migrations& migrations() {
  static const Migrations steps = {version_1, version_2, version_3, version_4, version_5};
  return steps;
}

void migrate(SQLite::Database& database, const Migrations& steps) {
  auto version = static_cast<std::size_t>(database.execAndGet("PRAGMA user_version").getInt());
  for (; version < steps.size(); ++version) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    // Another process may have done the step while we waited.
    const auto now = static_cast<std::size_t>(database.execAndGet("PRAGMA user_version").getInt());
    if (now != version) {
      version = now - 1;
      continue;
    }
    database.exec(steps[version]);
    database.exec("PRAGMA application_id = " + std::to_string(application_id));
    database.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
}

void refuse_later(SQLite::Database& database, const std::string& path) {
  refuse_later(database.execAndGet("PRAGMA user_version").getUInt(), path);
}

bool inspect_file(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(path, error))
    throw Error(ErrorCode::InvalidArgument, path + " is a directory; name a file");
  if (!fs::exists(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::InputOutput, path + " cannot be read; look at its permissions");
  std::array<char, 100> head{};
  file.read(head.data(), head.size());
  const auto got = static_cast<std::size_t>(file.gcount());
  if (got == 0) return false;
  // The header of an SQLite file, by its documentation: magic at 0, page size at 16, pages at 28,
  // user version at 60, application id at 68.
  const auto* bytes = reinterpret_cast<const unsigned char*>(head.data());
  static constexpr char magic[] = "SQLite format 3";
  const std::size_t seen = std::min(got, sizeof magic);
  if (std::memcmp(bytes, magic, seen) != 0)
    throw Error(ErrorCode::NotACatalogue,
                path + " is not a Koinon catalogue; it was left untouched");
  if (got < head.size())
    throw Error(ErrorCode::Damaged, path + " is cut off after " + std::to_string(got) + " bytes");
  if (big_endian(bytes + 68) != static_cast<std::uint32_t>(application_id)) {
    throw Error(ErrorCode::NotACatalogue,
                path + " is the database of another program; it was left untouched");
  }
  const std::uint32_t version = big_endian(bytes + 60);
  refuse_later(version, path);
  const std::uint64_t told = bytes[16] * 256U + bytes[17];
  const std::uint64_t page = told == 1 ? 65536 : told;
  const std::uint64_t pages = big_endian(bytes + 28);
  const auto log = fs::file_size(path + "-wal", error);
  const bool no_log = error || log == 0;
  const auto size = fs::file_size(path, error);
  // With a log beside it, the missing pages may be there.
  if (!error && no_log && size < page * pages) {
    throw Error(ErrorCode::Damaged, path + " is cut off: " + std::to_string(size) + " of " +
                                        std::to_string(page * pages) +
                                        " bytes are there; restore it from a backup");
  }
  return true;
}

}  // namespace koinon::store
