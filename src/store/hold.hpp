// SPDX-License-Identifier: Apache-2.0
//
// What a snapshot and a transaction hold while they live. Private to the store.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "store/checkpointer.hpp"
#include "store/connection.hpp"
#include "store/file_claim.hpp"
#include "store/store.hpp"

namespace koinon::store {

struct Store::Impl {
  std::string path;
  OpenOptions options;
  bool memory = false;
  bool immutable =
      false;  // read-only on a medium where not even the shared memory file can be made
  std::optional<FileClaim> claim;            // before the connections, so that it goes after them
  std::unique_ptr<Connection> writer;        // null when read-only
  std::optional<Checkpointer> checkpointer;  // of a file that is written; goes before the writer
  std::mutex writing;
  // Idle readers; a snapshot takes one and brings it back.
  std::mutex guard;
  std::vector<std::unique_ptr<Connection>> idle;

  std::unique_ptr<Connection> take_reader();
  void give_back(std::unique_ptr<Connection> connection);
};

struct Snapshot::Hold {
  Store::Impl* store = nullptr;
  std::unique_ptr<Connection> own;      // a reader of the pool
  std::unique_lock<std::mutex> shared;  // or, in memory, the turn at the one connection
};

struct Transaction::Hold {
  std::unique_lock<std::mutex> turn;
  Connection* connection = nullptr;
  bool open = false;
  std::uint64_t last = 0;  // journal number given out last

  std::uint64_t next_change(std::uint64_t told);
  void commit();
  void roll_back() noexcept;
};

/// A journal entry of a record that is as `row` says, after the entry `previous` of it.
void write_entry(Connection& connection, std::uint64_t n, const RecordRow& row,
                 std::uint64_t previous, const Version& version);

}  // namespace koinon::store
