// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "store/connection.hpp"
#include "store/hold.hpp"
#include "store/schema.hpp"

namespace koinon::store {

namespace {

constexpr std::size_t idle_readers = 8;

// A file name as an SQLite URI that promises that nobody writes the file.
std::string immutable_uri(const std::string& path) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '_' || c == '-';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += hex[static_cast<unsigned char>(c) >> 4U];
      uri += hex[static_cast<unsigned char>(c) & 15U];
    }
  }
  return uri + "?immutable=1";
}

void begin_reading(Connection& connection) {
  connection.database().exec("BEGIN");
  // SQLite takes the snapshot with the first read, not with BEGIN.
  Query(connection, "SELECT count(*) FROM sqlite_schema").step();
}

void end(Connection& connection, const char* how) noexcept {
  connection.database().tryExec(how);
}

// The source is inside a snapshot, so writers cannot make the copy start again.
void copy_pages(Connection& source, const std::string& path, const Task& task) {
  static constexpr int step = 1024;
  SQLite::Database into(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  SQLite::Backup copy(into, source.database());
  do {
    const auto total = static_cast<std::uint64_t>(copy.getTotalPageCount());
    const auto left = static_cast<std::uint64_t>(copy.getRemainingPageCount());
    if (task.progress) task.progress(Progress{"backup", total - left, total});
    if (task.cancel.cancelled())
      throw Error(ErrorCode::Cancelled, "the backup was cancelled; no file was left behind");
  } while (copy.executeStep(step) != SQLITE_DONE);
}

}  // namespace

// ---- Opening -----------------------------------------------------------------------------------

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

std::unique_ptr<Store> Store::open(const std::string& path, const OpenOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->options = options;
  impl->memory = path == ":memory:";
  if (path.empty()) throw Error(ErrorCode::InvalidArgument, "a catalogue needs a path");
  const bool exists = !impl->memory && inspect_file(path);
  if (!exists && !impl->memory && (options.read_only || !options.create)) {
    throw Error(ErrorCode::NotFound, path + " does not exist; import into it to make it");
  }
  if (impl->memory && options.read_only)
    throw Error(ErrorCode::InvalidArgument, "a catalogue in memory cannot be read-only");
  const int timeout = static_cast<int>(options.busy_timeout_ms);
  if (exists) impl->claim.emplace(path);
  guarded([&] {
    if (options.read_only) {
      auto reader = impl->take_reader();
      refuse_later(reader->database(), path);
      impl->give_back(std::move(reader));
      return;
    }
    impl->writer = std::make_unique<Connection>(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                                timeout, true);
    SQLite::Database& database = impl->writer->database();
    refuse_later(database, path);
    // A file must be told as ours from its first bytes, however its making ends.
    // Bodies are some hundred bytes long: on larger pages an import writes fewer and fuller ones.
    if (!exists) database.exec("PRAGMA page_size = 8192");
    if (!exists) database.exec("PRAGMA application_id = " + std::to_string(application_id));
    if (!impl->memory) database.exec("PRAGMA journal_mode = WAL");
    migrate(database, migrations());
    // And without its log.
    if (!exists && !impl->memory) database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!impl->memory) impl->checkpointer.emplace().follow(database.getHandle());
  });
  if (!exists && !impl->memory) impl->claim.emplace(path);
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

std::unique_ptr<Connection> Store::Impl::take_reader() {
  {
    const std::lock_guard lock(guard);
    if (!idle.empty()) {
      auto connection = std::move(idle.back());
      idle.pop_back();
      return connection;
    }
  }
  const int timeout = static_cast<int>(options.busy_timeout_ms);
  const auto open = [&] {
    return immutable
               ? std::make_unique<Connection>(
                     immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, timeout, false)
               : std::make_unique<Connection>(path, SQLITE_OPEN_READONLY, timeout, false);
  };
  auto connection = open();
  if (!options.read_only || immutable) return connection;
  try {
    begin_reading(*connection);
    end(*connection, "ROLLBACK");
  } catch (const SQLite::Exception& e) {
    if (e.getErrorCode() != SQLITE_CANTOPEN && e.getErrorCode() != SQLITE_READONLY) throw;
    std::error_code none;
    const auto log = std::filesystem::file_size(path + "-wal", none);
    if (!none && log > 0) {
      throw Error(ErrorCode::InputOutput,
                  path +
                      " has a write-ahead log, which cannot be read where nothing can be "
                      "written; open it once where it can");
    }
    immutable = true;
    connection = open();
  }
  return connection;
}

