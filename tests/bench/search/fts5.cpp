// SPDX-License-Identifier: Apache-2.0
// The driver of SQLite's FTS5; what it must do is in README.md.
#include <sqlite3.h>

#include <unordered_map>

#include "driver.hpp"

namespace {

using bench::Answer;
using bench::Asked;
using bench::Case;
using bench::Hit;
using bench::Row;

constexpr const char* facets[] = {"country", "fund", "year"};

// ---- the words as they are: split at the space ----

struct Spaces {
  static int create(void*, const char**, int, Fts5Tokenizer** made) {
    *made = reinterpret_cast<Fts5Tokenizer*>(new Spaces);
    return SQLITE_OK;
  }
  static void remove(Fts5Tokenizer* made) { delete reinterpret_cast<Spaces*>(made); }
  static int tokens(Fts5Tokenizer*, void* context, int, const char* text, int size,
                    int (*each)(void*, int, const char*, int, int, int)) {
    for (int from = 0; from < size;) {
      const void* found = std::memchr(text + from, ' ', static_cast<std::size_t>(size - from));
      const int to = found ? static_cast<int>(static_cast<const char*>(found) - text) : size;
      if (to > from) {
        const int status = each(context, 0, text + from, to - from, from, to);
        if (status != SQLITE_OK) return status;
      }
      from = to + 1;
    }
    return SQLITE_OK;
  }
};

class Statement;

class Database {
 public:
  explicit Database(const std::string& folder) {
    const int status = sqlite3_open((folder + "/index.db").c_str(), &handle_);
    if (status != SQLITE_OK) fail("open");
    run("PRAGMA mmap_size = 2000000000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;");
    sqlite3_busy_timeout(handle_, 10000);
    fts5_api* api = nullptr;
    sqlite3_stmt* asked = nullptr;
    if (sqlite3_prepare_v2(handle_, "SELECT fts5(?1)", -1, &asked, nullptr) != SQLITE_OK) fail("FTS5");
    sqlite3_bind_pointer(asked, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(asked);
    sqlite3_finalize(asked);
    if (!api) fail("FTS5");
    fts5_tokenizer spaces{Spaces::create, Spaces::remove, Spaces::tokens};
    if (api->xCreateTokenizer(api, "spaces", nullptr, &spaces, nullptr) != SQLITE_OK) fail("tokenizer");
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* text) {
    if (sqlite3_exec(handle_, text, nullptr, nullptr, nullptr) != SQLITE_OK) fail(text);
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(what + ": " + sqlite3_errmsg(handle_));
  }
  sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(Database& database, const char* text) : database_(database) {
    if (sqlite3_prepare_v3(database.handle(), text, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) != SQLITE_OK) {
      database.fail(text);
    }
  }
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int at, const std::string& value) {
    sqlite3_bind_text(handle_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    return *this;
  }
  Statement& bind(int at, std::int64_t value) {
    sqlite3_bind_int64(handle_, at, value);
    return *this;
  }
  bool step() {
    const int status = sqlite3_step(handle_);
    if (status == SQLITE_ROW) return true;
    if (status != SQLITE_DONE) database_.fail("step");
    sqlite3_reset(handle_);
    return false;
  }
  std::int64_t number(int at) { return sqlite3_column_int64(handle_, at); }
  double real(int at) { return sqlite3_column_double(handle_, at); }
  std::string text(int at) { return reinterpret_cast<const char*>(sqlite3_column_text(handle_, at)); }

 private:
  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
};

// Of all forms tried the quickest: the ranked order of FTS5 itself, and the table joined behind it.
constexpr const char* ranked = "SELECT rowid, rank FROM words WHERE words MATCH ?1 ORDER BY rank LIMIT ?2";
constexpr const char* unranked = "SELECT rowid, 1.0 FROM words WHERE words MATCH ?1 LIMIT ?2";
constexpr const char* ranked_in =
    "SELECT words.rowid, rank FROM words CROSS JOIN cases ON cases.number = words.rowid "
    "WHERE words MATCH ?1 AND cases.country = ?3 ORDER BY rank LIMIT ?2";
constexpr const char* total = "SELECT count(*) FROM words WHERE words MATCH ?1";
constexpr const char* total_in =
    "SELECT count(*) FROM words CROSS JOIN cases ON cases.number = words.rowid WHERE words MATCH ?1 AND country = ?3";
constexpr const char* columns =
    "SELECT country, fund, year FROM words CROSS JOIN cases ON cases.number = words.rowid WHERE words MATCH ?1";

class Reader : public bench::Reader {
 public:
  explicit Reader(const std::string& folder)
      : database_(folder),
        ranked_(database_, ranked),
        unranked_(database_, unranked),
        ranked_in_(database_, ranked_in),
        total_(database_, total),
        total_in_(database_, total_in),
        columns_(database_, columns) {}

  bool knows(Case kind) const override { return kind != Case::fuzzy10; }

  void ask(Case kind, const Asked& asked) override {
    if (kind == Case::count) {
      found_ = count(kind, asked);
      return;
    }
    found_ = best(kind, asked, kind == Case::or100 ? 100 : 10).size();
    if (kind == Case::prefix10) found_ = count(kind, asked);
    if (kind == Case::or10_facets3) found_ = counts(asked)[0].size();
  }

