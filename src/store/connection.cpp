// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include <sqlite3.h>

#include <new>

namespace koinon::store {

void rethrow(const SQLite::Exception& e) {
  const std::string told = e.what();
  switch (e.getErrorCode() & 0xff) {  // a backup tells extended codes
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorCode::Busy, "another process is writing to the catalogue; try again later");
    case SQLITE_FULL:
      throw Error(ErrorCode::InputOutput,
                  "the disk is full; nothing of this write was kept: free some room and try again");
    case SQLITE_READONLY:
      throw Error(ErrorCode::ReadOnly, "the catalogue cannot be written: " + told);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(ErrorCode::Damaged,
                  "the catalogue's file is damaged (" + told + "); restore it from a backup");
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw Error(ErrorCode::InputOutput,
                  "the system refused to read or write the catalogue: " + told);
    default:
      throw Error(ErrorCode::Internal, "unexpected answer of SQLite: " + told);
  }
}

Connection::Connection(const std::string& path, int flags, int busy_timeout_ms, bool writer)
    // One thread at a time uses a connection, so SQLite need not lock it as well.
    : database_(path, flags | SQLITE_OPEN_NOMUTEX, busy_timeout_ms) {
  database_.exec("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
  // Without these a crash of the machine could take a committed write, and deleted text would stay
  // readable in free pages.
  if (writer) {
    database_.exec(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;");
  }
}

Connection::Prepared& Connection::prepared(const char* sql) {
  auto& place = statements_[sql];
  if (!place) place = std::make_unique<Prepared>(database_, sql);
  return *place;
}

bool Connection::has_table(const char* name) {
  if (tables_.count(name) > 0) return true;
  Query q(*this, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name);
  if (!q.step()) return false;
  tables_.insert(name);
  return true;
}

}  // namespace koinon::store