void Store::Impl::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(guard);
  if (idle.size() < idle_readers) idle.push_back(std::move(connection));
}

// ---- Reading -----------------------------------------------------------------------------------

Snapshot::Snapshot(std::unique_ptr<Hold> hold) : hold_(std::move(hold)) {
  connection_ = hold_->own ? hold_->own.get() : hold_->store->writer.get();
}
Snapshot::Snapshot(Snapshot&&) noexcept = default;

Snapshot::~Snapshot() {
  if (!hold_) return;
  end(*connection_, "ROLLBACK");
  if (hold_->own) hold_->store->give_back(std::move(hold_->own));
}

Snapshot Store::read() const {
  return guarded([&] {
    auto hold = std::make_unique<Snapshot::Hold>();
    hold->store = impl_.get();
    if (impl_->memory) {
      hold->shared = std::unique_lock(impl_->writing);
      begin_reading(*impl_->writer);
    } else {
      hold->own = impl_->take_reader();
      begin_reading(*hold->own);
    }
    return Snapshot(std::move(hold));
  });
}

// ---- Writing -----------------------------------------------------------------------------------

std::uint64_t Transaction::Hold::next_change(std::uint64_t told) {
  if (told == 0) return ++last;
  if (told <= last) {
    throw Error(ErrorCode::InvalidInput,
                "change " + std::to_string(told) + " cannot follow change " + std::to_string(last));
  }
  return last = told;
}

void Transaction::Hold::commit() {
  connection->database().exec("COMMIT");
  open = false;
}

void Transaction::Hold::roll_back() noexcept {
  if (open) end(*connection, "ROLLBACK");
  open = false;
}

Transaction::Transaction(std::unique_ptr<Hold> hold) : hold_(std::move(hold)) {
  connection_ = hold_->connection;
}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction::~Transaction() {
  if (hold_) hold_->roll_back();
}

Transaction Store::write() {
  if (!impl_->writer) throw Error(ErrorCode::ReadOnly, impl_->path + " was opened read-only");
  auto hold = std::make_unique<Transaction::Hold>();
  hold->turn = std::unique_lock(impl_->writing);
  hold->connection = impl_->writer.get();
  return guarded([&] {
    hold->connection->database().exec("BEGIN IMMEDIATE");
    hold->open = true;
    Transaction transaction(std::move(hold));
    transaction.hold_->last = transaction.last_change();
    return transaction;
  });
}

void Store::flush_log() {
  if (impl_->memory || !impl_->writer) return;
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(impl_->options.busy_timeout_ms);
  const std::lock_guard turn(impl_->writing);
  guarded([&] {
    for (;;) {
      SQLite::Statement checkpoint(impl_->writer->database(), "PRAGMA wal_checkpoint(TRUNCATE)");
      checkpoint.executeStep();
      if (checkpoint.getColumn(0).getInt() == 0) return;
      if (std::chrono::steady_clock::now() >= until) {
        throw Error(
            ErrorCode::Busy,
            "a reader still holds an older state of the catalogue; what was taken out stays "
            "in its write-ahead log until that reader ends and the call is made again");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
}

void Store::backup(const std::string& path, const Task& task) const {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(path, error) && fs::equivalent(path, impl_->path, error))
    throw Error(ErrorCode::InvalidArgument, "a backup must not replace the catalogue itself");
  const std::string part = path + ".part";
  fs::remove(part, error);
  try {
    const Snapshot source = read();
    guarded([&] { copy_pages(source.connection(), part, task); });
  } catch (...) {
    fs::remove(part, error);
    throw;
  }
  // The log of a catalogue that was there would be taken for that of the copy.
  for (const char* beside : {"-wal", "-shm"}) fs::remove(path + beside, error);
  fs::rename(part, path, error);
  if (error) {
    throw Error(ErrorCode::InputOutput,
                "the backup cannot be put at " + path + ": " + error.message());
  }
}

const std::string& Store::path() const {
  return impl_->path;
}
bool Store::read_only() const {
  return impl_->options.read_only;
}
bool Store::in_memory() const {
  return impl_->memory;
}

}  // namespace koinon::store
