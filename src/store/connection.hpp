// SPDX-License-Identifier: Apache-2.0
//
// One SQLite connection with its prepared statements. Private to the store.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "koinon/error.hpp"

namespace koinon::store {

/// The error that a failure of SQLite is to our callers.
[[noreturn]] void rethrow(const SQLite::Exception& e);

/// Runs `work`, with SQLite's exceptions turned into ours.
template <class F>
auto guarded(F&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& e) {
    rethrow(e);
  }
}

class Connection {
 public:
  Connection(const std::string& path, int flags, int busy_timeout_ms, bool writer);

  /// A statement with room for the texts that it is told, so that SQLite need not copy them.
  struct Prepared {
    Prepared(SQLite::Database& database, const char* sql) : statement(database, sql) {}
    SQLite::Statement statement;
    std::vector<std::string> texts;  // by number of the parameter
  };

  /// The statement of this text, prepared once for the connection and reset for this use. `sql`
  /// must be a literal: its address is the key.
  Prepared& prepared(const char* sql);

  /// Whether the file has a table, which one of an earlier version may lack. Asked for each record
  /// of an answer, so that it is remembered once it is there. `name` must be a literal.
  bool has_table(const char* name);

  SQLite::Database& database() { return database_; }

 private:
  SQLite::Database database_;
  std::unordered_set<const char*> tables_;
  std::unordered_map<const char*, std::unique_ptr<Prepared>> statements_;
};

/// A prepared statement for one use: binds its arguments in order, resets when it leaves.
class Query {
 public:
  template <class... Args>
  Query(Connection& connection, const char* sql, const Args&... args)
      : prepared_(connection.prepared(sql)), statement_(prepared_.statement) {
    if (prepared_.texts.size() < sizeof...(args)) prepared_.texts.resize(sizeof...(args));
    int at = 0;
    (bind(++at, args), ...);
  }
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool step() { return statement_.executeStep(); }
  void run() { statement_.exec(); }

  std::int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::string text(int column) const { return statement_.getColumn(column).getString(); }
  bool is_null(int column) const { return statement_.isColumnNull(column); }

 private:
  void bind(int at, std::int64_t value) { statement_.bind(at, value); }
  void bind(int at, std::uint64_t value) { statement_.bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, int value) { statement_.bind(at, value); }
  void bind(int at, std::nullptr_t) { statement_.bind(at); }
  template <class Number>
  void bind(int at, const std::optional<Number>& value) {
    if (value) {
      statement_.bind(at, *value);
    } else {
      statement_.bind(at);
    }
  }
  // The text outlives the use, so it need not be copied; SQLiteCpp takes it as a std::string.
  void bind(int at, const std::string& text) { statement_.bindNoCopy(at, text); }
  void bind(int at, std::string_view text) {
    std::string& kept = prepared_.texts[static_cast<std::size_t>(at - 1)];
    kept.assign(text);
    statement_.bindNoCopy(at, kept);
  }
  void bind(int at, const char* text) { statement_.bind(at, text); }
  void bind(int at, const struct Blob& blob);

  Connection::Prepared& prepared_;
  SQLite::Statement& statement_;
};

/// Bytes to bind as they are; they outlive the use.
struct Blob {
  std::string_view bytes;
};

inline void Query::bind(int at, const Blob& blob) {
  static constexpr char nothing = 0;  // a null pointer would bind NULL
  statement_.bindNoCopy(at, blob.bytes.empty() ? &nothing : blob.bytes.data(),
                        static_cast<int>(blob.bytes.size()));
}

}  // namespace koinon::store
