// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <atomic>
#include <string>
#include <thread>

struct sqlite3;

namespace koinon::store {

/// Moves what is committed from the write-ahead log into the file, in a thread of its own, so that
/// no write waits for it: a checkpoint is tens of milliseconds of writing and two syncs. Only where
/// the log grows faster than that does the writer do it itself.
///
/// Threads: as of the writer's connection. Nothing is lost where it fails: the log is as good as
/// the file, and the next commit asks again.
class Checkpointer {
 public:
  Checkpointer();
  /// Waits for a checkpoint that is underway.
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Follows the commits of the writer, in the place of SQLite's own checkpoints. Once.
  void follow(sqlite3* writer);

 private:
  static int committed(void* self, sqlite3* writer, const char* database, int pages);
  void ask();
  void run() noexcept;

  std::string path_;  // whole, since a host may change its folder
  pid_t owner_;
  std::atomic<bool> running_{false};
  std::thread thread_;
};

}  // namespace koinon::store
