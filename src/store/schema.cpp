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
  static const Migrations steps = {version_1, version_2, version_3, version_4};
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