  Answer answer(Case kind, const Asked& asked, std::size_t depth) override {
    Answer answer;
    answer.total = count(kind, asked);
    if (depth > 0) answer.hits = best(kind, asked, depth);
    if (kind == Case::or10_facets3) {
      const auto all = counts(asked);
      for (std::size_t facet = 0; facet < 3; ++facet) {
        for (const auto& [value, number] : all[facet]) {
          answer.counts.push_back(std::string(facets[facet]) + ':' + value + ':' + std::to_string(number));
        }
      }
    }
    return answer;
  }

  std::vector<Hit> word(const std::string& word) override { return hits(ranked_, '"' + word + '"', 10); }

 private:
  static std::string query(Case kind, const Asked& asked) {
    if (kind == Case::prefix10) return '"' + asked.prefix + "\" *";
    const bool phrase = kind == Case::phrase10;
    std::string text = phrase ? "\"" : "";
    for (const std::string& word : phrase ? asked.phrase : asked.words) {
      if (text.size() > (phrase ? 1 : 0)) text += phrase ? " " : kind == Case::and10 ? " AND " : " OR ";
      text += phrase ? word : '"' + word + '"';
    }
    return phrase ? text + '"' : text;
  }

  static std::vector<Hit> hits(Statement& statement, const std::string& query, std::size_t depth,
                               const std::string* country = nullptr) {
    statement.bind(1, query).bind(2, static_cast<std::int64_t>(depth));
    if (country) statement.bind(3, *country);
    std::vector<Hit> hits;
    while (statement.step()) {
      hits.push_back({static_cast<std::uint64_t>(statement.number(0)), -statement.real(1)});
    }
    return hits;
  }

  std::vector<Hit> best(Case kind, const Asked& asked, std::size_t depth) {
    const std::string text = query(kind, asked);
    if (kind == Case::prefix10) return hits(unranked_, text, depth);
    if (kind == Case::or10_country) return hits(ranked_in_, text, depth, &asked.country);
    return hits(ranked_, text, depth);
  }

  std::uint64_t count(Case kind, const Asked& asked) {
    const std::string text = query(kind, asked);
    Statement& statement = kind == Case::or10_country ? total_in_ : total_;
    statement.bind(1, text);
    if (kind == Case::or10_country) statement.bind(3, asked.country);
    std::uint64_t found = 0;
    while (statement.step()) found = static_cast<std::uint64_t>(statement.number(0));
    return found;
  }

  std::vector<std::unordered_map<std::string, std::uint64_t>> counts(const Asked& asked) {
    const std::string text = query(Case::or10, asked);
    std::vector<std::unordered_map<std::string, std::uint64_t>> counts(3);
    columns_.bind(1, text);
    while (columns_.step()) {
      for (int facet = 0; facet < 3; ++facet) ++counts[static_cast<std::size_t>(facet)][columns_.text(facet)];
    }
    return counts;
  }

  Database database_;
  Statement ranked_, unranked_, ranked_in_, total_, total_in_, columns_;
  volatile std::uint64_t found_ = 0;
};

class Inserts {
 public:
  explicit Inserts(Database& database)
      : words_(database, "INSERT INTO words(rowid, text) VALUES(?1, ?2)"),
        cases_(database, "INSERT INTO cases VALUES(?1, ?2, ?3, ?4, ?5, ?6)") {}

  void add(const Row& row) {
    const auto number = static_cast<std::int64_t>(row.number);
    words_.bind(1, number).bind(2, row.text).step();
    cases_.bind(1, number).bind(2, row.country).bind(3, row.fund).bind(4, row.year).bind(5, row.day).bind(6, row.cents);
    cases_.step();
  }

 private:
  Statement words_, cases_;
};

class Writer : public bench::Writer {
 public:
  explicit Writer(const std::string& folder) : database_(folder), inserts_(database_) {
    database_.run("PRAGMA synchronous = FULL");
  }

  void commit(const Row& row) override {
    database_.run("BEGIN IMMEDIATE");
    inserts_.add(row);
    database_.run("COMMIT");
  }

 private:
  Database database_;
  Inserts inserts_;
};

class Engine : public bench::Engine {
 public:
  std::string version() const override { return std::string("FTS5 of SQLite ") + sqlite3_libversion(); }

  bench::Built build(const std::string& documents, const std::string& folder) override {
    std::filesystem::create_directories(folder);
    bench::Built built;
    Database database(folder);
    database.run(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN;"
        // Without a copy of the text; with what it needs to be quick for prefixes as long as those asked for.
        "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='spaces', prefix='3 4 5');"
        "INSERT INTO words(words, rank) VALUES('hashsize', 268435456);"
        "CREATE TABLE cases(number INTEGER PRIMARY KEY, country TEXT, fund TEXT, year TEXT, day INTEGER, cents INTEGER);");
    {
      Inserts inserts(database);
      built.documents = bench::each_row(documents, [&](const Row& row) { inserts.add(row); });
    }
    database.run("COMMIT");
    const auto before = bench::Clock::now();
    database.run(
        "INSERT INTO words(words) VALUES('optimize'); INSERT INTO words(words, rank) VALUES('hashsize', 1048576);"
        "VACUUM; PRAGMA wal_checkpoint(TRUNCATE); ANALYZE;");
    built.merge_seconds = bench::seconds_since(before);
    return built;
  }

  std::unique_ptr<bench::Reader> open(const std::string& folder) override { return std::make_unique<Reader>(folder); }

  std::unique_ptr<bench::Writer> write(const std::string& folder) override { return std::make_unique<Writer>(folder); }
};

}  // namespace

int main(int count, char** words) {
  Engine engine;
  return bench::main(engine, count, words);
}
