// SPDX-License-Identifier: Apache-2.0
//
// The tables, and the way from each older version to the next. Private to the store.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace koinon::store {

/// "KOIN": tells our files from others'.
inline constexpr std::int32_t application_id = 0x4B4F494E;

/// steps[v] takes a file from version v to v + 1. Never change one that was released: add another,
/// and a fixture of the version before it to tests/fixtures.
using Migrations = std::vector<const char*>;
const Migrations& migrations();
inline std::uint32_t schema_version() {
  return static_cast<std::uint32_t>(migrations().size());
}

/// Brings the file to the newest version, each step a transaction of its own.
void migrate(SQLite::Database& database, const Migrations& steps);

/// Looks at a file without opening it as a database. Throws NotACatalogue, TooNew or Damaged; says
/// whether there is anything in it yet.
bool inspect_file(const std::string& path);

/// Throws TooNew. For what only the write-ahead log tells.
void refuse_later(SQLite::Database& database, const std::string& path);

}  // namespace koinon::store
