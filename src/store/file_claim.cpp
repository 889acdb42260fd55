// SPDX-License-Identifier: Apache-2.0
#include "store/file_claim.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <map>
#include <mutex>

#include "koinon/error.hpp"

namespace koinon::store {

namespace {

struct Owner {
  pid_t process = 0;
  std::size_t handles = 0;
};

struct Table {
  std::mutex guard;
  std::map<std::pair<dev_t, ino_t>, Owner> owners;
};

Table& table() {
  static Table open_files;
  return open_files;
}

}  // namespace

FileClaim::FileClaim(const std::string& path) {
  struct stat found = {};
  if (::stat(path.c_str(), &found) != 0) return;
  key_ = {found.st_dev, found.st_ino};
  const std::lock_guard lock(table().guard);
  Owner& owner = table().owners[key_];
  if (owner.handles > 0 && owner.process != ::getpid()) {
    throw Error(
        ErrorCode::Forked,
        path +
            " was open when this process was forked, and cannot be opened here without losing "
            "writes; open catalogues after forking");
  }
  owner.process = ::getpid();
  ++owner.handles;
  held_ = true;
}

FileClaim::~FileClaim() {
  if (!held_) return;
  const std::lock_guard lock(table().guard);
  const auto known = table().owners.find(key_);
  if (known != table().owners.end() && --known->second.handles == 0) table().owners.erase(known);
}

}  // namespace koinon::store
