// SPDX-License-Identifier: Apache-2.0
//
// SQLite itself, without our store: what another program would see, or do, to the file.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace koinon::test {

class Sqlite {
 public:
  explicit Sqlite(const std::string& path) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(path.c_str(), &opened);
    database_.reset(opened);
    if (code != SQLITE_OK) throw std::runtime_error("SQLite cannot open " + path);
  }

  void run(const std::string& sql) {
    char* told = nullptr;
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, &told) == SQLITE_OK) return;
    const std::string message = told ? told : "unknown";
    sqlite3_free(told);
    throw std::runtime_error(sql + ": " + message);
  }

  /// The first column of the first row as text; "" when there is none.
  std::string ask(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql + ": " + sqlite3_errmsg(database_.get()));
    std::string answer;
    if (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = sqlite3_column_text(statement, 0);
      if (text) answer = reinterpret_cast<const char*>(text);
    }
    sqlite3_finalize(statement);
    return answer;
  }

 private:
  struct Closer {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Closer> database_;
};

}  // namespace koinon::test
