// SPDX-License-Identifier: Apache-2.0
//
// Which files this process has open, and which it inherited by fork(). SQLite keeps a table of its
// own of the files that a process has locked; a child that opens one of its parent's again is taken
// for the parent there, and loses writes without a word. Private to the store.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>

namespace koinon::store {

/// That a file is open here, for as long as this lives.
class FileClaim {
 public:
  /// Throws Forked where the file was open when this process was forked. A path that cannot be
  /// looked at is claimed by nobody.
  explicit FileClaim(const std::string& path);
  ~FileClaim();
  FileClaim(const FileClaim&) = delete;
  FileClaim& operator=(const FileClaim&) = delete;

 private:
  using Key = std::pair<dev_t, ino_t>;
  bool held_ = false;
  Key key_{};
};

}  // namespace koinon::store
