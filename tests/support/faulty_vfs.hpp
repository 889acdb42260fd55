// SPDX-License-Identifier: Apache-2.0
//
// SQLite's files with faults: the n-th write, sync or truncation fails, once or from then on.
#pragma once

#include <sqlite3.h>

#include <stdexcept>

namespace koinon::test {

enum class Fault { Full, ShortWrite, Write, Sync };

class FaultyFiles {
 public:
  FaultyFiles() {
    state().real = sqlite3_vfs_find(nullptr);
    vfs_ = *state().real;
    vfs_.zName = "koinon-faulty";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + state().real->szOsFile;
    vfs_.xOpen = open;
    vfs_.pNext = nullptr;
    if (sqlite3_vfs_register(&vfs_, 1) != SQLITE_OK) throw std::runtime_error("no faulty files");
  }
  ~FaultyFiles() {
    disarm();
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(state().real, 1);
  }
  FaultyFiles(const FaultyFiles&) = delete;
  FaultyFiles& operator=(const FaultyFiles&) = delete;

  void arm(Fault fault, int nth, bool for_good) {
    state().fault = fault;
    state().left = nth;
    state().for_good = for_good;
    state().armed = true;
    state().struck = false;
  }
  void disarm() { state().armed = false; }
  bool struck() const { return state().struck; }

 private:
  struct File {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  struct State {
    sqlite3_vfs* real = nullptr;
    Fault fault = Fault::Full;
    int left = 0;
    bool for_good = false;
    bool armed = false;
    bool struck = false;
  };
  static State& state() {
    static State shared;
    return shared;
  }
  static sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

  // Whether it is this operation's turn to fail.
  static bool fails() {
    State& s = state();
    if (!s.armed) return false;
    if (s.struck) return s.for_good;
    if (--s.left > 0) return false;
    return s.struck = true;
  }

  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    const Fault fault = state().fault;
    if (fault != Fault::Sync && fails()) {
      if (fault == Fault::ShortWrite) real(file)->pMethods->xWrite(real(file), bytes, size / 2, at);
      return fault == Fault::Write ? SQLITE_IOERR_WRITE : SQLITE_FULL;
    }
    return real(file)->pMethods->xWrite(real(file), bytes, size, at);
  }
  static int sync(sqlite3_file* file, int flags) {
    if (state().fault == Fault::Sync && fails()) return SQLITE_IOERR_FSYNC;
    return real(file)->pMethods->xSync(real(file), flags);
  }
  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
    static const sqlite3_io_methods methods = [] {
      sqlite3_io_methods m{};
      m.iVersion = 3;
      m.xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); };
      m.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
        return real(f)->pMethods->xRead(real(f), to, size, at);
      };
      m.xWrite = write;
      m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
        return real(f)->pMethods->xTruncate(real(f), size);
      };
      m.xSync = sync;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        return real(f)->pMethods->xFileSize(real(f), size);
      };
      m.xLock = [](sqlite3_file* f, int kind) { return real(f)->pMethods->xLock(real(f), kind); };
      m.xUnlock = [](sqlite3_file* f, int kind) {
        return real(f)->pMethods->xUnlock(real(f), kind);
      };
      m.xCheckReservedLock = [](sqlite3_file* f, int* held) {
        return real(f)->pMethods->xCheckReservedLock(real(f), held);
      };
      m.xFileControl = [](sqlite3_file* f, int what, void* told) {
        return real(f)->pMethods->xFileControl(real(f), what, told);
      };
      m.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
      m.xDeviceCharacteristics = [](sqlite3_file* f) {
        return real(f)->pMethods->xDeviceCharacteristics(real(f));
      };
      m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
      };
      m.xShmLock = [](sqlite3_file* f, int offset, int n, int how) {
        return real(f)->pMethods->xShmLock(real(f), offset, n, how);
      };
      m.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
      m.xShmUnmap = [](sqlite3_file* f, int away) {
        return real(f)->pMethods->xShmUnmap(real(f), away);
      };
      m.xFetch = [](sqlite3_file* f, sqlite3_int64 at, int size, void** to) {
        return real(f)->pMethods->xFetch(real(f), at, size, to);
      };
      m.xUnfetch = [](sqlite3_file* f, sqlite3_int64 at, void* from) {
        return real(f)->pMethods->xUnfetch(real(f), at, from);
      };
      return m;
    }();
    const int code = state().real->xOpen(state().real, name, real(file), flags, out);
    file->pMethods = code == SQLITE_OK ? &methods : nullptr;
    return code;
  }

  sqlite3_vfs vfs_{};
};

}  // namespace koinon::test
