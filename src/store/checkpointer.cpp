// SPDX-License-Identifier: Apache-2.0
#include "store/checkpointer.hpp"

#include <SQLiteCpp/Database.h>
#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <system_error>

namespace koinon::store {

namespace {

// Pages of the log from which on it is moved, and from which on the writer does not go on before
// it is. Small enough that a sync is short, as commits share the disk with it.
constexpr int pages_to_move = 2'000;
constexpr int pages_to_stop = 16'000;

// A thread made while this lives takes no signal: those are for the host's own threads.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Checkpointer::Checkpointer() : owner_(::getpid()) {}

Checkpointer::~Checkpointer() {
  if (!thread_.joinable()) return;
  // A child of fork() has no such thread to wait for.
  if (::getpid() == owner_) {
    thread_.join();
  } else {
    thread_.detach();
  }
}

void Checkpointer::follow(sqlite3* writer) {
  path_ = sqlite3_db_filename(writer, "main");
  sqlite3_wal_hook(writer, &Checkpointer::committed, this);
}

// After each commit, with no lock held.
int Checkpointer::committed(void* self, sqlite3* writer, const char* database, int pages) {
  if (pages >= pages_to_stop) {
    sqlite3_wal_checkpoint_v2(writer, database, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  } else if (pages >= pages_to_move) {
    static_cast<Checkpointer*>(self)->ask();
  }
  return SQLITE_OK;
}

void Checkpointer::ask() {
  if (running_.exchange(true)) return;
  if (thread_.joinable()) thread_.join();  // it has ended, or is about to
  try {
    const SignalsHeldBack held_back;
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    running_ = false;  // no thread to be had: the next commit asks again, or does it itself
  }
}

void Checkpointer::run() noexcept {
  try {
    SQLite::Database file(path_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
    file.exec("PRAGMA synchronous = FULL");
    file.tryExec("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (const std::exception&) {
    // The log stays as it is: see the class.
  }
  running_ = false;
}

}  // namespace koinon::store
